"""Files -> values, each with its line and column on demand. The first step of the way.

YAML is read in one strict pass over libyaml's event stream: every scalar stays the text that was
written (``01004``, ``no``, ``22:22``), and what a record never needs is refused: tags, anchors,
aliases, merge keys, duplicate keys, second documents, depth over 8, files over 64 kB. Positions
are not kept: ``locate`` reads a file again when one of its problems has to be printed.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from atlaas.problem import Problem

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_FOLDERS = 6  # below data/, more than any record needs
# Keys whose value must stand in quotes when it is a number: other readers would change it.
CODE_KEYS = frozenset({"code", "territory", "through", "departement", "successor", "partners"})

KeyPath = tuple[str | int, ...]
Marks = dict[KeyPath, tuple[tuple[int, int], tuple[int, int]]]  # path -> places of key and value

FOLDERS = {  # in the order of reading: what others refer to comes first
    "vocabulary": ("vocabulary", ".yml"),
    "editions": ("edition", ".yml"),
    "actors": ("actor", ".yml"),
    "territories": ("territory", ".yml"),
    "actions": ("action", ".md"),
}
# What stands beside the folders of records: no record, or one read apart.
BESIDE = frozenset({"reference", "context.yml", "redirects.yml", "LICENCE.md", "README.md"})
RULES = {  # the ids that reading gives to its problems, and what each asks for
    "emplacement": "Une fiche est dans un des dossiers de data/.",
    "nom-illisible": "Le nom d'un fichier se lit et s'affiche.",
    "lien-symbolique": "Le dossier data/ ne contient pas de lien symbolique.",
    "fichier-special": "Le dossier data/ ne contient que des fichiers ordinaires.",
    "extension": "Une action finit par .md, les autres fiches par .yml.",
    "fichier-trop-gros": "Une fiche pèse 64 ko au plus.",
    "fichier-vide": "Une fiche n'est pas vide.",
    "encodage": "Une fiche est enregistrée en UTF-8.",
    "en-tete": "Une action commence par un en-tête entre deux lignes « --- ».",
    "structure": "Une fiche est une suite de lignes « clé: valeur ».",
    "cle-double": "Une clé n'est écrite qu'une fois.",
    "yaml-strict": "Une fiche n'emploie de YAML que des clés, des valeurs et des listes.",
    "yaml-syntaxe": "Une fiche se lit comme du YAML.",
}
_SYNTAX = (  # (words of libyaml, what they mean to a contributor, what to do)
    (
        "mapping values are not allowed",
        "deux-points inattendu",
        'Si la valeur contient « : », mettez-la entre guillemets : titre: "Lire : un plaisir".',
    ),
    (
        "found character '\\t'",
        "tabulation en début de ligne",
        "Remplacez les tabulations par des espaces.",
    ),
    (
        "cannot start any token",
        "caractère qui ne peut pas commencer une valeur",
        "Mettez la valeur entre guillemets (@, %, ` et la tabulation ne peuvent la commencer).",
    ),
    (
        "found unexpected end of stream",
        "guillemet ou crochet jamais refermé",
        "Refermez le guillemet ou le crochet ouvert plus haut.",
    ),
    (
        "unacceptable character",
        "caractère de contrôle interdit",
        "Supprimez ce caractère invisible.",
    ),
    (
        "control characters are not allowed",
        "caractère de contrôle interdit",
        "Supprimez ce caractère invisible.",
    ),
    (
        "could not find expected ':'",
        "il manque un deux-points",
        "Chaque ligne s'écrit « clé: valeur ».",
    ),
    (
        "did not find expected ',' or",
        "crochet ou accolade jamais refermé, ou virgule manquante",
        "Refermez le crochet, ou écrivez la liste en lignes « - … ».",
    ),
    (
        "did not find expected",
        "ligne mal alignée ou incomplète",
        "Vérifiez l'alignement avec les lignes voisines et les guillemets de la ligne d'avant.",
    ),
)


class Unreadable(Exception):
    """A place where reading stopped or had to refuse: line and column are 1-based."""

    def __init__(self, line: int, column: int, rule: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.rule, self.message, self.advice = (
            line, column, rule, message, advice,
        )  # fmt: skip


@dataclass(slots=True)
class Document:
    """One file: its values as written (all scalars are str, None where a value is missing)."""

    path: str  # relative to the project, with forward slashes
    kind: str  # territory | action | actor | edition | vocabulary | context
    text: str
    data: Any = None
    body: str = ""
    unquoted: tuple[KeyPath, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _refuse(event: Any, what: str, advice: str) -> Unreadable:
    return Unreadable(*_mark(event), "yaml-strict", what, advice)


def parse(text: str, unquoted: list[KeyPath] | None = None, marks: Marks | None = None) -> Any:
    """Read one YAML document as nested dict, list and str (None for an empty plain value).

    ``unquoted`` receives the paths of codes written without quotes, ``marks`` the places of
    every key and value. Raises ``Unreadable`` at the first thing that a record may not hold.
    """
    try:
        return _build(text, unquoted, marks)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = f"{error.problem or ''} {error.context or ''}"
        raise _syntax(words, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1) from None
    except yaml.reader.ReaderError as error:
        # libyaml counts the bytes before the character, PyYAML's own reader the characters.
        refused = chr(error.character) if isinstance(error.character, int) else error.character
        index = len(text.encode()[: error.position].decode("utf-8", "ignore"))
        index = index if text.startswith(refused, index) else max(text.find(refused), 0)
        raise _syntax(error.reason, *place_in_text(text, index)) from None


def _syntax(words: str, line: int, column: int) -> Unreadable:
    for key, message, advice in _SYNTAX:
        if key in words:
            return Unreadable(line, column, "yaml-syntaxe", message, advice)
    return Unreadable(
        line, column, "yaml-syntaxe", "ligne illisible", "Comparez avec une fiche voisine."
    )


def _parser(text: str) -> Any:
    """Libyaml's parser, in every published wheel; the slow one where PyYAML lacks it."""
    return yaml.CBaseLoader(text) if yaml.__with_libyaml__ else yaml.BaseLoader(text)


def _build(text: str, unquoted: list[KeyPath] | None, marks: Marks | None) -> Any:
    parser: Any = _parser(text)
    result: Any = None
    documents = 0
    # The open containers: (container, key waiting for its value or None).
    stack: list[Any] = []
    keys: list[Any] = []
    container: Any = None
    key: Any = None
    while parser.check_event():
        event = parser.get_event()
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None:
                raise _refuse(
                    event, "ancre « & » interdite", "Écrivez la valeur en toutes lettres."
                )
            if event.tag is not None:
                raise _refuse(event, "étiquette « ! » interdite", "Supprimez-la.")
            value = event.value
            if type(container) is dict and key is None:
                if value == "<<" and not event.style:
                    raise _refuse(event, "fusion « << » interdite", "Recopiez les clés voulues.")
                if value in container:
                    raise Unreadable(
                        *_mark(event), "cle-double", f"la clé « {value} » est écrite deux fois",
                        "Gardez une seule des deux lignes.",
                    )  # fmt: skip
                key = value
                if marks is not None:
                    marks[(*_path(stack, keys), key)] = (_mark(event), _mark(event))
                continue
            if not event.style:  # plain, without quotes
                if value == "" or value == "~" or value == "null":
                    value = None
                elif unquoted is not None and value[0].isdigit():
                    owner = key if type(container) is dict else (keys[-1] if keys else None)
                    if owner in CODE_KEYS:
                        unquoted.append(_here(stack, keys, container, key))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None:
                raise _refuse(event, "ancre « & » interdite", "Recopiez les valeurs voulues.")
            if event.tag is not None:
                raise _refuse(event, "étiquette « ! » interdite", "Supprimez-la.")
            if type(container) is dict and key is None:
                raise _refuse(event, "clé composée interdite", "Une clé est un simple mot.")
            if len(stack) >= MAX_DEPTH:
                raise _refuse(
                    event, f"plus de {MAX_DEPTH} niveaux imbriqués", "Simplifiez la fiche."
                )
            value = {} if kind is MappingStartEvent else []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            stack.pop()
            keys.pop()
            container = stack[-1] if stack else None
            key = None
            continue
        elif kind is AliasEvent:
            raise _refuse(event, "renvoi « * » interdit", "Mettez la valeur entre guillemets.")
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refuse(
                    event, "second document dans le fichier", "Supprimez la ligne « --- »."
                )
            continue
        else:
            continue
        # A value: place it, and open it if it is a container.
        if marks is not None:
            here = _here(stack, keys, container, key)
            place = _mark(event)
            marks[here] = (marks[here][0] if here in marks else place, place)
        if container is None:
            result = value
        elif type(container) is dict:
            container[key] = value
        else:
            container.append(value)
        if type(value) is dict or type(value) is list:
            stack.append(value)
            keys.append(key)
            container = value
        key = None
    return result


def _path(stack: list[Any], keys: list[Any]) -> KeyPath:
    """The path of the innermost open container."""
    path: list[str | int] = []
    for depth, key in enumerate(keys):
        if depth == 0:
            continue
        parent = stack[depth - 1]
        path.append(key if type(parent) is dict else len(parent) - 1)
    return tuple(path)


def _here(stack: list[Any], keys: list[Any], container: Any, key: Any) -> KeyPath:
    """The path of the value about to be placed."""
    if container is None:
        return ()
    return (*_path(stack, keys), key if type(container) is dict else len(container))


class _Handler(YAMLHandler):
    """python-frontmatter's door for our reader; one a file, it keeps what ``parse`` notes."""

    def __init__(self) -> None:
        super().__init__()
        self.unquoted: list[KeyPath] = []

    def load(self, fm: str, **kwargs: object) -> Any:
        return parse(fm, self.unquoted)


def _front_matter(text: str) -> tuple[str, int]:
    """The YAML of a Markdown file, and how many lines stand before it."""
    yaml_text, _ = _Handler().split(text)
    return yaml_text, text.count("\n", 0, text.index(yaml_text)) if yaml_text else 1


def read_bytes(raw: bytes, path: str, kind: str) -> Document:
    """One file's bytes as a document; what can not be read is in its ``problems``."""
    document = Document(path, kind, "")
    try:
        _read_into(document, raw)
    except Unreadable as error:
        offset = 0
        if kind == "action" and error.rule in ("yaml-strict", "yaml-syntaxe", "cle-double"):
            offset = _front_matter(document.text)[1]
        document.problems.append(
            Problem(
                path, error.line + offset, error.column, error.rule, error.message, error.advice
            )
        )
    return document


def _read_into(document: Document, raw: bytes) -> None:
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            1, 1, "fichier-trop-gros",
            f"le fichier pèse {len(raw) // 1024} ko, plus que les {MAX_BYTES // 1024} ko admis",
            "Raccourcissez la fiche, ou partagez-la en plusieurs actions.",
        )  # fmt: skip
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise Unreadable(
            line, column, "encodage", "le fichier n'est pas en UTF-8",
            "Enregistrez-le en « UTF-8 » (menu « Enregistrer sous » de votre éditeur).",
        ) from None  # fmt: skip
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    document.text = text
    if not text.strip():
        raise Unreadable(
            1, 1, "fichier-vide", "le fichier est vide", "Complétez-le ou supprimez-le."
        )
    unquoted: list[KeyPath] = []
    if document.kind == "action":
        handler = _Handler()
        unquoted = handler.unquoted
        if not handler.detect(text) or len(handler.FM_BOUNDARY.findall(text)) < 2:
            raise Unreadable(
                1, 1, "en-tete", "l'en-tête entre deux lignes « --- » manque",
                "La fiche commence par « --- », puis les clés, puis « --- », puis le texte.",
            )  # fmt: skip
        # frontmatter.parse keeps only mappings; anything else comes back as an empty one.
        document.data, document.body = frontmatter.parse(text, handler=handler)
    else:
        document.data = parse(text, unquoted)
    document.unquoted = tuple(unquoted)
    wanted: type = list if document.kind in ("vocabulary", "context") else dict
    if not document.data or not isinstance(document.data, wanted):
        raise Unreadable(
            1, 1, "structure",
            "la fiche doit être une suite de lignes « clé: valeur »"
            if wanted is dict
            else "le fichier doit être une liste de « - clé: valeur »",
            "Comparez avec une fiche voisine.",
        )  # fmt: skip


def places(document: Document) -> Callable[[KeyPath, bool], tuple[int, int]]:
    """A function (path, on_key) -> line and column, which reads the document again only once.

    The place (1-based) is that of the value at the path (of its key with ``on_key``), or of its
    nearest parent that is there.
    """
    text, offset = document.text, 0
    if document.kind == "action":
        text, offset = _front_matter(document.text)
    marks: Marks = {}
    with contextlib.suppress(Unreadable):  # the places up to the unreadable one are known
        parse(text, None, marks)

    def place(path: KeyPath, on_key: bool = False) -> tuple[int, int]:
        while path and path not in marks:
            path = path[:-1]
        key, value = marks.get(path, ((1, 1), (1, 1)))
        line, column = key if on_key else value
        return line + offset, column

    return place


def locate(document: Document, path: KeyPath, on_key: bool = False) -> tuple[int, int]:
    """Line and column (1-based) of the value at this path, or of its nearest parent there."""
    return places(document)(path, on_key)


def place_in_text(text: str, index: int) -> tuple[int, int]:
    """Line and column (1-based) of a character of a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


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
