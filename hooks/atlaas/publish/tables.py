"""The tables of the open data, defined once: CSV, SQLite and Table Schema all come from here.

A column has the name of the key in the records, and its French title and description. A row is a
tuple of str, int, float, bool, Decimal or None, in the order of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from atlaas.directory import Directory
from atlaas.model import IDENTIFIER, PARTIAL_DATE, Model
from atlaas.pages.page import Site
from atlaas.publish.formats import for_readers

Value = str | int | float | bool | Decimal | None
Row = tuple[Value, ...]
Rows = Callable[[Directory, Site], Iterator[Row]]
Type = Literal["string", "integer", "number", "boolean"]
DATE = f"^(?:{PARTIAL_DATE.pattern})$"


@dataclass(frozen=True)
class Field:
    """A column: its name and type, its French words, and what its values must be."""

    name: str
    type: Type
    title: str
    description: str
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
class Table:
    """A table: its name is that of the CSV file and of the SQLite table."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Rows
    foreign: tuple[ForeignKey, ...] = ()


def of(model: type[Model], name: str, type_: Type = "string", **constraints: Any) -> Field:
    """The column of a model's key, with the title and description that the model gives it."""
    info = model.model_fields[name]
    title = info.title or name
    return Field(name, type_, title, for_readers(info.description or title), **constraints)


def table_schema(table: Table, directory: Directory) -> dict[str, Any]:
    """The Table Schema document of a table, with its vocabularies (specs.frictionlessdata.io)."""
    schema: dict[str, Any] = {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "fields": [_descriptor(field, table, directory) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {"resource": key.table, "fields": list(key.target)},
            }
            for key in table.foreign
        ]
    return schema


def _descriptor(field: Field, table: Table, directory: Directory) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required or field.name in table.key:
        constraints["required"] = True
    if table.key == (field.name,):
        constraints["unique"] = True
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.maximum is not None:
        constraints["maximum"] = field.maximum
    if field.vocabulary:
        constraints["enum"] = list(directory.vocabularies.get(field.vocabulary, {}))
    descriptor: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": field.description,
    }
    if constraints:
        descriptor["constraints"] = constraints
    return descriptor


def ranked(items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Items with their place in the file, from one."""
    return enumerate(items, 1)


CODE = Field(
    "code",
    "string",
    "Code",
    "Code INSEE d'une commune, SIREN d'un EPCI, dep-59, reg-32, ou x-nom pour ce qui n'a pas de "
    "code officiel.",
    required=True,
)
TERRITORY = Field(
    "territory", "string", "Territoire", "Code du territoire (table « territoires »).", True
)
RANK = Field("rank", "integer", "Rang", "Place dans la fiche, à partir de 1.", True, minimum=1)
SOURCES = Field(
    "sources",
    "string",
    "Sources",
    "Adresses des sources (ou éditeur, titre et date d'une source imprimée), séparées par « | ».",
)
DOUBT = Field(
    "doubt", "string", "Doute", "Ce qui reste à vérifier, et pourquoi. Vide si rien n'est douteux."
)
URL = Field("url", "string", "Page", "Adresse de la page du site.", True)
IDENTIFIERS = f"^{IDENTIFIER[1:-1]}( \\| {IDENTIFIER[1:-1]})*$"
