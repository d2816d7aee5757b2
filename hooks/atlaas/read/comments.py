"""The comments of a record's YAML, by the key or item that they explain.

Read between the scalars of libyaml's event stream, so that a ``#`` inside a text is never taken
for one. Whoever rewrites a file puts them back: ``edit.canonical``, and the forms of
/contribuer/ for a correction.
"""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.error import Mark
from yaml.events import ScalarEvent

from atlaas.read import MAX_BYTES, Document, KeyPath, Marks, parse, read_bytes
from atlaas.read.strict import LOADER
from atlaas.read.values import at_path


@dataclass(slots=True)
class Comments:
    """``above`` holds the lines before a key or an item, ``trailing`` the end of its own line."""

    head: list[str] = field(default_factory=list)
    above: dict[KeyPath, list[str]] = field(default_factory=dict)
    trailing: dict[KeyPath, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The same for JSON, without what is empty; a path is « labels.0.edition »."""
        data = {
            "head": self.head,
            "above": {_dotted(path): lines for path, lines in self.above.items()},
            "beside": {_dotted(path): words for path, words in self.trailing.items()},
            "tail": self.tail,
        }
        return {name: value for name, value in data.items() if value}


def comments_in(path: Path | str, kind: str) -> Comments:
    """The comments of a file that can be read; none costs little more than reading it."""
    file = os.open(path, os.O_RDONLY)  # all records pass here: a third of the cost of open()
    try:
        raw = os.read(file, MAX_BYTES)
    finally:
        os.close(file)
    if b"#" not in raw:
        return Comments()
    raw = raw.lstrip(b"\xef\xbb\xbf\r\n ")
    if kind == "action" and b"#" not in raw.split(b"\n---", 1)[0]:
        return Comments()
    document = read_bytes(raw, str(path), kind)
    return Comments() if document.problems else comments_of(yaml_of(document), document.data)


def yaml_of(document: Document) -> str:
    """The YAML of a document: all of it, or what precedes an action's story."""
    if document.kind != "action":
        return document.text
    front: str = YAMLHandler().split(document.text)[0]  # as python-frontmatter splits it
    return front


def _dotted(path: KeyPath) -> str:
    return ".".join(map(str, path))


def _words(text: str) -> str:
    """A comment without invisible characters, in normal letters."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _scalars(text: str) -> Iterator[tuple[str | None, Mark, Mark]]:
    """(style, start, end) of each scalar."""
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, ScalarEvent):
            yield event.style, cast(Mark, event.start_mark), cast(Mark, event.end_mark)


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """(line, column, text) of each comment, in order."""
    spans: list[tuple[int, int]] = []
    inside: list[tuple[int, int, str]] = []
    for style, start, end in _scalars(text):
        spans.append((start.index, end.index))
        if style in ("|", ">"):  # its first line may end with a comment
            first = text[start.index : end.index].partition("\n")[0]
            if " #" in first:
                at = first.index(" #") + 1
                inside.append((start.line + 1, start.column + 1 + at, _words(first[at:])))
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
            yield line, column, _words(text[sign:stop])
            sign = text.find("#", stop, start)
        at = max(at, end)


def comments_of(text: str, data: Any) -> Comments:
    """The comments of some YAML, each with the key or item of ``data`` that it explains."""
    found = Comments()
    if "#" not in text:
        return found
    marks: Marks = {}
    parse(text, None, marks)
    places = sorted((key, len(path), path) for path, (key, _) in marks.items() if path)
    # The lines on which a scalar ends that is not a block.
    ends = {end.line + 1 for style, _, end in _scalars(text) if style not in ("|", ">")}
    for line, column, words in _comments(text):
        before = [item for item in places if item[0] < (line, column)]
        after = next((item for item in places if item[0] > (line, column)), None)
        owner = before[-1][2] if before else ()
        same_line = before and (before[-1][0][0] == line or line in ends)
        if same_line and "\n" in str(at_path(data, owner)):  # a text of several lines
            found.above.setdefault(owner, []).append(words)
        elif same_line and owner not in found.trailing:
            found.trailing[owner] = words
        elif not before:
            found.head.append(words)
        elif after is None:
            found.tail.append(words)
        else:
            found.above.setdefault(after[2], []).append(words)
    return found
