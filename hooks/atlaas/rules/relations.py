"""What the values of one record ask of each other."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Has, Is, Matches, Same
from atlaas.rules.rule import Context, Finding, Rule, entries, shown, texts
from atlaas.rules.statements import Statement


def check_itself(document: Document, context: Context) -> Iterator[Finding]:
    """A territory is neither its own partner, nor its successor, nor offers itself membership."""
    data = document.data
    if document.kind == "action":
        own = data.get("territory")
        for index, code in texts(data, "partners"):
            if code == own:
                yield Finding(
                    ("partners", index),
                    f"« {shown(code)} » porte déjà l'action : il n'en est pas aussi partenaire",
                    "Supprimez cette ligne.",
                )
        return
    own = data.get("code")
    if isinstance(own, str) and data.get("successor") == own:
        yield Finding(
            ("successor",),
            "ce territoire ne peut pas être son propre successeur",
            "Donnez le code de celui qui lui a succédé, ou supprimez la ligne.",
        )
    for index, membership in entries(data, "memberships"):
        if isinstance(own, str) and membership.get("through") == own:
            yield Finding(
                ("memberships", index, "through"),
                "ce territoire n'adhère pas par l'intermédiaire de lui-même",
                "Supprimez cette ligne.",
            )


def _is_epci(code: object, context: Context, own_kind: object = "epci-dissous") -> bool:
    """Whether a code is that of an EPCI; one that no file or reference knows passes."""
    if not isinstance(code, str):
        return True
    place = context.reference.places.get(code)
    if place is None:
        return not code.startswith("x-") or str(own_kind).startswith(("epci", "syndicat"))
    return place.kind in ("epci", "ept")


def check_epci(document: Document, context: Context) -> Iterator[Finding]:
    """Only an EPCI offers memberships to its communes, and only through one are they offered."""
    data = document.data
    for index, membership in entries(data, "memberships"):
        if "offers" in membership and not _is_epci(data.get("code"), context, data.get("kind")):
            yield Finding(
                ("memberships", index, "offers"),
                "« offers » est réservé aux intercommunalités : elles offrent l'adhésion à leurs "
                "communes",
                "Supprimez cette ligne, ou déplacez-la dans la fiche de l'intercommunalité.",
                on_key=True,
            )
        through = membership.get("through")
        if not _is_epci(through, context):
            yield Finding(
                ("memberships", index, "through"),
                f"« {shown(through)} » n'est pas une intercommunalité",
                "Donnez le SIREN (9 chiffres) de celle dont l'accord offre l'adhésion.",
            )


ITSELF = Rule(
    "renvoi-a-soi",
    "Un territoire n'est ni son propre partenaire, ni son successeur, ni l'intermédiaire de son "
    "adhésion.",
    check_itself,
    kinds=("territory", "action"),
    statements=(
        Statement(
            "action.partners",
            Same(".", "^territory"),
            "Ce territoire porte déjà l'action : il n'en est pas aussi partenaire.",
        ),
        Statement(
            "memberships",
            Same("through", "^code"),
            "Ce territoire n'adhère pas par l'intermédiaire de lui-même.",
            field="through",
        ),
        Statement(
            "territory",
            Same("successor", "code"),
            "Ce territoire ne peut pas être son propre successeur.",
            field="successor",
        ),
    ),
)
EPCI = Rule(
    "epci-attendu",
    "Seule une intercommunalité offre l'adhésion à ses communes.",
    check_epci,
    kinds=("territory",),
    statements=(
        Statement(
            "memberships",
            Has("offers")
            & ~Matches("^code", re.compile("[0-9]{9}"))
            & ~(
                Matches("^code", re.compile("x-.*"))
                & Matches("^kind", re.compile("(?:epci|syndicat).*"))
            ),
            "Seule une intercommunalité offre l'adhésion à ses communes.",
            field="offers",
        ),
    ),
)
LESSONS = Rule(
    "enseignements-manquants",
    "Une action arrêtée dit ce que l'on en retient.",
    kinds=("action",),
    statements=(
        Statement(
            "action",
            Is("status", "arretee") & ~Has("lessons"),
            "Une action arrêtée dit ce que l'on en retient.",
            "une action arrêtée dit ce que l'on en retient",
            "Ajoutez une ligne « lessons: … » : pourquoi elle s'est arrêtée, ce qui a servi.",
            at="status",
            field="lessons",
        ),
    ),
)
