"""A file taken apart for rewriting: its values, and its comments by the path that they explain.

This stands beside the way of the data: ``canonical`` prints drafts, importers and ``rename``
change them. Comments are read between the scalars of libyaml's event stream, so that a ``#``
inside a text is never taken for one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.error import Mark
from yaml.events import ScalarEvent

from atlaas.read import Document, KeyPath, Marks, parse


@dataclass(slots=True)
class Draft:
    """Values as written (nested dict, list, str, None), comments, and the story of an action.

    ``above`` holds the comment lines that stand before a key or an item, ``beside`` the comment
    at the end of its line. A path with list indexes moves when an item is inserted: use
    :func:`insert`.
    """

    kind: str
    data: Any
    body: str = ""
    head: list[str] = field(default_factory=list)
    above: dict[KeyPath, list[str]] = field(default_factory=dict)
    beside: dict[KeyPath, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


def draft_of(document: Document) -> Draft:
    """The draft of a document that could be read."""
    draft = Draft(document.kind, document.data, document.body)
    text = document.text
    if document.kind == "action":  # as python-frontmatter splits it
        text = YAMLHandler().split(text)[0]
    if "#" in text:
        _collect(draft, text)
    return draft


def comment(text: str) -> str:
    """A comment without invisible characters, in normal letters."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """(line, column, text) of each comment, in order."""
    spans: list[tuple[int, int]] = []
    inside: list[tuple[int, int, str]] = []
    loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, ScalarEvent):
            start, end = cast(Mark, event.start_mark), cast(Mark, event.end_mark)
            spans.append((start.index, end.index))
            if event.style in ("|", ">"):  # its first line may end with a comment
                first = text[start.index : end.index].partition("\n")[0]
                if " #" in first:
                    at = first.index(" #") + 1
                    inside.append((start.line + 1, start.column + 1 + at, comment(first[at:])))
    yield from sorted([*inside, *_between(text, spans)])


def _between(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        sign = text.find("#", at, start)
        while sign >= 0:
            stop = text.find("\n", sign)
            stop = len(text) if stop < 0 else stop
            line = text.count("\n", 0, sign) + 1
            column = sign - text.rfind("\n", 0, sign)
            yield line, column, comment(text[sign:stop])
            sign = text.find("#", stop, start)
        at = max(at, end)


def _collect(draft: Draft, text: str) -> None:
    """Give every comment to the key or item that it explains."""
    marks: Marks = {}
    parse(text, None, marks)
    places = sorted((key, len(path), path) for path, (key, _) in marks.items() if path)
    ends = _ends(text)
    for line, column, words in _comments(text):
        before = [item for item in places if item[0] < (line, column)]
        after = next((item for item in places if item[0] > (line, column)), None)
        owner = before[-1][2] if before else ()
        same_line = before and (before[-1][0][0] == line or line in ends)
        if same_line and "\n" in str(_at(draft.data, owner)):  # a text of several lines
            draft.above.setdefault(owner, []).append(words)
        elif same_line and owner not in draft.beside:
            draft.beside[owner] = words
        elif not before:
            draft.head.append(words)
        elif after is None:
            draft.tail.append(words)
        else:
            draft.above.setdefault(after[2], []).append(words)


def _ends(text: str) -> set[int]:
    """The lines on which a scalar ends that is not a block."""
    loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
    return {
        cast(Mark, event.end_mark).line + 1
        for event in yaml.parse(text, Loader=loader)
        if isinstance(event, ScalarEvent) and event.style not in ("|", ">")
    }


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def insert(draft: Draft, path: KeyPath, index: int, value: Any) -> None:
    """Insert an item in the list at ``path``, and move the comments of those that follow."""
    owner = _at(draft.data, path)
    owner.insert(index, value)
    _shift(draft, path, index, 1)


def remove(draft: Draft, path: KeyPath, index: int) -> None:
    """Remove an item of the list at ``path``, with its comments."""
    del _at(draft.data, path)[index]
    gone = (*path, index)
    for comments in (draft.above, draft.beside):
        for key in [key for key in comments if key[: len(gone)] == gone]:
            del comments[key]
    _shift(draft, path, index + 1, -1)


def _shift(draft: Draft, path: KeyPath, index: int, by: int) -> None:
    depth = len(path)

    def moved(key: KeyPath) -> KeyPath:
        if len(key) > depth and key[:depth] == path:
            step = key[depth]
            if isinstance(step, int) and step >= index:
                return (*path, step + by, *key[depth + 1 :])
        return key

    draft.above = {moved(key): lines for key, lines in draft.above.items()}
    draft.beside = {moved(key): words for key, words in draft.beside.items()}
