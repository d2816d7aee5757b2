"""What counts towards a full record, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from atlaas.diagnosis.recipe import is_full, known, missing
from atlaas.model import Action

ALL = [
    "Pour qui",
    "Coût",
    "Outils",
    "Durée",
    "Résultats",
    "À refaire ou non",
    "Contact",
    "Partenaires",
]
GIVEN: dict[str, Any] = {
    "audience": ["seniors"],
    "cost": {"amount": "10", "date": "2021"},
    "tools": ["Decidim"],
    "duration": "8 mois",
    "results": [{"text": "312 personnes", "date": "2023"}],
    "lessons": "Ouvrir le samedi.",
    "contact": "https://ville.example.org/",
    "partners": ["59350"],
}


def action(*keys: str, **more: Any) -> Action:
    base: dict[str, Any] = {"title": "Un titre", "territory": "59378", "themes": ["teletravail"]}
    given = {key: GIVEN[key] for key in keys}
    return Action.model_validate({**base, "sources": [{"url": "https://a.fr"}], **given, **more})


def test_nothing_known() -> None:
    assert known(action()) == []
    assert missing(action()) == ALL
    assert not is_full(action())


@pytest.mark.parametrize(("key", "name"), [*zip(GIVEN, ALL, strict=True)])
def test_each_field_counts_once(key: str, name: str) -> None:
    assert known(action(key)) == [name]
    assert missing(action(key)) == [other for other in ALL if other != name]


def test_five_are_enough() -> None:
    four, five = list(GIVEN)[:4], list(GIVEN)[:5]
    assert not is_full(action(*four)) and missing(action(*four)) == ALL[4:]
    assert is_full(action(*five)) and missing(action(*five)) == []


def test_territories_and_actors_that_take_part_count_once() -> None:
    four = action("audience", "cost", "tools", partners=["59350"], actors=["adapei"])
    assert known(four) == ["Pour qui", "Coût", "Outils", "Partenaires"]
    assert not is_full(four)


def test_a_cost_of_nothing_is_known() -> None:
    assert known(action(cost={"amount": "0", "date": "2021"})) == ["Coût"]
