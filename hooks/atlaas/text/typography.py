"""French typography, applied to what is read and never in data: no-break spaces, apostrophes."""

import re

from atlaas.text import NBSP, NNBSP

# The full no-break space before a colon and inside guillemets, else the narrow one.
_BOUND = (
    *(("«", "« ", f"«{NBSP}"), ("»", " »", f"{NBSP}»"), (":", " :", f"{NBSP}:")),
    *((sign, f" {sign}", f"{NNBSP}{sign}") for sign in ";!?%€"),
)
_SIGN = re.compile("[«»:;!?%€]").search
# What ``re`` finds fastest stands first in these: a sign, then what must be before it.
_IN_NUMBER = re.compile(r" (?<=[0-9] )(?=[0-9]{3}(?![0-9]))")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=\w|«)")
_BREAK = "\0"  # between texts that are set in one go
_LAST_APOSTROPHE = re.compile(rf"'(?<=[^\W\d_]')(?=\Z|{_BREAK})")  # before a tag: « l'<b>eau »
_QUOTED = re.compile(rf"(«[ {NBSP}][^«»\n]*[ {NBSP}]»)")  # the innermost, of a message
# Of HTML: tags, comments, and elements whose text stays as it was written.
_MARKUP = re.compile(r"(<!--.*?-->|<(code|pre|script|style|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
_TAGS = re.compile(r"(\{[{%#].*?[}%#]\}|<[^>]*>)", re.DOTALL)


def typeset(text: str) -> str:
    """Turn plain spaces that French typography binds into no-break ones, « l'eau » into « l’eau ».

    Only spaces and apostrophes already written are changed, so addresses and times stay.
    """
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if _SIGN(text):
        for sign, written, bound in _BOUND:
            if sign in text:  # a seventh of what it takes to look for two characters
                text = text.replace(written, bound)
    return _IN_NUMBER.sub(NNBSP, text)


def typeset_message(text: str) -> str:
    """The same for a message, but for what stands between guillemets and may be copied."""
    parts = _QUOTED.split(text)  # a text, what is quoted, and so on
    parts[::2] = [_LAST_APOSTROPHE.sub("’", typeset(part)) for part in parts[::2]]
    parts[1::2] = [f"«{NBSP}{part[2:-2]}{NBSP}»" for part in parts[1::2]]
    return "".join(parts)


def typeset_html(html: str) -> str:
    """The same for the texts of HTML, leaving attributes, code and scripts alone."""
    parts = _MARKUP.split(html)  # a text, its markup, the name of an element or None, and so on
    texts = [part.replace(_BREAK, "") for part in parts[::3]] if _BREAK in html else parts[::3]
    parts[::3] = _LAST_APOSTROPHE.sub("’", typeset(_BREAK.join(texts))).split(_BREAK)
    del parts[2::3]
    return "".join(parts)


def typeset_template(source: str) -> str:
    """The same for the fixed words of a Jinja template: what is neither tag nor expression."""
    return "".join(
        part if index % 2 else _LAST_APOSTROPHE.sub("’", typeset(part))
        for index, part in enumerate(_TAGS.split(source))
    )
