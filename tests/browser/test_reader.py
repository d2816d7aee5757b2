"""Comparing, the map's tools, panels, statistics, the offline copy: what a reader does."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from atlaas.publish import offline
from support import PROJECT, Open


def test_territories_are_chosen_by_the_finder_and_stay_in_the_address(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("comparer/")
        assert "Choisissez deux territoires" in page.locator(".compare-status").inner_text()
        for name in ("Marcq-en-Bar", "Aix-les-Bains"):
            page.locator("#finder-field").fill(name)
            page.wait_for_selector("#finder-results a")
            page.keyboard.press("Enter")
            page.wait_for_selector(f".compare-table thead th:has-text('{name}')")
        assert page.url.endswith("comparer/?t=59378&t=73008")
        head = page.locator(".compare-table thead th[scope=col]").all_inner_texts()
        assert [cell.split("\n")[0] for cell in head] == ["Marcq-en-Barœul", "Aix-les-Bains"]
        row = page.locator("tr", has_text="Département").locator("td")
        assert row.all_inner_texts() == ["Nord", "Savoie"]
        page.get_by_role("button", name="Retirer Marcq-en-Barœul").click()
        page.wait_for_function("() => location.search === '?t=73008'")
        assert visited.wrong == [] and visited.refused() == []


def test_a_comparison_reads_on_a_phone(visit: Open) -> None:
    with visit(width=320) as visited:
        page = visited.go("comparer/?t=59378&t=73008&t=200093201&t=99999")
        page.wait_for_selector(".compare-table table")
        assert (
            "1 code de l’adresse n’est celui d’aucun territoire"
            in page.locator(".compare-status").inner_text()
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_communes_of_an_epci_unfold_and_sort(visit: Open) -> None:
    """Of the 95 of the Métropole those with something to say first; then all, the largest first."""
    with visit(width=390) as visited:
        page = visited.go("territoires/200093201-metropole-europeenne-de-lille/")
        rows = page.locator("#communes ~ .table.sortable tbody tr")
        shown = rows.filter(visible=True)
        before = shown.count()
        assert 0 < before < 20 and rows.count() == 95
        assert page.get_by_role("link", name="Willems").count() == 0
        page.get_by_role("button", name=f"Afficher les {95 - before} autres").click()
        assert shown.count() == 95
        assert page.get_by_role("link", name="Willems").is_visible()
        assert page.evaluate("document.activeElement.textContent") == "Allennes-les-Marais"
        page.get_by_label("Trier par").select_option("Habitants")
        names = rows.locator("th").all_inner_texts()
        assert names[:3] == ["Lille", "Tourcoing", "Roubaix"]
        page.get_by_label("Trier par").select_option("Commune")
        assert rows.first.locator("th").inner_text() == "Allennes-les-Marais"
        assert visited.wrong == [] and visited.refused() == []


def test_without_script_all_communes_stand_there(visit: Open) -> None:
    with visit(java_script_enabled=False) as visited:
        visited.page.goto(f"{visited.home}territoires/200093201-metropole-europeenne-de-lille/")
        assert visited.page.locator(".table.sortable tbody tr").filter(visible=True).count() == 95


def test_without_script_a_comparison_says_where_to_go(visit: Open) -> None:
    with visit(java_script_enabled=False) as visited:
        visited.page.goto(f"{visited.home}comparer/")
        assert visited.page.get_by_text("La comparaison a besoin de JavaScript").is_visible()


def test_an_unknown_later_level_does_not_hide_a_known_one(visit: Open) -> None:
    """Marcq-en-Barœul: 5 @ in 2018, then a label of 2022 whose level no source gives."""
    with visit() as visited:
        page = visited.go("carte/")
        page.locator(".leaflet-marker-icon").first.wait_for()
        row = page.locator(".carte-list li", has_text="Marcq-en-Barœul")
        for level, shown in (("5", True), ("inconnu", False)):
            page.locator("#f-niveau").select_option(level)
            page.wait_for_function(
                "([shown]) => [...document.querySelectorAll('.carte-list li')].find("
                "(li) => li.textContent.includes('Marcq-en-Bar')).hidden === !shown",
                arg=[shown],
            )
        assert "2018, puis labellisée en 2022" in (row.text_content() or "")
        visited.go("comparer/?t=59378&t=73008")
        page.wait_for_selector(".compare-table table")
        cell = page.locator("tr", has_text="Dernier label connu").locator("td").first
        assert cell.inner_text().strip() == "2018, puis un label en 2022"
        assert cell.locator(".sign").get_attribute("aria-label") == "5 arobases sur 5, 2018"
        visited.go("recherche/?genre=territoire&departement=59&niveau=5")
        page.locator(".search-results a", has_text="Marcq-en-Barœul").first.wait_for()


def test_the_slider_goes_through_the_editions(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/")
        slider = page.get_by_label("Au fil des éditions")
        assert slider.get_attribute("aria-valuetext") == "Dernière édition connue"
        slider.focus()
        page.keyboard.press("ArrowRight")
        first = page.locator("#f-edition option").last.inner_text()
        assert page.locator("#f-edition").input_value() == first
        assert f"edition={first}" in page.url
        assert slider.get_attribute("aria-valuetext") == first
        page.locator("#f-edition").select_option("2018")
        assert slider.get_attribute("aria-valuetext") == "2018"


def test_the_list_is_sorted_and_members_are_kept(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/")
        page.wait_for_selector(".carte-tools", state="visible")
        page.get_by_label("Trier par").select_option("niveau")
        signs = page.locator(".carte-list li:visible .sign")
        names = signs.evaluate_all("all => all.map(one => one.className)")
        levels = [int(name.split(" s", 1)[1][0]) for name in names]
        assert levels == sorted(levels, reverse=True)
        page.get_by_label("Adhésion à l’association").select_option("oui")
        data = page.request.get(f"{visited.home}carte/territoires.json").json()
        members = sum(row[data["fields"].index("member")] for row in data["territories"])
        page.wait_for_function(
            "n => document.querySelectorAll('.carte-list li:not([hidden])').length === n",
            arg=members,
        )
        assert "adhesion=oui" in page.url


def test_around_me_is_reckoned_in_the_browser(visit: Open) -> None:
    place = {"latitude": 45.69, "longitude": 5.91}  # Aix-les-Bains
    with visit(geolocation=place, permissions=["geolocation"]) as visited:
        page = visited.go("carte/")
        asked: list[str] = []
        page.get_by_role("button", name="Autour de moi").wait_for()
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_role("button", name="Autour de moi").click()
        page.wait_for_selector(".km")
        first = page.locator(".carte-list li:visible").first
        assert "Aix-les-Bains" in first.inner_text()
        assert "à 0 km" in first.inner_text()
        assert not [url for url in asked if "45.6" in url or "5.9" in url]
        assert all(url.startswith(visited.home) for url in asked)


def test_a_panel_is_taken_from_the_page_of_a_territory(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        page.get_by_text("Le panneau à télécharger").click()
        panel = page.locator("#panneau img")
        panel.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('#panneau img').naturalWidth > 0")
        for link in page.locator("#panneau a[download]").all():
            answer = page.request.get(str(link.evaluate("a => a.href")))
            assert answer.ok
            kind = answer.headers["content-type"]
            assert kind.startswith(("image/svg+xml", "image/png"))


def test_every_chart_has_its_table_its_files_and_its_page(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("statistiques/")
        charts = page.locator(".chart")
        assert charts.count() == 7
        addresses = []
        for chart in charts.all():
            series = chart.locator("svg title").count()
            assert series == chart.locator("svg desc").count() == 1 - chart.locator(".bars").count()
            chart.locator("summary").click()
            rows = chart.locator("details tbody tr").count()
            address = str(chart.get_by_text("Données (CSV)").evaluate("a => a.href"))
            lines = page.request.get(address).text().strip().split("\r\n")
            assert len(lines) == rows + 1
            picture = page.request.get(
                str(chart.get_by_text("Image (SVG)").evaluate("a => a.href"))
            )
            assert picture.ok and picture.headers["content-type"].startswith("image/svg+xml")
            addresses.append(str(chart.get_by_text("Citer").evaluate("a => a.href")))
        for address in addresses:
            page.goto(address)
            assert page.locator(".cite").inner_text().count(address.removeprefix(visited.home)) == 1
        assert visited.wrong == [] and visited.refused() == []


def test_a_series_shows_its_newest_years_on_a_phone(visit: Open) -> None:
    """The last year stands in the window without scrolling; the first is reached by scrolling."""
    with visit(width=390) as visited:
        page = visited.go("statistiques/editions/")
        last = page.locator(".chart .scroll text", has_text="’26")
        box = last.bounding_box()
        assert box and box["x"] > 0 and box["x"] + box["width"] <= 390
        scrolled = page.locator(".scroll").evaluate(
            "(e) => { e.scrollLeft = -9999; return e.scrollLeft; }"
        )
        assert scrolled < 0


def test_a_long_table_is_folded_on_a_phone(browser: Browser, at_root: str) -> None:
    """Of /fracture/departements/: a phone shows the régions, a wide screen and print all."""
    for width, scripts, opened in ((390, True, 0), (1280, True, 19), (390, False, 19)):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.goto(f"{at_root}fracture/departements/")
        expect(page.locator("details[data-wide]")).to_have_count(19)
        expect(page.locator("details[data-wide][open]")).to_have_count(opened)
        context.close()


def test_no_name_of_a_list_is_cut(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("statistiques/regions/")
        names = page.locator(".bars tbody th")
        assert names.count() > 3
        wide = names.evaluate_all(
            "(cells) => cells.filter((c) => c.scrollWidth > c.clientWidth + 1 || "
            "c.getBoundingClientRect().right > innerWidth).map((c) => c.textContent)"
        )
        assert wide == []


@pytest.mark.parametrize(
    "url",
    [
        "territoires/73008-aix-les-bains/",
        "actions/94033/projet-vocabulons-apprendre-le-francais-avec-le-numerique/",
    ],
)
def test_print_leaves_out_what_paper_can_not_do(visit: Open, url: str) -> None:
    with visit() as visited:
        page = visited.page
        visited.go(url)
        page.emulate_media(media="print")
        for hidden in (".top button", "#menu", ".correct"):
            assert all(not item.is_visible() for item in page.locator(hidden).all())
        assert page.get_by_role("heading", level=1).is_visible()


@pytest.fixture(scope="module")
def copy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address, on the disk, of the unpacked copy."""
    folder = tmp_path_factory.mktemp("offline")
    script = (PROJECT / "overrides" / offline.SCRIPT).read_bytes()
    offline.pack(built_site, folder / "site.zip", script)
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder)
    return (folder / "atlaas").as_uri() + "/"


@pytest.fixture
def reading(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(15_000)
    yield page
    page.close()


def test_the_offline_copy_is_read_from_a_disk(copy: str, reading: Page) -> None:
    reading.goto(f"{copy}index.html")
    assert reading.locator("h1").evaluate("e => getComputedStyle(e).fontWeight") == "700"
    reading.locator("#menu").get_by_role("link", name="Label").click()
    reading.get_by_role("link", name="2018", exact=True).first.click()
    assert reading.get_by_role("heading", level=1).inner_text() == "Label 2018"
    assert reading.locator("main > .doubt").count() == 0


@pytest.mark.parametrize(("typed", "found"), [("aix-les", "Aix-les-Bains"), ("59091", "Borre")])
def test_the_finder_of_the_copy_finds_and_leads(
    copy: str, reading: Page, typed: str, found: str
) -> None:
    reading.goto(f"{copy}index.html")
    reading.locator("#finder-field").fill(typed)
    first = reading.locator("#finder-results a").first
    expect(first).to_contain_text(found)
    first.click()
    expect(reading.get_by_role("heading", level=1)).to_contain_text(found)


def test_the_map_and_the_comparison_of_the_copy_have_their_data(copy: str, reading: Page) -> None:
    reading.goto(f"{copy}carte/index.html")
    reading.locator(".leaflet-marker-icon").first.wait_for()
    reading.goto(f"{copy}comparer/index.html?t=59378&t=73008")
    expect(reading.locator("main table").first).to_contain_text("Aix-les-Bains")
    assert reading.locator("main > .doubt").count() == 0


def test_the_copy_says_what_it_cannot_do(copy: str, reading: Page) -> None:
    reading.goto(f"{copy}recherche/index.html?q=ecole")
    note = reading.locator("main > .doubt")
    expect(note).to_contain_text("Copie hors ligne : la recherche dans le texte des fiches")
    expect(note).to_contain_text("LISEZ-MOI.txt")
