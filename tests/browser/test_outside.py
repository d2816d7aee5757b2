"""What comes from outside a page: its address, its fragment, the storage. Wrong input is said, and
nothing is half filled; nothing of it runs, and no request leaves for elsewhere."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from support import Open

LINK = "evaluation/#v={v}&c={c}&r={r}&t={t}&n={n}&d={d}"
CHANGED = "Ce lien a été modifié ou coupé : rien n’en est repris."
UNREADABLE = "Les réponses gardées dans ce navigateur sont illisibles : rien n’en est repris."
DRAFT = "Le brouillon gardé dans ce navigateur est illisible : il est laissé de côté."
HOSTILE = "<img src=x onerror=alert(1)>"


def grid_of(page: Page) -> dict[str, object]:
    """The grid as the page fetches it."""
    found: dict[str, object] = page.evaluate("fetch('grille.json').then((r) => r.json())")
    return found


@pytest.mark.parametrize(
    "code", ["constructor", "__proto__", "toString", HOSTILE, "../../x", "5" * 5000, ""]
)
def test_a_code_that_is_none_is_said_by_the_comparison(visit: Open, code: str) -> None:
    with visit() as visited:
        page = visited.go("comparer/")
        page.evaluate("(code) => { location.search = new URLSearchParams({ t: code }); }", code)
        page.wait_for_load_state("load")
        said = "1 code de l’adresse n’est celui d’aucun territoire."
        expect(page.locator(".compare-status")).to_contain_text(said)
        expect(page.locator(".compare-table table")).to_have_count(0)
        assert visited.refused() == [] and visited.wrong == []


@pytest.mark.parametrize(
    "change",
    [
        {"d": "../.."},
        {"d": "59/../../x"},
        {"t": "constructor"},
        {"t": "59378/..", "d": "59"},
        {"c": "__proto__"},
        {"c": HOSTILE},
        {"r": "9" * 12},
        {"r": "0"},
        {"r": "-" * 5000},
        {"n": "x" * 5000},
    ],
)
def test_a_changed_link_of_the_evaluation_is_not_taken(visit: Open, change: dict[str, str]) -> None:
    with visit() as visited:
        grid = grid_of(visited.go("evaluation/"))
        asked: list[str] = []
        visited.page.on("request", lambda request: asked.append(request.url))
        statements = grid["statements"]
        assert isinstance(statements, list)
        good = {"v": grid["version"], "c": "", "r": "0" + "-" * (len(statements) - 1)}
        values = {**good, "t": "59378", "n": "Marcq-en-Barœul", "d": "59", **change}
        visited.page.goto("about:blank")
        page = visited.go(LINK.format(**values))
        expect(page.locator("#evaluation[data-ready]")).to_be_attached()
        expect(page.locator("#evaluation-status")).to_have_text(CHANGED)
        expect(page.locator("input:checked")).to_have_count(0)
        expect(page.locator("#result")).to_be_hidden()
        assert not [url for url in asked if "depart/" in url]
        assert visited.refused() == [] and visited.wrong == []


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        '"x"',
        '{"version": V, "answers": []}',
        '{"version": V, "class": "x", "territory": null, "answers": {}}',
        '{"version": V, "class": "", "territory": {"code": "../x", "name": "a", "departement": ""},'
        ' "answers": {}}',
        '{"version": V, "class": "", "territory": null, "answers": {"constructor": "oui"}}',
        '{"version": V, "class": "", "territory": null, "answers": {"__proto__": {"a": 1}}}',
        '{"version": V, "class": {}, "territory": null, "answers": null}',
    ],
)
def test_poisoned_answers_are_not_taken(visit: Open, kept: str) -> None:
    with visit() as visited:
        page = visited.go("evaluation/")
        text = kept.replace("V", str(grid_of(page)["version"]))
        page.evaluate("(text) => localStorage.setItem('atlaas-evaluation', text)", text)
        page.reload()
        expect(page.locator("#evaluation[data-ready]")).to_be_attached()
        expect(page.locator("#evaluation-status")).to_have_text(UNREADABLE)
        expect(page.locator("input:checked")).to_have_count(0)
        assert visited.refused() == [] and visited.wrong == []


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        '{"record": null}',
        '{"record": []}',
        '{"record": {"title": ["a"]}}',
        '{"record": {"title": "a", "sources": "b"}}',
        '{"record": {"title": "a", "sources": [["b"]]}}',
        '{"record": {"title": "a", "sources": [{"url": {"toString": 1}}]}}',
        '{"record": {"title": "a", "themes": [{}]}}',
        '{"record": {"title": "a"}, "body": {}}',
        '{"record": {"title": "a", "cost": "x"}}',
        '{"record": {"title": "a"}, "base": {"record": []}}',
        '{"record": {"title": "a"}, "saved": {}}',
        json.dumps({"record": {"sources": [{}] * 100_000}}),
    ],
)
def test_a_poisoned_draft_fills_nothing(visit: Open, kept: str) -> None:
    with visit() as visited:
        page = visited.go("contribuer/action/")
        key = "atlaas-brouillon:action:"
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, kept])
        page.reload()
        expect(page.locator("#contribute")).to_be_visible()
        expect(page.locator("#draft")).to_have_text(DRAFT)
        expect(page.locator("#f-title")).to_have_value("")
        expect(page.locator("#f-body")).to_have_value("")
        assert page.evaluate("(key) => localStorage.getItem(key)", key) == kept  # nothing is lost
        assert visited.refused() == [] and visited.wrong == []


def test_a_draft_of_an_older_form_is_taken(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("contribuer/action/")
        draft = {"record": {"title": HOSTILE, "gone": [1]}, "body": "Une suite."}
        page.evaluate(
            "([key, text]) => localStorage.setItem(key, text)",
            ["atlaas-brouillon:action:", json.dumps(draft)],
        )
        page.reload()
        page.get_by_role("button", name="Le reprendre").click()
        expect(page.locator("#f-title")).to_have_value(HOSTILE)
        expect(page.locator("#f-body")).to_have_value("Une suite.")
        assert visited.refused() == [] and visited.wrong == []


@pytest.mark.parametrize(
    "url",
    [
        "contribuer/action/?fiche=actions/../../x",
        "contribuer/action/?titre=%3Cimg%20src=x%20onerror=alert(1)%3E&theme=constructor",
        "contribuer/territoire/?territoire=__proto__",
        "recherche/?q=%3Cscript%3Ealert(1)%3C/script%3E&theme=constructor&genre=__proto__",
        "carte/?niveau=constructor&edition=__proto__&tri=toString",
        "carte/#<img src=x onerror=alert(1)>",
        "label/2018/?tri=constructor",
    ],
)
def test_an_address_runs_nothing(visit: Open, url: str) -> None:
    with visit() as visited:
        said: list[str] = []
        visited.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page = visited.go(url)
        page.wait_for_load_state("networkidle")
        assert said == [] and visited.refused() == []
        assert [line for line in visited.wrong if "404" not in line] == []
        assert page.locator("img[src=x]").count() == 0


def test_no_text_becomes_html(visit: Open) -> None:
    """Trusted types: what assigns HTML is refused, but for the signs of the map."""
    attempt = "() => { document.createElement('p').innerHTML = '<b>x</b>'; }"
    with visit() as visited:
        page = visited.go("")
        with pytest.raises(Exception, match="TrustedHTML"):
            page.evaluate(attempt)
        page = visited.go("carte/")
        written = page.evaluate(
            "(text) => { const p = document.createElement('p'); p.innerHTML = text; "
            "return p.children.length; }",
            HOSTILE,
        )
        assert written == 0
