"""Imported indicators as layers of the map: those of the sample."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page, without movements and open to axe-core, on which no script fails."""
    context = browser.new_context(locale="fr-FR", bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def barriers(page: Page, axe: str) -> list[str]:
    """What axe-core finds on the page that is open."""
    page.evaluate(axe)
    found: list[str] = page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))")
    return found


def test_a_layer_has_patterns_letters_and_a_legend_in_words(
    page: Page, at_root: str, axe: str
) -> None:
    page.goto(f"{at_root}carte/")
    page.locator("#map-indicator").select_option("fibre")
    shapes = page.locator(".map-value")
    expect(shapes).to_have_count(2)  # the Nord and the Savoie
    legend = page.locator("#map-indicator-key li")
    expect(legend).to_have_count(3)  # two classes, and what is not known
    expect(legend.nth(0)).to_contain_text("33,3 %")
    expect(legend.nth(1)).to_contain_text("90,6 %")
    expect(legend.nth(2)).to_contain_text("non connu")
    assert [one.locator("b").inner_text() for one in legend.all()] == ["A", "B", "?"]
    # What fills an area is the pattern that stands in the legend: no colour says it alone.
    fills = {shape.get_attribute("fill") for shape in shapes.all()}
    swatches = [one.get_attribute("fill") for one in legend.locator("rect").all()]
    assert len(fills) == 2 and fills == set(swatches)
    for fill in swatches:
        assert page.locator(f"pattern{(fill or '')[4:-1]}").count() == 1
    said = page.locator("#map-indicator-said")
    expect(said).to_contain_text("31 mars 2026")
    expect(said).to_contain_text("par département")
    assert page.url.endswith("?couche=fibre")
    assert barriers(page, axe) == []
    said.get_by_role("link").click()
    expect(page.locator("#tableau + table tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Voir sur la carte").click()
    expect(shapes).to_have_count(2)  # the address holds the layer
    for id_, words in (("milieu", "Grands centres urbains"), ("programme", "% (")):
        page.locator("#map-indicator").select_option(id_)
        expect(legend.filter(has_text=words).first).to_be_visible()
    page.locator("#map-indicator").select_option("")
    expect(shapes).to_have_count(0)
    expect(legend).to_have_count(0)
    assert "couche" not in page.url
    page.goto(f"{at_root}territoires/59378-marcq-en-baroeul/")
    expect(page.locator("#couverture + table")).to_contain_text("75,0 %")


def test_close_up_a_layer_of_communes_is_that_of_epci(page: Page, at_root: str) -> None:
    page.goto(f"{at_root}carte/?couche=fibre")
    expect(page.locator("#map-indicator-said")).to_contain_text("par département")
    page.locator(".carte-list a", has_text="Aix-les-Bains").first.wait_for()
    page.locator(".leaflet-container").focus()
    for _ in range(12):
        if "intercommunalité" in page.locator("#map-indicator-said").inner_text():
            break
        page.keyboard.press("+")
        page.wait_for_timeout(400)
    expect(page.locator("#map-indicator-said")).to_contain_text("par intercommunalité")
    expect(page.locator("#map-indicator-key li").first).to_contain_text("33,3 %")


def test_indicators_are_rows_of_the_comparison_also_without_a_record(
    page: Page, at_root: str, axe: str
) -> None:
    page.goto(f"{at_root}comparer/?t=59378&t=200093201&t=59100")
    rows = page.locator(".compare-table .figures tr")
    expect(rows).to_have_count(4)
    fibre = rows.filter(has_text="fibre")
    expect(fibre.locator("th")).to_contain_text("31 mars 2026")
    expect(fibre.locator("th")).to_contain_text("81,6")  # the whole country
    expect(fibre.locator("td").nth(0)).to_contain_text("75,0")
    expect(fibre.locator("td").nth(1)).to_contain_text("connu pour 3 sur 95")
    expect(fibre.locator("td").nth(2)).to_have_text("non connu")  # nobody measured Bousignies
    places = rows.filter(has_text="Lieux France services")
    expect(places.locator("td").nth(0)).to_contain_text("0,25")
    expect(places.locator("td").nth(1)).to_contain_text("4 lieux")
    expect(places.locator("td").nth(2)).to_contain_text("0 lieu")
    assert barriers(page, axe) == []
