"""Which files below data/ are records, before any of them is opened."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from atlaas.read.document import MAX_BYTES, Document, read_bytes
from atlaas.read.door import Seen, refusals, strangers, walk
from atlaas.read.layout import CONTEXT, FOLDERS
from atlaas.read.problem import Problem
from atlaas.work.cache import Stamp, stamp


class Entry(NamedTuple):
    """A file to read: where it is, what it holds, how big it is."""

    absolute: str
    path: str  # relative to the project, with forward slashes
    kind: str
    size: int
    changed: int = 0  # the first half of its stamp


Found = tuple[list[Entry], list[Problem]]  # what can be read, and what cannot


def inventory(
    root: str, seen: Sequence[Seen] | None = None, known: Mapping[str, Stamp] | None = None
) -> Found:
    """All record files below ``root``/data, lists first and actions last, each kind sorted.

    What the door turns away there, or in content/, is a problem and no entry. ``seen`` is what
    ``walk`` found, where it has just looked, and ``known`` the stamps of all that: by path.
    """
    files = walk(root) if seen is None else seen
    refused = dict(refusals(root, [*files, *walk(root, "content")]))
    problems = [*strangers(root), *refused.values()]
    by_folder: dict[str, list[Seen]] = {folder: [] for folder in (*FOLDERS, CONTEXT)}
    for file in files:
        if file.path not in refused:
            top = file.path if file.path == CONTEXT else file.path.split("/", 2)[1]
            if top in by_folder:
                by_folder[top].append(file)
    kinds = {**{folder: kind for folder, (kind, _) in FOLDERS.items()}, CONTEXT: "context"}
    entries = [
        Entry(absolute, path, kind, info.st_size, (known[path] if known else stamp(info))[0])
        for folder, kind in kinds.items()
        for absolute, path, info in by_folder[folder]
    ]
    return entries, problems


def read_entry(entry: Entry) -> Document:
    """The file of an entry as a document."""
    with open(entry.absolute, "rb", buffering=0) as file:
        return read_bytes(file.read(MAX_BYTES + 1), entry.path, entry.kind)
