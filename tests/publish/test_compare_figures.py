"""Indicators in the comparison, worked out by hand on those of the sample.

Marcq-en-Barœul: one place for 40 184 inhabitants (0.2489 per 10 000), fibre 150 of 200. The MEL:
1 + 3 places for 1 195 234 (0.0335), fibre 1 450 of 1 600, known for 3 of its 95 communes.
"""

from __future__ import annotations

import json
from typing import Any

from atlaas.pages.compare import FIGURE_FILES, file_of
from support import Small, text_of


def loaded(sample: Small, name: str) -> Any:
    return json.loads(sample.assets[f"comparer/{name}.json"].content())


def values(sample: Small, code: str) -> dict[str, list[str]]:
    """id of an indicator -> lines of its value."""
    found = loaded(sample, f"chiffres/{file_of(code, FIGURE_FILES)}")
    heads = loaded(sample, "indicateurs")
    row = found["rows"][code]
    return {
        head["id"]: [text_of(line) for line in found["words"][at].split("\n")]
        for head, at in zip(heads, row, strict=True)
        if at >= 0
    }


def test_what_is_counted_stands_per_inhabitant_so_that_a_commune_and_an_epci_compare(
    sample: Small,
) -> None:
    assert values(sample, "59378") == {
        "fibre": ["75,0 %"],
        "france-services-2024": ["0,25 pour 10 000", "1 lieu"],
        "milieu": ["Grands centres urbains"],
        "programme": ["non"],
    }
    mel = values(sample, "200093201")
    assert mel["fibre"] == ["90,6 %", "connu pour 3 sur 95"]
    assert mel["france-services-2024"] == ["0,03 pour 10 000", "4 lieux"]
    assert mel["programme"] == ["0 %", "0 commune sur 95"]


def test_a_place_that_no_record_names_has_its_values(sample: Small) -> None:
    assert "59100" not in sample.directory.territories
    found = values(sample, "59100")
    assert found["france-services-2024"] == ["0 lieu"]
    assert found["programme"] == ["non"]
    assert "fibre" not in found  # not known there: never zero


def test_heads_say_date_source_and_the_whole_country(sample: Small) -> None:
    heads = {head["id"]: head for head in loaded(sample, "indicateurs")}
    fibre = heads["fibre"]
    assert fibre["dated"] == "Essai, 31 mars 2026"
    assert fibre["source"] == "https://exemple.org/arcep"
    assert text_of(fibre["france"]) == "81,6 %"  # 1 550 of 1 900
    assert "pour 10 000 habitants" in text_of(heads["france-services-2024"]["france"])
    assert heads["milieu"]["france"] == ""


def test_nothing_is_made_where_nothing_was_imported(tiny: Small) -> None:
    assert not [url for url in tiny.assets if "chiffres" in url or "comparer/indic" in url]
    assert 'data-figures="0"' in tiny.html("comparer/")
