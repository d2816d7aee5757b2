"""The search of more records than one volume holds: what is asked, and what is said of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from benchmarks.querying import ask, count
from playwright.sync_api import Page
from scripts.serving import served

from atlaas.publish import search
from browser.searching import found, spaced
from support import Open, Small


class Parted(NamedTuple):
    """The site of the sample with its records in several volumes."""

    home: str
    volumes: list[list[search.Record]]


@pytest.fixture(scope="module")
def parted(
    sample: Small, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Parted]:
    """Volumes of 200: what most look for, 85 older actions, 200 territories and the last six."""
    site = tmp_path_factory.mktemp("parted") / "site"
    shutil.copytree(built_site, site, copy_function=os.link)
    shutil.rmtree(site / "recherche" / "index")
    found = search.records(sample.directory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "PER_VOLUME", 200)
        shelves = search.shelved(sample.directory, found)
        for asset in search.assets(sample.directory, sample.site):
            target = site / asset.url
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # a name of the other site's file
            target.write_bytes(asset.content())
    assert [len(shelf) for shelf in shelves] == [200, 85, 200, 6]
    with served(site) as home:
        yield Parted(home, [[found[number] for number in shelf] for shelf in shelves])


def asked_volumes(page: Page) -> list[set[str]]:
    """A list whose last set has the volumes asked from now on, « index/0 » and « facettes/0 »."""
    asked: list[set[str]] = [set()]

    def note(request: Any) -> None:
        if match := re.search(r"recherche/((?:index|facettes)/\d+)", request.url):
            asked[-1].add(match[1])

    page.on("request", note)
    return asked


def answers(page: Page) -> int:
    """How many answers the page says that there are."""
    return count(page.locator(".search-status").inner_text())


def test_the_first_volume_is_enough_until_all_are_wanted(visit: Open, parted: Parted) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        ask(page, "numérique")
        every = answers(page)
    with visit(home=parted.home) as visited:
        asked = asked_volumes(visited.page)
        page = visited.go("recherche/")
        assert spaced(ask(page, "numérique")).startswith("Au moins ")
        page.wait_for_load_state("networkidle")
        assert asked[-1] == {"index/0", "facettes/0"}
        assert 10 <= answers(page) < every
        rest = page.locator(".search-rest")
        assert spaced(rest.inner_text()).startswith("Cherché dans 200 fiches sur 491 : ")
        assert " au moins" in page.locator(".search-results h2").first.inner_text()
        assert " au moins)" in page.locator("#f-genre option").nth(1).inner_text()
        assert page.locator("#f-region option:disabled").count() == 0
        rest.get_by_role("button").click()
        page.wait_for_function(
            """() => !document.querySelector('.search-status').textContent.includes('Au moins')"""
        )
        assert asked[-1] >= {"index/0", "index/1", "index/2", "index/3"}
        assert answers(page) == every and not rest.is_visible()
        page.wait_for_function("() => document.activeElement.closest('.search-results li')")
        assert page.url.endswith("?q=num%C3%A9rique&tout=1")
        page.goto(page.url)  # shared, the address gives the same
        page.wait_for_selector(".search-results li")
        assert answers(page) == every
        asked.append(set())
        assert spaced(ask(page, "numériques")).startswith("Au moins ")
        assert "tout=" not in page.url
        page.wait_for_load_state("networkidle")
        assert asked[-1] <= {"index/0"}
        assert visited.wrong == [] and visited.refused() == []


def test_an_older_action_is_found_by_its_name(visit: Open, parted: Parted) -> None:
    with visit(home=parted.home) as visited:
        asked = asked_volumes(visited.page)
        page = visited.go("recherche/")
        for record in parted.volumes[1][::20]:
            ask(page, record.title)
            assert record.title in found(page)[:3]
            assert not page.locator(".search-rest").is_visible()
        assert {"index/1", "facettes/1"} <= asked[-1]
        assert visited.wrong == []


def test_a_kind_asks_the_volumes_that_have_it(visit: Open, parted: Parted) -> None:
    last = parted.volumes[3][0]
    with visit(home=parted.home) as visited:
        asked = asked_volumes(visited.page)
        page = visited.go("recherche/?genre=territoire")
        page.wait_for_selector(".search-results li")
        assert spaced(page.locator(".search-status").inner_text()) == "Au moins 50 réponses."
        assert asked[-1] == {"facettes/0"}  # a list needs no index of words
        ask(page, last.title)
        assert last.title in found(page)[:3]
        assert asked[-1] >= {"index/0", "index/2", "index/3", "facettes/3"}
        assert not any(name.endswith("/1") for name in asked[-1])
        assert visited.wrong == []


@pytest.mark.parametrize(
    "words",
    ["solidarite numerqiue", "platefrome", "école zzzxq", "zzzxq", "tele travail", "biblio", "5"],
)
def test_all_volumes_answer_as_one(visit: Open, parted: Parted, words: str) -> None:
    told = []
    with visit() as visited:
        for home in (visited.home, parted.home):
            visited.home = home
            page = visited.go(f"recherche/?tout=1&q={quote(words)}")
            page.wait_for_load_state("networkidle")
            told.append((page.locator(".search-status").inner_text(), len(found(page))))
        assert visited.wrong == []
    assert told[0] == told[1] and told[0][0]


def test_a_facet_asks_the_others_for_a_page_of_answers(visit: Open, parted: Parted) -> None:
    with visit(home=parted.home) as visited:
        asked = asked_volumes(visited.page)
        page = visited.go("recherche/?q=école")
        page.wait_for_selector(".search-results li")
        page.wait_for_load_state("networkidle")
        here = page.locator(".search-results h2", has_text="Actions").inner_text()
        few = re.fullmatch(r"Actions (\d) au moins", here)
        assert few and page.locator(".search-rest").is_visible()
        assert asked[-1] == {"index/0", "facettes/0"}
        page.select_option("#f-genre", "action")
        page.wait_for_function(
            "() => !document.querySelector('.search-results').textContent.includes('au moins')"
        )
        page.wait_for_load_state("networkidle")
        assert asked[-1] == {"index/0", "facettes/0", "index/1", "facettes/1"}  # with actions
        assert int(few[1]) < answers(page)
        assert visited.wrong == []


def test_a_word_that_none_knows_asks_no_facets_of_other_volumes(
    visit: Open, parted: Parted
) -> None:
    with visit(home=parted.home) as visited:
        asked = asked_volumes(visited.page)
        page = visited.go("recherche/")
        assert spaced(ask(page, "zzzxq")).startswith("Aucune réponse")
        assert asked[-1] == {"facettes/0", "index/0", "index/1", "index/2", "index/3"}
        assert visited.wrong == []


@pytest.mark.parametrize(
    ("words", "says", "whole"),
    [
        ("numérique", "Au moins", False),
        ("numerqiue", "Au moins", False),  # corrected, then asked of the first volume
        ("école zzzxq", "Rien n’a tous les mots de « école zzzxq » : au moins", False),
        ("zzzxq", "Aucune réponse", True),
        ("???", "« ??? » n’a aucun mot", True),
    ],
)
def test_what_was_not_searched_is_said(
    visit: Open, parted: Parted, words: str, says: str, whole: bool
) -> None:
    with visit(width=390, home=parted.home) as visited:
        page = visited.go("recherche/")
        assert spaced(ask(page, words)).startswith(says)
        assert page.locator(".search-rest").is_visible() is not whole
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert visited.wrong == []
