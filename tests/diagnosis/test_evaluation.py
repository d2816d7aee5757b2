"""The published formula in Python; tests/browser runs the same cases through the script."""

from __future__ import annotations

import json
from typing import Any

import pytest

from atlaas.diagnosis.evaluation import class_of, profile
from atlaas.model import Grid
from support import PROJECT

SHARED = json.loads((PROJECT / "tests" / "shared" / "evaluation.json").read_text("utf-8"))
GRID = Grid.model_validate(SHARED["grid"])


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_the_cases_worked_by_hand(case: dict[str, Any]) -> None:
    found = profile(GRID, case["class"], case["answers"])
    expected = case["expected"]
    assert [enjeu._asdict() for enjeu in found.enjeux] == expected["enjeux"]
    assert found._asdict() | {"enjeux": None} == expected | {"enjeux": None}


@pytest.mark.parametrize(
    ("kind", "population", "expected"),
    [("commune", 1999, "village"), ("commune", 2000, "ville"), ("epci", 10, "")],
)
def test_the_class_of_a_territory(kind: str, population: int, expected: str) -> None:
    assert class_of(GRID, kind, population) == expected
