"""What is known of an action that lets others do the same, and what is missing for a full record.

The model says which fields count, and the name of each (``Shown.recipe``): two fields of one name,
as territories and actors that take part, count once.
"""

from functools import cache

from atlaas.model import Action
from atlaas.model.fields import ModelField, fields_of

ENOUGH = 5  # names known from which a record is full


@cache
def recipe_fields() -> dict[str, tuple[ModelField, ...]]:
    """Name -> its fields: those of the form's own step first, in the order of the model."""
    found: dict[str, tuple[ModelField, ...]] = {}
    for field in sorted(fields_of(Action), key=lambda field: field.shown.section != "again"):
        if field.shown.recipe:
            found[field.shown.recipe] = (*found.get(field.shown.recipe, ()), field)
    return found


@cache
def _keys() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(f.key for f in fields)) for name, fields in recipe_fields().items())


def known(action: Action) -> list[str]:
    """The names of what is known."""
    values, found = vars(action), []
    for name, keys in _keys():
        for key in keys:
            if values[key]:
                found.append(name)
                break
    return found


def missing(action: Action) -> list[str]:
    """The names of what a full record still wants; none of a full one."""
    has = known(action)
    return [] if len(has) >= ENOUGH else [name for name, _ in _keys() if name not in has]


def is_full(action: Action) -> bool:
    """Whether enough is known to copy it: « fiche complète »."""
    return len(known(action)) >= ENOUGH
