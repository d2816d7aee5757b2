"""Labels that are not this one: a story that speaks of a label says which."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Finds
from atlaas.rules.rule import Context, Finding, Rule, body_start
from atlaas.rules.statements import Statement

LABEL = re.compile(r"\b(?:[Ll]abel(?:s|lis\w+)?|LABEL(?:S|LIS\w+)?)\b")
# This label or its sign, anywhere; or a name in the sentence that holds the word, not opening it.
_NAME = r"(?:«|par (?:le|la|l')|(?!Or\b|Argent\b|Bronze\b)[A-ZÀÉÈÎ]\w)"
NAMED = re.compile(
    r"@|arobase|\b[Vv]illes? [Ii]nternet\b|\b[Tt]erritoires? [Nn]umériques? [Ll]ibres?\b"
    rf"|[\w,;:]['’ ]{_NAME}[^.!?\n]*\b[Ll]abel|\b[Ll]abel(?:s|lis\w+)?\b[^.!?\n]*{_NAME}"
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """A story that speaks of a label names it, once at least: there are others than this one."""
    if "abel" not in document.body and "LABEL" not in document.body:  # most: a tenth of the search
        return
    title = document.data.get("title")
    told = f"{title}.\n{document.body}" if isinstance(title, str) else document.body
    found = LABEL.search(document.body)
    if found and not NAMED.search(told):
        yield Finding(
            body_start(document) + found.start(),
            f"« {found[0]} » : de quel label s'agit-il ?",
            "Écrivez son nom : label Villes Internet, Territoire numérique libre, Numérique "
            "responsable…",
        )


RULE = Rule(
    "label-sans-nom",
    "Une description qui parle d'un label dit lequel.",
    check,
    kinds=("action",),
    severity="warning",
    statements=(
        Statement(
            "story",
            Finds(".", LABEL) & ~Finds(".", NAMED),
            "Cette description parle d'un label sans dire lequel : Villes Internet, Territoire "
            "numérique libre, Numérique responsable… ?",
        ),
    ),
)
