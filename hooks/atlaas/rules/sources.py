"""Sources: every fact has one, and each can be found again."""

from __future__ import annotations

from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.rule import Context, Finding, Rule, parts

_SOURCED = {  # what must name a source -> how a message calls it
    "labels": "ce label",
    "memberships": "cette adhésion",
    "programmes": "ce programme",
    "indicators": "cet indicateur",
    "counts": "ce chiffre",
    "context": "ce chiffre",
    "action": "cette action",
    "actor": "cette fiche d'acteur",
    "edition": "cette édition",
}
_PRINTED = {"publisher": "l'éditeur", "title": "le titre", "date": "la date"}


def check_present(document: Document, context: Context) -> Iterator[Finding]:
    """Each label, membership, indicator, programme, action, actor, edition names a source."""
    for path, part, what in parts(document):
        if what in _SOURCED and part.get("sources") in (None, [], ""):
            where = (*path, "sources") if "sources" in part else path
            yield Finding(
                where,
                f"{_SOURCED[what]} n'a pas de source",
                'Ajoutez « sources: », puis à la ligne « - url: "https://…" » : la page où le '
                "fait a été lu.",
            )


def check_complete(document: Document, context: Context) -> Iterator[Finding]:
    """A source has an address, or a publisher, a title and a date."""
    for path, part, what in parts(document):
        if what != "source" or part.get("url"):
            continue
        absent = [name for key, name in _PRINTED.items() if not part.get(key)]
        if len(absent) == len(_PRINTED):
            yield Finding(
                path,
                "cette source n'a pas d'adresse",
                "Donnez son adresse (url) ; pour un imprimé, son éditeur (publisher), son titre "
                "(title) et sa date (date).",
            )
        elif absent:
            keys = ", ".join(f"« {key}: … »" for key in _PRINTED if not part.get(key))
            yield Finding(
                path,
                f"il manque {' et '.join(absent)} à cette source sans adresse",
                f"Ajoutez {keys}, ou l'adresse de la page (url).",
            )


PRESENT = Rule(
    "source-manquante",
    "Chaque label, adhésion, programme, indicateur, action, acteur et édition a une source.",
    check_present,
    kinds=("territory", "action", "actor", "edition", "context"),
)
COMPLETE = Rule(
    "source-incomplete",
    "Une source a une adresse, ou bien un éditeur, un titre et une date.",
    check_complete,
)
