"""The strip « Pour refaire » of an action's page: what lets others do the same, in words."""

from typing import NamedTuple

from atlaas import text
from atlaas.diagnosis.recipe import known, recipe_fields
from atlaas.directory import Directory, LinkedAction
from atlaas.model import Cost, Result
from atlaas.model.fields import ModelField
from atlaas.pages import views
from atlaas.text.words import NBSP

RecipeItem = tuple[str, str]  # words, and the address that they lead to or nothing


class RecipeRow(NamedTuple):
    """One thing that is known."""

    name: str
    items: list[RecipeItem]
    listed: bool  # each on a line of its own


def rows(directory: Directory, action: LinkedAction, root: str) -> list[RecipeRow]:
    """What is known, in the order of the strip; what is not is left out."""
    fields = recipe_fields()
    return [
        RecipeRow(
            name,
            [words for f in fields[name] for words in _of_field(directory, action, f, root)],
            any(field.kind == "group" for field in fields[name]),
        )
        for name in known(action.record)
    ]


def _of_field(
    directory: Directory, action: LinkedAction, field: ModelField, root: str
) -> list[RecipeItem]:
    value = getattr(action.record, field.key)
    match value:
        case Cost():
            return [(cost_words(directory, value), "")]
        case [Result(), *_]:
            return [(f"{result.text} ({text.date(result.date)})", "") for result in value]
    if field.kind == "actors":
        return [(actor.record.name, root + actor.url) for actor in action.actors]
    return views.field_words(directory, field, value, root)


def cost_words(directory: Directory, cost: Cost) -> str:
    """« 42 000 € par an (2021) ; logiciels ; financement : DETR »."""
    words = []
    if cost.amount is not None:
        period = directory.term("periods", cost.period).label.lower() if cost.period else ""
        words.append(f"{text.number(cost.amount)}{NBSP}€ {period}".rstrip())
    if cost.note:
        words.append(cost.note)
    if cost.funding:
        words.append(f"financement : {cost.funding}")
    words[0] += f" ({text.date(cost.date)})"
    return " ; ".join(words)
