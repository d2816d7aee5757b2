"""The resident of a commune that no record names: from the finder to a page, and further."""

from __future__ import annotations

import pytest

from support import Open, plain, until

BOUSIGNIES = "territoires/59100-bousignies/"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_resident_goes_from_the_finder_to_a_neighbour_and_the_epci(
    visit: Open, width: int
) -> None:
    with visit(width=width) as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("bousignies")
        answer = page.locator("#finder-results a").first
        answer.wait_for()
        assert "pas encore de fiche" in answer.inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{BOUSIGNIES}")
        assert page.locator("h1").inner_text() == "Bousignies"
        assert page.locator("h2").last.inner_text() == "Pas encore de fiche"
        near = page.locator(".near li").first
        assert plain(near.inner_text()).startswith("Saint-Amand-les-Eaux")
        assert plain(near.inner_text()).endswith("à 6 km")
        near.locator("a").click()
        page.wait_for_url("**/territoires/59526-saint-amand-les-eaux/")
        page.go_back()
        page.locator("main a", has_text="Porte du Hainaut").first.click()
        page.wait_for_url("**/territoires/200042190-*/")
        page.locator("main a", has_text="Bousignies").first.wait_for(state="attached")
        assert visited.wrong == [] and visited.refused() == []


def test_the_search_leads_to_the_page(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("recherche/?q=bousignies")
        link = page.get_by_role("link", name="Bousignies", exact=True)
        link.wait_for()
        assert link.evaluate("(a) => a.pathname") == f"/{BOUSIGNIES}"


def test_a_comparison_keeps_its_column(visit: Open) -> None:
    """What the geography knows is there, the other rows say that nothing is known."""
    with visit() as visited:
        page = visited.go("comparer/?t=59378")
        page.locator("#finder-field").fill("bousignies")
        page.locator("#finder-results a").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_selector(".compare-table thead th:has-text('Bousignies')")
        assert page.url.endswith("comparer/?t=59378&t=59100")
        link = page.locator(".compare-table thead a", has_text="Bousignies")
        assert link.evaluate("(a) => a.pathname") == f"/{BOUSIGNIES}"

        def second(title: str) -> str:
            return plain(
                page.locator("tbody tr", has_text=title).first.locator("td").nth(1).inner_text()
            )

        assert second("Type") == "Commune"
        assert second("Population") == "339 habitants"
        assert second("Intercommunalité") == "CA de la Porte du Hainaut"
        assert second("Région") == "Hauts-de-France"
        assert second("Labels connus") == "non connu"
        assert second("Actions connues") == "non connu"
        page.reload()
        until(page, "document.querySelectorAll('.compare-table thead th[scope=col]').length === 2")
        assert visited.wrong == [] and visited.refused() == []


def test_the_self_evaluation_takes_it_and_links_to_its_page(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("evaluation/")
        page.locator("#evaluation[data-ready=true]").wait_for(state="attached")
        page.locator("#finder-field").fill("bousignies")
        page.locator("#finder-results a").first.wait_for()
        page.keyboard.press("Enter")
        link = page.locator("#evaluation-status a")
        link.wait_for()
        assert link.evaluate("(a) => a.pathname") == f"/{BOUSIGNIES}"
        assert visited.wrong == []
