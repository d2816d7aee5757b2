"""Pages in a browser: silent, alone, narrow enough, and without a known barrier."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page
from scripts.kinds import KINDS, NOWHERE

from support import Open

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN_AXE = """
(tags) => axe.run(document, {
  runOnly: {type: "tag", values: tags}, resultTypes: ["violations"],
}).then((result) => result.violations.map((v) =>
  `${v.id} (${v.nodes.length}) : ` + v.nodes.slice(0, 3).map((n) =>
    n.html.slice(0, 160) + " " + n.any.concat(n.all).map((c) => c.message).join(" ").slice(0, 160)
  ).join(" | ")))
"""


def barriers(page: Page, axe: str) -> list[str]:
    """What axe-core finds on the page as it stands."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    found: list[str] = page.evaluate(RUN_AXE, TAGS)
    return found


def too_wide(page: Page) -> list[str]:
    """The elements that reach beyond the window, where the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)
          .slice(0, 5).concat(`scrollWidth ${document.documentElement.scrollWidth}`)"""
    )
    return found


def looked_at(visited: Any, axe: str) -> dict[str, list[str]]:
    """What is wrong with the page that is open, in a wide, a narrow and a very narrow window."""
    page, found = visited.page, {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        found[f"axe {width}"] = barriers(page, axe)
        found[f"largeur {width}"] = too_wide(page)
    page.set_viewport_size({"width": 320, "height": 800})
    found["largeur 320"] = too_wide(page)
    found["refusé"] = visited.refused()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_a_page_is_silent_and_open_to_all(visit: Open, axe: str, url: str, scheme: str) -> None:
    """No message, no request elsewhere, no refusal of the policy, no barrier that axe-core sees;
    in a wide and in a narrow window, and nothing to scroll sideways at 320 pixels."""
    with visit(width=1280, scheme=scheme) as visited:
        visited.go(url)
        found = looked_at(visited, axe)
        found["messages"] = visited.wrong
        assert {what: problems for what, problems in found.items() if problems} == {}


@pytest.mark.parametrize("url", [u for u in KINDS.values() if u != NOWHERE])
def test_a_page_works_in_a_folder_of_a_host(visit: Open, in_folder: str, url: str) -> None:
    """All its addresses are relative: the host has nothing outside of /atlaas/."""
    with visit(home=in_folder) as visited:
        page = visited.go(url)
        assert visited.wrong == []
        assert page.locator("h1").count() == 1
        loaded = page.evaluate("document.querySelector('.top').getBoundingClientRect().height")
        assert loaded < 300, "la feuille de style n'est pas là"
        home = page.locator("a.brand").evaluate("(link) => link.href")
        assert home in (in_folder, f"{in_folder}./")


def test_a_page_that_does_not_exist_helps(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(NOWHERE)
        assert page.locator("h1").inner_text() == "Cette page n’existe pas (ou plus)"
        page.locator("#finder-field").fill("marcq")
        page.locator("#finder-results a", has_text="Marcq-en-Barœul").click()
        page.wait_for_url("**/territoires/59378-marcq-en-baroeul/")
        assert visited.wrong == []


def test_the_colours_follow_the_system_and_the_choice_lasts(visit: Open) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with visit(scheme="light") as visited:
        page = visited.go("")
        light = page.evaluate(background)
        page.locator("button.scheme").click()
        dark = page.evaluate(background)
        assert dark != light
        assert page.locator("button.scheme").get_attribute("aria-pressed") == "true"
        visited.go("label/2018/")
        assert page.evaluate(background) == dark
        page.locator("button.scheme").click()
        assert page.evaluate(background) == light
        assert visited.wrong == []
    with visit(scheme="dark") as visited:
        assert visited.go("").evaluate(background) == dark


def test_pages_are_complete_without_scripts(visit: Open) -> None:
    with visit(width=390, java_script_enabled=False) as visited:
        page = visited.go("")
        assert page.locator("#menu a", has_text="Territoires").is_visible()
        assert page.get_by_role("link", name="liste des territoires").is_visible()
        for hidden in ("button.scheme", "button.burger"):
            assert not page.locator(hidden).is_visible()
        page.goto(f"{visited.home}carte/")
        assert (
            page.locator(".carte-list li:visible").count() == 68
        )  # files of the sample that name a label
        visited.go("territoires/73008-aix-les-bains/")
        assert "Aix-les-Bains" in page.locator("h1").inner_text()


def test_nothing_is_stored_but_the_chosen_colours(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("lille")
        page.locator("#finder-results a").first.wait_for()
        visited.go("carte/")
        assert page.context.cookies() == []
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        page.locator("button.scheme").click()
        assert page.evaluate("Object.keys(localStorage)") == ["atlaas-scheme"]


def test_text_can_be_doubled(visit: Open) -> None:
    """At twice the size of letters, nothing needs to be scrolled sideways (WCAG 1.4.4)."""
    with visit(width=1280) as visited:
        for url in ("", "territoires/73008-aix-les-bains/", "label/2018/"):
            page = visited.go(url)
            page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
            assert too_wide(page) == [], url


def test_pages_can_be_printed(visit: Open) -> None:
    """Neither menu nor buttons stand on paper."""
    with visit() as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator("#menu").is_visible()
        assert not page.locator("button.scheme").is_visible()


def test_an_epci_table_is_a_list_on_a_phone(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go(KINDS["métropole"])
        row = page.locator("tr", has_text="Villeneuve-d’Ascq").last
        cells = row.locator("th, td").evaluate_all(
            "(cells) => cells.filter((c) => c.textContent.trim())"
            ".map((c) => Math.round(c.getBoundingClientRect().left))"
        )
        assert len(cells) >= 2
        assert re.match(r"Villeneuve", row.locator("th").inner_text())
        assert max(cells) < 390
