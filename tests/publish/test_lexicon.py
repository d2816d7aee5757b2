"""tests/shared/words.json: what a query asks the index, the same in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from atlaas.model import Term
from atlaas.publish.lexicon import Lexicon

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "shared" / "words.json").read_text("utf-8")
)
LEXICON = Lexicon({term["id"]: Term(**term) for term in TABLE["synonyms"]})


@pytest.mark.parametrize("case", TABLE["cases"], ids=[case["text"] for case in TABLE["cases"]])
def test_a_query_asks_the_longest_that_is_known(case: dict[str, Any]) -> None:
    assert [[slot.token, *slot.parts] for slot in LEXICON.asked(case["text"])] == case["asked"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Borne Wi-Fi", "wifi"),
        ("Borne wifi", "Wi-Fi"),
        ("L'internet sans fil au camping", "wifi"),
        ("Tiers-lieux", "tiers lieu"),
        ("Un tiers lieu", "tierslieux"),
        ("Données en open data", "opendata"),
        ("Formation à l'intelligence artificielle", "IA"),
        ("L'IA en mairie", "intelligence artificielle"),
        ("Lutte contre l'illectronisme", "médiation numérique"),
        ("Co-working", "coworking"),
        ("Éco-quartier", "quartiers"),
        ("Antenne 5G", "5g"),
    ],
)
def test_forms_of_one_word_meet(written: str, asked: str) -> None:
    tokens = set(LEXICON.written(written))
    assert {slot.token for slot in LEXICON.asked(asked)} <= tokens


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Signalement", "SIG"),
        ("Ille-et-Vilaine", "illectronisme"),
        ("Entretien", "ENT"),
        ("5 agents", "5G"),
        ("Conseil municipal", "conseiller"),
        ("Médiathèque", "médiation"),
    ],
)
def test_the_beginning_of_a_word_is_not_the_word(written: str, asked: str) -> None:
    tokens = set(LEXICON.written(written))
    assert not {slot.token for slot in LEXICON.asked(asked)} & tokens
