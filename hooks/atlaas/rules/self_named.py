"""Territories that name themselves: only those that the official geography lacks, in x-."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Has, Listed, Matches
from atlaas.rules.rule import Context, Finding, Rule, shown
from atlaas.rules.statements import Statement

_RESERVED = ("name", "kind", "departement", "country", "successor")
_NEEDED = (  # a key, what it holds, what the form says
    ("name", "le nom officiel du territoire", "Donnez le nom officiel du territoire."),
    ("kind", "un type de data/vocabulary/kinds.yml", "Choisissez le type du territoire."),
)


def check_reserved(document: Document, context: Context) -> Iterator[Finding]:
    """Only a territory in x- gives its name, kind, département, country or successor."""
    code = document.data.get("code")
    if not isinstance(code, str) or code.startswith("x-"):
        return
    for key in _RESERVED:
        if key in document.data:
            place = context.reference.places.get(code)
            known = f" ({place.name})" if place and key == "name" else ""
            yield Finding(
                (key,),
                f"la clé « {key} » est réservée aux territoires dont le code commence par x-",
                f"Supprimez cette ligne : la géographie officielle le dit déjà{known}.",
                on_key=True,
            )


def check_departement(document: Document, context: Context) -> Iterator[Finding]:
    """The département of a territory in x- is the bare code of one that exists."""
    value = document.data.get("departement")
    known = context.reference.departements
    if isinstance(value, str) and value not in known:
        guesses = (value.removeprefix("dep-"), value.upper(), f"0{value}")
        named = {place.name: code for code, place in known.items()}
        code = next((g for g in guesses if g in known), named.get(value))
        yield Finding(
            ("departement",),
            f"le département « {shown(value)} » n'existe pas",
            f'Écrivez "{code}" ({known[code].name}).'
            if code
            else 'Écrivez son numéro entre guillemets : "07", "2A", "974".',
        )


RESERVED = Rule(
    "cle-reservee",
    "Nom, type, département, pays et successeur ne s'écrivent que pour un code en x-.",
    check_reserved,
    kinds=("territory",),
)
NAMED = Rule(
    "territoire-sans-nom",
    "Un territoire dont le code commence par x- donne son nom et son type.",
    kinds=("territory",),
    statements=tuple(
        Statement(
            "territory",
            Matches("code", re.compile("x-.*")) & ~Has(key),
            form,
            f"le territoire « {{code}} » n'a pas de « {key} »",
            f"Ajoutez une ligne « {key}: … » : {what}.",
            at="code",
            field=key,
        )
        for key, what, form in _NEEDED
    ),
)
DEPARTEMENT = Rule(
    "departement-inconnu",
    "Le département d'un territoire en x- existe.",
    check_departement,
    kinds=("territory",),
    statements=(
        Statement("territory.departement", ~Listed(), "{name} : choisissez dans la liste."),
    ),
)
