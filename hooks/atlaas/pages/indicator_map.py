"""Imported indicators on the map: ``carte/indicateurs.json``, a value per département."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from pydantic_core import to_json

from atlaas.diagnosis.open_figures import (
    OpenFigures,
    compared_unit,
    compared_words,
    dates,
    open_figures_of,
)
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount
from atlaas.model.indicator_head import IndicatorHead
from atlaas.pages.page import Asset

CLASSES = 5  # shades of the layer, each of as many départements as the others


class Layer(NamedTuple):
    """An indicator of the map, and the table that says the same."""

    id: str
    label: str
    source: str
    url: str
    rows: list[tuple[str, str, str]]  # département, value, « 80 sur 120 »


def by_departement(
    figures: OpenFigures, head: IndicatorHead
) -> Iterator[tuple[str, Fraction, Amount]]:
    """(bare code, number that is compared, amount) of each département that has one."""
    for code, amount in sorted(figures.of_level(head.id, "departement").items()):
        number = figures.compared(head.id, amount, figures.people(code))
        if number is not None:
            yield code.removeprefix("dep-"), number, amount


def layers(directory: Directory) -> list[Layer]:
    """What the page of the map says of each indicator; empty where none was imported."""
    figures = open_figures_of(directory)
    return [
        Layer(
            head.id,
            head.label,
            f"{head.publisher}, {dates(head)}, {head.licence}",
            head.source,
            [
                (
                    directory.reference.departements[code].name,
                    compared_words(head, number),
                    f"{amount.known} sur {amount.of}",
                )
                for code, number, amount in by_departement(figures, head)
            ],
        )
        for head in _shown(directory)
    ]


def _shown(directory: Directory) -> list[IndicatorHead]:
    """The indicators that have a number per département; a class has none."""
    return [item.head for item in directory.indicators if item.head.kind != "classe"]


def assets(directory: Directory) -> Iterator[Asset]:
    """The layer's data: ``[{id, label, unit, values: {département: value}}]``."""
    if directory.indicators:
        yield Asset("carte/indicateurs.json", lambda: _json(directory))


def _json(directory: Directory) -> bytes:
    figures = open_figures_of(directory)
    content = [
        {
            "id": head.id,
            "label": head.label,
            "unit": compared_unit(head),
            "values": {
                code: float(round(number, 4 if head.kind == "somme" else 1))
                for code, number, _ in by_departement(figures, head)
            },
        }
        for head in _shown(directory)
    ]
    return to_json(content)
