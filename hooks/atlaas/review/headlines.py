"""What stands above a report and above each of its cards, in words of any form."""

from atlaas.review.cards import Card
from atlaas.review.diff import Diff
from atlaas.review.wording import Note
from atlaas.text import plural

_NAMED = 4  # fields that a fold names
_ORDER = ("ajout", "modification", "renommage", "retrait")
_COUNTS = {
    "ajout": ("fiche ajoutée", "fiches ajoutées"),
    "modification": ("fiche modifiée", "fiches modifiées"),
    "renommage": ("fiche déplacée", "fiches déplacées"),
    "retrait": ("fiche retirée", "fiches retirées"),
}


def summary(diff: Diff) -> str:
    """« 2 fiches ajoutées, 1 fiche retirée »: how many records change, and how."""
    counts = [plural(diff.records[kind], *_COUNTS[kind]) for kind in _ORDER if kind in diff.records]
    if diff.others:
        counts.append(plural(len(diff.others), "autre fichier", "autres fichiers"))
    return ", ".join(counts) or "aucun changement"


def verdict(diff: Diff) -> str:
    """« 1 erreur à corriger, 3 points à regarder »; empty where nothing speaks against it."""
    said = []
    if diff.errors:
        said.append(plural(diff.errors, "erreur à corriger", "erreurs à corriger"))
    if diff.risks:
        said.append(plural(diff.risks, "point à regarder", "points à regarder"))
    return ", ".join(said)


def headline(card: Card) -> str:
    """« action « Un atelier », modifiée »."""
    said = f" : {card.said}" if card.said else ""
    return f"{card.called}, {card.verb}{said}"


def parted(card: Card) -> tuple[list[Note], list[Note]]:
    """(the changes to read, the rest): risky ones and words that replace others come first.

    Of a new record its sources are to be read; the labels stand in its headline already.
    """
    if card.kind == "ajout":
        first = [note for note in card.plain if note.about == "sources"]
        said = {note.about for note in card.notes if note.about.startswith("label ")}
    else:
        first, said = [note for note in card.plain if note.spans], set()
    rest = [note for note in card.plain if note not in first and note.about not in said]
    return [*card.risky, *first], rest


def rest_of(notes: list[Note]) -> str:
    """« 3 autres changements : thèmes, état d'avancement »: what is folded, to choose by."""
    named = list(dict.fromkeys(note.about for note in notes))
    about = ", ".join([*named[:_NAMED], *(["…"] if len(named) > _NAMED else [])])
    return f"{plural(len(notes), 'autre changement', 'autres changements')} : {about}"
