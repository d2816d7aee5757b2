"""The bounds of the classes of population, as /methode/ states them."""

from __future__ import annotations

import pytest

from atlaas.diagnosis.commune_counts import town_class


@pytest.mark.parametrize(
    ("bound", "below", "above"),
    [
        (2_000, "moins-de-2000", "2000-9999"),
        (10_000, "2000-9999", "10000-49999"),
        (50_000, "10000-49999", "50000-99999"),
        (100_000, "50000-99999", "100000-et-plus"),
    ],
)
def test_the_classes_of_communes(bound: int, below: str, above: str) -> None:
    assert town_class(bound - 1).id == below
    assert town_class(bound).id == above
