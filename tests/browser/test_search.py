"""The search, as a person uses it, with the bytes that it costs."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from benchmarks import weigh
from benchmarks.querying import Meter, ask, count
from playwright.sync_api import Page
from scripts.serving import served

from atlaas.model import Term
from atlaas.publish import search
from atlaas.publish.lexicon import Lexicon
from support import Open, Small

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "shared" / "words.json").read_text("utf-8")
)
BUDGET = weigh.budgets()["bytes"]  # at 22 000 pages


def spaced(text: str) -> str:
    """Text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def found(page: Page) -> list[str]:
    return page.locator(".search-results li a").all_inner_texts()


def test_accents_and_apostrophes_are_forgiven(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        ask(page, "ecole numerique")
        first = found(page)
        assert any("École" in title or "écoles" in title for title in first)
        assert page.locator(".search-results mark").count() > 0
        ask(page, "École numérique")
        assert found(page) == first
        ask(page, "l’ecole")
        assert found(page)
        assert visited.wrong == [] and visited.refused() == []


def test_the_bytes_of_a_first_and_of_later_queries(visit: Open) -> None:
    with visit() as visited:
        meter = Meter(visited.page)
        page = visited.go("recherche/")
        ask(page, "wifi public")
        page.wait_for_load_state("networkidle")
        assert (
            meter.read() < BUDGET["first_query"]
        )  # the page itself included, nothing compressed by the host
        ask(page, "télétravail")
        page.wait_for_load_state("networkidle")
        assert meter.read() < BUDGET["next_query"]


def test_results_are_grouped_and_facets_combine(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        ask(page, "numérique")
        headings = page.locator(".search-results h2").all_inner_texts()
        assert any(h.startswith("Actions") for h in headings)
        page.select_option("#f-region", "32")
        page.select_option("#f-genre", "action")
        page.wait_for_function("() => document.querySelectorAll('.search-results h2').length === 1")
        assert "region=32" in page.url and "genre=action" in page.url and "q=num" in page.url
        # The count of the chosen option is the number of answers.
        chosen = page.locator("#f-region option:checked").inner_text()
        number = chosen.rsplit("(", 1)[1].rstrip(")")
        assert page.locator(".search-status").inner_text().startswith(f"{number} réponse")
        titles = found(page)
        page.goto(page.url)  # shared, the address gives the same
        page.wait_for_selector(".search-results li")
        assert found(page) == titles
        page.get_by_role("button", name="Tout effacer").click()
        page.wait_for_function("() => !location.search")
        assert found(page) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("St Denis", "Saint-Denis (La Réunion)"),
        ("MEL", "Métropole Européenne de Lille (intercommunalité, Nord, nom d’usage MEL)"),
        ("75015", "Paris (Paris, code postal 75015)"),
    ],
)
def test_a_place_is_named_as_the_finder_names_it(visit: Open, words: str, says: str) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        page.locator("#q").fill(words)
        places = page.locator(".search-places")
        places.locator("a").first.wait_for()
        assert says in places.inner_text()
        ask(page, "wifi public")
        page.wait_for_load_state("networkidle")
        assert not places.is_visible()
        assert visited.wrong == [] and visited.refused() == []


def test_facets_alone_list_what_they_name(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/?genre=territoire&niveau=5&edition=2018")
        page.wait_for_selector(".search-results li")
        home = page.request.get(f"{visited.home}carte/territoires.json").json()
        fields = home["fields"]
        expected = sum(
            any(label[:2] == [2018, 5] for label in row[fields.index("labels")])
            for row in home["territories"]
        )
        assert page.locator(".search-status").inner_text().startswith(f"{expected} réponse")


def test_an_empty_result_helps(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("recherche/?region=32")
        page.wait_for_selector(".search-results li")
        said = ask(page, "zzzxq")
        assert said.startswith("Aucune réponse")
        assert page.get_by_role("link", name="Proposez-la").is_visible()
        assert page.get_by_role("link", name="Cherchez parmi les").is_visible()
        ask(page, "Aix-les-Bains")
        if not found(page):  # of another région: one button looks everywhere
            page.get_by_role("button", name="Chercher sans les filtres").click()
            page.wait_for_selector(".search-results li")
        assert "Aix-les-Bains" in found(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("words", "meant", "title"),
    [
        ("solidarite numerqiue", "solidarite numérique", "Solidarité numérique"),
        ("Aix-les-Bians", "Aix-les-bains", "Aix-les-Bains"),
        ("platefrome", "plateforme", "lateforme"),
    ],
)
def test_a_mistyped_word_is_corrected_first(
    visit: Open, words: str, meant: str, title: str
) -> None:
    with visit(width=320) as visited:
        page = visited.go("recherche/")
        said = ask(page, words)
        assert f"pour « {meant} » : aucune pour « {words} »" in spaced(said)
        assert title in found(page)[0] or title.lower() in found(page)[0].lower()
        assert visited.wrong == [] and visited.refused() == []


def test_what_resembles_nothing_is_not_guessed(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        for words in ("zzzxq", "59378", "bibliothèques", "école"):
            assert "aucune pour" not in ask(page, words), words
        said = spaced(ask(page, "école zzzxq"))
        assert "Rien n’a tous les mots de « école zzzxq »" in said and found(page)
        assert visited.wrong == []


@pytest.mark.parametrize("words", ["???", "…", "de la", "« »"])
def test_a_query_without_a_word_says_so(visit: Open, words: str) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        assert spaced(ask(page, words)).startswith(f"« {words} » n’a aucun mot à chercher")
        assert found(page) == []


def test_what_bears_the_name_comes_first(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/")
        for words, heading, title in (
            ("solidarité numérique", "Thèmes", "Solidarité numérique"),
            ("Aix-les-Bains", "Territoires", "Aix-les-Bains"),
            ("école", "Actions", ""),
        ):
            ask(page, words)
            assert page.locator(".search-results h2").first.inner_text().startswith(heading)
            assert title in found(page)[0]


def test_the_browser_asks_what_python_asks(visit: Open) -> None:
    lexicon = Lexicon({term["id"]: Term(**term) for term in TABLE["synonyms"]})
    texts = [case["text"] for case in TABLE["cases"]]
    with visit() as visited:
        page = visited.go("methode/")
        asked = page.evaluate(
            """async ([data, texts]) => {
              const { lexicon } = await import(new URL("../assets/js/lexicon.js", location));
              const { asked } = lexicon(data);
              return texts.map((text) => asked(text).map(({ token, parts }) => [token, ...parts]));
            }""",
            [lexicon.data, texts],
        )
    assert asked == [case["asked"] for case in TABLE["cases"]]


@pytest.mark.parametrize(
    ("a", "b", "most", "expected"),
    [
        ("numerqiue", "numerique", 2, 1),  # two letters swapped
        ("numerque", "numerique", 2, 1),
        ("numerrique", "numerique", 2, 1),
        ("numerike", "numerique", 2, 2),
        ("numerik", "numerique", 2, None),
        ("lille", "lille", 0, 0),
        ("lile", "lille", 0, None),
        ("", "ab", 2, 2),
    ],
)
def test_how_far_two_words_are(
    visit: Open, a: str, b: str, most: int, expected: int | None
) -> None:
    with visit() as visited:
        page = visited.go("methode/")
        far = page.evaluate(
            """async ([a, b, most]) => {
              const { distance } = await import(new URL("../assets/js/nearest.js", location));
              const both = [distance(a, b, most), distance(b, a, most)];
              return both.map((one) => (one === Infinity ? null : one));
            }""",
            [a, b, most],
        )
        assert far == [expected, expected]


def test_more_results_come_by_keyboard(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/?genre=action")
        page.wait_for_selector(".search-results li")
        more = page.get_by_role("button", name="Afficher la suite")
        more.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "() => document.querySelectorAll('.search-results li').length === 20"
        )
        focused = page.evaluate("document.activeElement.closest('li') !== null")
        assert focused  # on the first of the new ones
        eleventh = page.locator(".search-results li").nth(10).locator("a")
        assert eleventh.evaluate("link => link === document.activeElement")


def test_the_slash_key_opens_the_search_and_can_be_turned_off(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").focus()
        page.keyboard.type("a/b")  # where one writes, it is a letter
        assert page.locator("#finder-field").input_value() == "a/b"
        page.locator("#finder-field").blur()
        page.keyboard.press("/")
        page.wait_for_url("**/recherche/")
        page.get_by_label("ouvre la recherche").uncheck()
        page = visited.go("themes/")
        page.keyboard.press("/")
        page.wait_for_timeout(300)
        assert page.url.endswith("/themes/")


def test_without_script_one_is_told_how_to_browse(visit: Open) -> None:
    with visit(java_script_enabled=False) as visited:
        page = visited.page
        page.goto(f"{visited.home}recherche/")
        assert page.get_by_text("La recherche a besoin de JavaScript").is_visible()
        assert not page.locator("form[role=search]").is_visible()
        page.get_by_role("main").get_by_role("link", name="départements").click()
        assert page.url.endswith("/departements/")


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
