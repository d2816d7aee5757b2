"""A file's bytes -> a document: its values as written, and their places on demand.

Positions are not kept: ``places`` reads a document again when one of its problems is printed.
"""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from atlaas.read.problem import Problem
from atlaas.read.strict import KeyPath, Marks, Unreadable, merge_mark, parse

MAX_BYTES = 64 * 1024
_MERGE = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_HEAD = re.compile(r"[\w-]+:(?: |$)|\s+[^\s-]|\s*- \S|#")  # a line of YAML, as records have them
_RULE = re.compile(r"[-–—_*.=]{1,9}")  # what people write in place of « --- »


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
        self.found = False  # whether there is any YAML between two boundaries

    def load(self, fm: str, **kwargs: object) -> Any:
        self.found = True
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
        said = (error.rule, error.message, error.advice)
        document.problems.append(Problem(path, error.line, error.column, *said))
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
    if "<<<<<<<" in text or ">>>>>>>" in text:
        mark = _MERGE.search(text)
        if mark:
            raise merge_mark(text.count("\n", 0, mark.start()) + 1, mark[0])
    handler = _Handler()
    if document.kind == "action":
        # frontmatter.parse keeps only mappings; anything else comes back as an empty one.
        try:
            if handler.detect(text):
                document.data, document.body = frontmatter.parse(text, handler=handler)
        except Unreadable as error:
            error.line += _front_matter(text)[1]  # it counts from the head's own first line
            raise
        if not handler.found:
            raise _no_head(text)
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


def _no_head(text: str) -> Unreadable:
    """What is wrong with the two lines that go around the head of an action."""
    lines = text.split("\n")
    filled = next(number for number, line in enumerate(lines) if line.strip())
    first = lines[filled].strip()
    if lines[0] != "---" and first.startswith("---"):
        advice = "Écrivez « --- » au tout début du fichier, seul et sans espace avant."
        return Unreadable(1, 1, "en-tete", "la première ligne n'est pas « --- »", advice)
    if not first.startswith("---"):
        return Unreadable.whole(
            "en-tete",
            "la ligne « --- » qui ouvre l'en-tête manque"
            if re.match(r"[\w-]+:", first)
            else "l'en-tête entre deux lignes « --- » manque",
            "La fiche commence par « --- », puis les clés, puis « --- », puis le texte.",
        )
    number = next((n for n, line in enumerate(lines[1:], 2) if not _HEAD.match(line)), len(lines))
    written = lines[number - 1].strip()
    if _RULE.fullmatch(written):
        message = f"« {written} » ne ferme pas l'en-tête"
        advice = "Écrivez à la place « --- », seul et sans espace avant."
        return Unreadable(number, 1, "en-tete", message, advice)
    return Unreadable(
        number,
        1,
        "en-tete",
        "la ligne « --- » qui ferme l'en-tête manque",
        "Écrivez « --- », seul sur une ligne, entre les clés et le texte.",
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
