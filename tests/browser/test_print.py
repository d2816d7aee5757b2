"""Pages on paper: as PDF, the way a mayor's office prints them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.printing import Printed, bare, height, printed
from browser.test_pages import looked_at
from support import Open

MEL = "territoires/200093201-metropole-europeenne-de-lille/"
A4 = {(210, 297)}


def _well_printed(found: Printed) -> None:
    """On A4, each sheet numbered and none nearly empty, no head away from its matter."""
    assert found.sizes == A4
    count = len(found.sheets)
    assert found.numbers == [f"{n} / {count}" for n in range(1, count + 1)]
    assert found.orphans() == []
    assert all(len(sheet) > 200 for sheet in found.sheets)


@pytest.mark.parametrize("url", [MEL, "departements/59-nord/", "regions/32-hauts-de-france/"])
def test_a_diagnosis_on_paper(visit: Open, url: str) -> None:
    with visit() as visited:
        page = visited.go(f"{url}diagnostic/")
        found = printed(page)
        _well_printed(found)
        first = found.sheets[0]
        assert "En bref" in first and "Imprimer" not in first
        for term in ("Label", "Adhésion", "Actions", "Sans action connue", "À compléter"):
            assert term in first
        # Half a sheet says it all: from its head to the words that say who is comparable.
        figures = page.locator(".telling").count()
        last = "formules" if figures else "À compléter"
        assert 0.1 < height(page, "En bref", last) < 0.5
        assert "".join(found.sheets).count("Actions par territoire et par thème") == 1


@pytest.mark.parametrize("script", [True, False])
def test_sources_unfold_on_paper(visit: Open, script: bool) -> None:
    """What is folded on screen cannot be opened on a sheet: there it is read, with its address."""
    with visit(java_script_enabled=script) as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        proofs = page.locator("details.proofs").first
        link = proofs.locator(".sources a").first
        address = str(link.get_attribute("href"))
        assert not link.is_visible()
        found = printed(page)
        assert found.sizes == A4 and found.numbers[0].startswith("1 / ")
        whole = bare("".join(found.sheets))
        assert bare("Édition 2015") in whole and bare(address) in whole
        assert not link.is_visible() and proofs.get_attribute("open") is None


SHEETS = {
    "73008": ("Aix-les-Bains", "arobases sur 5, édition 2019"),
    "59091": ("Borre", "rien n’est encore connu"),  # without a record
    "200093201": ("Métropole Européenne de Lille", "non connu"),
    "dep-59": ("Nord", "Communes"),
    "reg-32": ("Hauts-de-France", "Communes"),
}


@pytest.mark.parametrize("code", SHEETS)
def test_the_sheet_of_a_council_is_two_pages(visit: Open, code: str) -> None:
    """A mayor's office prints it: who it is, the label and figures, then what to do."""
    name, words = SHEETS[code]
    with visit() as visited:
        page = visited.go(f"fiche/?t={code}")
        page.locator(f"#sheet[data-ready='{code}']").wait_for()
        found = printed(page)
        _well_printed(found)
        assert len(found.sheets) == 2
        first, second = found.sheets
        assert name in first and "Le label" in first
        assert "Trouver" not in first and "Votre commune" not in first  # for the screen alone
        assert bare("Cinq chiffres, à côté de territoires comparables") in bare(first)
        assert bare(words) in bare(first + second)
        assert "Ce qui manque" in second and "prochaine édition" in second
        assert bare(f"/fiche/?t={code}") in bare(second)  # its address, to type
        if "Trois actions" in second:
            assert page.locator(".ideas li").count() <= 3
            for link in page.locator(".ideas a").all():
                address = str(link.evaluate("(a) => a.href"))
                assert bare(address.removeprefix("http://")) in bare(second)
                assert page.request.get(address).ok
        assert visited.wrong == [] and visited.refused() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_is_open_to_all(visit: Open, axe: str, scheme: str) -> None:
    """Once it is filled; the page of its kind is looked at before."""
    with visit(scheme=scheme) as visited:
        visited.go("fiche/?t=73008").locator("#sheet[data-ready]").wait_for()
        found = looked_at(visited, axe)
        assert {what: problems for what, problems in found.items() if problems} == {}


def test_a_mayor_finds_the_sheet_and_prints_it(visit: Open) -> None:
    """From the page of the town to its sheet, then another town by the finder, then back."""
    with visit() as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        page.get_by_role("link", name="Fiche pour le conseil").click()
        name = page.locator("#sheet h2")
        expect(name).to_have_text("Aix-les-Bains")
        rows = page.locator("#sheet [data-fill=figures] tr").count()
        assert rows <= 5
        page.evaluate("window.print = () => { window.printed = true; }")
        page.get_by_role("button", name="Imprimer").click()
        assert page.evaluate("window.printed")
        page.locator("#finder-field").fill("borre")
        page.locator("#finder-results a").first.click()
        expect(name).to_have_text("Borre")
        assert page.url.endswith("?t=59091")
        page.go_back()
        expect(name).to_have_text("Aix-les-Bains")
        visited.go("fiche/?t=99999")
        expect(page.locator("#sheet-status")).to_contain_text("n’a pas pu être faite")
        assert not page.locator("#sheet").is_visible()
        assert visited.wrong == []


def test_a_button_prints(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(f"{MEL}diagnostic/")
        page.evaluate("window.print = () => { window.printed = true; }")
        page.get_by_role("button", name="Imprimer").click()
        assert page.evaluate("window.printed")
    with visit(java_script_enabled=False) as visited:
        page = visited.go(f"{MEL}diagnostic/")
        assert not page.get_by_text("Imprimer").is_visible()


def test_a_head_that_ends_a_sheet_is_seen(visit: Open) -> None:
    """What the other tests rely on: here a head is forced away from its paragraph."""
    with visit() as visited:
        page = visited.page
        style = "<style>@page { margin: 9mm; @bottom-right { content: counter(page) } }</style>"
        for broken, expected in (("page", ["Une tête"]), ("auto", [])):
            text = f"<h2>Une tête</h2><p style='break-before: {broken}'>Son texte</p>"
            page.set_content(style + text)
            assert printed(page).orphans() == expected
