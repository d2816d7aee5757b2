"""The measures of each size -> RESULTS.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import weigh

NAMES = {
    "atlaas": "**Atlaas, the pages**",
    "whole": "Atlaas with open data, feeds, search",
    "hugo": "Hugo",
    "floor": "the floor",
    "mkdocs": "MkDocs + Material",
    "zensical": "Zensical",
}
GOALS_UP_TO = 20_000  # actions: goals of what is fetched are for 2 000 territories
RATIOS = (
    ("wall", "hugo"),
    ("CPU", "hugo"),
    ("memory", "hugo"),
    ("pages", "hugo"),
    ("bytes", "hugo"),
    ("wall", "floor"),
    ("CPU", "floor"),
    ("pages", "floor"),
    ("bytes", "floor"),
)
_KEYS = {20_000: "20k", 100_000: "100k"}
INTRO = """# Results

Written by `make bench` (benchmarks/run.py): not edited by hand. The runs of all tools alternate
on one machine; each figure is the median. Ratios are what counts: seconds are those of the
machine named, and where other work goes on there the ratios of CPU are the steadier ones. See
README.md for what is compared, and why what is missed is missed. « pages » in a ratio is pages a
second; the floor holds all bytes from its start, so that its memory is no measure.
"""


def write(results: Path, target: Path) -> None:
    """Write the report of all sizes measured so far."""
    parts = [json.loads(path.read_text(encoding="utf-8")) for path in results.glob("*.json")]
    parts.sort(key=lambda part: part["actions"])
    for part in parts:  # those of earlier versions do not say
        part.setdefault("commit", "not known")
        part.setdefault("begun", "not known when")
    goes = {(part["commit"], part["begun"]) for part in parts}
    if len(goes) == 1:
        ((commit, begun),) = goes
        words = f"All sizes were measured in one go, begun {begun}, of commit {commit}."
    else:
        words = "Not one go: each size names the commit that was measured, and when."
    lines = [INTRO, words, ""]
    for part in parts:
        lines += _size(part)
    lines += _growth(parts)
    target.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}".replace(",", " ")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    columns = list(head)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def _size(part: dict[str, Any]) -> list[str]:
    records, tree = part["records"], part["tree"]
    versions = [f"{NAMES[k]} {v}" for k, v in part["versions"].items()]
    lines = [
        f"## {_number(part['actions'])} actions, {_number(records['territories'])} territories, "
        f"{_number(tree['pages'])} pages",
        "",
        "; ".join(
            [
                part["machine"],
                f"{part['repeat']} runs each",
                f"seed {part['seed']}",
                f"commit {part['commit']}, {part['begun']}",
                *versions,
            ]
        )
        + ".",
        "",
    ]
    builds, ratios = _builds(part)
    head = ("Build", "Wall s", "CPU s", "Peak MB", "Pages/s", "MB written")
    lines += _table(head, builds)
    if ratios:
        head = ("Build", *(f"{what} × {NAMES[to]}" for what, to in RATIOS))
        lines += _table(head, ratios)
    if "steps" not in part:
        return lines
    lines += ["### Goals", "", *_table(("Goal", "Limit", "Measured", ""), _goals(part))]
    steps = sorted(part["steps"]["steps"].items(), key=lambda item: -item[1]["seconds"])
    rows = (
        (
            name,
            _number(cost["seconds"], 2),
            _number(cost["count"]),
            _number(1e6 * cost["seconds"] / max(1, cost["count"])),
            _number(cost["bytes"] / 1e6, 1),
        )
        for name, cost in steps
        if cost["seconds"] >= 0.005 or name.startswith("publish")
    )
    lines += ["### Steps, each called on its own in one process", ""]
    lines += _table(("Step", "CPU s", "Things", "µs each", "MB"), rows)
    search = part["search"]
    lines += [
        f"The search index by itself: {_number(search['seconds'], 2)} s of the clock, "
        f"{_number(search['files'])} files, {_number(search['bytes'] / 1e6, 1)} MB, "
        f"{_number(search['memory'])} MB of memory with the records.",
        "",
    ]
    memory = ", ".join(f"{_number(v)} MB {k}" for k, v in part["steps"]["memory"].items())
    return [*lines, f"Peak memory of that process: {memory}.", ""]


def _builds(part: dict[str, Any]) -> tuple[list[list[str]], list[list[str]]]:
    """A row of measures for each build, and one of their ratios to Hugo and to the floor."""
    builds, pages = part["builds"], part["tree"]["pages"]
    rows = list(builds.items())
    names = dict(NAMES)
    again_of = part.get("rebuilds", {})
    for tool, of in (("atlaas", "the pages"), ("whole", "everything")):
        for kind, words in (("unchanged", "nothing changed"), ("one_change", "one text edited")):
            if tool in again_of:
                rows.append((f"{tool} {kind}", again_of[tool][kind]))
                names[f"{tool} {kind}"] = f"Atlaas again, {of}, {words}"
    measures = {}
    for name, (wall, cpu, memory) in rows:
        written = part["pages"].get(name, part["tree"])
        again = " " in name
        if not again and name != "whole" and written["pages"] != pages:
            raise ValueError(f"{name} made {written['pages']} pages instead of {pages}")
        measures[name] = {
            "wall": wall,
            "CPU": cpu,
            "memory": None if name == "floor" else memory,  # it holds all bytes from the start
            "pages": written["pages"] / wall,
            "bytes": None if again else written["bytes"],
        }
    table, ratios = [], []
    for name, measure in measures.items():
        table.append(
            [
                names[name],
                _number(measure["wall"], 2),
                _number(measure["CPU"], 2),
                "" if measure["memory"] is None else _number(measure["memory"]),
                _number(measure["pages"]),
                "" if measure["bytes"] is None else _number(measure["bytes"] / 1e6),
            ]
        )
        if "hugo" in measures and "floor" in measures:
            ratios.append(
                [names[name], *(_ratio(measure[what], measures[to][what]) for what, to in RATIOS)]
            )
    return table, ratios


def _ratio(value: float | None, base: float | None) -> str:
    return "" if value is None or base is None else f"{value / base:.2f}"


def _goals(part: dict[str, Any]) -> Iterator[list[str]]:
    limits, bytes_, builds = weigh.budgets(), part["bytes"], part["builds"]
    key = _KEYS.get(part["actions"], "")
    mine = builds["atlaas"]

    def row(name: str, limit: float | None, value: float | None, unit: str = "") -> list[str]:
        if value is None:
            return [name, f"{limit:g}{unit}", "not measured", ""]
        shown = _number(value) if value >= 100 else f"{value:.2f}"
        if limit is None:
            return [name, "", shown, "no goal at this size"]
        held = "held" if value <= limit else "**missed**"
        return [name, f"{_number(limit) if limit >= 100 else f'{limit:g}'}{unit}", shown, held]

    most = limits["bytes"]
    yield row("heaviest action's page", most["action_page"], bytes_["action_page"], " B")
    name = "heaviest action's page with what to copy"
    yield row(name, most["recipe_page"], bytes_.get("recipe_page"), " B")
    name = "mean page of a commune without a record"
    yield row(name, most["light_page"], bytes_.get("light_page"), " B")
    yield row("median page", most["median_page"], bytes_["median_page"], " B")
    yield row("whole site", most["site"], bytes_["site"], " B")
    page, size = bytes_["first_view"]
    yield row(f"first view, heaviest page (`/{page}`)", most["first_view"], size, " B")
    query, explorer = part["query"], part.get("explorer", {})
    for name, goal, value in (
        ("first view of the map", "map_view", bytes_["map_view"]),
        ("a reader's first search", "first_query", query["first"]),
        ("a reader's later searches, the heaviest", "next_query", query["later"]),
        ("first view of the explorer", "explorer_view", explorer.get("first")),
        ("a change of its filters, the heaviest", "explorer_choice", explorer.get("choice")),
    ):
        limit = most[goal] if part["actions"] <= GOALS_UP_TO else most.get(f"{goal}_{key}")
        yield row(name, limit, value, " B")
    again = part["rebuilds"]
    changed = again["whole"]["one_change_files"]
    yield row("files changed by one action's text", limits["counts"]["files_per_change"], changed)
    yield row("files changed by nothing", 0, again["whole"]["unchanged_files"])
    hugo = builds.get("hugo")
    for name, limit in limits["ratios"].get(key, {}).items():
        value = None
        if name in ("unchanged", "one_change") and hugo:
            value = again["atlaas"][name][0] / hugo[0]
        elif name == "search" and hugo:
            value = part["search"]["seconds"] / hugo[0]
        elif name == "memory_hugo" and hugo:
            value = mine[2] / hugo[2]
        elif name in builds:
            value = mine[0] / builds[name][0]
        yield row(f"ratio: {name.replace('_', ' ')}", limit, value)
    if key == "20k":
        memory = part["search"]["memory"]
        yield row("peak memory of the search index", limits["memory"]["search_20k"], memory, " MB")
    if key == "100k":
        yield row("peak memory", limits["memory"]["site_100k"], mine[2], " MB")
    preview = part.get("preview", {})
    if preview:
        limit, anew = limits["preview"][key]["first_page"], "first page, all read anew"
        yield row(f"preview: {anew}", limit, preview.get(anew), " s")
    for name, limit in limits["preview"].get(key, {}).items():
        words = {"first_page": "first page", "edit": "edit shown", "rest": "rest"}[name]
        unit = " of a core" if name == "rest" else " s"
        yield row(f"preview: {words}", limit, preview.get(words), unit)


def _growth(parts: list[dict[str, Any]]) -> list[str]:
    rows = []
    for part in parts:
        wall, _, memory = part["builds"]["atlaas"]
        pages = part["tree"]["pages"]
        rows.append(
            [
                _number(part["actions"]),
                _number(pages),
                _number(wall, 2),
                _number(1e6 * wall / pages),
                _number(memory),
                _number(1000 * memory / pages, 1),
                _number(part["tree"]["bytes"] / 1e6),
            ]
        )
    head = ("Actions", "Pages", "Wall s", "µs a page", "Peak MB", "kB a page", "Site MB")
    return ["## Growth of the Atlaas's build", "", *_table(head, rows)]
