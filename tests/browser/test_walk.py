"""What a reader comes for, walked from page to page: palmarès, map, news, data, old addresses."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from playwright.sync_api import Page, expect
from scripts.kinds import KINDS

from support import SITE_URL, Open, until

ATOM = "{http://www.w3.org/2005/Atom}"


def listed(page: Page) -> int:
    """How many territories the map's list shows."""
    return page.locator(".carte-list li:visible").count()


def test_from_the_menu_to_a_palmares_and_to_a_town(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#menu").get_by_role("link", name="Label").click()
        page.get_by_role("link", name="2018", exact=True).first.click()
        assert page.locator(".counts").inner_text().startswith("47\nlabels connus ici, sur 205")
        five = page.locator("#niveau-5")
        assert "12 labels" in five.inner_text()
        after = "#niveau-5 ~ ul a"  # those of lower levels follow: the first is of the five @
        assert "Grenoble" in page.locator(after).first.inner_text()
        page.get_by_role("link", name="Édition 2017").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Label 2017")
        page.get_by_role("link", name="Édition 2018").click()
        page.get_by_role("link", name="Tous les territoires qui ont eu 5 arobases").click()
        page.get_by_role("main").get_by_role("link", name="Aix-les-Bains", exact=True).first.click()
        assert "Aix-les-Bains" in page.get_by_role("heading", level=1).inner_text()
        assert visited.wrong == []


def test_a_mention_leads_to_those_who_have_it(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("label/2018/")
        section = page.locator("#mentions + ul")
        section.get_by_role("link", name="Gouvernement ouvert").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gouvernement ouvert")
        assert page.get_by_role("link", name="CA Sète Agglopôle Méditerranée").count() >= 1
        assert visited.wrong == []


def test_the_map_is_shared_by_its_address(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/?niveau=5&edition=2018")
        page.locator(".leaflet-marker-icon").first.wait_for()
        assert page.locator("#f-niveau").input_value() == "5"
        assert page.locator("#f-edition").input_value() == "2018"
        data = page.request.get(f"{visited.home}carte/territoires.json").json()
        labels = data["fields"].index("labels")
        five = [
            row for row in data["territories"] if any(one[:2] == [2018, 5] for one in row[labels])
        ]
        assert listed(page) == len(five) > 0
        kinds = [name for name, _ in data["kinds"]]
        towns = [row for row in five if kinds[row[data["fields"].index("kind")]] == "commune"]
        page.locator("#f-genre").select_option("commune")
        until(
            page,
            f"document.querySelectorAll('.carte-list li:not([hidden])').length === {len(towns)}",
        )
        assert 0 < len(towns) < len(five)
        assert "genre=commune" in page.url and "niveau=5" in page.url
        assert visited.wrong == []


def test_a_mark_opens_by_keyboard_and_gives_the_focus_back(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/?niveau=5&edition=2018")
        mark = page.locator(".leaflet-marker-icon[aria-label^='Martigues']")
        mark.focus()
        page.keyboard.press("Enter")
        popup = page.locator(".map-popup")
        popup.wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Martigues"
        page.keyboard.press("Escape")
        popup.wait_for(state="detached")
        assert mark.evaluate("e => e === document.activeElement")
        page.keyboard.press("Space")
        popup.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/territoires/13056-martigues/")
        assert visited.wrong == []


def test_overseas_territories_are_one_button_away(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("carte/")
        group = page.get_by_role("group", name="Aller à")
        for name in ("Guadeloupe", "Guyane", "La Réunion", "Martinique", "Mayotte"):
            assert group.get_by_role("button", name=name).is_visible()
        group.get_by_role("button", name="Guyane").focus()
        page.keyboard.press("Enter")
        inside = page.locator(".leaflet-marker-icon[aria-label]")
        until(
            page,
            "[...document.querySelectorAll('.leaflet-marker-icon[aria-label]')].some((e) =>"
            " e.getAttribute('aria-label').includes('Centre Littoral')"
            " || e.getAttribute('aria-label').includes('territoires'))",
        )
        assert 0 < inside.count() < 12
        group.get_by_role("button", name="Métropole").click()
        until(page, "document.querySelectorAll('.leaflet-marker-icon[aria-label]').length > 3")
        assert visited.wrong == []


def test_the_order_of_the_list_is_in_the_address(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("carte/?tri=niveau&edition=2018")
        until(page, "document.querySelector('#tri').value === 'niveau'")
        signs = page.locator(".carte-list li:visible .sign")
        levels = [
            int(name.split(" s")[1][0])
            for name in signs.evaluate_all("a => a.map(e => e.className)")
        ]
        assert levels[0] == 5 and levels == sorted(levels, reverse=True)
        page.locator("#f-niveau").select_option("4")
        until(
            page, "location.search.includes('niveau=4') && location.search.includes('tri=niveau')"
        )
        page.locator("#tri").select_option("nom")
        until(page, "!location.search.includes('tri=')")
        assert visited.wrong == []


def test_close_up_the_map_outlines_the_intercommunalities_in_sight(visit: Open) -> None:
    with visit() as visited:
        fetched: list[str] = []
        page = visited.page
        page.on("request", lambda request: fetched.append(request.url))
        visited.go("carte/")
        zoom = page.locator(".leaflet-control-zoom-in")
        for _ in range(4):
            zoom.click()
        until(page, "document.querySelectorAll('path.map-epci').length > 5")
        assert page.locator(".map-epci-name").count() == 0
        zoom.click()
        until(page, "document.querySelectorAll('.map-epci-name').length > 2")
        files = [url for url in fetched if "/carte/epci/" in url]
        assert 0 < len(files) == len(set(files)) < 15  # those of the départements in sight
        assert visited.wrong == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_s_list_is_sorted_and_followed_by_keyboard(visit: Open, width: int) -> None:
    with visit(width=width) as visited:
        page = visited.go("carte/")
        page.locator("#tri").focus()
        page.keyboard.press("ArrowDown")
        assert page.locator("#tri").input_value() == "niveau"
        page.keyboard.press("Tab")  # « Autour de moi »
        page.keyboard.press("Tab")
        first = page.locator(".carte-list li:visible a").first
        assert first.evaluate("a => a === document.activeElement")
        page.keyboard.press("Tab")
        assert (
            page.locator(".carte-list li:visible a")
            .nth(1)
            .evaluate(
                "a => a === document.activeElement"
                " && a.getBoundingClientRect().bottom <= innerHeight"
            )
        )
        name = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.wait_for_url("**/territoires/**")
        assert name in page.get_by_role("heading", level=1).inner_text()


def test_facets_are_chosen_by_keyboard_on_a_phone(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("recherche/?q=numérique")
        page.wait_for_selector(".search-results li")
        summary = page.locator(".search-facets summary")
        summary.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "f-genre"
        page.keyboard.press("ArrowDown")
        until(page, "new URLSearchParams(location.search).get('genre')")
        until(page, "document.querySelectorAll('.search-results h2').length === 1")
        assert page.evaluate("document.activeElement.id") == "f-genre"  # the focus stays
        assert visited.wrong == []


def test_actions_and_territories_lead_to_similar_ones(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(KINDS["action"])
        other = page.locator("#ailleurs ~ ul a").first
        name = other.inner_text()
        other.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page = visited.go(KINDS["territoire"])
        page.locator("#idees + p").get_by_role("link", name="Comparer").click()
        page.wait_for_selector(".compare-table table")
        head = page.locator(".compare-table thead th[scope=col]").all_inner_texts()
        assert head[0].startswith("Aix-les-Bains") and len(head) == 2
        assert visited.wrong == []


def test_a_town_takes_its_badge(visit: Open) -> None:
    """A line of HTML, to be copied, whose image is the panel of the page."""
    with visit() as visited:
        page = visited.go(KINDS["territoire"])
        page.get_by_text("Le panneau à télécharger").click()
        line = page.locator("#panneau code, #panneau textarea").first.inner_text()
        assert line.startswith("<a href=") and f'src="{SITE_URL}integrer/73008/badge.svg"' in line
        names = page.locator("#panneau li").all_inner_texts()
        assert any("impression" in name for name in names)


def test_news_are_followed_by_feeds_and_a_calendar(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("nouveautes/")
        addresses = (
            page.get_by_role("main")
            .locator("a[href$='.xml']")
            .evaluate_all("links => links.map(link => link.href)")
        )
        assert len(addresses) > 10
        for address in addresses:
            answer = page.request.get(str(address))
            assert answer.ok, address
            assert ElementTree.fromstring(answer.body()).tag == f"{ATOM}feed", address
        calendar = str(page.locator("a[href$='.ics']").evaluate("link => link.href"))
        assert page.request.get(calendar).text().startswith("BEGIN:VCALENDAR")
        page = visited.go(KINDS["territoire"])
        feed = str(page.locator("link[type='application/atom+xml']").evaluate("l => l.href"))
        assert page.request.get(feed).ok


def test_all_that_is_offered_for_reuse_is_there(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("donnees/")
        links = (
            page.get_by_role("main")
            .locator("a")
            .evaluate_all("links => links.map(link => link.href)")
        )
        own = {str(link).partition("#")[0] for link in links if link.startswith(visited.home)}
        assert len(own) > 15
        assert [link for link in own if not page.request.get(link).ok] == []


@pytest.mark.parametrize(
    ("kind", "expected"), [("territoire", "73008"), ("action", "94033/projet-vocabulons")]
)
def test_a_page_names_its_twin_for_machines(visit: Open, kind: str, expected: str) -> None:
    with visit() as visited:
        page = visited.go(KINDS[kind])
        twin = str(page.locator("link[type='application/json']").evaluate("l => l.href"))
        answer = page.request.get(twin).json()
        assert str(answer.get("code") or answer.get("id")).startswith(expected)


def test_an_old_address_leads_to_the_new_one(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("territoires/57369/")
        page.wait_for_url("**/territoires/57672-thionville/")
        assert "Thionville" in page.get_by_role("heading", level=1).inner_text()
        assert visited.wrong == []


@pytest.mark.parametrize("kind", ["accueil", "territoire", "action", "édition", "thème"])
def test_a_shared_page_shows_a_card(visit: Open, kind: str) -> None:
    with visit() as visited:
        page = visited.go(KINDS[kind])
        address = page.locator("meta[property='og:image']").get_attribute("content") or ""
        assert address.startswith(SITE_URL)
        own = visited.home + address.removeprefix(SITE_URL)
        size = page.evaluate(
            """async (url) => { const image = new Image(); image.src = url; await image.decode();
            return [image.naturalWidth, image.naturalHeight]; }""",
            own,
        )
        assert size == [800, 420]  # what shows a card large asks for 600 by 315
        told = [
            page.locator(f"meta[property='og:image:{side}']").get_attribute("content")
            for side in ("width", "height")
        ]
        assert told == [str(side) for side in size]


def test_a_table_of_figures_opens_by_keyboard(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("statistiques/")
        chart = page.locator(".chart").first
        chart.locator("summary").focus()
        page.keyboard.press("Enter")
        assert chart.locator("table").is_visible()
        page.keyboard.press("Tab")
        focus = page.evaluate("document.activeElement.getAttribute('href') || ''")
        assert focus.endswith(".csv")
