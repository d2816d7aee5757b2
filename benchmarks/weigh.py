"""The bytes of a built site against benchmarks/budgets.toml."""

from __future__ import annotations

import gzip
import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

BUDGETS = Path(__file__).with_name("budgets.toml")
_FETCHED = re.compile(r"<(?:script|link|img)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"[^>]*>")
_NO_FETCH = re.compile(r"rel=\"(?:canonical|alternate|prev|next|license|author)")
MAP = "carte/"
RECIPE = 'id="refaire"'
LIGHT = b'id="proposer"'  # ends the page of a place that no record names


class Weights(NamedTuple):
    """What a site weighs, in bytes."""

    action_page: int  # the heaviest of those that tell nothing to copy
    recipe_page: int  # the heaviest of those that do
    action_median: int
    light_page: int  # the mean of the communes that no record names
    median_page: int
    heaviest: tuple[str, int]
    site: int
    first_view: tuple[str, int]  # the page, but the map, whose first view is heaviest
    map_view: int


def budgets() -> dict[str, Any]:
    """The limits."""
    with BUDGETS.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=256)
def _packed(path: str) -> int:
    """The bytes of a file as a server sends it: compressed."""
    try:
        return len(gzip.compress(Path(path).read_bytes(), 6))
    except OSError:
        return 0


def first_view(site: Path, url: str) -> int:
    """The bytes transferred for a page with all that its HTML names, compressed."""
    html = (site / url / "index.html").read_text(encoding="utf-8")
    names = {
        match[1]
        for match in _FETCHED.finditer(html.partition("<main")[0] + _scripts(html))
        if not _NO_FETCH.search(match[0])
    }
    total = len(gzip.compress(html.encode(), 6))
    for name in names:
        path = urlsplit(urljoin(f"https://site.example/{url}", name)).path
        total += _packed(str(site / path.lstrip("/")))
    return total


def _scripts(html: str) -> str:
    return "".join(re.findall(r"<(?:script|img)\b[^>]*>", html.partition("<main")[2]))


def map_view(site: Path) -> int:
    """The map's first view: its page, and the data that its script fetches."""
    if not (site / MAP / "index.html").exists():
        return 0
    data = sorted((site / MAP).glob("*.json"))
    # The départements come when a reader zooms in.
    return first_view(site, MAP) + sum(
        _packed(str(p)) for p in data if "departements" not in p.name
    )


def _light(site: Path, sizes: dict[str, int]) -> int:
    """The mean size of the pages of communes that no record names; zero without any."""
    communes = [url for url in sizes if re.match(r"territoires/\w{5}-[^/]+/$", url)]
    light = [sizes[u] for u in communes if LIGHT in (site / u / "index.html").read_bytes()]
    return sum(light) // max(1, len(light))


def weigh(site: Path, sample: int = 400) -> Weights:
    """Weigh every page; the first view of every n-th one and of the heaviest."""
    sizes: dict[str, int] = {}
    total = 0
    for where, _, names in os.walk(site):
        for name in names:
            size = os.path.getsize(f"{where}/{name}")
            total += size
            if name == "index.html":
                url = os.path.relpath(where, site).replace(os.sep, "/")
                sizes["" if url == "." else f"{url}/"] = size
    actions: dict[bool, list[int]] = {True: [], False: []}  # whether they tell what to copy
    for url, size in sizes.items():
        if re.match(r"actions/(?!page/)[^/]+/", url):
            told = RECIPE in (site / url / "index.html").read_text(encoding="utf-8")
            actions[told].append(size)
    heavy = sorted(sizes, key=lambda url: (-sizes[url], url))
    looked = {*heavy[:20], *sorted(sizes)[:: max(1, len(sizes) // sample)]} - {MAP}
    views = {url: first_view(site, url) for url in sorted(looked)}
    worst = max(views, key=lambda url: views[url])
    return Weights(
        max(actions[False], default=0),
        max(actions[True], default=0),
        int(median(actions[False] + actions[True] or [0])),
        _light(site, sizes),
        int(median(sizes.values())),
        (heavy[0], sizes[heavy[0]]),
        total,
        (worst, views[worst]),
        map_view(site),
    )
