"""The layout of data/: which record a path holds, and where a record of each kind belongs.

Paths are parsed and built here only: the rules check the names that people gave, the desk names
new files, the directory takes codes and identifiers from them.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from atlaas.geography.reference import Reference
from atlaas.text import slug
from atlaas.text.file_names import held_everywhere

FOLDERS = {  # in the order of reading: what others refer to comes first
    "vocabulary": ("vocabulary", ".yml"),
    "editions": ("edition", ".yml"),
    "actors": ("actor", ".yml"),
    "collections": ("collection", ".yml"),
    "territories": ("territory", ".yml"),
    "actions": ("action", ".md"),
}
CONTEXT = "data/context.yml"
OTHER = "autres"  # the folder of what belongs to no single département
MAX_STEM = 60  # characters of the file name proposed for an action
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def kind_of(path: str) -> str:
    """The kind of record that a path of the project holds, or an empty text."""
    parts = path.split("/")
    if parts[0] != "data" or len(parts) < 3:
        return "context" if path == CONTEXT else ""
    return FOLDERS.get(parts[1], ("",))[0]


def stem_of(path: str) -> str:
    """The name of a file without its extension: that of an actor, a list or an edition says it."""
    return path.rpartition("/")[2].rpartition(".")[0]


def code_of(stem: str) -> str:
    """The code with which a territory's file or folder name starts: « 59378-marcq » -> 59378."""
    if stem.startswith("x-"):
        return stem
    head, _, rest = stem.partition("-")
    return f"{head}-{rest.partition('-')[0]}" if head in ("dep", "reg") else head


def carrier_of(path: str) -> str:
    """The code of the territory in whose folder an action is."""
    return code_of(path.split("/")[-2])


def identity(path: str) -> str:
    """What no two files of one kind may share: their code or name without case and accents."""
    kind, stem = kind_of(path), stem_of(path)
    if kind == "territory":
        return code_of(stem).lower()
    name = stem if IDENTIFIER.fullmatch(stem) else slug(stem)
    return f"{carrier_of(path).lower()}/{name}" if kind == "action" else name


def departement_of(path: str) -> str:
    """The folder of its département of an action or a territory, or « autres »."""
    return path.split("/")[2]


@lru_cache(maxsize=65536)
def _territory_stem(code: str, name: str) -> str:
    return f"{code}-{slug(name)}"


def home(
    code: object, reference: Reference, own_folders: Mapping[str, str]
) -> tuple[str, str] | None:
    """The département's folder of a territory and its file or folder name, or None if unknown.

    ``("59", "59378-marcq-en-baroeul")``; ``("autres", "reg-32-hauts-de-france")``. A territory in
    x- is named by its code alone; ``own_folders`` says in which folder each of them is.
    """
    if not isinstance(code, str):
        return None
    place = reference.places.get(code)
    if place is not None:
        return place.departement or OTHER, _territory_stem(code, place.name)
    folder = own_folders.get(code)
    return None if folder is None else (folder, code)


def own_home(code: str, departement: object, reference: Reference) -> tuple[str, str]:
    """The same for a territory in x- that has no file yet, or one that may be misplaced."""
    known = isinstance(departement, str) and departement in reference.departements
    return str(departement) if known else OTHER, f"x-{slug(code[2:])}"


def action_stem(title: str) -> str:
    """The file name of an action, without its extension: the words of its title, cut at a word."""
    words = slug(title)
    if len(words) <= MAX_STEM:
        return words
    return words[: MAX_STEM + 1].rpartition("-")[0] or words[:MAX_STEM]


def free_path(folder: str, stem: str, is_taken: Callable[[str], bool]) -> str:
    """The path of an action with this name, numbered from 2 on where others have it.

    Or where Windows takes it for a device: « aux-2.md ».
    """
    path, number = f"{folder}/{stem}.md", 2
    while is_taken(path) or not held_everywhere(path):
        path, number = f"{folder}/{stem}-{number}.md", number + 1
    return path
