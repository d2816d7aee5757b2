"""Models -> fields: what the web form, the issue form, the reference page and the editors show.

Beside the way of the data. The models of ``model`` say everything once; this reads them and adds
only what a screen needs: the kind of control, and another help where the form does by itself
what a file asks of its author. ``make generate`` writes the files that follow.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from atlaas import model
from atlaas.model.word_lists import list_of

Kind = Literal[
    "text",
    "long",
    "url",
    "date",
    "whole",
    "number",
    "flag",
    "choice",
    "choices",
    "place",
    "places",
    "actors",
    "group",
    "part",
    "lines",
]
MODELS: dict[str, type[BaseModel]] = {
    "action": model.Action,
    "territory": model.Territory,
    "actor": model.Actor,
    "edition": model.Edition,
}
# What a field holds beside the vocabularies: codes of places, years of editions, départements.
_PLACES = frozenset({"code", "territory", "through", "successor"})
_LONG_FROM = 1000  # limit of characters from which a text gets several lines
# The words that the form says otherwise than the file, since it writes codes and quotes itself.
_HELP: dict[tuple[str, str], str] = {
    ("Action", "territory"): "La commune, l'intercommunalité, le département ou la région qui "
    "porte l'action.",
    ("Action", "partners"): "Les autres territoires associés.",
    ("Action", "actors"): "Structures associées qui ont déjà une fiche. Pour une autre, citez-la "
    "dans le récit.",
    ("Action", "themes"): "Un à trois thèmes.",
    ("Action", "enjeux"): "Cinq au plus : ce que l'action change pour les habitants.",
    ("Action", "usages"): "Dix au plus : ce que les habitants font en ligne grâce à elle.",
    ("Action", "status"): "Laissez « non connu » si vous n'êtes pas sûr.",
    ("Action", "lessons"): "Pourquoi elle s'est arrêtée, ce qui a servi. Demandé pour une action "
    "arrêtée.",
    ("Action", "verified"): "Le jour où vous avez vérifié ce que dit la fiche.",
    ("Territory", "code"): "La commune, l'intercommunalité, le département ou la région.",
    ("Territory", "kind"): "Genre de ce territoire.",
    ("Territory", "name"): "Le nom officiel.",
    ("Territory", "departement"): "Le département de son siège.",
    ("Territory", "successor"): "Le territoire qui lui a succédé.",
    ("Territory", "memberships"): "Adhésions à l'association qui porte le label.",
    ("Territory", "labels"): "Un label par édition.",
    ("Territory", "services"): "Les services en ligne offerts aux habitants.",
    ("Territory", "programmes"): "Les programmes dont dépendent des chiffres datés.",
    ("Territory", "indicators"): "Des chiffres datés : réseaux, sites, couverture.",
    ("Label", "level"): "Nombre d'arobases. Laissez « non connu » si la source ne le donne pas.",
    ("Label", "mentions"): "Les mentions reçues.",
    ("Membership", "level"): "Tel que la source le nomme.",
    ("Membership", "through"): "L'intercommunalité dont l'accord offre l'adhésion.",
    ("Service", "usage"): "L'usage que sert ce service.",
    ("Indicator", "nature"): "Un objectif, ce qui existe, ou un chiffre de contexte.",
    ("Indicator", "approximate"): "La source dit « environ ».",
    ("Indicator", "programme"): "Le nom d'un des programmes ci-dessus, s'il y en a un.",
}
_LABELS = {("Territory", "code"): "Territoire"}


@dataclass(frozen=True)
class Field:
    """One field of a record, as a screen needs it. ``fields`` are those of a group's entries."""

    key: str
    label: str  # of the model
    kind: Kind
    required: bool
    description: str  # for who writes the file
    help: str  # for who fills in the form
    name: str  # the label in the form
    example: str = ""
    words: str = ""  # name of the list of choices
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    fields: tuple[Field, ...] = ()


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a record of this kind (action, territory, actor, edition), in their order."""
    return tuple(_fields(MODELS[kind], kind, ()))


def _fields(cls: type[BaseModel], kind: str, above: tuple[str, ...]) -> Iterator[Field]:
    schema = cls.model_json_schema()
    hints = typing.get_type_hints(cls, include_extras=True)
    for key, info in cls.model_fields.items():
        shape = _shape(schema["properties"][key])
        hint = _bare(hints[key])
        inner = _model_in(hint)
        control, words = _kind(hint, shape, (*above, key), kind)
        example = str(info.examples[0]) if info.examples else ""
        item = shape.get("items", {})
        yield Field(
            key,
            title := info.title or shape.get("title", key),
            control,
            info.is_required(),
            described := info.description or shape.get("description", ""),
            _HELP.get((cls.__name__, key), described),
            _LABELS.get((cls.__name__, key), title),
            example.strip('"') if control in ("place", "places", "choice") else example,
            words,
            item.get("minLength") if control == "lines" else shape.get("minLength"),
            item.get("maxLength") if control == "lines" else shape.get("maxLength"),
            shape.get("minimum"),
            shape.get("maximum"),
            shape.get("minItems"),
            shape.get("maxItems"),
            tuple(_fields(inner, kind, (*above, key))) if inner else (),
        )


def _shape(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A property without its « or null »: its limits at the top."""
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return {**choice, **{k: v for k, v in schema.items() if k != "anyOf"}}
    return dict(schema)


def _bare(hint: Any) -> Any:
    """A type without « | None » and without the Field that describes it."""
    while True:
        arguments = typing.get_args(hint)
        if hint in (model.PartialDate, model.Address, model.Identifier, model.Code):
            return hint
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


def _kind(
    hint: Any, shape: Mapping[str, Any], path: tuple[str, ...], kind: str
) -> tuple[Kind, str]:
    """(the kind of control, the list of its choices) of a field."""
    key = path[-1]
    words = list_of(kind, path) or ""
    many = typing.get_origin(hint) is list
    if _model_in(hint):
        return ("group" if many else "part"), ""
    if key == "edition" and len(path) > 1:
        return "choice", "editions"
    if path == ("labels", "level"):
        return "choice", "levels"
    if key == "departement":
        return "choice", "departements"
    if words:
        return ("choices" if many else "choice"), words
    if key == "actors":
        return "actors", "actors"
    if key == "partners":
        return "places", ""
    if key in _PLACES:
        return "place", "epci" if key == "through" else ""
    if many:
        return "lines", ""
    if hint == model.PartialDate:
        return "date", ""
    if hint == model.Address:
        return "url", ""
    if hint is bool:
        return "flag", ""
    if hint is int:
        return "whole", ""
    if shape.get("type") == "string" and shape.get("maxLength", 0) >= _LONG_FROM:
        return "long", ""
    return ("text" if shape.get("type") == "string" and "format" not in shape else "number"), ""


def walk(fields: tuple[Field, ...], above: str = "") -> Iterator[tuple[str, Field]]:
    """(« labels.sources.url », field) of every field at any depth."""
    for field in fields:
        path = f"{above}{field.key}"
        yield path, field
        yield from walk(field.fields, f"{path}.")


def as_data(fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    """The fields as the browser needs them: what is not set is left out."""
    return [
        {
            name: as_data(value) if name == "fields" else value
            for name in (
                "key",
                "name",
                "kind",
                "required",
                "words",
                "min_length",
                "max_length",
                "minimum",
                "maximum",
                "min_items",
                "max_items",
                "fields",
            )
            if (value := getattr(field, name)) not in (None, "", (), False)
        }
        for field in fields
    ]
