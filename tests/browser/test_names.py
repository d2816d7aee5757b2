"""The table tests/shared/names.json in the browser: the same answers, for the same reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from atlaas.edit.workspace import open_workspace
from atlaas.names.search import search
from atlaas.project import Project
from support import SAMPLE, Open

TABLE = Path(__file__).parents[1] / "shared" / "names.json"


def test_the_browser_answers_as_python_does(visit: Open) -> None:
    index = open_workspace(Project(SAMPLE)).index
    cases: list[dict[str, Any]] = json.loads(TABLE.read_text("utf-8"))["cases"]
    wanted = [
        [
            [match.place.code, match.how, match.text, match.score]
            for match in search(
                case["query"], index, case.get("kinds", ()), case.get("departement", ""), None
            )
        ]
        for case in cases
    ]
    with visit() as visited:
        page = visited.go("")
        answers = page.evaluate(
            f"""async (cases) => {{
              const {{ atlas, why }} = await import("{visited.home}assets/js/names.js");
              const places = atlas("{visited.home}");
              const found = [];
              for (const {{ query, kinds, departement }} of cases) {{
                const answers = await places.search(query, kinds || [], departement || "");
                found.push([answers.map((one) => [one.place.code, one.how, one.text, one.score]),
                  answers.length ? why(answers[0]) : ""]);
              }}
              return found;
            }}""",
            cases,
        )
    differ = [
        (case["query"], right[:3], answer[0][:3])
        for case, right, answer in zip(cases, wanted, answers, strict=True)
        if answer[0] != right
    ]
    assert differ == []
    for case, (_, why) in zip(cases, answers, strict=True):
        if "why" in case:
            assert case["why"] in why, case


@pytest.mark.parametrize("words", ["saint-denis", "cha", "75015", "villeneuve", "59", "rubaix"])
def test_a_first_answer_is_light(visit: Open, words: str) -> None:
    """All that a first query fetches from finder/: less than 60 kB as it is, and few requests."""
    with visit() as visited:
        page = visited.go("")
        sizes: list[int] = []
        page.on(
            "response",
            lambda answer: sizes.append(len(answer.body())) if "/finder/" in answer.url else None,
        )
        page.locator("#finder-field").fill(words)
        page.locator("#finder-results a").first.wait_for()
        page.wait_for_load_state("networkidle")
        assert 0 < sum(sizes) < 60_000
        assert len(sizes) <= 4  # the index, a file; two more where nothing is spelled so
