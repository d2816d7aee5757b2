"""What the explorer of actions transfers, in a real Chromium.

``python -m benchmarks.exploring SITE`` prints JSON: bytes of the first view, the page itself
included; of each choice, made one after the other by one reader; of the map, which a reader opens.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from scripts.serving import served

from benchmarks.querying import Meter, chromium

PLACE = "Ozan"  # a village: any place of France can be chosen
_PATIENCE = 60_000  # milliseconds that an answer may take
_OPEN = "document.querySelectorAll('#explorer form details').forEach(d => { d.open = true; })"


def measure(site: Path) -> dict[str, object]:
    """Open the explorer, make each choice alone, choose a commune, sort, open the map."""
    choices: dict[str, float] = {}
    with served(site, packed=True) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        meter = Meter(page)

        def transferred() -> float:
            meter.settle()
            return meter.read()

        page.goto(f"{address}actions/")
        page.locator("#explorer .search-results li").first.wait_for()
        first = transferred()
        page.evaluate(_OPEN)
        selects = page.locator("#explorer select:enabled")
        for name in selects.evaluate_all("all => all.map(select => select.name)"):
            options = page.locator(f"#e-{name} option:enabled")
            if options.count() > 1:  # else there is nothing to choose in this directory
                page.select_option(f"#e-{name}", options.nth(1).get_attribute("value"))
                choices[name] = transferred()
                page.select_option(f"#e-{name}", "")
                transferred()
        page.locator("#finder-field").fill(PLACE)
        page.locator("#finder-results a").first.click()
        page.wait_for_function("() => location.search.includes('commune=')")
        choices["commune"] = transferred()
        page.select_option("#e-tri", "ressemblance")
        choices["ressemblance"] = transferred()
        page.locator(".explorer-map summary").click()
        page.locator("path.map-action").first.wait_for(state="attached")
        shown = transferred()
        browser.close()
    return {"first": first, "choice": max(choices.values()), "choices": choices, "map": shown}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve()), ensure_ascii=False))
