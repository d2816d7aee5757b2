"""What a rule is, what it may look at, and how it says what it found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from atlaas.geography.reference import Reference
from atlaas.model import Source, Term
from atlaas.model.base import Control
from atlaas.model.fields import ModelField, fields_of, fields_of_kind
from atlaas.read import Document, KeyPath
from atlaas.read.layout import carrier_of, departement_of, identity, stem_of
from atlaas.read.problem import Severity
from atlaas.rules.statements import Statement
from atlaas.text import shortened, slug

KINDS = (
    *("vocabulary", "edition", "actor", "collection", "territory", "action", "context"),
    "evaluation",
)
MAX_SHOWN = 80
T = TypeVar("T")


class Finding(NamedTuple):
    """What a rule found in a document, and where: a path of keys, or a character of the text."""

    where: KeyPath | int
    message: str
    advice: str = ""
    on_key: bool = False  # point at the key rather than at its value


@dataclass(frozen=True)
class Context:
    """What rules may know besides the document at hand. Filled before any record is checked."""

    reference: Reference
    today: str  # ISO date, for « in the future »
    # list name (themes, usages, …) -> term id -> term; a list whose file is unreadable is left out
    vocabularies: dict[str, dict[str, Term]] = field(default_factory=dict)
    editions: frozenset[int] = frozenset()
    actors: frozenset[str] = frozenset()
    own_codes: frozenset[str] = frozenset()  # x-… codes that have a file
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)  # kind -> all paths

    @cached_property
    def actions(self) -> frozenset[str]:
        """The ids of all actions that have a file: « 59378/la-bonne-appli »."""
        paths = self.paths.get("action", ())
        return frozenset(f"{carrier_of(path)}/{stem_of(path)}" for path in paths)

    @cached_property
    def own_folders(self) -> dict[str, str]:
        """The folder (« 07 », « autres ») in which the file of an x-… code stands."""
        paths = {stem_of(path): path for path in self.paths.get("territory", ())}
        return {stem: departement_of(p) for stem, p in paths.items() if stem.startswith("x-")}

    @cached_property
    def twins(self) -> dict[str, str]:
        """Path -> another path that stands for the same record, for the few that have one."""
        twins: dict[str, str] = {}
        for paths in self.paths.values():
            first: dict[str, str] = {}
            for path in paths:
                other = first.setdefault(identity(path), path)
                if other != path:
                    twins[path] = other
                    twins.setdefault(other, path)
        return twins

    @cached_property
    def codes_by_name(self) -> dict[str, list[str]]:
        """Slug of a place's name -> its codes. Built for the first message that needs it."""
        codes: dict[str, list[str]] = {}
        places = self.reference.places
        for code in list(places):  # a list first: places are made when they are asked for
            codes.setdefault(slug(places[code].name), []).append(code)
        return codes


Check = Callable[[Document, Context], Iterator[Finding]]
Fix = Callable[[Document, Context], str]


@dataclass(frozen=True)
class Rule:
    """One rule: its id in messages, what it asks for in a French sentence, and its check.

    Where its ``statements`` say all, it needs no check of its own, and a form of the browser asks
    the same. Where it has a check, its statements are what a form asks in its place; without
    any, only `check` looks, once the record is proposed.

    ``check`` sees the values as written (nested dict, list and str) and must cope with any shape:
    other rules report what has the wrong type. It runs on every record, so it first looks for a
    cheap sign that something may be wrong. ``fix`` gives the corrected text, where that can be.
    """

    id: str
    summary: str
    own_check: Check | None = None
    kinds: tuple[str, ...] = KINDS
    severity: Severity = "error"
    fix: Fix | None = None
    statements: tuple[Statement, ...] = ()

    @cached_property
    def check(self) -> Check:
        """What tells what is wrong with a document."""
        return self.own_check or self._stated

    def _stated(self, document: Document, _: Context) -> Iterator[Finding]:
        for path, part, what in parts(document):
            for statement in self._on.get(what, ()):
                record = document.data if isinstance(document.data, dict) else part
                if statement.when.holds(part, record):
                    words = {key: shown(value) for key, value in part.items()}
                    yield Finding(
                        (*path, statement.at) if statement.at else path,
                        statement.message.format_map(words),
                        statement.advice.format_map(words),
                    )

    @cached_property
    def _on(self) -> dict[str, list[Statement]]:
        """Part of a record -> the statements on it."""
        on: dict[str, list[Statement]] = {}
        for statement in self.statements:
            on.setdefault(statement.on, []).append(statement)
        return on


def entries(mapping: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings in the list under a key, with their index; nothing for another shape."""
    return _in_list(mapping.get(key), dict)


def texts(mapping: Any, key: str) -> Iterator[tuple[int, str]]:
    """The texts in the list under a key, with their index; nothing for another shape."""
    return _in_list(mapping.get(key), str)


def _in_list(value: Any, kind: type[T]) -> Iterator[tuple[int, T]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, kind):
                yield index, item


Part = tuple[KeyPath, dict[str, Any], str]


def parts(document: Document) -> list[Part]:
    """Every mapping of a record: (path, mapping, what it is).

    It is the document's kind at the top, below the name of its list (« labels ») or its own
    (« cost »), and « source ».
    """
    if document.parts is None:
        document.parts = _parts(document)
    return document.parts


@cache
def _inner(kind: str) -> tuple[ModelField, ...]:
    """The fields of a record of this kind that hold mappings, its sources apart."""
    return tuple(f for f in fields_of_kind(kind) if f.inner and f.key != "sources")


def _parts(document: Document) -> list[Part]:
    data = document.data
    found: list[Part] = []
    if isinstance(data, list):
        for index, item in _in_list(data, dict):
            _add(found, (index,), item, document.kind)
        return found
    _add(found, (), data, document.kind)
    for inner in _inner(document.kind):
        value = data.get(inner.key)
        if isinstance(value, dict) and inner.kind == "part":
            _add(found, (inner.key,), value, inner.key)
        elif isinstance(value, list) and inner.kind == "group":
            for index, item in _in_list(value, dict):
                _add(found, (inner.key, index), item, inner.key)
    return found


def _add(found: list[Part], path: KeyPath, part: dict[str, Any], what: str) -> None:
    found.append((path, part, what))
    for index, source in entries(part, "sources"):
        found.append(((*path, "sources", index), source, "source"))


Value = tuple[KeyPath, str, dict[str, Any], ModelField]


def texts_of(document: Document, *controls: Control) -> Iterator[Value]:
    """(path, text, mapping around it, field) of each text whose field is of such a kind.

    So a field of a new date or address is checked like all others.
    """
    chosen = _chosen(document.kind, controls)
    for path, part, what in parts(document):
        for entered in chosen.get(what, ()):
            value = part.get(entered.key)
            if isinstance(value, str):
                yield (*path, entered.key), value, part, entered
            elif isinstance(value, list):
                for index, item in texts(part, entered.key):
                    yield (*path, entered.key, index), item, part, entered


@cache
def _chosen(kind: str, controls: tuple[Control, ...]) -> dict[str, tuple[ModelField, ...]]:
    """Part of a record (see ``parts``) -> its fields of these kinds, where it has any."""
    top = fields_of_kind(kind)
    all_parts = {f.key: f.fields for f in top if f.inner}
    all_parts |= {kind: top, "source": fields_of(Source)}
    found = {
        what: tuple(f for f in fields if f.kind in controls) for what, fields in all_parts.items()
    }
    return {what: fields for what, fields in found.items() if fields}


def scalars(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Every text value at any depth, with its path. Slow: only for files that look wrong."""
    stack: list[tuple[KeyPath, Any]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            stack.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, index), item) for index, item in enumerate(value))


def escaped(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """The values that escapes (``"\\x3c"``) may hide from a rule that looks at the text."""
    if "\\" in document.text:
        for path, value in scalars(document.data):
            if value not in document.text:
                yield path, value


def body_start(document: Document) -> int:
    """Where the body of an action starts in its text; the text's length where it has none."""
    if document.kind != "action":
        return len(document.text)
    return len(document.text.rstrip()) - len(document.body)


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, and cut when it is long."""
    return shortened(" ".join(str(value).split()), MAX_SHOWN)


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire « x » ? » where a close value exists, else an empty text."""
    from rapidfuzz import process  # only when something is wrong

    best = process.extractOne(value[:200], sorted(known), score_cutoff=60)
    return f"Vouliez-vous dire « {best[0]} » ?" if best else ""
