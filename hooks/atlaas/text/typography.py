"""French typography, applied when rendering and never in data: spaces that must not break."""

import re

from atlaas.text import NBSP, NNBSP

_BEFORE_SIGN = re.compile(" (?=[;:!?»%€])")
_IN_NUMBER = re.compile(r" (?<=\d )(?=\d{3}(?!\d))")  # the space first: ``re`` looks for it fastest
_CODE = re.compile(r"(<code.*?</code>)", re.DOTALL)
_TAGS = re.compile(r"(\{[{%#].*?[}%#]\}|<[^>]*>)", re.DOTALL)


def typeset(text: str) -> str:
    """Turn the plain spaces that French typography binds into no-break ones.

    Only spaces already written are changed, so addresses, times and code stay as they are.
    """
    text = _BEFORE_SIGN.sub(_space, text.replace("« ", f"«{NBSP}"))
    return _IN_NUMBER.sub(NNBSP, text)


def _space(match: re.Match[str]) -> str:
    """The full no-break space before a colon and a guillemet, else the narrow one."""
    return NBSP if match.string[match.end()] in ":»" else NNBSP


def typeset_html(html: str) -> str:
    """The same for HTML, leaving ``code`` alone."""
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
