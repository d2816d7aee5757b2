"""Labels: of an edition that exists, one per edition and winner, from one to five @."""

import re
from collections.abc import Iterator

from atlaas.read import Document, KeyPath
from atlaas.read.values import is_year
from atlaas.rules.conditions import Listed, Twice
from atlaas.rules.rule import Context, Finding, Rule, entries, shown
from atlaas.rules.statements import Statement
from atlaas.text.typed import bare

_AROUND = re.compile(r"^0|\s*(@+|arobases?)$|\.0$")
_CODE = re.compile(r"\d[\dAB]\d{3}")
LEVELS = ("1", "2", "3", "4", "5")


def check_edition(document: Document, context: Context) -> Iterator[Finding]:
    """The edition of a label has its file in data/editions/."""
    for path, value in _editions(document):
        year = int(value) if is_year(value) else None
        if year not in context.editions:
            message = f"il n'y a pas d'édition « {shown(value)} » du label"
            yield Finding(path, message, _near(year, context))


def _editions(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """The edition of each label, where it is a text."""
    for index, label in entries(document.data, "labels"):
        if isinstance(label.get("edition"), str):
            yield ("labels", index, "edition"), label["edition"]


def _near(year: int | None, context: Context) -> str:
    known = sorted(context.editions)
    if not known:
        return "Le dossier data/editions/ est vide : il faut d'abord le rétablir."
    if year is None:
        return f"Écrivez l'année seule, par exemple {known[-1]}."
    near = sorted(sorted(known, key=lambda edition: abs(edition - year))[:3])
    return (
        f"Éditions connues les plus proches : {', '.join(map(str, near))}. Pour une nouvelle "
        f"édition, créez d'abord data/editions/{year}.yml."
    )


def check_single(document: Document, context: Context) -> Iterator[Finding]:
    """A territory has one label per edition, and so has each commune that it took in."""
    seen: set[tuple[str, str]] = set()
    for path, value in _editions(document):
        winner = str(document.data["labels"][path[1]].get("won_by") or "")
        if (value, winner) in seen:
            by = f", reçus par « {shown(winner)} »" if winner else ""
            advice = "Gardez-en un ; si les sources se contredisent, dites-le dans « doubt: … »."
            yield Finding(path, f"deux labels pour l'édition {shown(value)}{by}", advice)
        seen.add((value, winner))


def check_winner(document: Document, context: Context) -> Iterator[Finding]:
    """The code of who won a label is that of a commune which the territory took in."""
    reference = context.reference
    own = document.data.get("code")
    for index, label in entries(document.data, "labels"):
        code = label.get("won_by")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            continue
        part = reference.parts.get(code)
        if own not in reference.former.get(code, ()) and not (part and part.parent == own):
            yield Finding(
                ("labels", index, "won_by"),
                f"le code « {code} » n'est pas celui d'une commune qui a rejoint ce territoire",
                "Donnez le code INSEE de l'ancienne commune qui a reçu le label, ou son nom.",
            )


def check_level(document: Document, context: Context) -> Iterator[Finding]:
    """A level is a number of @, from 1 to 5."""
    name = "labels" if document.kind == "territory" else "counts"
    for index, item in entries(document.data, name):
        value = item.get("level")
        if isinstance(value, str) and value not in LEVELS:
            digit = _AROUND.sub("", bare(value[:20]))
            yield Finding(
                (name, index, "level"),
                f"le niveau « {shown(value)} » n'existe pas",
                f"Écrivez seulement le chiffre : {digit}."
                if digit in LEVELS
                else "Un niveau va de 1 à 5 arobases ; supprimez la ligne s'il n'est pas connu.",
            )


EDITION = Rule(
    "edition-inconnue",
    "L'édition d'un label a son fichier dans data/editions/.",
    check_edition,
    kinds=("territory",),
    statements=(Statement("labels.edition", ~Listed(), "Cette édition du label n'existe pas."),),
)
SINGLE = Rule(
    "label-en-double",
    "Un territoire n'a qu'un label par édition, comme chaque commune qui l'a rejoint.",
    check_single,
    kinds=("territory",),
    statements=(
        Statement(
            "labels",
            Twice("edition", also="won_by"),
            "Deux labels pour l'édition {edition} : gardez-en un ; si les sources se "
            "contredisent, dites-le dans « À vérifier ».",
            field="edition",
        ),
    ),
)
WINNER = Rule(
    "label-recu-par",
    "Un label reçu avant une fusion l'a été par une commune qui a rejoint le territoire.",
    check_winner,
    kinds=("territory",),
)
LEVEL = Rule(
    "niveau",
    "Le niveau d'un label est un chiffre de 1 à 5.",
    check_level,
    kinds=("territory", "edition"),
    statements=(Statement("labels.level", ~Listed(), "Un niveau va de 1 à 5 arobases."),),
)
