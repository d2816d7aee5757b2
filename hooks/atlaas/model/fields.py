"""Models -> fields: what forms, tables, schemas, pages and the words of changes show.

Each model says everything once; this derives the rest from its types and limits, so that a new
field appears everywhere by itself. ``Shown`` holds what its type cannot say.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from atlaas.model.action import Action
from atlaas.model.base import Control, Shown
from atlaas.model.collection import Collection
from atlaas.model.grid import Grid
from atlaas.model.indicator_head import IndicatorHead
from atlaas.model.lists import VOCABULARIES, Actor, ContextFigure, Edition, Term
from atlaas.model.territory import Territory

MODELS: Mapping[str, type[BaseModel]] = {
    "territory": Territory,
    "action": Action,
    "actor": Actor,
    "edition": Edition,
    "collection": Collection,
    "vocabulary": Term,
    "context": ContextFigure,
}
_LONG_FROM = 1000  # limit of characters from which a text gets several lines
_JSON_TYPES = {bool: "boolean", int: "integer", Decimal: "number", float: "number"}
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

    @property
    def bare(self) -> bool:
        """Whether it holds numbers or truth values, which files write without quotes."""
        return self.json_type in ("integer", "number", "boolean")


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


@cache
def number_keys() -> frozenset[str]:
    """The keys, at any depth, under which a number or a truth value stands, without quotes."""
    paths = (walk(fields_of(model)) for model in (*MODELS.values(), Grid, IndicatorHead))
    return frozenset(field.key for fields in paths for _, field in fields if field.bare)


def field_of(model: type[BaseModel], key: str) -> ModelField:
    """The field of a model under a key. Raises KeyError."""
    return {field.key: field for field in fields_of(model)}[key]


def _fields(model: type[BaseModel]) -> Iterator[ModelField]:
    section, order = "", 0
    for key, info in model.model_fields.items():
        hint, said = _unwrapped(info.annotation, info.metadata)
        of_list = typing.get_origin(hint) is list
        item, of_item = _unwrapped(typing.get_args(hint)[0]) if of_list else (hint, said)
        shown = shown_of(info)
        if shown.section:
            section, order = shown.section, shown.order
        inner = item if isinstance(item, type) and issubclass(item, BaseModel) else None
        control = _control(item, of_list, inner, _last(of_item, "max_length") or 0, shown)
        texts = of_item if not of_list or control == "lines" else []
        example = str(info.examples[0]) if info.examples else ""
        yield ModelField(
            key,
            title := info.title or _last(said, "title") or key,
            control,
            "array" if of_list else _JSON_TYPES.get(hint, "string"),
            info.is_required(),
            described := info.description or _last(said, "description") or "",
            shown.help or described,
            shown.name or title,
            dataclasses.replace(shown, section=section, order=order),
            example.strip('"') if control in ("place", "places", "choice") else example,
            shown.words,
            _last(texts, "min_length"),
            _last(texts, "max_length"),
            _last(said, "ge"),
            _last(said, "le"),
            _last(said, "min_length") if of_list else None,
            _last(said, "max_length") if of_list else None,
            of_list and _last(of_item, "pattern") is not None,
            inner,
            fields_of(inner) if inner else (),
        )


def _unwrapped(annotation: Any, said: Iterable[Any] = ()) -> tuple[Any, list[Any]]:
    """A type without « | None », and its metadata, the innermost first."""
    found = list(said)
    while True:
        arguments = typing.get_args(annotation)
        if type(None) in arguments:
            annotation = next(a for a in arguments if a is not type(None))
        elif typing.get_origin(annotation) is typing.Annotated:
            found[:0] = annotation.__metadata__
            annotation = arguments[0]
        else:
            break
    inside = ([one, *one.metadata] if isinstance(one, FieldInfo) else [one] for one in found)
    return annotation, [one for these in inside for one in these]


def _last(said: Iterable[Any], name: str) -> Any:
    """The last value under this name, which overrides the others; None where there is none."""
    found = None
    for one in said:
        value = getattr(one, name, None)
        found = found if value is None else value
    return found


def shown_of(info: FieldInfo) -> Shown:
    """What a field and its type say; the field overrides its type."""
    hint, said = _unwrapped(info.annotation, info.metadata)
    of_item = _unwrapped(typing.get_args(hint)[0])[1] if typing.get_origin(hint) is list else []
    merged: dict[str, Any] = {}
    for shown in (*of_item, *said):
        if isinstance(shown, Shown):
            merged |= {k: v for k, v in vars(shown).items() if v != getattr(_DEFAULT, k)}
    return Shown(**merged)


_DEFAULT = Shown()


def _control(
    hint: Any, many: bool, inner: type[BaseModel] | None, longest: int, shown: Shown
) -> Control:
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
    return "long" if longest >= _LONG_FROM else _OF_TYPE.get(hint, "text")


def walk(fields: tuple[ModelField, ...], above: str = "") -> Iterator[tuple[str, ModelField]]:
    """(« labels.sources.url », field) of every field at any depth."""
    for field in fields:
        path = f"{above}{field.key}"
        yield path, field
        yield from walk(field.fields, f"{path}.")


def field_at(kind: str, path: tuple[str | int, ...]) -> ModelField | None:
    """The field of a kind of record at a path of keys and indexes, if there is one."""
    return field_in(fields_of_kind(kind), path)


def field_in(fields: tuple[ModelField, ...], path: tuple[str | int, ...]) -> ModelField | None:
    """The field of a model at a path of keys and indexes, if there is one."""
    found: ModelField | None = None
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
