"""Figures: written with digits alone, so that every reader understands the same number."""

import re
from collections.abc import Iterator

from atlaas.model import Grid
from atlaas.model.fields import ModelField, field_in, fields_of, fields_of_kind
from atlaas.read import Document, KeyPath
from atlaas.read.values import at_path
from atlaas.rules.conditions import Matches
from atlaas.rules.rule import Context, Finding, Rule, parts, shown
from atlaas.rules.statements import Statement
from atlaas.text.typed import number_typed

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,15}")
_BARE = re.compile(rf"{DECIMAL.pattern}|true|false")
_COUNTED = "Écrivez le nombre seul, par exemple 205."
_COUNT = re.compile(r"[0-9]{1,15}")
_ALONE = "Écrivez le nombre seul, par exemple 210000 ou 0.5, et l'unité à part."


def check(document: Document, context: Context) -> Iterator[Finding]:
    """A figure has digits, and a point before its decimals; nothing else."""
    for path, part, what in parts(document):
        if what not in ("indicators", "context", "counts"):
            continue
        value = part.get("value")
        shape = _COUNT if what == "counts" else DECIMAL
        if isinstance(value, str) and not shape.fullmatch(value):
            plain = number_typed(value)
            if plain != value and shape.fullmatch(plain):
                advice = f"Écrivez {plain}, ou lancez « atlaas fix », qui le fait."
            else:
                advice = _COUNTED if what == "counts" else _ALONE
            yield Finding((*path, "value"), f"« {shown(value)} » n'est pas un nombre", advice)


def check_quoted(document: Document, context: Context) -> Iterator[Finding]:
    """A number or a truth value has no quotes: other readers would take it for a text."""
    fields = fields_of(Grid) if document.kind == "evaluation" else fields_of_kind(document.kind)
    for path, message, advice in quoted(document, fields):
        yield Finding(path, message, advice)


def quoted(
    document: Document, fields: tuple[ModelField, ...]
) -> Iterator[tuple[KeyPath, str, str]]:
    """(path, message, advice) of each number or truth value of these fields between quotes."""
    for path in document.misquoted:
        field = field_in(fields, path)
        value = at_path(document.data, path)
        if field and field.bare and isinstance(value, str) and _BARE.fullmatch(value):
            message = f"« {field.key}: {value} » s'écrit sans guillemets"
            yield path, message, f"Écrivez {value}, sans guillemets autour."


RULE = Rule(
    "nombre",
    "Un chiffre s'écrit sans espace ni unité, avec un point avant les décimales.",
    check,
    kinds=("territory", "edition", "context"),
    statements=(
        Statement(
            "indicators.value",
            ~Matches(".", DECIMAL),
            "Écrivez le nombre seul, par exemple 210000 ou 0,5, et l'unité à part.",
        ),
        Statement("counts.value", ~Matches(".", _COUNT), _COUNTED),
    ),
)
QUOTED = Rule(
    "nombre-entre-guillemets",
    "Un nombre, true et false s'écrivent sans guillemets : « atlaas fix » les enlève.",
    check_quoted,
)
