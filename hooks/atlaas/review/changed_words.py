"""Two versions of a text -> the words that changed, in the words around them.

What is new is told apart where it is a figure or a link: both are what a reviewer looks up.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

ChangedAs = Literal["same", "cut", "removed", "added", "figure", "link"]
AROUND = 6  # words shown on each side of a change
LONGEST = 90  # words and spaces of one change that are shown at each end
_FIGURE = r"\d+(?:[ \u00a0\u202f.,]\d+)*(?:[ \u00a0\u202f]?[%€])?"
_LINK = r"(?:https?://|www\.)[^\s<>()»]*[^\s<>()».,;:!?]"
_TOKEN = re.compile(rf"{_LINK}|{_FIGURE}|[\w’'-]+|[^\w\s]|\s+")
_ALIGNED = 1000  # tokens; above, frequent ones are not aligned, which would take too long
_YEAR = re.compile(r"(?:19|20)\d\d")


class ChangedSpan(NamedTuple):
    """Some words of a text that changed; « cut » stands for words left out."""

    text: str
    mark: ChangedAs = "same"


def spans(old: str, new: str) -> tuple[ChangedSpan, ...]:
    """The changes from one text to another; an empty tuple where only spaces differ."""
    was, now = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, was, now, autojunk=max(len(was), len(now)) > _ALIGNED)
    runs: list[tuple[list[str], list[str], list[str]]] = []  # same, then removed, then added
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal" and not (runs and _joins(was[a:b]) and d < len(now)):
            runs.append((was[a:b], [], []))
        else:
            if not runs:
                runs.append(([], [], []))
            runs[-1][1].extend(was[a:b])
            runs[-1][2].extend(now[c:d])
    if not any(removed or added for _, removed, added in runs):
        return ()
    return tuple(_shown(runs))


def _tokens(text: str) -> list[str]:
    return [" " if token.isspace() else token for token in _TOKEN.findall(text.strip())]


def _joins(tokens: list[str]) -> bool:
    """Whether what is the same between two changes is too little to part them."""
    return not any(token[0].isalnum() for token in tokens)


def _shown(runs: list[tuple[list[str], list[str], list[str]]]) -> Iterator[ChangedSpan]:
    for number, (same, removed, added) in enumerate(runs):
        changed = bool(removed or added)
        yield from _context(same, after=number > 0, before=changed)
        yield from _marked(removed, "removed")
        if removed and added:
            yield ChangedSpan(" ")
        for mark, words in _told_apart(added):
            yield from _marked(words, mark)


def _context(tokens: list[str], after: bool, before: bool) -> Iterator[ChangedSpan]:
    """The ends of what stayed the same that touch a change."""
    most = 2 * AROUND  # a word and a space each
    head, tail = (most if after else 0), (most if before else 0)
    if len(tokens) <= head + tail:
        yield from _marked(tokens, "same")
        return
    yield from _marked(tokens[:head], "same")
    yield ChangedSpan(" … ", "cut")
    yield from _marked(tokens[len(tokens) - tail :], "same")


def _told_apart(tokens: list[str]) -> Iterator[tuple[ChangedAs, list[str]]]:
    found: list[tuple[ChangedAs, list[str]]] = []
    for token in tokens:
        mark: ChangedAs = "added"
        if re.fullmatch(_FIGURE, token):
            mark = "figure"
        elif re.fullmatch(_LINK, token):
            mark = "link"
        if found and found[-1][0] == mark == "added":
            found[-1][1].append(token)
        else:
            found.append((mark, [token]))
    yield from found


def _marked(tokens: list[str], mark: ChangedAs) -> Iterator[ChangedSpan]:
    if not tokens:
        return
    if len(tokens) > 2 * LONGEST:
        yield ChangedSpan("".join(tokens[:LONGEST]), mark)
        yield ChangedSpan(" … ", "cut")
        tokens = tokens[-LONGEST:]
    yield ChangedSpan("".join(tokens), mark)


def figures(text: str) -> list[str]:
    """The figures of a text, as written, links left out; a year in four digits is one too."""
    return re.findall(_FIGURE, re.sub(_LINK, " ", text))


def links(text: str) -> list[str]:
    """The addresses in a text."""
    return re.findall(_LINK, text)


def is_year(figure: str) -> bool:
    """Whether a figure may be a year: 1900 to 2099."""
    return bool(_YEAR.fullmatch(figure))


def differing(old: Iterable[str], new: Iterable[str]) -> tuple[list[str], list[str]]:
    """(those only in the old list, those only in the new one), each once and in order."""
    was, now = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    return [item for item in was if item not in now], [item for item in now if item not in was]
