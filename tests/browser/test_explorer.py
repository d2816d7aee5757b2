"""The explorer of /actions/, as a mayor uses it who looks for actions to copy."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from benchmarks import weigh
from benchmarks.querying import Meter
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from support import Open

MARK = "path.map-action:not([d='M0 0'])"  # in sight
BUDGET = weigh.budgets()["bytes"]


def status(page: Page) -> str:
    return page.locator("#explorer .search-status").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator("#explorer .search-results li > a").all_inner_texts()


def ready(page: Page) -> None:
    """Wait for the answer to the last choice: the explorer says that it is busy until then."""
    page.locator("#explorer:not([aria-busy]) .search-results li").first.wait_for()


def number(text: str) -> int:
    return int(text.split(" ")[0].replace("\u202f", ""))


def test_a_mayor_finds_actions_of_villages_like_hers(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.get_by_role("link", name="Actions", exact=True).click()
        ready(page)
        everything = number(status(page))
        page.select_option("#e-theme", "mediation-numerique")
        ready(page)
        narrowed = number(status(page))
        chosen = page.locator("#e-theme option:checked").inner_text()
        assert 0 < narrowed < everything and chosen == f"Médiation numérique ({narrowed})"
        page.locator("#finder-field").fill("Ozan")
        page.locator("#finder-results a").first.click()
        page.wait_for_function("() => location.search.includes('commune=01284')")
        ready(page)
        assert "Ozan" in page.locator(".explorer-place").inner_text()
        assert len(titles(page)) >= 3
        first = page.locator("#explorer .search-results li .meta").first.inner_text()
        assert "habitant" in first and " km" in first
        shared, found = page.url, titles(page)
        page.goto("about:blank")
        page.goto(shared)
        ready(page)
        assert titles(page) == found and number(status(page)) == narrowed
        assert visited.wrong == [] and visited.refused() == []


def test_back_finds_the_choice_before(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("actions/?theme=mediation-numerique")
        ready(page)
        before, said = titles(page), status(page)
        page.select_option("#e-tri", "")
        page.select_option("#e-taille", "1")
        page.wait_for_function("() => location.search.includes('taille=1')")
        ready(page)
        page.go_back()
        page.wait_for_function(
            "said => document.querySelector('.search-status').textContent === said", arg=said
        )
        ready(page)
        assert titles(page) == before
        assert page.locator("#e-taille").input_value() == ""
        assert visited.wrong == []


def test_distance_narrows_and_sorts(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("actions/?commune=59350&rayon=50&tri=distance")
        ready(page)
        notes = page.locator("#explorer .search-results li .meta").all_inner_texts()
        far = [int(note.split("à ")[-1].split(" km")[0]) for note in notes]
        assert far == sorted(far) and far[-1] <= 50
        assert visited.wrong == []


def test_a_selection_is_downloaded_whole(visit: Open, tmp_path: Path) -> None:
    with visit() as visited:
        page = visited.go("actions/?theme=mediation-numerique")
        ready(page)
        count = number(status(page))
        saved = {}
        for kind in ("csv", "xlsx"):
            with page.expect_download() as download:
                page.locator(f"[data-do={kind}]").click()
            saved[kind] = tmp_path / f"selection.{kind}"
            download.value.save_as(saved[kind])
        text = saved["csv"].read_text("utf-8-sig")
        head, *rows = csv.reader(text.splitlines(), delimiter=";")
        assert len(rows) == count
        assert all("mediation-numerique" in row[head.index("themes")] for row in rows)
        sheet = CalamineWorkbook.from_path(str(saved["xlsx"])).get_sheet_by_index(0).to_python()
        assert sheet[0] == head and sheet[1:] == rows  # codes are texts: no zero is lost
        assert any(row[head.index("territory")].startswith("0") for row in rows)
        assert visited.wrong == []


def test_the_map_shows_the_same_and_nothing_is_asked_elsewhere(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("actions/?theme=mediation-numerique")
        ready(page)
        page.locator(".explorer-map summary").click()
        page.locator(MARK).first.wait_for()
        towns = number(status(page).split(" de ")[1])
        assert 0 < page.locator("path.map-action").count() <= towns
        page.locator(MARK).first.dispatch_event("click")
        assert page.locator(".leaflet-popup p a").get_attribute("href")
        assert visited.wrong == [] and visited.refused() == []


def test_a_first_view_and_a_choice_stay_light(visit: Open) -> None:
    with visit() as visited:
        meter = Meter(visited.page)
        page = visited.go("actions/")
        ready(page)
        meter.settle()
        assert 0 < meter.read() < BUDGET["explorer_view"]
        page.select_option("#e-usage", index=1)
        meter.settle()
        assert 0 < meter.read() < BUDGET["explorer_choice"]


def test_themes_are_fetched_when_their_choice_is_opened_and_counted_then(visit: Open) -> None:
    with visit() as visited:
        asked: list[str] = []
        visited.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page = visited.go("actions/")
        ready(page)
        before = status(page), titles(page)
        assert "actions.json" in asked and "theme.json" not in asked
        page.locator("#e-theme").focus()
        label = "document.querySelector('#e-theme [value=mediation-numerique]').textContent"
        page.wait_for_function(f"() => {label}.endsWith(')')")
        assert asked.count("theme.json") == 1
        assert (status(page), titles(page)) == before  # nothing is chosen yet
        counted = page.evaluate(label)
        page.select_option("#e-theme", "mediation-numerique")
        ready(page)
        assert counted == f"Médiation numérique ({number(status(page))})"
        assert asked.count("theme.json") == 1
        assert visited.wrong == []


def test_wrong_addresses_are_read_as_nothing(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("actions/?theme=constructor&commune=__proto__&rayon=../..&tri=toString")
        ready(page)
        assert page.locator("#e-theme").input_value() == ""
        assert page.locator(".explorer-place").is_hidden()
        assert visited.wrong == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_explorer_is_open_to_all(visit: Open, axe: str, scheme: str, width: int) -> None:
    with visit(width=width, scheme=scheme, bypass_csp=True) as visited:
        page = visited.go("actions/?commune=59350")
        ready(page)
        page.locator("#explorer form summary").click()
        page.locator(".explorer-map summary").click()
        page.locator(MARK).first.wait_for()
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => `${v.id} ${v.nodes[0].html}`))"
        )
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not visited.wrong
