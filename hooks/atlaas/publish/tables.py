"""The tables of the open data, defined once: CSV, SQLite and Table Schema all come from here.

A column has the name of the key in the records, and its French title and description: it is
derived from the model, so that a new field has a column by itself, after that of the field before
it. A row is a tuple of str, int, float, bool, Decimal or None, in the order of the columns.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from atlaas.directory import Directory
from atlaas.model import IDENTIFIER, PARTIAL_DATE, Model, Source
from atlaas.model.fields import ModelField, field_of, fields_of
from atlaas.pages.page import Site
from atlaas.publish.formats import address, for_readers, several, sources_text

Cell = str | int | float | bool | Decimal | None
Cells = tuple[Cell, ...]
Type = Literal["string", "integer", "number", "boolean"]
DATE = f"^(?:{PARTIAL_DATE.pattern})$"
_IDENTIFIERS = f"^{IDENTIFIER[1:-1]}( \\| {IDENTIFIER[1:-1]})*$"
_TYPES: dict[str, Type] = {"integer": "integer", "number": "number", "boolean": "boolean"}


class TableEntry(NamedTuple):
    """What a row is made of: a record or a part of one, what holds it, its place there from one."""

    directory: Directory
    site: Site
    record: Any
    owner: Any
    rank: int = 0


Entries = Callable[[Directory, Site], Iterator[TableEntry]]


@dataclass(frozen=True)
class Column:
    """A column: its name and type, its French words, its value, and what values must be."""

    name: str
    title: str
    description: str
    value: Callable[[TableEntry], Cell]
    type: Type = "string"
    required: bool = False
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    vocabulary: str = ""  # the list of data/vocabulary/ in which every value stands


@dataclass(frozen=True)
class ForeignKey:
    """Columns that name a row of another table."""

    fields: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True)
class DataTable:
    """A table: its name is that of the CSV file and of the SQLite table."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    entries: Entries
    foreign: tuple[ForeignKey, ...] = ()
    quick: Callable[[Directory], Iterator[Cells]] | None = None  # the rows of a very long table
    asked: tuple[str, ...] = ()  # columns by which people look for rows, apart from keys

    @property
    def links(self) -> bool:
        """Whether its only texts are codes, which lead from one table to another: for programs."""
        codes = {*self.key, *(name for key in self.foreign for name in key.fields)}
        return all(c.name in codes for c in self.columns if c.type == "string")

    def rows(self, directory: Directory, site: Site) -> Iterator[Cells]:
        """The rows, in a fixed order."""
        if self.quick:
            yield from self.quick(directory)
            return
        values = [column.value for column in self.columns]
        for entry in self.entries(directory, site):
            yield tuple([value(entry) for value in values])


def columns(
    model: type[Model], *placed: str | Column, exclude: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    """The columns of a model: those placed, and each other field after the one before it.

    A field whose values are records has a table of its own; sources share one cell. A part has a
    column for each of its fields: « cost_amount ».
    """
    found = [of(model, item) if isinstance(item, str) else item for item in placed]
    at = -1
    for field in fields_of(model):
        names = [column.name for column in found]
        if field.key in names:
            at = names.index(field.key)
        elif field.key not in exclude and (field.inner in (None, Source) or field.kind == "part"):
            added = _of_part(field) if field.kind == "part" else [of(model, field.key)]
            found[at + 1 : at + 1] = added
            at += len(added)
    return tuple(found)


def _of_part(part: ModelField) -> list[Column]:
    """The columns of a part of a record, empty where the record has none."""

    def column(inner: Column) -> Column:
        def value(entry: TableEntry) -> Cell:
            record = getattr(entry.record, part.key)
            return None if record is None else inner.value(entry._replace(record=record))

        title = f"{part.label} : {inner.title[:1].lower()}{inner.title[1:]}"
        return replace(
            inner, name=f"{part.key}_{inner.name}", title=title, value=value, required=False
        )

    assert part.inner is not None and issubclass(part.inner, Model)
    return [column(inner) for inner in columns(part.inner)]


def of(model: type[Model], name: str) -> Column:
    """The column of a model's field, as the model describes it."""
    field = field_of(model, name)
    date = field.shown.control == "date"
    return Column(
        name,
        field.label,
        field.shown.column or _description(field),
        _value(field),
        _TYPES.get(field.json_type, "string"),
        field.kind == "flag" or (field.required and field.inner is None),
        DATE if date else _IDENTIFIERS if field.identifiers else "",
        field.minimum,
        field.maximum,
        "" if field.identifiers else field.vocabulary,
    )


def _description(field: ModelField) -> str:
    if field.identifiers:
        return f"Identifiants des {field.label.lower()}, séparés par « | »."
    described = for_readers(field.description or field.label)
    many = field.kind in ("places", "lines")
    return f"{described} Valeurs séparées par « | »." if many else described


def _value(field: ModelField) -> Callable[[TableEntry], Cell]:
    get: Callable[[TableEntry], Any] = attrgetter(f"record.{field.key}")
    if field.inner:
        return lambda entry: sources_text(get(entry))
    if field.identifiers or field.kind in ("places", "lines"):
        return lambda entry: several(get(entry))
    return get


def count(name: str, title: str, description: str, value: Callable[[TableEntry], Cell]) -> Column:
    """A column that says how many there are."""
    return Column(name, title, description, value, "integer", required=True, minimum=0)


def own(name: str, title: str, description: str, **more: Any) -> Column:
    """A column of what is known of the holder of a row; empty where that is an empty value."""
    get: Callable[[TableEntry], Any] = attrgetter(f"owner.{name}")
    value = get if more.get("required") else lambda entry: get(entry) or None
    return Column(name, title, description, value, **more)


def of_each(find: Callable[[Directory], Iterable[tuple[Any, Any]]]) -> Entries:
    """The entries of pairs: a record, or a part of one, and what holds it."""

    def entries(directory: Directory, site: Site) -> Iterator[TableEntry]:
        for record, owner in find(directory):
            yield TableEntry(directory, site, record, owner)

    return entries


def of_lists(find: Callable[[Directory], Iterable[tuple[Iterable[Any], Any]]]) -> Entries:
    """The entries of lists, each with what holds it: items have a place in their list, from one."""

    def entries(directory: Directory, site: Site) -> Iterator[TableEntry]:
        for items, owner in find(directory):
            for rank, item in enumerate(items, 1):
                yield TableEntry(directory, site, item, owner, rank)

    return entries


CODE = own(
    "code",
    "Code",
    "Code INSEE d'une commune, SIREN d'un EPCI, dep-59, reg-32, ou x-nom pour ce qui n'a pas de "
    "code officiel.",
    required=True,
)
TERRITORY = replace(
    CODE,
    name="territory",
    title="Territoire",
    description="Code du territoire (table « territoires »).",
)
RANK = replace(
    count("rank", "Rang", "Place dans la fiche, à partir de 1.", attrgetter("rank")), minimum=1
)
URL = replace(
    own("url", "Page", "Adresse de la page du site.", required=True),
    value=lambda e: address(e.site, e.owner.url),
)
