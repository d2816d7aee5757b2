"""Words of others in the Markdown of a forge: shown as they are, and nothing of them is active."""

import html
import re

_JOINER = "\u2060"  # shows nothing, and keeps « @name », « #12 » from being made into links
_URL = re.compile(r"(?:https?://|www\.)[^\s»]+")
_LINKED = re.compile(r"(?i:www(?=\.)|:(?=//))")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TRIGGERS = re.compile(r"([@#])(?=\w)|(?i:\b(gh-))(?=\d)")


def clean(text: str) -> str:
    """A text on one line without characters that a terminal or a reader may not see."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def escape(text: str) -> str:
    """A text that Markdown shows as it is: no markup, no mention, no link but in code."""
    text = clean(text)
    parts: list[str] = []
    at = 0
    for found in _URL.finditer(text):
        parts += [_literal(text[at : found.start()]), code(found[0])]
        at = found.end()
    return "".join([*parts, _literal(text[at:])])


def in_html(text: str) -> str:
    """A text inside an element that Markdown leaves alone: no markup, no mention, no link."""
    broken = _TRIGGERS.sub(lambda found: found[0] + _JOINER, clean(text))
    return html.escape(_LINKED.sub(lambda found: found[0] + _JOINER, broken), quote=False)


def _literal(text: str) -> str:
    broken = _TRIGGERS.sub(lambda found: found[0] + _JOINER, text)
    return _PUNCTUATION.sub(r"\\\1", broken)


def code(text: str) -> str:
    """A text as a span of code, with a fence that it does not contain."""
    text = clean(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{fence}{space}{text}{space}{fence}"
