"""Layers of the map, worked out by hand on the indicators of the sample.

In the Nord: fibre 400 + 900 + 150 = 1 450 of 1 600 (90,6 %), five places of France services for
2 615 635 inhabitants (0.0191 per 10 000), one commune of 647 in the programme. In Savoie: 100 of
300 (33,3 %), one place for 448 226 (0.0223), one commune of 273.
"""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import Any

import pytest

from atlaas.model.indicator_head import IndicatorHead
from atlaas.pages.indicator_map import _classes
from support import Small, text_of


def layer(sample: Small, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample.assets[f"carte/indicateurs/{id_}.json"].content())
    return found


def plain(classes: list[list[Any]]) -> list[tuple[str, str]]:
    return [(letter, text_of(words)) for letter, words, _ in classes]


def test_a_rate_is_coloured_as_sums_over_sums(sample: Small) -> None:
    found = layer(sample, "fibre")["levels"]["departement"]
    assert plain(found["classes"]) == [
        ("A", "33,3 % (1 département)"),
        ("B", "90,6 % (1 département)"),
    ]
    assert found["areas"] == {"73": 0, "59": 1}
    assert found["unknown"].endswith("départements")


def test_zero_is_a_class_of_what_is_counted_and_equals_stay_together(sample: Small) -> None:
    found = layer(sample, "france-services-2024")["levels"]["departement"]
    first, *others = plain(found["classes"])
    assert first[1].startswith("0 pour 10 000 (")
    assert others == [("B", "0,02 pour 10 000 (2 départements)")]
    assert {found["areas"]["59"], found["areas"]["73"]} == {1}
    assert found["areas"]["62"] == 0


def test_a_class_and_a_yes_are_layers_too(sample: Small) -> None:
    found = layer(sample, "milieu")
    assert found["unit"] == "classe la plus peuplée"
    level = found["levels"]["departement"]
    assert plain(level["classes"]) == [
        ("A", "Grands centres urbains (1 département)"),
        ("B", "Petites villes (1 département)"),
    ]
    assert level["areas"] == {"59": 0, "73": 1}
    programme = layer(sample, "programme")
    assert programme["unit"] == "part des communes"
    assert programme["levels"]["departement"]["areas"]["59"] > 0


def test_every_class_has_a_pattern_and_a_letter_of_its_own(sample: Small) -> None:
    for id_ in ("fibre", "france-services-2024", "milieu", "programme"):
        for level in layer(sample, id_)["levels"].values():
            classes = level["classes"]
            assert len({pattern for *_, pattern in classes}) == len(classes)
            assert len({letter for letter, *_ in classes}) == len(classes)
            assert [pattern for *_, pattern in classes] == sorted(p for *_, p in classes)


def test_close_up_the_values_are_those_of_epci(sample: Small) -> None:
    levels = layer(sample, "fibre")["levels"]
    mel, grand_lac = levels["epci"]["areas"]["200093201"], levels["epci"]["areas"]["200068674"]
    assert mel > grand_lac  # 90,6 % against 33,3 %


@pytest.mark.parametrize(
    ("numbers", "steps"),
    [
        (range(1, 11), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),  # ten numbers: two a class
        ([0, 0, 0, 0, 0, 0, 7, 8, 9, 9], [0, 0, 0, 0, 0, 0, 3, 3, 4, 4]),  # equals together
        ([5, 5], [0, 0]),
    ],
)
def test_classes_of_a_measure_hold_as_many_areas_each(numbers: list[int], steps: list[int]) -> None:
    head = {"id": "x", "label": "X", "kind": "taux", "unit": "%", "date": "2023", "rows": 0}
    head |= {"publisher": "E", "source": "https://exemple.org/", "licence": "LO"}
    found, labels = _classes(IndicatorHead.model_validate(head), [Fraction(n) for n in numbers])
    assert found == steps
    assert set(labels) == set(steps)


def test_the_page_of_a_layer_says_the_same_in_words(sample: Small) -> None:
    page = sample.text("carte/indicateurs/fibre/")
    assert "31 mars 2026" in page and "Savoie33,3 %A1 sur 273" in page
    assert "Nord90,6 %B3 sur 647" in page
    rows = list(
        csv.DictReader(io.StringIO(sample.assets["carte/indicateurs/fibre.csv"].content().decode()))
    )
    lines = {(row["niveau"], row["code"]): row for row in rows}
    assert lines["departement", "dep-73"]["comparé"] == "33.3333"
    assert lines["epci", "200093201"]["comparé"] == "90.625"
    assert {row["date"] for row in rows} == {"2026-03-31"}
