"""What the report of the benchmarks says: goals, growth, and where the CPU goes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from benchmarks import attribution, generate, goals, growth, report, run, weigh

from support import SAMPLE, two_departements

SVG = "{http://www.w3.org/2000/svg}"


def _size(actions: int, wall: float, memory: float, pages: int) -> dict[str, Any]:
    """A size at which the Atlaas takes so much, and Hugo twice the time, four times the memory."""
    return {
        "actions": actions,
        "records": {"territories": 3},
        "repeat": 3,
        "machine": "2 cores",
        "seed": 1,
        "versions": {},
        "commit": "abc",
        "begun": "today",
        "builds": {"atlaas": [wall, wall, memory], "hugo": [2 * wall, 4 * wall, 4 * memory]},
        "tree": {"pages": pages, "bytes": 8_000 * pages},
        "pages": {"hugo": {"pages": pages, "bytes": 4_000 * pages}},
    }


def _rows(part: dict[str, Any], *others: dict[str, Any]) -> dict[str, list[str]]:
    return {name: rest for name, *rest in goals.rows(part, [part, *others])}


def test_every_size_has_its_goals() -> None:
    limits = weigh.budgets()
    assert set(limits["ratios"]) <= set(goals.KEYS.values())
    assert set(limits["preview"]) < set(limits["ratios"])
    ratios = limits["ratios"]
    assert [ratios[key]["hugo"] for key in ("1k", "20k", "100k")] == [1.2, 0.45, 0.28]
    assert (ratios["20k"]["floor"], ratios["20k"]["everything"]) == (5, 0.75)


def test_goals_hold_or_are_marked_both_in_time_and_in_cpu() -> None:
    part = _size(20_000, 10, 300, 60_000)
    rows = _rows(part)
    assert rows["the pages, × Hugo: time"] == ["0.45", "0.50", "**missed**"]  # 10 s to 20
    assert rows["the pages, × Hugo: CPU"] == ["0.45", "0.25", "held"]  # 10 s to 40
    assert rows["the pages, × Hugo: memory"] == ["1", "0.25", "held"]
    # What was not measured is said to be so: neither the floor nor the rest was built.
    assert rows["the pages, × the floor: time"] == ["5", "not measured", ""]
    assert rows["with open data, feeds, search, × Hugo's pages: CPU"][1] == "not measured"
    assert rows["preview: first page, all read anew"] == ["3 s", "not measured", ""]


def test_a_million_actions_are_held_against_a_hundred_thousand() -> None:
    small, large = _size(100_000, 60, 1_500, 142_000), _size(1_000_000, 810, 5_999, 1_080_000)
    name = "time, × ten times that at 100 000 actions"
    assert _rows(large, small)[name] == ["1.3", "1.35", "**missed**"]  # 810 s to 10 times 60
    assert _rows(large)[name] == ["1.3", "not measured", ""]
    assert _rows(large)["peak memory"] == ["6 000 MB", "5 999", "held"]


def test_light_pages_count_only_where_there_are_many() -> None:
    part = _size(1_000, 10, 300, 38_000)
    step = {"seconds": 4.5, "count": 35_000, "bytes": 0}
    part["steps"] = {"steps": {goals.LIGHT: step}, "memory": {}}
    name = "CPU of a page that no record names, beyond making its file"
    assert _rows(part)[name] == ["120 µs", "129", "**missed**"]  # 4.5 s for 35 000
    step["count"] = 11
    assert name not in _rows(part)


def test_a_page_costs_what_its_build_does_by_pages() -> None:
    part = _size(1_000, 3, 300, 10_000)
    assert growth.figures(part, "atlaas") == (300.0, 8_000.0, 30.0)  # µs, bytes, kB
    assert growth.figures(part, "hugo") == (600.0, 4_000.0, 120.0)


def test_the_chart_has_a_line_for_each_tool_in_each_panel() -> None:
    parts = [_size(1_000, 3, 300, 10_000), _size(100_000, 30, 3_000, 100_000)]
    alone = _size(1_000_000, 300, 30_000, 1_000_000)
    del alone["builds"]["hugo"]
    svg = growth.chart([*parts, alone])
    assert svg == growth.chart([*parts, alone]) and "prefers-color-scheme: dark" in svg
    lines = list(ElementTree.fromstring(svg).iter(f"{SVG}polyline"))
    assert [line.get("class") for line in lines] == ["atlaas", "hugo"] * 3
    # Of the panel of time, from 62 to 238 across and 234 to 44 upwards: 1k at the left, 100k at two
    # thirds, 1M at the right; 300 µs of at most 1 000, Hugo 600.
    assert lines[0].get("points") == "62.0,177.0 179.3,177.0 238.0,177.0"
    assert lines[1].get("points") == "62.0,120.0 179.3,120.0"
    texts = ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert texts.count("Atlaas") == texts.count("Hugo") == 3
    assert texts[:7] == ["Temps, µs par page", "0", "500", "1 000", "1k", "100k", "1M"]


def test_labels_do_not_stand_on_each_other() -> None:
    close = [_size(20_000, 3, 300, 10_000), _size(35_000, 3, 300, 10_000)]
    far = [_size(1_000, 3, 300, 10_000), _size(1_000_000, 3, 300, 10_000)]
    svg = growth.chart([far[0], *close, far[1]])
    assert svg.count(">20k<") == 3 and ">35k<" not in svg


@pytest.mark.parametrize(
    ("file", "name", "group"),
    [
        ("/x/hooks/atlaas/render/write.py", "write", "making of files"),
        ("/x/hooks/atlaas/render/body.py", "print_value", "templates"),
        ("/x/overrides/pages/action.html", "root", "templates"),
        ("/x/hooks/atlaas/directory/linked.py", "neighbours", None),
        ("/x/hooks/atlaas/model/action.py", "<module>", attribution.START),
        ("/v/site-packages/mkdocs/commands/build.py", "build", "MkDocs"),
        ("<frozen importlib._bootstrap>", "_load", attribution.START),
        ("/v/lib/python3.11/json/encoder.py", "encode", None),
    ],
)
def test_functions_belong_to_the_group_of_their_file(
    file: str, name: str, group: str | None
) -> None:
    code = compile("", file, "exec").replace(co_name=name)
    assert attribution.group_of(code, attribution.GROUPS) == group


def test_files_for_machines_prevail_over_what_they_call() -> None:
    feeds = compile("", "/x/hooks/atlaas/publish/feeds.py", "exec").replace(co_name="feed")
    heads = compile("", "/x/hooks/atlaas/publish/page_heads.py", "exec").replace(co_name="markup")
    assert attribution.group_of(feeds, attribution.MACHINES) == "feeds"
    assert attribution.group_of(heads, attribution.MACHINES) == ""
    assert attribution.group_of(heads, attribution.GROUPS) == "templates"


def test_the_cpu_of_all_processes_of_a_build_is_attributed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAAS_PROCESSES", "2")
    data = shutil.copytree(SAMPLE / "data", tmp_path / "data")
    two_departements(data / "reference")
    project = tmp_path / "project"
    generate.make_project(project, 50, data=data)
    found = attribution.attribute(project, tmp_path / "site")
    assert found["processes"] >= 2 and found["fault"] > 0
    spent = found["groups"]
    assert sum(spent.values()) == pytest.approx(found["CPU"])
    assert abs(spent[attribution.UNSEEN]) < 0.1 * found["CPU"]
    assert {"making of files", "values of pages", "templates", "MkDocs"} <= set(spent)
    assert spent[attribution.START] > spent[attribution.FORKING] >= 0
    assert len(attribution.table(found)) == len(spent) + 3


def test_a_report_puts_the_tables_between_their_marks(tmp_path: Path) -> None:
    results, folder = tmp_path / "results", tmp_path / "benchmarks"
    results.mkdir()
    folder.mkdir()
    part = _size(20_000, 10, 300, 60_000)
    part["attribution"] = {
        "CPU": 20.0,
        "plain CPU": 19.5,
        "sampling": 0.4,
        "processes": 3,
        "fault": 1e-6,
        "groups": {"values of pages": 15.0, attribution.UNSEEN: 0.2, "templates": 4.8},
    }
    (results / "20000.json").write_text(json.dumps(part), encoding="utf-8")
    first, last = report.MARKS
    readme = folder / "README.md"
    readme.write_text(f"Before\n{first}\n\nold\n{last}\nAfter\n", encoding="utf-8")
    for _ in range(2):  # the second finds the tables of the first
        report.write(results, folder)
        lines = readme.read_text("utf-8").split("\n")
        assert lines[:4] == ["Before", first, "", "### 20 000 actions"]
        assert lines[-3:] == [last, "After", ""] and "old" not in lines
        assert "| values of pages | 15.00 | 75.0 % |" in lines
        assert "| all | 20.00 | 100.0 % |" in lines
        assert "1.0 % of what the system measured" in " ".join(lines)
    assert "![" in (folder / "RESULTS.md").read_text("utf-8")
    assert (folder / "growth.svg").read_text("utf-8") == growth.chart([part])
    readme.write_text("No marks\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no <!-- attribution -->"):
        report.write(results, folder)


def test_smaller_sizes_make_room_for_larger_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "rest", lambda: None)
    left = tmp_path / "1000-pages"
    left.mkdir()
    # 62 000 pages of 11 kB: six sites a turn and six apart, 8.2 GB with one turn, 16.4 with three.
    assert run.room(20_000) == 8_184_000_000
    assert run.room(100_000) == 28_116_000_000  # 142 000 pages, of which a merge makes two sites
    assert run.room(1_000_000) == 31_260_000_000
    monkeypatch.setattr(run, "free", lambda folder: 17_000_000_000)
    assert run.make_room(tmp_path, 20_000, 3) and left.exists()
    monkeypatch.setattr(run, "free", lambda folder: 9_000_000_000)
    assert run.make_room(tmp_path, 20_000, 3) and not left.exists()
    monkeypatch.setattr(run, "free", lambda folder: 8_000_000_000)
    assert not run.make_room(tmp_path, 20_000, 3)


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([], "All sizes were measured in one go, begun 9:00, of commit a."),
        ([("a", "9:00")], "All sizes were measured in one go, begun 9:00, of commit a."),
        ([("a", "10:30")], "All sizes are of commit a, in 2 goes, begun 10:30 and 9:00."),
        ([("b", "9:00")], "Not one go: each size names the commit that was measured, and when."),
    ],
)
def test_a_report_says_what_was_measured_together(
    others: list[tuple[str, str]], words: str
) -> None:
    parts = [{"commit": commit, "begun": begun} for commit, begun in (("a", "9:00"), *others)]
    assert report._goes(parts) == words
