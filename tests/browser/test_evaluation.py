"""The self-evaluation in a real browser: by keyboard, resumed, shared, equal to Python's."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atlaas.diagnosis.evaluation import profile
from atlaas.directory import loading
from atlaas.model import Grid
from atlaas.project import Project
from support import PROJECT, SAMPLE, plain

Open = Callable[..., AbstractContextManager[Any]]
SHARED = json.loads((PROJECT / "tests" / "shared" / "evaluation.json").read_text("utf-8"))
URL = "evaluation/"
OFFERED = "peut devenir membre, par la Métropole européenne de Lille depuis 2016"


@pytest.fixture(scope="module")
def grid() -> Grid:
    found = loading.read_and_check(Project(SAMPLE), lambda path: False).records.grid
    assert found is not None
    return found


def _ready(page: Page) -> None:
    page.locator("#evaluation[data-ready]").wait_for()


def _answers(page: Page) -> dict[str, str]:
    """What the person has answered: statement id -> answer id; what is only proposed is not."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.statement input:checked')]"
        ".filter((i) => !i.closest('.statement').querySelector('[data-confirm]'))"
        ".map((i) => [i.name, i.value]))"
    )
    return found


def _result(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.profile tbody tr')]"
        ".map((r) => [...r.cells].map((c) => c.textContent))"
    )
    return [[plain(cell) for cell in row] for row in rows]


def _same_as_python(page: Page, grid: Grid, class_id: str) -> None:
    expected = profile(grid, class_id, _answers(page))
    rows = _result(page)
    assert len(rows) == len(expected.enjeux)
    for row, enjeu in zip(rows, expected.enjeux, strict=True):
        assert row[1] == ("–" if enjeu.score is None else f"{enjeu.score} %")
        assert row[2] == f"{enjeu.answered} sur {enjeu.asked}"
        assert row[3].startswith("Un point fort") == (enjeu.verdict == "force")
        assert row[3].startswith("Une piste") == (enjeu.verdict == "piste")
    words = plain(page.locator("#result-level").inner_text())
    if expected.level is None:
        assert "Pas encore" in words
    else:
        assert f"{expected.level} arobase" in words and f"({expected.score} %)" in words


def test_the_script_gives_the_cases_worked_by_hand(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(URL)
        for case in SHARED["cases"]:
            found = page.evaluate(
                "([grid, id, answers]) => globalThis.atlaasProfile(grid, id, answers)",
                [SHARED["grid"], case["class"], case["answers"]],
            )
            assert found == case["expected"], case["name"]


def test_filled_by_keyboard_reloaded_and_shared(visit: Open, grid: Grid) -> None:
    with visit() as visited:
        page = visited.go(URL)
        _ready(page)
        page.locator("input[name=class]").first.focus()
        page.keyboard.press("ArrowDown")  # from the village to the town
        assert page.locator("input[value=ville]").is_checked()
        asked = [s for s in grid.statements if s.weights["ville"]]
        for index in range(len(asked)):
            page.keyboard.press("Tab")
            while page.evaluate("document.activeElement.type") != "radio":
                page.keyboard.press("Tab")
            page.keyboard.press("Space")
            for _ in range(index % len(grid.answers)):
                page.keyboard.press("ArrowRight")
        answers = _answers(page)
        assert list(answers) == [s.id for s in asked]
        assert list(answers.values())[:5] == [a.id for a in grid.answers]
        _same_as_python(page, grid, "ville")
        before = _result(page)

        page.reload()
        _ready(page)
        expect(page.locator("#evaluation-status")).to_contain_text("reprises")
        assert _answers(page) == answers
        assert _result(page) == before

        link = page.locator("#share").input_value()
        assert link.startswith(visited.home + URL + "#")
        assert not visited.wrong and not visited.refused()
    with visit() as other:  # another browser, with nothing kept
        other.page.goto(link)
        _ready(other.page)
        assert _answers(other.page) == answers
        assert _result(other.page) == before
        assert other.page.evaluate("localStorage.getItem('atlaas-evaluation')") is None
        _same_as_python(other.page, grid, "ville")


def test_it_proposes_what_the_records_say_and_claims_nothing(visit: Open, grid: Grid) -> None:
    with visit() as visited:
        page = visited.go(URL)
        _ready(page)
        page.locator("#finder-field").fill("aix les bains")
        page.locator("#finder-results a").first.click()
        expect(page.locator("#evaluation-status")).to_contain_text("d’après ses fiches. Vérifiez")
        assert page.locator("input[value=ville]").is_checked()
        asked = sum(bool(s.weights["ville"]) for s in grid.statements)
        confirm = page.locator("[data-confirm]")
        waiting = confirm.count()
        assert waiting >= 1
        # Nothing is answered, and the profile counts nothing, before the person has said so.
        assert _answers(page) == {}
        progress = page.locator("#progress strong")
        assert progress.inner_text().startswith(f"0 sur {asked}, et {waiting} proposée")
        assert all(row[1] == "–" for row in _result(page))
        statement = page.locator(".statement", has=page.locator("[data-confirm]")).first
        assert statement.locator("input[value=oui]:checked").count() == 0  # in part, at most
        proof = statement.locator(".proof")
        expect(proof).to_contain_text("Réponse proposée d’après les fiches, à vérifier")
        href = proof.locator("a").first.get_attribute("href")
        assert href and href.startswith(("../actions/73008/", "../territoires/73008-"))
        link = page.locator("#share").input_value()
        assert link.split("&r=")[1].split("&")[0] == "-" * len(grid.statements)

        confirm.first.click()
        assert confirm.count() == waiting - 1
        assert len(_answers(page)) == 1
        assert page.evaluate("document.activeElement.type") == "radio"
        assert progress.inner_text().startswith(f"1 sur {asked}")
        _same_as_python(page, grid, "ville")
        # an answer with no record behind it leads to the form of an action, filled in
        page.locator("#s-innovation-securite input[value=oui]").check()
        link = page.locator("#result-actions a").first.get_attribute("href")
        assert link == "../contribuer/action/?theme=cybersecurite&territoire=73008"
        with page.expect_download() as download:
            page.locator("button[data-do=export]").click()
        content = json.loads(download.value.path().read_text("utf-8"))
        assert content["territory"]["code"] == "73008"
        assert content["answers"] == _answers(page)
        assert len(content["proposed"]) == waiting - 1
        assert not set(content["proposed"]) & set(content["answers"])

        answers = _answers(page)
        page.reload()
        _ready(page)
        assert _answers(page) == answers
        assert confirm.count() == waiting - 1
        assert not visited.wrong and not visited.refused()
        page.locator("button[data-do=clear]").click()
        assert _answers(page) == {}
        assert page.evaluate("localStorage.getItem('atlaas-evaluation')") is None


@pytest.mark.parametrize("width", [390, 1280])
def test_the_size_is_asked_first_then_one_wording_a_question(visit: Open, width: int) -> None:
    with visit(width=width, height=800) as visited:
        page = visited.go(URL)
        _ready(page)
        assert not page.locator(".statement").first.is_visible()
        assert not page.locator("#result").is_visible()
        page.locator("input[name=class][value=intercommunalite]").check()
        visible = page.locator(".statement:visible")
        assert visible.count() > 20
        for legend in visible.locator("legend").all():
            assert legend.locator("span[data-for]:visible").count() == 1
            assert not legend.locator(".which:visible").count()
        count = visible.count()
        assert page.locator("#progress strong").inner_text() == f"0 sur {count}"
        visible.nth(15).locator("input").nth(1).check()
        progress, profile = (page.locator(s).bounding_box() for s in ("#progress", "#result"))
        assert page.locator("#progress strong").inner_text() == f"1 sur {count}"
        assert progress and 0 <= progress["y"] < 100  # still in view, fifteen questions below
        assert profile
        if width == 1280:  # beside, and in view
            assert profile["x"] > 600 and 0 <= profile["y"] < 400
        assert visited.wrong == []


def test_the_wording_follows_the_class(visit: Open, grid: Grid) -> None:
    statement = next(s for s in grid.statements if "village" in s.texts)
    with visit() as visited:
        page = visited.go(URL)
        _ready(page)
        page.locator("input[name=class][value=village]").check()
        legend = page.locator(f"#s-{statement.id} legend")
        assert legend.inner_text().strip() == statement.texts["village"]
        unasked = next(s for s in grid.statements if not s.weights["village"])
        assert page.locator(f"#s-{unasked.id}").is_hidden()


PAGES = (
    "evaluation/",
    "methode/",
    "territoires/200093201-metropole-europeenne-de-lille/",
    "territoires/200093201-metropole-europeenne-de-lille/diagnostic/",
    "departements/59-nord/diagnostic/",
    "regions/32-hauts-de-france/diagnostic/",
)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", PAGES)
def test_pages_of_the_territory_are_open_to_all(
    visit: Open, axe: str, url: str, scheme: str, width: int
) -> None:
    with visit(width=width, scheme=scheme, bypass_csp=True) as visited:
        page = visited.go(url)
        if url == URL:
            _ready(page)
            page.locator("input[name=class]").first.check()
            page.locator(".statement input").first.check()
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => `${v.id} ${v.nodes[0].html}`))"
        )
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not visited.wrong


def test_the_finder_tells_the_membership_of_each_commune_of_the_metropole(
    visit: Open, at_root: str
) -> None:
    """All 95, from the very files that the finder fetches, and one of them on the screen."""
    from atlaas.geography.reference import Reference

    reference = Reference(Project(SAMPLE))
    communes = {place.code for place in reference.members("200093201")}
    assert len(communes) == 95
    with visit() as visited:
        page = visited.go("")
        said = page.evaluate(
            """async (codes) => {
              const { atlas } = await import("./assets/js/names.js");
              const places = atlas("./");
              const found = {};
              for (const code of codes) found[code] = (await places.get(code)).member;
              return found;
            }""".replace("./", visited.home),
            sorted(communes),
        )
        assert set(said.values()) == {OFFERED}
        page.locator("#finder-field").fill("templeuve")
        page.locator("#finder-field").fill("wasquehal")
        answer = page.locator("#finder-results a").first
        expect(answer).to_contain_text(OFFERED)
