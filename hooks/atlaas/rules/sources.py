"""Sources: every fact has one, and each can be found again."""

from collections.abc import Iterator
from itertools import combinations

from atlaas.read import Document
from atlaas.rules.conditions import Has, OfField
from atlaas.rules.rule import Context, Finding, Rule, parts
from atlaas.rules.statements import Statement

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


def _incomplete() -> Iterator[Statement]:
    """What to say of a source without address, for each set of keys that it may lack."""
    for count in (3, 2, 1):
        for absent in combinations(_PRINTED, count):
            names = " et ".join(_PRINTED[key] for key in absent)
            keys = ", ".join(f"« {key}: … »" for key in absent)
            when = ~Has("url")
            for key in _PRINTED:
                when &= ~Has(key) if key in absent else Has(key)
            if count == len(_PRINTED):
                yield Statement(
                    "source",
                    when,
                    "Donnez l'adresse de la page ; pour un document imprimé, son éditeur, son "
                    "titre et sa date.",
                    "cette source n'a pas d'adresse",
                    "Donnez son adresse (url) ; pour un document imprimé, son éditeur (publisher), "
                    "son titre (title) et sa date (date).",
                    field="url",
                )
            else:
                yield Statement(
                    "source",
                    when,
                    f"Sans adresse, il faut aussi {names}.",
                    f"il manque {names} à cette source sans adresse",
                    f"Ajoutez {keys}, ou l'adresse de la page (url).",
                    field=absent[0],
                )


PRESENT = Rule(
    "source-manquante",
    "Chaque label, adhésion, programme, indicateur, action, acteur et édition a une source.",
    check_present,
    kinds=("territory", "action", "actor", "edition", "context"),
    statements=(
        Statement(
            "missing",
            OfField("key", ("sources",)),
            "Donnez au moins une source : la page, ou le document, où le fait a été lu.",
        ),
    ),
)
COMPLETE = Rule(
    "source-incomplete",
    "Une source a une adresse, ou bien un éditeur, un titre et une date.",
    statements=tuple(_incomplete()),
)
