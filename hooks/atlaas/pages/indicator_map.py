"""Imported indicators on the map: ``carte/indicateurs.json``, a value per département."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic_core import to_json

from atlaas import text
from atlaas.directory import Directory
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.pages.page import Asset

CLASSES = 5  # shades of the layer, each of as many départements as the others


class Layer(NamedTuple):
    """An indicator of the map, and the table that says the same."""

    id: str
    label: str
    source: str
    url: str
    rows: list[tuple[str, str, str]]  # département, value, « 80 communes sur 120 »


def by_departement(directory: Directory, item: IndicatorSet) -> Iterator[tuple[str, Any, int, int]]:
    """(code, value, communes with a value, all communes) of each département that has one."""
    reference = directory.reference
    for code, codes in reference.codes_by_departement.items():
        if any(one in item.values for one in codes):
            found = item.of([reference.places[one] for one in codes])
            if found:
                yield code, found[0], found[1], len(codes)


def layers(directory: Directory) -> list[Layer]:
    """What the page of the map says of each indicator; empty where none was imported."""
    return [
        Layer(
            item.meta.id,
            item.meta.label,
            f"{item.meta.publisher}, {text.date(item.meta.date)}, {item.meta.licence}",
            item.meta.source,
            [
                (
                    directory.reference.departements[code].name,
                    f"{text.number(round(value, 1))} {item.meta.unit}",
                    f"{known} communes sur {count}",
                )
                for code, value, known, count in by_departement(directory, item)
                if code in directory.reference.departements
            ],
        )
        for item in directory.indicators
    ]


def assets(directory: Directory) -> Iterator[Asset]:
    """The layer's data: ``[{id, label, unit, values: {département: value}}]``."""
    if directory.indicators:
        yield Asset("carte/indicateurs.json", lambda: _json(directory))


def _json(directory: Directory) -> bytes:
    content = [
        {
            "id": item.meta.id,
            "label": item.meta.label,
            "unit": item.meta.unit,
            "values": {
                code: float(round(value, 1))
                for code, value, _, _ in by_departement(directory, item)
            },
        }
        for item in directory.indicators
    ]
    return to_json(content)
