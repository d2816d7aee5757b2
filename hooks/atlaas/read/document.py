"""A file's bytes -> a document: its values as written, and their places on demand.

Positions are not kept: ``places`` reads a document again when one of its problems is printed.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from atlaas.read.problem import Problem
from atlaas.read.strict import KeyPath, Marks, Unreadable, parse

MAX_BYTES = 64 * 1024


@dataclass(slots=True)
class Document:
    """One file: its values as written (all scalars are str, None where a value is missing)."""

    path: str  # relative to the project, with forward slashes
    kind: str  # territory | action | actor | edition | vocabulary | context
    text: str
    data: Any = None
    body: str = ""
    misquoted: tuple[KeyPath, ...] = ()  # codes without quotes, numbers between quotes
    problems: list[Problem] = field(default_factory=list)
    # Every mapping of the data, which rules ask for again and again: see rules.rule.parts.
    parts: list[tuple[KeyPath, dict[str, Any], str]] | None = field(
        default=None, repr=False, compare=False
    )


class _Handler(YAMLHandler):
    """Plugs our reader into python-frontmatter; one per file, it remembers what ``parse`` notes."""

    def __init__(self) -> None:
        super().__init__()
        self.misquoted: list[KeyPath] = []

    def load(self, fm: str, **kwargs: object) -> Any:
        return parse(fm, self.misquoted)


def _front_matter(text: str) -> tuple[str, int]:
    """The YAML of a Markdown file, and how many lines come before it."""
    yaml_text, _ = _Handler().split(text)
    return yaml_text, text.count("\n", 0, text.index(yaml_text)) if yaml_text else 1


def read_bytes(raw: bytes, path: str, kind: str) -> Document:
    """One file's bytes as a document; what cannot be read is in its ``problems``."""
    document = Document(path, kind, "")
    try:
        _read_into(document, raw)
    except Unreadable as error:
        offset = 0
        if kind == "action" and error.rule in ("yaml-strict", "yaml-syntaxe", "cle-double"):
            offset = _front_matter(document.text)[1]
        line, said = error.line + offset, (error.rule, error.message, error.advice)
        document.problems.append(Problem(path, line, error.column, *said))
    return document


def decoded(raw: bytes) -> str:
    """The text of a file, its lines ended by « \\n »; raises Unreadable for what is none."""
    if len(raw) > MAX_BYTES:
        raise Unreadable.whole(
            "fichier-trop-gros",
            f"le fichier pèse {len(raw) // 1024} ko, plus que les {MAX_BYTES // 1024} ko admis",
            "Raccourcissez la fiche, ou partagez-la en plusieurs actions.",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise Unreadable(
            line,
            column,
            "encodage",
            "le fichier n'est pas en UTF-8",
            "Enregistrez-le en « UTF-8 » (menu « Enregistrer sous » de votre éditeur).",
        ) from None
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _read_into(document: Document, raw: bytes) -> None:
    document.text = text = decoded(raw)
    if not text.strip():
        advice = "Complétez-le ou supprimez-le."
        raise Unreadable.whole("fichier-vide", "le fichier est vide", advice)
    handler = _Handler()
    if document.kind == "action":
        if not handler.detect(text) or len(handler.FM_BOUNDARY.split(text, 2)) < 3:
            raise Unreadable.whole(
                "en-tete",
                "l'en-tête entre deux lignes « --- » manque",
                "La fiche commence par « --- », puis les clés, puis « --- », puis le texte.",
            )
        # frontmatter.parse keeps only mappings; anything else comes back as an empty one.
        document.data, document.body = frontmatter.parse(text, handler=handler)
    else:
        document.data = handler.load(text)
    document.misquoted = tuple(handler.misquoted)
    wanted: type = list if document.kind in ("vocabulary", "context") else dict
    if not document.data or not isinstance(document.data, wanted):
        raise Unreadable.whole(
            "structure",
            "la fiche doit être une suite de lignes « clé: valeur »"
            if wanted is dict
            else "le fichier doit être une liste de « - clé: valeur »",
            "Ouvrez une fiche du même dossier et reprenez sa forme.",
        )


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
