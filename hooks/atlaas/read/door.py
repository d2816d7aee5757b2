"""The one door: what of the checkout a build reads, by folder, and what is turned away.

Nothing is opened here. Each file is looked at as it stands (a link is not followed), and what is
none of what its folder holds is a problem, in ``check`` and in every build.
"""

import os
import stat
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from atlaas.read.document import MAX_BYTES
from atlaas.read.layout import FOLDERS
from atlaas.read.problem import Problem
from atlaas.text.file_names import held_everywhere

MAX_FOLDERS = 6  # below data/, more than any record needs
_MEGA = 1024 * 1024
_name = attrgetter("name")


class Seen(NamedTuple):
    """Something below data/ or content/ that is not a folder, or lies too deep."""

    absolute: str
    path: str  # relative to the project, with forward slashes
    info: os.stat_result  # of itself, where it is a link


class Shelf(NamedTuple):
    """What a folder may hold."""

    extensions: tuple[str, ...]
    most_bytes: int = MAX_BYTES  # of one file
    most_files: int = 1000
    names: tuple[str, ...] = ()  # the only ones, where they are counted


_BESIDE = ("LICENCE.md", "README.md", "bounds.yml", "context.yml", "redirects.yml")
SHELVES = {
    "content": Shelf((".md",), most_files=200),
    "content/images": Shelf((".png", ".jpg", ".jpeg", ".webp"), _MEGA, 500),
    "data": Shelf((), names=_BESIDE),
    "data/vocabulary": Shelf((".yml",)),
    "data/editions": Shelf((".yml",)),
    "data/actors": Shelf((".yml",), most_files=50_000),
    "data/collections": Shelf((".yml",), most_files=1_000),
    "data/territories": Shelf((".yml",), most_files=100_000),
    "data/actions": Shelf((".md",), most_files=1_000_000),
    "data/evaluation": Shelf((".yml",), most_files=20),
    "data/indicators": Shelf((".yml", ".csv", ".md"), 4 * _MEGA),
    "data/reference": Shelf((".csv", ".csv.gz", ".geojson", ".md"), 32 * _MEGA),
}
# Of these a rule says which record belongs into which folder; the others have none of their own.
_DEEP = frozenset(f"data/{name}" for name in FOLDERS)
_NOWHERE = "ce fichier n'est pas à sa place"
_PLACES = {
    "data": f"Une fiche va dans l'un des dossiers de data/ : {', '.join(FOLDERS)}.",
    "content": "Une page va dans content/ même, une image dans content/images/.",
}
BUILT = (".cache", ".venv", "site", ".site.atlaas")  # what is made, and Git never tracks
_GLOBS = (":(glob)site*/**", ":(glob).site*/**")


def walk(root: str, top: str = "data") -> list[Seen]:
    """All files below a folder of the project, each folder's content sorted by name."""
    seen: list[Seen] = []
    folder = f"{root}/{top}"
    if os.path.isdir(folder) and not os.path.islink(folder):
        _walk(folder, top, MAX_FOLDERS, seen)
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


def shelf_of(path: str) -> tuple[str, Shelf | None]:
    """The folder to whose shelf a path belongs, empty for a stranger's, and what it may hold."""
    top, second, inside = (*path.split("/", 2), "")[:3]
    if not inside:
        return top, SHELVES[top]
    folder = f"{top}/{second}"
    shelf = SHELVES.get(folder)
    if shelf is None:
        return "", None
    return folder, None if "/" in inside and folder not in _DEEP else shelf


def strangers(root: str) -> Iterator[Problem]:
    """Folders right below data/ and content/ that nothing reads; or these two as links."""
    for top in _PLACES:
        if os.path.islink(f"{root}/{top}"):
            message = f"un lien symbolique n'est pas accepté à la place de {top}/"
            advice = "Remplacez le lien par un vrai dossier."
            yield Problem(top, 1, 1, "lien-symbolique", message, advice)
            continue
        for name in sorted(os.listdir(f"{root}/{top}")) if os.path.isdir(f"{root}/{top}") else ():
            path = f"{top}/{name}"
            full = f"{root}/{path}"
            if path not in SHELVES and os.path.isdir(full) and not os.path.islink(full):
                place = path if path.isprintable() else escaped(path), 1, 1
                yield Problem(*place, "emplacement", _NOWHERE, _PLACES[top])


def refusals(root: str, seen: Iterable[Seen]) -> Iterator[tuple[str, Problem]]:
    """Path and problem of each of these files that is turned away, and of too full folders."""
    bits = _bits_count(root)
    counts: Counter[str] = Counter()
    for _, path, info in seen:
        folder, shelf = shelf_of(path)
        problem = refusal(path, info, shelf, bits) if folder else None  # else: a stranger's
        if problem:
            yield path, problem
        counts[folder] += 1
    for folder, shelf in SHELVES.items():
        if counts[folder] > shelf.most_files:
            message = f"{counts[folder]} fichiers, plus que les {shelf.most_files} admis ici"
            advice = "Retirez ceux qui n'ont rien à y faire."
            yield folder, Problem(folder, 1, 1, "trop-de-fichiers", message, advice)


def refusal(path: str, info: os.stat_result, shelf: Shelf | None, bits: bool) -> Problem | None:
    """Why a file is turned away, if it is; ``bits`` says whether executable bits mean something."""
    top, _, name = path.partition("/")[0], *path.rpartition("/")[1:]
    if not path.isprintable():
        path = escaped(path)
        what, advice = "nom-illisible", "Renommez-le sans accent ni caractère spécial."
        message = "le nom de ce fichier contient un caractère illisible"
    elif ".git" in path.lower().split("/"):
        what, advice = "sous-module", "Copiez-y les fichiers voulus, sans leur propre dépôt."
        message = "un dépôt Git dans un autre n'est pas accepté ici"
    elif not held_everywhere(path):
        what, advice = "nom-reserve", "Renommez-le : lettres, chiffres et tirets vont partout."
        message = "Windows ne peut pas avoir de fichier ou de dossier de ce nom"
    elif stat.S_ISLNK(info.st_mode):
        what, advice = "lien-symbolique", "Remplacez le lien par un vrai fichier."
        message = f"un lien symbolique n'est pas accepté dans {top}/"
    elif not stat.S_ISREG(info.st_mode):
        what, advice = "fichier-special", f"Supprimez-le de {top}/."
        message = "ceci n'est pas un fichier ordinaire"
    elif shelf is None or (shelf.names and name not in shelf.names):
        what, advice, message = "emplacement", _PLACES[top], _NOWHERE
    elif not shelf.names and not name.endswith(shelf.extensions):
        what, advice = "extension", f"Renommez le fichier, ou sortez-le de {top}/."
        wanted = " ou ".join(f"« {end} »" for end in shelf.extensions)
        message = f"le nom du fichier doit finir par {wanted}"
    elif info.st_size > shelf.most_bytes:
        what, advice = "fichier-trop-gros", "Raccourcissez la fiche ou partagez-la en plusieurs."
        size, most = info.st_size // 1024, shelf.most_bytes // 1024
        message = f"le fichier pèse {size} ko, plus que {most} ko"
    elif bits and info.st_mode & 0o111:
        what, advice = "fichier-executable", f"Écrivez : git update-index --chmod=-x {path}"
        message = "un fichier d'ici se lit, il ne s'exécute pas"
    else:
        return None
    return Problem(path, 1, 1, what, message, advice)


def escaped(path: str) -> str:
    """A path of which every character can be shown."""
    return path.encode("unicode_escape", "surrogateescape").decode("ascii")


def _bits_count(root: str) -> bool:
    """Whether a file system keeps executable bits: where it does not, all files have them."""
    try:
        return os.name != "nt" and not os.stat(f"{root}/mkdocs.yml").st_mode & 0o111
    except OSError:
        return os.name != "nt"


def tracked(root: str) -> list[Problem]:
    """What Git tracks of that which is made: nobody reviews it, and a build would start from it."""
    if not os.path.lexists(f"{root}/.git"):
        return []
    command = ["git", "ls-files", "-z", "--", *BUILT, *_GLOBS]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except OSError:
        return []
    found = sorted(filter(None, os.fsdecode(done.stdout).split("\0")))
    first = {path.partition("/")[0]: path for path in reversed(found)}
    message = "Git suit un fichier que la construction fait, et que personne ne relit"
    return [
        Problem(escaped(path), 1, 1, "fichier-fabrique", message, f"{_UNTRACK} {escaped(top)}")
        for top, path in sorted(first.items())
    ]


_UNTRACK = "Écrivez : git rm -r --cached"
