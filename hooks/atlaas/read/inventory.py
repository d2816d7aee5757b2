"""Which files below data/ are records, before any of them is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from atlaas.problem import Problem
from atlaas.read.document import MAX_BYTES, Document, read_bytes

MAX_FOLDERS = 6  # below data/, more than any record needs
FOLDERS = {  # in the order of reading: what others refer to comes first
    "vocabulary": ("vocabulary", ".yml"),
    "editions": ("edition", ".yml"),
    "actors": ("actor", ".yml"),
    "territories": ("territory", ".yml"),
    "actions": ("action", ".md"),
}
# What stands beside the folders of records: no record, or one read apart.
BESIDE = frozenset(
    {"reference", "evaluation", "indicators", "context.yml", "redirects.yml", "LICENCE.md",
     "README.md"}
)  # fmt: skip


class Entry(NamedTuple):
    """A file to read: where it is, what it holds, how big it is."""

    absolute: str
    path: str  # relative to the project, with forward slashes
    kind: str
    size: int
    changed: int = 0  # when it last changed on disk, in nanoseconds


def _walk(folder: str, relative: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """(absolute, relative, lstat) of everything below a folder that is not a folder, sorted."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = f"{relative}/{entry.name}"
        info = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(info.st_mode) and path.count("/") < MAX_FOLDERS:
            yield from _walk(entry.path, path)
        else:
            yield entry.path, path, info


def _misplaced(path: str, info: os.stat_result, extension: str) -> Problem | None:
    """Why this can not be a record file, if it can not."""
    if not path.isprintable():
        path = path.encode("unicode_escape", "surrogateescape").decode("ascii")
        what, mend = "nom-illisible", "Renommez-le sans accent ni caractère spécial."
        message = "le nom de ce fichier contient un caractère illisible"
    elif stat.S_ISLNK(info.st_mode):
        what, mend = "lien-symbolique", "Remplacez le lien par un vrai fichier."
        message = "un lien symbolique n'est pas accepté dans data/"
    elif not stat.S_ISREG(info.st_mode):
        what, mend = "fichier-special", "Supprimez-le de data/."
        message = "ceci n'est pas un fichier ordinaire"
    elif not path.endswith(extension):
        what, mend = "extension", "Renommez le fichier, ou sortez-le de data/."
        message = f"le nom du fichier doit finir par « {extension} »"
    elif info.st_size > MAX_BYTES:
        what, mend = "fichier-trop-gros", "Raccourcissez la fiche ou partagez-la en plusieurs."
        message = f"le fichier pèse {info.st_size // 1024} ko, plus que {MAX_BYTES // 1024} ko"
    else:
        return None
    return Problem(path, 1, 1, what, message, mend)


def inventory(root: str) -> tuple[list[Entry], list[Problem]]:
    """All record files below ``root``/data, lists first and actions last, each kind sorted.

    What can not be a record (link, pipe, wrong extension, too big) is a problem and no entry.
    """
    entries: list[Entry] = []
    problems = list(_strangers(f"{root}/data"))
    for folder, (kind, extension) in FOLDERS.items():
        top = f"{root}/data/{folder}"
        if not os.path.isdir(top) or os.path.islink(top):
            continue
        for absolute, path, info in _walk(top, f"data/{folder}"):
            problem = _misplaced(path, info, extension)
            if problem:
                problems.append(problem)
            else:
                entries.append(Entry(absolute, path, kind, info.st_size, info.st_mtime_ns))
    context, path = f"{root}/data/context.yml", "data/context.yml"
    if os.path.lexists(context):
        info = os.lstat(context)
        problem = _misplaced(path, info, ".yml")
        if problem:
            problems.append(problem)
        else:
            entries.append(Entry(context, path, "context", info.st_size, info.st_mtime_ns))
    return entries, problems


def _strangers(data: str) -> Iterator[Problem]:
    """What stands right below data/ and would never be read: a misspelt folder, a stray file."""
    if not os.path.isdir(data):
        return
    for name in sorted(os.listdir(data)):
        path = f"data/{name}"
        if not path.isprintable():
            path = path.encode("unicode_escape", "surrogateescape").decode("ascii")
        if name in FOLDERS and os.path.islink(f"{data}/{name}"):
            yield Problem(
                path, 1, 1, "lien-symbolique", "un lien symbolique n'est pas accepté dans data/",
                "Remplacez le lien par un vrai dossier.",
            )  # fmt: skip
        elif name not in FOLDERS and name not in BESIDE:
            yield Problem(
                path, 1, 1, "emplacement", "rien ne lit ce qui se trouve ici",
                f"Une fiche va dans l'un des dossiers de data/ : {', '.join(FOLDERS)}.",
            )  # fmt: skip


def read_entry(entry: Entry) -> Document:
    """The file of an entry as a document."""
    with open(entry.absolute, "rb") as file:
        return read_bytes(file.read(MAX_BYTES + 1), entry.path, entry.kind)
