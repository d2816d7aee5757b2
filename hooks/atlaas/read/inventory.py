"""Which files below data/ are records, before any of them is opened."""

import os
import stat
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from atlaas.read.document import MAX_BYTES, Document, read_bytes
from atlaas.read.layout import CONTEXT, FOLDERS
from atlaas.read.problem import Problem
from atlaas.work.cache import stamp

MAX_FOLDERS = 6  # below data/, more than any record needs
# What is next to the folders of records: not a record, or one read separately.
NO_RECORDS = frozenset(
    """reference evaluation indicators context.yml redirects.yml bounds.yml LICENCE.md
    README.md""".split()
)


class Entry(NamedTuple):
    """A file to read: where it is, what it holds, how big it is."""

    absolute: str
    path: str  # relative to the project, with forward slashes
    kind: str
    size: int
    changed: int = 0  # when it last changed on disk: the first half of its stamp


class Seen(NamedTuple):
    """Something below data/ that is not a folder, or lies too deep."""

    absolute: str
    path: str  # relative to the project, with forward slashes
    info: os.stat_result  # of itself, where it is a link


Found = tuple[list[Entry], list[Problem]]  # what can be read, and what cannot
_name = attrgetter("name")


def walk(root: str) -> list[Seen]:
    """All files below ``root``/data, each folder's content sorted by name."""
    seen: list[Seen] = []
    data = f"{root}/data"
    if os.path.isdir(data):
        _walk(data, "data", MAX_FOLDERS, seen)
    return seen


def _walk(folder: str, relative: str, deeper: int, seen: list[Seen]) -> None:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=_name)
    for entry in ordered:
        path = f"{relative}/{entry.name}"
        if deeper > 1 and entry.is_dir(follow_symlinks=False):
            _walk(entry.path, path, deeper - 1, seen)
        else:
            seen.append(Seen(entry.path, path, entry.stat(follow_symlinks=False)))


def _misplaced(path: str, info: os.stat_result, extension: str) -> Problem | None:
    """Why this cannot be a record file, if it cannot."""
    if not path.isprintable():
        path = _escaped(path)
        what, advice = "nom-illisible", "Renommez-le sans accent ni caractère spécial."
        message = "le nom de ce fichier contient un caractère illisible"
    elif stat.S_ISLNK(info.st_mode):
        what, advice = "lien-symbolique", "Remplacez le lien par un vrai fichier."
        message = "un lien symbolique n'est pas accepté dans data/"
    elif not stat.S_ISREG(info.st_mode):
        what, advice = "fichier-special", "Supprimez-le de data/."
        message = "ceci n'est pas un fichier ordinaire"
    elif not path.endswith(extension):
        what, advice = "extension", "Renommez le fichier, ou sortez-le de data/."
        message = f"le nom du fichier doit finir par « {extension} »"
    elif info.st_size > MAX_BYTES:
        what, advice = "fichier-trop-gros", "Raccourcissez la fiche ou partagez-la en plusieurs."
        message = f"le fichier pèse {info.st_size // 1024} ko, plus que {MAX_BYTES // 1024} ko"
    else:
        return None
    return Problem(path, 1, 1, what, message, advice)


def _escaped(path: str) -> str:
    return path.encode("unicode_escape", "surrogateescape").decode("ascii")


def inventory(root: str, seen: Sequence[Seen] | None = None) -> Found:
    """All record files below ``root``/data, lists first and actions last, each kind sorted.

    What cannot be a record (link, pipe, wrong extension, too big) is a problem and no entry.
    ``seen`` is what ``walk`` found, where it has just looked.
    """
    entries: list[Entry] = []
    problems = list(_strangers(f"{root}/data"))
    files: dict[str, list[Seen]] = {folder: [] for folder in FOLDERS}
    for file in walk(root) if seen is None else seen:
        _, top, *inside = file.path.split("/", 2)
        if inside and top in files:
            files[top].append(file)
    kinds = [(files[folder], *kind) for folder, kind in FOLDERS.items()]
    context = f"{root}/{CONTEXT}"
    if os.path.lexists(context):  # looked at by itself: it may be a folder
        kinds.append(([Seen(context, CONTEXT, os.lstat(context))], "context", ".yml"))
    for found, kind, extension in kinds:
        for absolute, path, info in found:
            problem = _misplaced(path, info, extension)
            if problem:
                problems.append(problem)
            else:
                entries.append(Entry(absolute, path, kind, info.st_size, stamp(info)[0]))
    return entries, problems


def _strangers(data: str) -> Iterator[Problem]:
    """What is right below data/ and would never be read: a misspelt folder, a stray file."""
    if not os.path.isdir(data):
        return
    for name in sorted(os.listdir(data)):
        path = f"data/{name}"
        place = path if path.isprintable() else _escaped(path), 1, 1
        if name in FOLDERS and os.path.islink(f"{data}/{name}"):
            message = "un lien symbolique n'est pas accepté dans data/"
            advice = "Remplacez le lien par un vrai dossier."
            yield Problem(*place, "lien-symbolique", message, advice)
        elif name not in FOLDERS and name not in NO_RECORDS:
            advice = f"Une fiche va dans l'un des dossiers de data/ : {', '.join(FOLDERS)}."
            yield Problem(*place, "emplacement", "rien ne lit ce qui se trouve ici", advice)


def read_entry(entry: Entry) -> Document:
    """The file of an entry as a document."""
    with open(entry.absolute, "rb") as file:
        return read_bytes(file.read(MAX_BYTES + 1), entry.path, entry.kind)
