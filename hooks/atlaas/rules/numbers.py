"""Figures: written with digits alone, so that every reader understands the same number."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Matches
from atlaas.rules.rule import Context, Finding, Rule, parts, shown
from atlaas.rules.statements import Statement
from atlaas.text.typed import number_typed

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,15}")
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
