"""The glossary of CONTRIBUTING.md: words, their sense, and what they replace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from support import PROJECT, plain

_ROW = re.compile(r"^\| \*\*(.+?)\*\*(.*?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_FOR_THOSE_WHO_KEEP_IT = ("feuille de revue", "forme canonique")


class Word(NamedTuple):
    """A line of the table."""

    word: str
    sense: str
    replaced: tuple[str, ...]


def glossary() -> list[Word]:
    """The words of CONTRIBUTING.md."""
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8").partition("## Les mots")[2]
    return [
        Word(word, sense, tuple(re.findall("« (.+?) »", others)))
        for word, _, sense, others in _ROW.findall(text)
    ]


def replaced() -> re.Pattern[str]:
    """Finds what the glossary replaces, whole words of any case."""
    words = [other for word in glossary() for other in word.replaced]
    words += _FOR_THOSE_WHO_KEEP_IT
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


def found_in(text: str, pattern: re.Pattern[str], data: str = "") -> Iterator[str]:
    """Each replaced word with what stands around it, unless ``data`` says so: with the same
    letters before it, or after it."""
    text = plain(text)
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 12) : match.end()]
        after = text[match.start() : match.end() + 12]
        if not data or (before not in data and after not in data):
            yield text[max(0, match.start() - 60) : match.end() + 40]
