"""Models -> fields: what forms, tables, schemas, pages and the words of changes show.

Each model says everything once; this derives the rest from its types and limits, so that a new
field appears everywhere by itself. ``Shown`` holds what its type can not tell.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from atlaas.model.action import Action
from atlaas.model.base import Control, Shown
from atlaas.model.lists import VOCABULARIES, Actor, ContextFigure, Edition, Term
from atlaas.model.territory import Territory

MODELS: Mapping[str, type[BaseModel]] = {
    "territory": Territory,
    "action": Action,
    "actor": Actor,
    "edition": Edition,
    "vocabulary": Term,
    "context": ContextFigure,
}
_LONG_FROM = 1000  # limit of characters from which a text gets several lines
_OF_TYPE: Mapping[type, Control] = {bool: "flag", int: "whole", Decimal: "number", float: "number"}


@dataclass(frozen=True)
class ModelField:
    """One field of a record. ``fields`` are those of a group's entries, of the model ``inner``."""

    key: str
    label: str  # of the model
    kind: Control
    json_type: str  # of JSON: string, integer, number, boolean, array
    required: bool
    description: str  # for who writes the file
    help: str  # for who fills in the form
    name: str  # the label in the form
    shown: Shown = dataclasses.field(default_factory=Shown)
    example: str = ""
    words: str = ""  # name of the list of choices
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    identifiers: bool = False  # a list of identifiers
    inner: type[BaseModel] | None = None
    fields: tuple[ModelField, ...] = ()

    @property
    def vocabulary(self) -> str:
        """The list of data/vocabulary/ in which its values stand, if any."""
        return self.words if self.words in VOCABULARIES else ""

    @property
    def coded(self) -> bool:
        """Whether it holds codes of the geography, which files write in quotes."""
        return self.kind in ("place", "places") or self.words == "departements"


@cache
def fields_of(model: type[BaseModel]) -> tuple[ModelField, ...]:
    """The fields of a model, in their order."""
    return tuple(_fields(model))


def fields_of_kind(kind: str) -> tuple[ModelField, ...]:
    """The fields of a kind of record; none for a kind that is not listed above."""
    return fields_of(MODELS[kind]) if kind in MODELS else ()


@cache
def code_keys() -> frozenset[str]:
    """The keys, at any depth, whose value must be quoted: other readers would change a number."""
    paths = (walk(fields_of_kind(kind)) for kind in MODELS)
    return frozenset(field.key for fields in paths for _, field in fields if field.coded)


def field_of(model: type[BaseModel], key: str) -> ModelField:
    """The field of a model under a key. Raises KeyError."""
    return {field.key: field for field in fields_of(model)}[key]


def _fields(model: type[BaseModel]) -> Iterator[ModelField]:
    schema = model.model_json_schema()
    section, order = "", 0
    for key, info in model.model_fields.items():
        shape = _shape(schema["properties"][key])
        shown = shown_of(info)
        if shown.section:
            section, order = shown.section, shown.order
        hint = _bare(info.annotation)
        inner = _model_in(hint)
        control = _control(hint, inner, shape, shown)
        example = str(info.examples[0]) if info.examples else ""
        item = shape.get("items", {})
        text = item if control == "lines" else shape
        yield ModelField(
            key,
            title := info.title or shape.get("title", key),
            control,
            shape.get("type", "string"),
            info.is_required(),
            described := info.description or shape.get("description", ""),
            shown.help or described,
            shown.name or title,
            dataclasses.replace(shown, section=section, order=order),
            example.strip('"') if control in ("place", "places", "choice") else example,
            shown.words,
            text.get("minLength"),
            text.get("maxLength"),
            shape.get("minimum"),
            shape.get("maximum"),
            shape.get("minItems"),
            shape.get("maxItems"),
            "pattern" in item,
            inner,
            fields_of(inner) if inner else (),
        )


def _shape(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A property without its « or null »: its limits at the top."""
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return {**choice, **{k: v for k, v in schema.items() if k != "anyOf"}}
    return dict(schema)


def _annotations(annotation: Any) -> Iterator[Any]:
    """What the types inside an annotation say beside themselves, the innermost first."""
    for inner in typing.get_args(annotation):
        yield from _annotations(inner)
    yield from getattr(annotation, "__metadata__", ())


def shown_of(info: FieldInfo) -> Shown:
    """What a field and its type say; what the field sets goes before what its type does."""
    merged = Shown()
    for shown in (*_annotations(info.annotation), *info.metadata):
        if isinstance(shown, Shown):
            told = {k: v for k, v in vars(shown).items() if v != getattr(_DEFAULT, k)}
            merged = dataclasses.replace(merged, **told)
    return merged


_DEFAULT = Shown()


def _bare(hint: Any) -> Any:
    """A type without « | None » and without what is said beside it."""
    while True:
        arguments = typing.get_args(hint)
        if type(None) in arguments:
            hint = next(a for a in arguments if a is not type(None))
        elif typing.get_origin(hint) is typing.Annotated:
            hint = arguments[0]
        else:
            return hint


def _model_in(hint: Any) -> type[BaseModel] | None:
    """The model of a list's entries, or of a value that is a mapping."""
    for part in (hint, *(_bare(a) for a in typing.get_args(hint))):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _control(
    hint: Any, inner: type[BaseModel] | None, shape: Mapping[str, Any], shown: Shown
) -> Control:
    many = typing.get_origin(hint) is list
    if inner:
        return "group" if many else "part"
    if many and shown.control == "place":
        return "places"
    if shown.control:
        return shown.control
    if shown.words:
        return "choices" if many else "choice"
    if many:
        return "lines"
    if shape.get("maxLength", 0) >= _LONG_FROM:
        return "long"
    return _OF_TYPE.get(hint, "text")


def walk(fields: tuple[ModelField, ...], above: str = "") -> Iterator[tuple[str, ModelField]]:
    """(« labels.sources.url », field) of every field at any depth."""
    for field in fields:
        path = f"{above}{field.key}"
        yield path, field
        yield from walk(field.fields, f"{path}.")


def field_at(kind: str, path: tuple[str | int, ...]) -> ModelField | None:
    """The field of a kind of record at a path of keys and indexes, if there is one."""
    found: ModelField | None = None
    fields = fields_of_kind(kind)
    for step in path:
        if isinstance(step, str):
            found = next((field for field in fields if field.key == step), None)
            fields = found.fields if found else ()
    return found


_PUBLISHED = (
    "key name kind required words min_length max_length minimum maximum min_items max_items fields"
)


def as_data(fields: tuple[ModelField, ...]) -> list[dict[str, Any]]:
    """The fields as the browser needs them: what is not set is left out."""
    return [
        {
            name: as_data(field.fields) if name == "fields" else value
            for name in _PUBLISHED.split()
            if (value := getattr(field, name)) or type(value) is int  # a minimum may be 0
        }
        for field in fields
    ]
