"""The half page that opens a diagnosis: what a council reads first, each line leading further."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from atlaas import text
from atlaas.diagnosis.area import Diagnosis
from atlaas.diagnosis.quality import Quality
from atlaas.diagnosis.sizes import decimal
from atlaas.directory import Directory, LinkedAction

FIRST = 3  # names given where there are many


class Point(NamedTuple):
    """A line of the synthesis."""

    term: str
    words: str
    anchor: str  # of the section that says more


def points(directory: Directory, d: Diagnosis, q: Quality) -> list[Point]:
    """What the records say of an area, in its order on the page."""
    return [
        Point("Label", _label(d), "participation"),
        Point("Adhésion", _membership(d), "participation"),
        Point("Actions", _actions(directory, d), "themes"),
        Point("Sans action connue", _silent(d), "absents"),
        Point("À côté des autres", _compared(d), "comparaison"),
        Point("À compléter", _missing(d, q), "connaissance"),
    ]


def _label(d: Diagnosis) -> str:
    ever, now = d.labelled_ever, d.labelled_now
    if not ever.n:
        return "Aucun label de commune n'est encore connu."
    best = max((level for level in d.by_level if level), default=0)
    most = f", dont {len(d.by_level[best])} à {text.plural(best, 'arobase')}" if best else ""
    words = f"{_communes(ever.n)} sur {text.number(ever.of)} "
    words += f"{'ont' if ever.n > 1 else 'a'} un label connu{most}."
    if now.told:
        words += f" À l'édition {d.edition} : {text.number(now.n)}."
    elif d.edition:
        words += f" À l'édition {d.edition}, la part n'est pas connue."
    return words


def _membership(d: Diagnosis) -> str:
    names = [t.name for t, _ in d.own_members]
    if not names:
        return "Aucune adhésion connue."
    where = "leurs fiches" if len(names) > 1 else "sa fiche"
    return f"{_some(names)} : adhésion inscrite sur {where}."


def _actions(directory: Directory, d: Diagnosis) -> str:
    if not d.actions:
        return "Aucune action connue."
    words = text.plural(len(d.actions), "action connue", "actions connues")
    if d.acting.n:
        words += f", dans {_communes(d.acting.n)} sur {text.number(d.acting.of)}"
    return f"{words}. D'abord : {_most(directory, d.by_theme)}."


def _most(directory: Directory, by_theme: Mapping[str, Sequence[LinkedAction]]) -> str:
    """« Médiation numérique (12), Numérique éducatif (9) »: most first, ties as in the list."""
    counts = [
        (len(by_theme.get(id_, ())), term.label)
        for id_, term in directory.vocabularies["themes"].items()
    ]
    first = sorted(counts, key=lambda item: -item[0])[:FIRST]
    return ", ".join(f"{label} ({text.number(n)})" for n, label in first if n)


def _silent(d: Diagnosis) -> str:
    themes = text.plural(len(d.silent_themes), "thème")
    usages = text.plural(len(d.silent_usages), "usage")
    whole = f"{len(d.themes.columns)} et {len(d.usages.columns)}"
    return f"{themes} et {usages}, sur {whole}."


def _compared(d: Diagnosis) -> str:
    found = d.compared.spread
    known = "actions connues" if d.rate >= 2 else "action connue"
    words = f"{text.number(decimal(d.rate))} {known} pour 10 000 habitants"
    if found.median is None:
        return f"{words} ; trop peu de territoires comparables pour une médiane."
    middle = text.number(decimal(found.median))
    return f"{words} ; médiane de {found.n} territoires comparables : {middle}."


def _missing(d: Diagnosis, q: Quality) -> str:
    never = len(q.never_verified)
    verified = text.plural(never, "action jamais vérifiée", "actions jamais vérifiées")
    doubts = text.plural(len(q.doubts), "point à vérifier", "points à vérifier")
    return f"{verified}, {doubts}, {_communes(d.recorded.of - d.recorded.n)} sans fiche."


def _communes(count: int) -> str:
    return text.plural(count, "commune")


def _some(names: Sequence[str]) -> str:
    more = len(names) - FIRST
    others = f" et {text.plural(more, 'autre')}" if more > 0 else ""
    return ", ".join(names[:FIRST]) + others
