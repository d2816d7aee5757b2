"""tests/shared/names.json: what people write and what answers, the same in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.geography.reference import Reference
from atlaas.names.search import search
from atlaas.project import Project
from support import SAMPLE

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "shared" / "names.json").read_text("utf-8")
)["cases"]


def test_the_table_asks_each_thing_once_of_places_that_are_there(reference: Reference) -> None:
    asked = [(c["query"], c.get("departement"), tuple(c.get("kinds", ()))) for c in CASES]
    assert len(set(asked)) == len(asked) >= 300
    for case in CASES:
        for code in (*case["first"], *case.get("shown", ())):
            assert code in reference.places, case


@pytest.fixture(scope="module")
def sample() -> Workspace:
    return open_workspace(Project(SAMPLE))


@pytest.mark.parametrize("case", CASES, ids=[case["query"] for case in CASES])
def test_what_is_written_leads_to_the_right_place(case: dict[str, Any], sample: Workspace) -> None:
    found = search(case["query"], sample.index, case.get("kinds", ()), case.get("departement", ""))
    codes = [match.place.code for match in found]
    if not case["first"] and "shown" not in case:
        assert codes == []
    assert codes[: len(case["first"])] == case["first"]
    assert set(case.get("shown", ())) <= set(codes)
