"""What a reader's searches transfer, in a real Chromium: ``python -m benchmarks.querying SITE``.

The site is served as its host would, texts packed. Prints JSON: bytes of the first search, the page
itself included; the most of later ones; how many answers each word had. CHROMIUM names the browser,
else it is the system's or playwright's own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from scripts.serving import served

FIRST = "wifi public"
LATER = ("télétravail", "cantine", "formation numérique", "budget participatif", "fibre")
_PATIENCE = 60_000  # milliseconds that an answer may take


class Meter:
    """Bytes that the network carried since the last reading."""

    def __init__(self, page: Page) -> None:
        self._page, self._open = page, set[str]()
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on(
            "Network.requestWillBeSent", lambda event: self._open.add(event["requestId"])
        )
        self._session.on("Network.loadingFinished", self._add)
        self._session.on("Network.loadingFailed", self._end)
        self._bytes = 0.0

    def _add(self, event: dict[str, Any]) -> None:
        self._bytes += event["encodedDataLength"]
        self._end(event)

    def _end(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])

    def settle(self) -> None:
        """Wait until nothing has been on the way for half a second."""
        quiet = 0
        while quiet < 5:
            self._page.wait_for_timeout(100)
            quiet = 0 if self._open else quiet + 1

    def read(self) -> float:
        """The bytes; counting starts anew."""
        found, self._bytes = self._bytes, 0.0
        return found


def ask(page: Page, words: str) -> str:
    """Type a query into /recherche/; what the page then says of its results."""
    page.locator("#q").fill(words)
    page.wait_for_function(
        """words => document.querySelector('.search-status').textContent
          .replace(/\\s/g, ' ').replace(/’/g, "'").includes(words)""",
        arg=" ".join(words.replace("’", "'").split()),
    )
    return page.locator(".search-status").inner_text()


def count(said: str) -> int:
    """How many answers the page says that there are."""
    number = re.search(r"(\d[\d\s]*)réponse", said)
    return int(re.sub(r"\s", "", number[1])) if number else 0


def chromium() -> str | None:
    """The browser to drive, where one is named or installed."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def measure(site: Path) -> dict[str, object]:
    """Search for each word in turn, as one reader would."""
    answers, sizes = {}, []
    with served(site, packed=True) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        meter = Meter(page)
        page.goto(f"{address}recherche/")
        for words in (FIRST, *LATER):
            said = ask(page, words)
            meter.settle()
            answers[words] = count(said)
            sizes.append(meter.read())
        browser.close()
    return {"first": sizes[0], "later": max(sizes[1:]), "answers": answers}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve()), ensure_ascii=False))
