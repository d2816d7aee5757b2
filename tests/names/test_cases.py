"""tests/shared/names.json: what people write and what answers, the same in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atlaas.geography.reference import Reference

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "shared" / "names.json").read_text("utf-8")
)["cases"]


def test_the_table_asks_each_thing_once_of_places_that_are_there(reference: Reference) -> None:
    asked = [(c["query"], c.get("departement"), tuple(c.get("kinds", ()))) for c in CASES]
    assert len(set(asked)) == len(asked) >= 300
    for case in CASES:
        for code in (*case["first"], *case.get("shown", ())):
            assert code in reference.places, case
