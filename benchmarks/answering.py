"""Real queries and the answers wanted first: ``python -m benchmarks.answering SITE``.

``queries.tsv`` has what people type, and a pattern of the addresses that are a good first answer,
both by hand. Each is asked of a built site in a real Chromium. Prints JSON: queries, the
share whose first answer, and one of whose first five, is a good one, and what others were given.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from scripts.serving import served

from benchmarks.querying import ask, chromium

QUERIES = Path(__file__).with_name("queries.tsv")
SHOWN = 5


def read(path: Path = QUERIES) -> list[tuple[str, str]]:
    """(query, pattern) in the order of the table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row["query"], row["wanted"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def place(addresses: list[str], pattern: str) -> int:
    """Where the first good answer stands, from 1; 0 where there is none."""
    good = re.compile(pattern)
    return next((at for at, address in enumerate(addresses, 1) if good.match(address)), 0)


def measure(site: Path, queries: list[tuple[str, str]] | None = None) -> dict[str, object]:
    """Ask each query and look at the first addresses that the page shows."""
    queries = queries or read()
    places, missed = [], {}
    with served(site, packed=True) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{home}recherche/")
        for query, pattern in queries:
            ask(page, query)
            page.wait_for_load_state("networkidle")
            links = page.locator(".search-places:not([hidden]) a, .search-results li a")
            found = [
                str(link).removeprefix(home)
                for link in links.evaluate_all("as => as.map((a) => a.href)")
            ]
            at = place(found[:SHOWN], pattern)
            places.append(at)
            if at != 1:
                missed[query] = found[:SHOWN]
        browser.close()
    count = len(places)
    return {
        "queries": count,
        "first": round(sum(at == 1 for at in places) / count, 3),
        "five": round(sum(at > 0 for at in places) / count, 3),
        "missed": missed,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve()), ensure_ascii=False, indent=1))
