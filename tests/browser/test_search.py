"""The search, as a person uses it, with the bytes that it costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks import weigh
from benchmarks.querying import Meter, ask

from atlaas.model import Term
from atlaas.publish.lexicon import Lexicon
from browser.searching import found, spaced
from support import Open

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "shared" / "words.json").read_text("utf-8")
)
BUDGET = weigh.budgets()["bytes"]  # at 22 000 pages


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
