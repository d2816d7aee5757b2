"""Choices that are kept: the comparison as a file, the filters of the map in the history."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from support import Open


def test_a_comparison_names_actions_and_is_a_file(visit: Open, tmp_path: Path) -> None:
    with visit() as visited:
        page = visited.go("comparer/?t=59378&t=73008")
        page.wait_for_selector(".compare-table table")
        row = page.locator(".compare-table tr", has_text="Quelles actions")
        link = row.locator("td").first.locator("a").first
        title = link.inner_text()
        assert "/actions/59378/" in link.evaluate("one => one.href")
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger ce tableau").click()
        download.value.save_as(tmp_path / "x.csv")
        text = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
        table = {row[0]: row[1:] for row in csv.reader(io.StringIO(text), delimiter=";")}
        assert table["Ce qui est comparé"] == ["Marcq-en-Barœul", "Aix-les-Bains"]
        assert title in table["Quelles actions"][0].split(" | ")
        assert table["Type"] == ["Commune", "Commune"]
        link.click()
        page.wait_for_url("**/actions/59378/**")
        assert visited.wrong == []


def test_a_collection_is_a_choice_of_the_explorer(visit: Open) -> None:
    """Two actions of the sample; its filter is in sight, and it can be followed."""
    with visit() as visited:
        page = visited.go("collections/aller-vers-les-habitants/")
        page.get_by_role("link", name="Filtrer et télécharger ces actions").click()
        page.get_by_text("2 actions de 2 territoires.").wait_for()
        assert page.locator("#e-collection").is_visible()
        follow = page.get_by_role("link", name="Suivre cette collection")
        address = str(follow.evaluate("link => link.href"))
        assert address.endswith("flux/collections/aller-vers-les-habitants.xml")
        assert page.request.get(address).ok
        assert visited.wrong == []


def test_back_undoes_a_filter_of_the_map(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/?edition=2018")
        page.locator("#carte-count:not(:empty)").wait_for()
        first = page.locator("#carte-count").inner_text()
        page.locator("#f-niveau").select_option("5")
        assert "niveau=5" in page.url
        fewer = page.locator("#carte-count").inner_text()
        assert fewer != first
        page.go_back()
        page.wait_for_function("document.querySelector('#f-niveau').value === ''")
        assert page.url.endswith("carte/?edition=2018")
        assert page.locator("#carte-count").inner_text() == first
        page.go_forward()
        page.wait_for_function("document.querySelector('#f-niveau').value === '5'")
        assert page.locator("#carte-count").inner_text() == fewer
        assert visited.wrong == []


def test_filters_of_the_map_are_one_line_on_a_phone(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("carte/?edition=2018&niveau=5")
        summary = page.locator(".carte-fold > summary")
        summary.wait_for()
        assert not page.locator("#f-niveau").is_visible()
        assert summary.inner_text().replace("\u00a0", " ") == "Filtres : 5 arobases · 2018"
        summary.click()
        page.locator("#f-niveau").select_option("")
        assert summary.inner_text().replace("\u00a0", " ") == "Filtres : 2018"
