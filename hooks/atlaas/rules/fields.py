"""The models say which keys a record has and what type each value is; this says it in French."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from atlaas import model
from atlaas.model import Grid
from atlaas.model.fields import MODELS, field_at, fields_of
from atlaas.read import Document
from atlaas.rules.conditions import Beyond, Matches, OfField
from atlaas.rules.numbers import DECIMAL, WHOLE
from atlaas.rules.rule import Context, Finding, Rule, did_you_mean, shown
from atlaas.rules.statements import Statement

_MODELS: dict[str, type[BaseModel]] = {**MODELS, "evaluation": Grid}
_LISTS: dict[str, TypeAdapter[Any]] = {
    "vocabulary": TypeAdapter(list[model.Term]),
    "context": TypeAdapter(list[model.ContextFigure]),
}
_LISTS_HINT = "Allez à la ligne et commencez chaque élément par « - »."
_MESSAGES = {
    "missing": ("la clé « {key} » manque", "Ajoutez une ligne « {key}: … »."),
    "string_too_short": (
        "« {input} » est trop court pour « {key} »",
        "Il faut au moins {min_length} caractères.",
    ),
    "string_too_long": (
        "le texte de « {key} » est trop long",
        "Restez sous {max_length} caractères.",
    ),
    "too_short": ("la liste « {key} » est vide", "Donnez au moins {min_length} élément."),
    "too_long": (
        "la liste « {key} » a {actual_length} éléments",
        "Gardez-en {max_length} au plus.",
    ),
    "int_parsing": ("« {input} » n'est pas un nombre entier", "Écrivez par exemple {example}."),
    "decimal_parsing": (
        "« {input} » n'est pas un nombre",
        "Écrivez les chiffres seuls, par exemple {example}.",
    ),
    "bool_parsing": ("« {input} » n'est ni vrai ni faux", "Écrivez true (vrai) ou false (faux)."),
    "greater_than_equal": ("« {input} » est trop petit", "Le minimum est {ge}."),
    "less_than_equal": ("« {input} » est trop grand", "Le maximum est {le}."),
    "string_type": ("« {key} » attend un texte", "Écrivez la valeur sur la même ligne que la clé."),
    "list_type": ("« {key} » attend une liste", _LISTS_HINT),
    "int_type": ("« {key} » attend un nombre", "Écrivez le nombre sur la même ligne que la clé."),
    "decimal_type": (
        "« {key} » attend un nombre",
        "Écrivez le nombre sur la même ligne que la clé.",
    ),
    "bool_type": ("« {key} » attend true ou false", "Écrivez true (vrai) ou false (faux)."),
    "model_type": (
        "des lignes « clé: valeur » sont attendues ici",
        "Ouvrez une fiche du même dossier et reprenez sa forme.",
    ),
    "string_pattern_mismatch": (
        "« {input} » n'est pas un identifiant",
        "Un identifiant s'écrit en minuscules sans accent, avec des tirets : « vie-locale ».",
    ),
}
# What another rule reports better, by the kind of a field or by its key.
_LENGTH = frozenset({"string_too_short", "string_too_long"})
_NOT_WHOLE = frozenset({"int_parsing", "int_parsing_size", "int_from_float"})
_LEFT: dict[str, frozenset[str]] = {
    "url": frozenset({"string_too_short"}),  # adresse
    "place": _LENGTH,  # code-inconnu
    "places": _LENGTH,
    "date": frozenset({"value_error"}),  # date-impossible
    "actors": frozenset({"string_pattern_mismatch", "string_too_long"}),  # acteur-inconnu
    "departements": _LENGTH,  # departement-inconnu
    "editions": _NOT_WHOLE,  # edition-inconnue
    "sources": frozenset({"missing", "too_short"}),  # source-manquante
    "value": _NOT_WHOLE | {"decimal_parsing", "finite_number", "greater_than_equal"},  # nombre
    "level": _NOT_WHOLE | {"greater_than_equal", "less_than_equal"},  # niveau
}


def _reported_elsewhere(kind: str, item: Any, context: Context) -> bool:
    path, error = tuple(item["loc"]), item["type"]
    field = field_at(kind, path)
    if field is None:
        return error == "value_error" or (path[-1:] == ("sources",) and error in _LEFT["sources"])
    if field.key == "sources" and item["input"] is None:
        return True
    if any(error in _LEFT.get(word, ()) for word in (field.kind, field.words, field.key)):
        return True
    return error in _LEFT["actors"] and field.vocabulary in context.vocabularies


def validate(document: Document) -> Any:
    """The record of a document: a model, or a list of them for a list file.

    Raises pydantic's ValidationError; the rule below reports it in French.
    """
    if document.kind in _LISTS:
        return _LISTS[document.kind].validate_python(document.data)
    record = _MODELS[document.kind].model_validate(document.data)
    model.lighten(record)
    return record


def _known_keys(kind: str, path: tuple[str | int, ...]) -> list[str]:
    """The keys that the model has where the unknown one stands."""
    fields = fields_of(_MODELS[kind])
    for step in path:
        if isinstance(step, str):
            fields = next((field.fields for field in fields if field.key == step), ())
    return [field.key for field in fields]


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each error of the model; the record itself is made by ``validate``."""
    try:
        validate(document)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if not _reported_elsewhere(document.kind, item, context):
                yield _finding(document.kind, item)


def _finding(kind: str, item: Any) -> Finding:
    path = tuple(item["loc"])
    key = shown(next((step for step in reversed(path) if isinstance(step, str)), ""))
    if item["input"] is None and item["type"] != "missing":
        if path and isinstance(path[-1], int):
            advice = "Complétez-le ou supprimez la ligne."
            return Finding(path, "un élément de la liste est vide", advice)
        advice = "Complétez-la ou supprimez la ligne."
        return Finding(path, f"la clé « {key} » n'a pas de valeur", advice)
    if item["type"] == "extra_forbidden":
        known = _known_keys(kind, path[:-1])
        advice = did_you_mean(key, known) or f"Clés possibles : {', '.join(known)}."
        return Finding(path, f"la clé « {key} » n'existe pas ici", advice, on_key=True)
    message, advice = _MESSAGES.get(
        item["type"], ("valeur invalide", "Ouvrez une fiche du même dossier et reprenez sa forme.")
    )
    field = field_at(kind, path)
    if "sources" in path and item["type"] in ("model_type", "list_type"):
        if isinstance(item["input"], str):
            written = item["input"].strip()
            return Finding(path, "cette source n'est pas décrite", _source_of(written))
        if isinstance(item["input"], dict):
            advice = "Mettez un tiret devant la première clé de chaque source : « - url: … »."
            return Finding(path, "« sources » attend une liste", advice)
    words = {
        **item.get("ctx", {}),
        "key": key,
        "input": shown(item["input"]),
        "example": (field.example if field else "") or "2018",
    }
    if item["type"] == "missing":
        path = path[:-1]
    return Finding(path, message.format(**words), advice.format(**words))


def _source_of(written: str) -> str:
    """How a source of which only the address or a few words are given is written."""
    if written.startswith(("http://", "https://")) and len(written.split()) == 1:
        return f"Écrivez « - url: {shown(written)} »."
    return (
        "Écrivez « - url: … » et son adresse ; pour un document imprimé, « publisher: … », "
        "« title: … » et « date: … », une ligne chacun."
    )


_NUMBER = OfField("kind", ("whole", "number"))
RULE = Rule(
    "champ",
    "Chaque clé existe et a une valeur du bon type.",
    check,
    statements=(
        Statement("missing", OfField("kind", ("choices",)), "{name} : choisissez-en au moins un."),
        Statement(
            "missing",
            ~OfField("kind", ("place",)) & ~OfField("key", ("sources",)),
            "{name} : à compléter.",
        ),
        Statement(
            "value",
            Beyond("min_length") & ~OfField("kind", ("url", "place")),
            "{name} : au moins {min_length} caractères.",
        ),
        Statement(
            "value",
            Beyond("max_length"),
            "{name} : {max_length} caractères au plus ({length} ici).",
        ),
        Statement(
            "value",
            OfField("kind", ("whole",)) & ~OfField("key", ("value",)) & ~Matches(".", WHOLE),
            "{name} : écrivez un nombre entier, en chiffres, par exemple 2018.",
        ),
        Statement(
            "value",
            OfField("kind", ("number",)) & ~OfField("key", ("value",)) & ~Matches(".", DECIMAL),
            "{name} : écrivez les chiffres seuls, par exemple 210000 ou 0.5.",
        ),
        Statement("value", _NUMBER & Beyond("minimum"), "{name} : {minimum} au moins."),
        Statement("value", _NUMBER & Beyond("maximum"), "{name} : {maximum} au plus."),
        Statement(
            "list", Beyond("max_items"), "{name} : {max_items} au plus, vous en avez {count}."
        ),
    ),
)
