"""The measures of each size -> RESULTS.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import attribution, goals, growth
from benchmarks.goals import number

NAMES = {
    "atlaas": "**Atlaas, the pages**",
    "whole": "Atlaas with open data, feeds, search",
    "hugo": "Hugo",
    "floor": "the floor",
    "mkdocs": "MkDocs + Material",
    "zensical": "Zensical",
}
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
GOALS = ("Goal", "Limit", "Measured", "")
MARKS = "<!-- attribution -->", "<!-- end of attribution -->"
INTRO = """# Results

Written by `make bench` (benchmarks/run.py): not edited by hand. The runs of all tools alternate
on one machine; each figure is the median. Ratios are what counts: seconds are those of the
machine named, and where other work goes on there the ratios of CPU are the steadier ones. See
README.md for what is compared, and why what is missed is missed. « pages » in a ratio is pages a
second; the floor holds all bytes from its start, so that its memory is no measure.
"""


def write(results: Path, folder: Path) -> None:
    """Write RESULTS.md and growth.svg of all that is measured so far, and what README.md shows."""
    parts = [json.loads(path.read_text(encoding="utf-8")) for path in results.glob("[0-9]*.json")]
    parts.sort(key=lambda part: part["actions"])
    own = results / "real.json"
    real = json.loads(own.read_text(encoding="utf-8")) if own.exists() else None
    all_parts = [*parts, *([real] if real else [])]
    for part in all_parts:  # those of earlier versions do not say
        part.setdefault("commit", "not known")
        part.setdefault("begun", "not known when")
    lines = [INTRO, _goes(all_parts), ""]
    for part in parts:
        lines += _size(part, parts)
    if real:
        lines += _real(real)
    lines += _growth(parts)
    target = folder / "RESULTS.md"
    target.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    (folder / "growth.svg").write_text(growth.chart(parts), encoding="utf-8")
    readme = folder / "README.md"
    if readme.exists():
        text = readme.read_text(encoding="utf-8")
        readme.write_text(_with_attribution(text, parts, real), encoding="utf-8")


def _goes(parts: list[dict[str, Any]]) -> str:
    """Whether all sizes were measured together."""
    commits = {part["commit"] for part in parts}
    begun = sorted({part["begun"] for part in parts})
    if len(commits) > 1:
        return "Not one go: each size names the commit that was measured, and when."
    (commit,) = commits
    if len(begun) == 1:
        return f"All sizes were measured in one go, begun {begun[0]}, of commit {commit}."
    return f"All sizes are of commit {commit}, in {len(begun)} goes, begun {' and '.join(begun)}."


def _with_attribution(text: str, parts: list[dict[str, Any]], real: dict[str, Any] | None) -> str:
    """README.md with the tables of where the CPU goes between its two marks."""
    lines: list[str] = []
    found = [(f"{number(part['actions'])} actions", part) for part in parts]
    for name, part in [*found, *([("The real records", real)] if real else [])]:
        if "groups" in part.get("attribution", {}):
            lines += [f"### {name}", "", *_attribution(part)]
    if not lines:
        return text
    before, _, rest = text.partition(MARKS[0])
    _, mark, after = rest.partition(MARKS[1])
    if not mark:
        raise ValueError(f"README.md has no {MARKS[0]} followed by {MARKS[1]}")
    return "\n".join([before + MARKS[0], "", *lines, MARKS[1] + after])


def _attribution(part: dict[str, Any]) -> list[str]:
    found = part["attribution"]
    off = 100 * abs(found["groups"][attribution.UNSEEN]) / found["CPU"]
    plain, sampling = (number(found[name], 2) for name in ("plain CPU", "sampling"))
    return [
        f"Commit {part['commit']}, {part['begun']}: a whole build with open data, feeds, search "
        f"into a new folder, all records read, {found['processes']} processes. Without samples "
        f"it took {plain} s of CPU; taking them, {sampling} s, is left out. What no sample saw is "
        f"{off:.1f} % of what the system measured. A page of memory costs "
        f"{number(1e6 * found['fault'], 2)} µs.",
        "",
        *attribution.table(found),
        "",
    ]


def _real(part: dict[str, Any]) -> list[str]:
    """The records of the project itself."""
    (wall, cpu, memory), (wall_2, cpu_2, memory_2) = (
        part["builds"][name] for name in ("whole", "without")
    )
    rows = [
        ("everything", *_measures(wall, cpu, memory), number(part["pages"]["whole"]["pages"])),
        (
            "everything, without the pages of places that no record names",
            *_measures(wall_2, cpu_2, memory_2),
            number(part["pages"]["without"]["pages"]),
        ),
        ("ratio", f"{wall / wall_2:.2f}", f"{cpu / cpu_2:.2f}", f"{memory / memory_2:.2f}", ""),
    ]
    again, words = part["unchanged"], "Again, nothing changed: not measured."
    if "turns" in again:
        words = (
            f"Again, nothing changed, median of {again['turns']}: {again['again']:.2f} s of the "
            f"clock, {again['again CPU']:.2f} of CPU; starting Python and importing MkDocs: "
            f"{again['start']:.2f} and {again['start CPU']:.2f}."
        )
    return [
        "## The real records",
        "",
        f"{part['machine']}; {part['repeat']} runs each; commit {part['commit']}, {part['begun']}.",
        "",
        *_table(("Build", "Wall s", "CPU s", "Peak MB", "Pages"), rows),
        words,
        "",
        *_table(GOALS, goals.real_rows(part)),
        "Where the CPU of such a build goes stands in [README.md](README.md#where-the-cpu-goes).",
        "",
    ]


def _measures(wall: float, cpu: float, memory: float) -> tuple[str, str, str]:
    return number(wall, 2), number(cpu, 2), number(memory)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    columns = list(head)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def _size(part: dict[str, Any], parts: list[dict[str, Any]]) -> list[str]:
    records, tree = part["records"], part["tree"]
    versions = [f"{NAMES[k]} {v}" for k, v in part["versions"].items()]
    lines = [
        f"## {number(part['actions'])} actions, {number(records['territories'])} territories, "
        f"{number(tree['pages'])} pages",
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
    for peer, ways in part.get("given", {}).items():
        lines += [
            f"{NAMES[peer]} makes {number(ways['pages'] - ways['given as HTML'])} of these pages "
            f"itself, and is given {number(ways['given as HTML'])} as HTML.",
            "",
        ]
    lines += ["### Goals", "", *_table(GOALS, goals.rows(part, parts))]
    if "files" in part.get("search", {}):
        lines += _search(part["search"])
    steps = part.get("steps", {})
    return [*lines, *_steps(steps)] if "steps" in steps else lines


def _search(search: dict[str, float]) -> list[str]:
    return [
        f"The search index by itself: {number(search['seconds'], 2)} s of the clock, "
        f"{number(search['files'])} files, {number(search['bytes'] / 1e6, 1)} MB, "
        f"{number(search['memory'])} MB of memory with the records.",
        "",
    ]


def _steps(found: dict[str, Any]) -> list[str]:
    """What each step of the build takes."""
    steps = sorted(found["steps"].items(), key=lambda item: -item[1]["seconds"])
    rows = (
        (
            name,
            number(cost["seconds"], 2),
            number(cost["count"]),
            number(1e6 * cost["seconds"] / max(1, cost["count"])),
            number(cost["bytes"] / 1e6, 1),
        )
        for name, cost in steps
        if cost["seconds"] >= 0.005 or name.startswith("publish")
    )
    memory = ", ".join(f"{number(v)} MB {k}" for k, v in found["memory"].items())
    return [
        "### Steps, each called on its own in one process",
        "",
        *_table(("Step", "CPU s", "Things", "µs each", "MB"), rows),
        f"Peak memory of that process: {memory}.",
        "",
    ]


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
    for kind, words in (("anew", "nothing kept"), ("merged", "one text merged, the rest kept")):
        if kind in part.get("merge", {}):
            rows.append((f"publish {kind}", part["merge"][kind]))
            names[f"publish {kind}"] = f"Publication in CI, everything, {words}"
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
                number(measure["wall"], 2),
                number(measure["CPU"], 2),
                "" if measure["memory"] is None else number(measure["memory"]),
                number(measure["pages"]),
                "" if measure["bytes"] is None else number(measure["bytes"] / 1e6),
            ]
        )
        if "hugo" in measures and "floor" in measures:
            ratios.append(
                [names[name], *(_ratio(measure[what], measures[to][what]) for what, to in RATIOS)]
            )
    return table, ratios


def _ratio(value: float | None, base: float | None) -> str:
    return "" if value is None or base is None else f"{value / base:.2f}"


def _growth(parts: list[dict[str, Any]]) -> list[str]:
    rows = []
    for part in parts:
        for tool in growth.TOOLS:
            if tool in part["builds"]:
                wall, _, memory = part["builds"][tool]
                found = growth.figures(part, tool)
                rows.append(
                    [
                        number(part["actions"]),
                        growth.TOOLS[tool],
                        number(part["tree"]["pages"]),
                        number(wall, 2),
                        number(found.time),
                        number(memory),
                        number(found.memory, 1),
                        number(found.bytes),
                    ]
                )
    head = (
        "Actions",
        "Tool",
        "Pages",
        "Wall s",
        "µs a page",
        "Peak MB",
        "kB a page",
        "Bytes a page",
    )
    title = "Time, bytes and memory a page, by number of actions, of the Atlaas and of Hugo"
    return ["## Growth", "", f"![{title}](growth.svg)", "", *_table(head, rows)]
