"""Names of places inside sentences: the table that the browser runs too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlaas.text import plural
from atlaas.text.grammar import at, has_known_article, of, the
from atlaas.text.typography import typeset

TABLE = json.loads((Path(__file__).parents[1] / "shared" / "grammar.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE["places"], ids=lambda case: case[0])
def test_names_of_places(case: list[str]) -> None:
    name, tncc, subject, genitive, place, *area = case
    assert the(name, tncc) == subject
    assert of(name, tncc) == genitive
    assert at(name, tncc, bool(area)) == place


@pytest.mark.parametrize(("count", "one", "many", "expected"), TABLE["plurals"])
def test_plurals(count: int, one: str, many: str | None, expected: str) -> None:
    assert plural(count, one, many) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE["typography"])
def test_typography(text: str, expected: str) -> None:
    assert typeset(text) == expected


def test_what_a_sentence_cannot_hold() -> None:
    assert has_known_article("Syndicat Sarthe Numérique")
    assert has_known_article("Lamballe Communauté")
    assert not has_known_article("Inforoutes")
