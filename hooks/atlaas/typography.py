"""French typography, applied when rendering and never in data: spaces that must not break."""

from __future__ import annotations

import re

from atlaas.text import NBSP, NNBSP

CANDIDATE = re.compile(r" [;:!?»%€]|« |\d \d")
_GROUPS = re.compile(r"(\d) (?=\d{3}(?!\d))")
_BOUND = (  # what is written, and what is shown
    ("« ", f"«{NBSP}"), (" »", f"{NBSP}»"), (" :", f"{NBSP}:"), (" ;", f"{NNBSP};"),
    (" !", f"{NNBSP}!"), (" ?", f"{NNBSP}?"), (" %", f"{NNBSP}%"), (" €", f"{NNBSP}€"),
)  # fmt: skip
_CODE = re.compile(r"(<code.*?</code>)", re.DOTALL)
_TAGS = re.compile(r"(\{[{%#].*?[}%#]\}|<[^>]*>)", re.DOTALL)


def typeset(text: str) -> str:
    """Turn the plain spaces that French typography binds into no-break ones.

    Only spaces already written are changed, so addresses, times and code stay as they are.
    """
    if not CANDIDATE.search(text):
        return text
    for written, shown in _BOUND:
        text = text.replace(written, shown)
    return _GROUPS.sub(rf"\1{NNBSP}", text)


def typeset_html(html: str) -> str:
    """The same for HTML, leaving what stands in ``code`` alone."""
    if "<code" not in html:
        return typeset(html)
    return "".join(
        part if part.startswith("<code") else typeset(part) for part in _CODE.split(html)
    )


def typeset_template(source: str) -> str:
    """The same for the fixed words of a Jinja template: what is neither tag nor expression."""
    return "".join(
        part if index % 2 else typeset(part) for index, part in enumerate(_TAGS.split(source))
    )
