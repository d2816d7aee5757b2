"""The goals of budgets.toml beside what was measured: a missed one is marked, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks import weigh

KEYS = {1_000: "1k", 20_000: "20k", 35_000: "official", 100_000: "100k", 1_000_000: "1M"}
GOALS_UP_TO = 35_000  # actions: goals of what is fetched are for some 2 000 territories
MANY = 10_000  # pages of places without a record from which one's CPU is told
LIGHT = "render territory, without a record"  # the step that makes them
WORDS = {
    "hugo": ("the pages, × Hugo", "atlaas", "hugo"),
    "floor": ("the pages, × the floor", "atlaas", "floor"),
    "everything": ("with open data, feeds, search, × Hugo's pages", "whole", "hugo"),
}
TO_HUGO = {
    "unchanged": "a rebuild of the pages, nothing changed, × Hugo's whole build: time",
    "one_change": "a rebuild of the pages, one text edited, × Hugo's whole build: time",
    "search": "the search index by itself, × Hugo's whole build: time",
    "memory_hugo": "the pages, × Hugo: memory",
}
Row = list[str]


def number(value: float, digits: int = 0) -> str:
    """« 12 345 », with so many decimals."""
    return f"{value:,.{digits}f}".replace(",", " ")


def row(name: str, limit: float | None, value: float | None, unit: str = "") -> Row:
    """Name, limit, what was measured, and whether it holds."""
    told = "" if limit is None else f"{number(limit) if limit >= 100 else f'{limit:g}'}{unit}"
    if value is None:
        return [name, told, "not measured", ""]
    shown = number(value) if value >= 100 else f"{value:.2f}"
    if limit is None:
        return [name, "", shown, "no goal at this size"]
    return [name, told, shown, "held" if value <= limit else "**missed**"]


def rows(part: dict[str, Any], parts: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """The goals of one size, among all sizes that were measured."""
    limits = weigh.budgets()
    key = KEYS.get(part["actions"], "")
    if "bytes" in part:
        yield from _bytes(part, limits, key)
        changed = part["rebuilds"]["whole"]
        most = limits["counts"]["files_per_change"]
        yield row("files changed by one action's text", most, changed["one_change_files"])
        yield row("files changed by nothing", 0, changed["unchanged_files"])
    yield from _ratios(part, parts, limits["ratios"].get(key, {}))
    yield from _memory(part, limits["memory"], key)
    yield from _light(part, limits["light"]["page"])
    yield from _merge(part.get("merge", {}), limits["merge"].get(key))
    yield from _preview(part.get("preview", {}), limits["preview"].get(key, {}))


def real_rows(part: dict[str, Any]) -> Iterator[Row]:
    """The goals of the records of the project itself."""
    limit = weigh.budgets()["real"]["unchanged"]
    name = "a rebuild of which nothing changed, beyond starting Python and importing MkDocs"
    yield row(f"{name}: time", limit, part["unchanged"].get("beyond"), " s")
    yield row(f"{name}: CPU", limit, part["unchanged"].get("beyond CPU"), " s")


def _bytes(part: dict[str, Any], limits: dict[str, Any], key: str) -> Iterator[Row]:
    most, found = limits["bytes"], part["bytes"]
    yield row("heaviest action's page", most["action_page"], found["action_page"], " B")
    name = "heaviest action's page with what to copy"
    yield row(name, most["recipe_page"], found.get("recipe_page"), " B")
    name = "mean page of a commune without a record"
    light = found.get("light_page") or None  # all communes may have a record
    yield row(name, most["light_page"], light, " B")
    yield row("median page", most["median_page"], found["median_page"], " B")
    yield row("whole site", most["site"], found["site"], " B")
    page, size = found["first_view"]
    yield row(f"first view, heaviest page (`/{page}`)", most["first_view"], size, " B")
    query, explorer = part.get("query", {}), part.get("explorer", {})
    for name, goal, value in (
        ("first view of the map", "map_view", found["map_view"]),
        ("a reader's first search", "first_query", query.get("first")),
        ("a reader's later searches, the heaviest", "next_query", query.get("later")),
        ("first view of the explorer", "explorer_view", explorer.get("first")),
        ("a change of its filters, the heaviest", "explorer_choice", explorer.get("choice")),
    ):
        limit = most[goal] if part["actions"] <= GOALS_UP_TO else most.get(f"{goal}_{key}")
        yield row(name, limit, value, " B")


def _ratios(
    part: dict[str, Any], parts: Sequence[dict[str, Any]], limits: dict[str, float]
) -> Iterator[Row]:
    builds = part["builds"]
    hugo = builds.get("hugo")
    for name, limit in limits.items():
        if name in WORDS:
            words, mine, other = WORDS[name]
            for at, what in enumerate(("time", "CPU")):
                both = mine in builds and other in builds
                value = builds[mine][at] / builds[other][at] if both else None
                yield row(f"{words}: {what}", limit, value)
            continue
        value = None
        if name == "ten_times_100k":
            walls = {other["actions"]: other["builds"]["atlaas"][0] for other in parts}
            if 100_000 in walls:
                value = builds["atlaas"][0] / (10 * walls[100_000])
            yield row("time, × ten times that at 100 000 actions", limit, value)
            continue
        if hugo and name in ("unchanged", "one_change") and "rebuilds" in part:
            value = part["rebuilds"]["atlaas"][name][0] / hugo[0]
        elif hugo and name == "search" and "seconds" in part.get("search", {}):
            value = part["search"]["seconds"] / hugo[0]
        elif hugo and name == "memory_hugo":
            value = builds["atlaas"][2] / hugo[2]
        yield row(TO_HUGO[name], limit, value)


def _memory(part: dict[str, Any], limits: dict[str, float], key: str) -> Iterator[Row]:
    builds = part["builds"]
    if f"search_{key}" in limits:
        memory = part.get("search", {}).get("memory")
        yield row("peak memory of the search index", limits[f"search_{key}"], memory, " MB")
    if f"site_{key}" in limits:
        memory = builds["whole" if key == "official" else "atlaas"][2]
        yield row("peak memory", limits[f"site_{key}"], memory, " MB")


def _light(part: dict[str, Any], limit: float) -> Iterator[Row]:
    step = part.get("steps", {}).get("steps", {}).get(LIGHT)
    if step and step["count"] >= MANY:
        value = 1e6 * step["seconds"] / step["count"]
        yield row("CPU of a page that no record names, beyond making its file", limit, value, " µs")


def _merge(found: dict[str, Any], limit: float | None) -> Iterator[Row]:
    for at, what in enumerate(("time", "CPU")):
        if limit is not None:
            value = found["merged"][at] / found["anew"][at] if "anew" in found else None
            yield row(f"a publication of one text, × one with nothing kept: {what}", limit, value)


def _preview(found: dict[str, Any], limits: dict[str, float]) -> Iterator[Row]:
    for name, words, unit in (
        ("first_page", "first page, all read anew", " s"),
        ("first_page", "first page", " s"),
        ("edit", "edit shown", " s"),
        ("rest", "rest", " of a core"),
    ):
        if name in limits:
            yield row(f"preview: {words}", limits[name], found.get(words), unit)
