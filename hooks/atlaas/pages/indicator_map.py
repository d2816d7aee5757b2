"""Imported indicators as layers of the map: a page, a table and the layer's data for each.

An indicator is shown at its own level; one by commune, of which the map has no outlines, by
département and, close up, by EPCI. Every class has words and a pattern, never a colour alone.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

from pydantic_core import to_json

from atlaas import text
from atlaas.diagnosis.figure_words import (
    compared_unit,
    compared_words,
    plain_number,
    short_words,
    words,
)
from atlaas.diagnosis.open_figures import open_figures_of
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount
from atlaas.geography.reference import Place
from atlaas.model.indicator_head import IndicatorHead
from atlaas.pages.charts import csv_bytes
from atlaas.pages.page import Asset, Page, root_of

URL = "carte/indicateurs/"
CLASSES = 5  # of measures, each of as many areas as the others
PATTERNS = 7  # of overrides/pages/map.html, from the faintest to the strongest
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEVELS = {
    "commune": ("departement", "epci"),
    "epci": ("departement", "epci"),
    "departement": ("departement",),
    "region": ("region",),
}
_PER_LEVEL = {
    "departement": ("département", "départements"),
    "epci": ("intercommunalité", "intercommunalités"),
    "region": ("région", "régions"),
}


class LayerClass(NamedTuple):
    """A class of areas: as the legend says it."""

    letter: str
    label: str  # « de 0,10 à 0,32 pour 10 000 », « Bourgs ruraux »
    many: str  # « 21 départements »
    pattern: int  # from 0


class LayerRow(NamedTuple):
    """An area of a layer."""

    place: Place
    amount: Amount
    number: Fraction
    at: int  # of its class


class LevelLayer(NamedTuple):
    """An indicator at one level."""

    level: str
    by: str  # « par département »
    classes: list[LayerClass]
    rows: list[LayerRow]  # by name
    unknown: str  # « 5 départements non connus », or empty


class Layer(NamedTuple):
    """An indicator of the map."""

    head: IndicatorHead
    dated: str  # « 18 septembre 2024, il y a 2 ans »
    unit: str  # of what is compared
    levels: list[LevelLayer]  # from afar first


class Layers:
    """The layers of a directory, each made when it is asked for."""

    def __init__(self, directory: Directory) -> None:
        self._directory, self._figures = directory, open_figures_of(directory)
        heads = sorted((s.head for s in directory.indicators), key=lambda h: (h.rank, h.id))
        self.heads = {head.id: head for head in heads}
        self.of = cache(self._layer)

    def _layer(self, id_: str) -> Layer:
        head = self.heads[id_]
        levels = [self._at(head, level) for level in _LEVELS[head.level]]
        dated = ", ".join(filter(None, self._figures.when(head)))
        return Layer(head, dated, _unit(head), [level for level in levels if level.rows])

    def _at(self, head: IndicatorHead, level: str) -> LevelLayer:
        amounts = self._figures.of_level(head.id, level)
        places = [p for p in self._directory.reference.places.except_communes() if p.kind == level]
        places.sort(key=lambda place: text.sort_key(place.name))
        found = []
        for place in places:
            amount = amounts.get(place.code)
            if amount:
                number = self._figures.compared(
                    head.id, amount, self._figures.living(head.id, place.code)
                )
                if number is not None:
                    found.append((place, amount, number))
        steps, labels = _classes(head, [number for *_, number in found])
        used = sorted({*steps})
        rows = [LayerRow(*one, used.index(step)) for one, step in zip(found, steps, strict=True)]
        classes = [
            LayerClass(
                _LETTERS[at % len(_LETTERS)],
                labels[step],
                text.plural(steps.count(step), *_PER_LEVEL[level]),
                round(at * (PATTERNS - 1) / (len(used) - 1)) if len(used) > 1 else PATTERNS - 1,
            )
            for at, step in enumerate(used)
        ]
        missing = sum(1 for place in places if place.population) - len(rows)
        unknown = text.plural(missing, *_PER_LEVEL[level]) if missing > 0 else ""
        return LevelLayer(level, f"par {_PER_LEVEL[level][0]}", classes, rows, unknown)


def _unit(head: IndicatorHead) -> str:
    """What the numbers of the legend are."""
    match head.kind:
        case "classe":
            return "classe la plus peuplée"
        case "oui-non":
            return "part des communes"
    return compared_unit(head)


def _classes(head: IndicatorHead, numbers: list[Fraction]) -> tuple[list[int], dict[int, str]]:
    """The class of each number, and what each class is called.

    Measures: five classes of as many areas, equal numbers always together.
    """
    if head.kind == "classe":
        labels = head.class_labels
        order = {value: at for at, value in enumerate(labels)}
        named = {at: labels[value] for value, at in order.items()}
        return [order[int(number)] for number in numbers], named
    ordered = sorted(numbers)
    first: dict[Fraction, int] = {}
    for at, number in enumerate(ordered):
        first.setdefault(number, at)
    steps = [first[number] * CLASSES // len(numbers) for number in numbers]
    ends: dict[int, list[Fraction]] = {}
    for number, step in zip(numbers, steps, strict=True):
        ends.setdefault(step, []).append(number)
    return steps, {step: _span(head, min(ends[step]), max(ends[step])) for step in ends}


def _span(head: IndicatorHead, low: Fraction, high: Fraction) -> str:
    least, most = short_words(head, low), short_words(head, high)
    return most if least == most else f"de {least.partition(' pour ')[0]} à {most}"


def _value(head: IndicatorHead, row: LayerRow) -> str:
    value = words(head, row.amount, True)
    if head.kind == "somme":
        return f"{value} ({short_words(head, row.number)})" if row.amount.part else value
    return f"{value} ({compared_words(head, row.number)})" if head.kind == "oui-non" else value


def pages(directory: Directory) -> Iterator[Page | Asset]:
    """For each indicator ``carte/indicateurs/<id>/``, its CSV, and its JSON for the map."""
    layers = Layers(directory)
    for id_, head in layers.heads.items():
        yield Page(
            f"{URL}{id_}/",
            "layer",
            "carte",
            head.label,
            f"{head.label} : une couche de la carte de l'Atlaas, avec sa légende et son tableau.",
            partial(_values, directory, layers, id_),
        )
        yield Asset(f"{URL}{id_}.csv", partial(_csv, layers, id_))
        yield Asset(f"{URL}{id_}.json", partial(_json, layers, id_))


def _values(directory: Directory, layers: Layers, id_: str) -> dict[str, Any]:
    root, layer = root_of(f"{URL}{id_}/"), layers.of(id_)
    shown = layer.levels[0] if layer.levels else None
    rows = []
    for row in shown.rows if shown else []:
        page = directory.territories.get(row.place.code)
        rows.append(
            (
                row.place.name,
                page.url if page else "",
                _value(layer.head, row),
                shown.classes[row.at].letter if shown else "",
                f"{text.number(row.amount.known)} sur {text.number(row.amount.of)}",
            )
        )
    return {
        "crumbs": [("Accueil", root), ("Carte", f"{root}carte/"), (layer.head.label, None)],
        "layer": layer,
        "rows": rows,
        "column": _PER_LEVEL[shown.level][0].capitalize() if shown else "",
        "parts": any(row.amount.of > 1 for row in shown.rows) if shown else False,
    }


def _csv(layers: Layers, id_: str) -> bytes:
    """A line per area of each level."""
    layer = layers.of(id_)
    columns = ("niveau", "code", "nom", "valeur", "comparé", "classe", "libellé de la classe")
    rows = [
        (
            level.level,
            row.place.code,
            row.place.name,
            str(row.amount.part),
            plain_number(row.number),
            level.classes[row.at].letter,
            level.classes[row.at].label,
        )
        for level in layer.levels
        for row in level.rows
    ]
    return csv_bytes((*columns, "date"), [(*row, layer.head.date) for row in rows])


def _json(layers: Layers, id_: str) -> bytes:
    """``levels``: classes as [letter, words, pattern], and bare code of an area -> its class."""
    layer = layers.of(id_)
    return to_json(
        {
            "label": layer.head.label,
            "dated": f"{layer.head.publisher}, {layer.dated}",
            "unit": layer.unit,
            "levels": {
                level.level: {
                    "by": level.by,
                    "unknown": level.unknown,
                    "classes": [
                        (one.letter, f"{one.label} ({one.many})", one.pattern)
                        for one in level.classes
                    ],
                    "areas": {row.place.code.rpartition("-")[2]: row.at for row in level.rows},
                }
                for level in layer.levels
            },
        }
    )
