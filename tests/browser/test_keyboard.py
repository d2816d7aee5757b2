"""By keyboard alone: everything is reached, seen, and no single key does anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from support import Open, until

FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {
    tag: e.tagName, text: (e.textContent || e.getAttribute("aria-label") || "").trim().slice(0, 60),
    class: String(e.className), id: e.id,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth && s.visibility === "visible",
    ring: [s, getComputedStyle(e, "::after"), getComputedStyle(e.closest("li") || e)].some((at) =>
      at.outlineStyle !== "none" && parseFloat(at.outlineWidth) >= 2),
  };
}"""


def focused(page: Page) -> dict[str, object]:
    """What has the focus, once the window had the time to bring it into view."""
    found: dict[str, object] = page.evaluate(FOCUSED)
    for _ in range(20):
        if found["seen"]:
            break
        page.wait_for_timeout(25)
        found = page.evaluate(FOCUSED)
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_stop_leads_to_the_content(visit: Open, width: int) -> None:
    with visit(width=width) as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        page.keyboard.press("Tab")
        first = focused(page)
        assert (first["text"], first["seen"]) == ("Aller au contenu", True)
        page.keyboard.press("Enter")
        page.wait_for_url("**/#contenu")
        assert focused(page)["id"] == "contenu"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "url",
    ["", "actions/94033/projet-vocabulons-apprendre-le-francais-avec-le-numerique/", "carte/"],
)
def test_every_stop_is_seen_and_marked(visit: Open, url: str, width: int) -> None:
    with visit(width=width) as visited:
        page = visited.go(url)
        stops = []
        for _ in range(35):
            page.keyboard.press("Tab")
            stop = focused(page)
            if stop["tag"] == "BODY":
                break
            stops.append(stop)
        assert len(stops) > 10
        assert [s for s in stops if not s["seen"]] == []
        assert [s for s in stops if not s["ring"]] == []


def test_the_menu_of_small_screens(visit: Open) -> None:
    with visit(width=390) as visited:
        page = visited.go("")
        burger, menu = page.locator("button.burger"), page.locator("#menu")
        assert burger.get_attribute("aria-expanded") == "false"
        assert not menu.is_visible()
        for _ in range(8):
            page.keyboard.press("Tab")
            assert not page.evaluate(
                "document.getElementById('menu').contains(document.activeElement)"
            ), "un lien du menu fermé reçoit le focus"
            if "burger" in str(focused(page)["class"]):
                break
        assert "burger" in str(focused(page)["class"])
        assert focused(page)["ring"]
        page.keyboard.press("Enter")
        assert burger.get_attribute("aria-expanded") == "true"
        assert menu.is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('menu').contains(document.activeElement)")
        assert focused(page)["seen"]
        page.keyboard.press("Escape")
        assert burger.get_attribute("aria-expanded") == "false"
        assert not menu.is_visible()
        assert "burger" in str(focused(page)["class"])
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/actions/")
        assert visited.wrong == []


def test_the_menu_is_open_on_wide_screens(visit: Open) -> None:
    with visit(width=1280) as visited:
        page = visited.go("")
        assert page.locator("#menu").is_visible()
        assert not page.locator("button.burger").is_visible()


@pytest.mark.parametrize(
    "url", ["", "label/2018/", "themes/services-publics/", "carte/", "contribuer/"]
)
def test_single_keys_do_nothing(visit: Open, url: str) -> None:
    """None but « / », which can be turned off (WCAG 2.1.4) and then does nothing either."""
    with visit() as visited:
        page = visited.go(url)
        page.evaluate("localStorage.setItem('atlaas-slash', 'off')")
        before = page.url, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        for key in "npsf/?.,hjkq":
            page.keyboard.press(key)
        page.wait_for_timeout(100)
        after = page.url, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert after == before
        assert page.locator("dialog[open], [role=dialog]:visible").count() == 0
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("String(getSelection())") == ""


def test_details_open_by_keyboard(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("territoires/73008-aix-les-bains/")
        details = page.locator("#label ~ details.proofs").first
        assert details.get_attribute("open") is None
        details.locator("summary").focus()
        page.keyboard.press("Enter")
        assert details.get_attribute("open") is not None
        source = details.get_by_role("link", name="Un palmarès des communes").first
        assert source.is_visible()
        page.keyboard.press("Enter")
        assert details.get_attribute("open") is None


def test_the_finder_by_name(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.get_by_label("Votre commune ou intercommunalité").press_sequentially("marcq")
        link = page.locator("#finder-results a", has_text="Marcq-en-Barœul")
        link.wait_for()
        assert link.evaluate("(a) => a.pathname") == "/territoires/59378-marcq-en-baroeul/"
        status = page.locator("#finder-status")
        assert status.get_attribute("role") == "status"
        assert "réponse" in status.inner_text()
        field = page.locator("#finder-field")
        assert field.get_attribute("role") == "combobox"
        assert field.get_attribute("aria-expanded") == "true"
        for _ in range(12):
            page.keyboard.press("ArrowDown")
            reached = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
            assert reached.get_attribute("aria-selected") == "true"
            if reached.inner_text().startswith("Marcq-en-Barœul"):
                break
        assert page.locator("#finder-results [aria-selected=true]").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_url("**/territoires/59378-marcq-en-baroeul/")
        assert visited.wrong == []


@pytest.mark.parametrize(
    ("words", "name", "address"),
    [
        ("73100", "Aix-les-Bains", "/territoires/73008-aix-les-bains/"),
        ("73008", "Aix-les-Bains", "/territoires/73008-aix-les-bains/"),
        ("MARCQ EN BAROEUL", "Marcq-en-Barœul", "/territoires/59378-marcq-en-baroeul/"),
        ("villeneuve d'ascq", "Villeneuve-d’Ascq", "/territoires/59009-villeneuve-d-ascq/"),
        (
            "metropole europeenne de lille",
            "Métropole Européenne de Lille",
            "/territoires/200093201-metropole-europeenne-de-lille/",
        ),
        ("Cran-Gevrier", "Annecy", "/territoires/74010-annecy/"),
        ("57369", "Thionville", "/territoires/57672-thionville/"),
        ("issy", "Issy-les-Moulineaux", "/territoires/92040-issy-les-moulineaux/"),
    ],
)
def test_the_finder_answers(visit: Open, words: str, name: str, address: str) -> None:
    with visit(width=390) as visited:
        page = visited.go("")
        page.locator("#finder-field").fill(words)
        link = page.locator("#finder-results a", has_text=name).first
        link.wait_for()
        assert link.evaluate("(a) => a.pathname") == address
        assert visited.wrong == []


def test_enter_leads_to_the_first_answer(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("73100")
        page.locator("#finder-results a").first.wait_for()
        page.locator("#finder-field").press("Enter")
        page.wait_for_url("**/territoires/73008-aix-les-bains/")


def test_arrows_go_round_and_escape_empties(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        field = page.locator("#finder-field")
        field.fill("roubaix")
        page.locator("#finder-results a").first.wait_for()
        last = page.locator("#finder-results a").count() - 1
        for key, reached in (("ArrowUp", last), ("ArrowDown", 0)):
            field.press(key)
            assert field.get_attribute("aria-activedescendant") == f"finder-{reached}"
        field.press("Escape")
        assert field.input_value() == ""
        assert field.get_attribute("aria-expanded") == "false"
        assert not page.locator("#finder-results").is_visible()


def test_back_finds_what_was_typed_and_its_answers(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("73100")
        page.locator("#finder-results a").first.click()
        page.wait_for_url("**/territoires/73008-aix-les-bains/")
        page.go_back()
        page.locator("#finder-results a", has_text="Aix-les-Bains").wait_for()
        assert page.locator("#finder-field").input_value() == "73100"


def test_a_commune_without_a_record_is_found_and_says_so(visit: Open) -> None:
    """L'Abergement-Clémenciat (01001) has neither label nor action in the facts."""
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("abergement clem")
        link = page.locator("#finder-results a", has_text="L’Abergement-Clémenciat")
        link.wait_for()
        assert link.locator("small").inner_text().strip() == (
            "Ain · 01400 · CC de la Dombes · pas encore de fiche"
        )
        path = link.evaluate("(a) => a.pathname")
        assert path == "/territoires/01001-l-abergement-clemenciat/"
        link.click()
        page.wait_for_load_state("networkidle")
        assert visited.wrong == []


def test_a_former_name_tells_why_the_commune_answers(visit: Open) -> None:
    """Annecy took in Annecy-le-Vieux; 57369 is a code that led to Thionville."""
    with visit() as visited:
        page = visited.go("")
        for words, name, reported in (
            ("annecy le vieux", "Annecy", "anciennement Annecy-le-Vieux"),
            ("57369", "Thionville", "ancien code 57369"),
        ):
            page.locator("#finder-field").fill(words)
            answer = page.locator("#finder-results a", has_text=name)
            answer.wait_for()
            assert reported in answer.inner_text()
        page.locator("#finder-field").fill("annecy")
        own = page.locator("#finder-results a", has_text="Annecy").first
        until(page, "document.getElementById('finder-results').textContent.includes('74000')")
        assert "anciennement" not in own.inner_text()
        assert visited.wrong == []


def test_a_name_that_nobody_bears_says_so(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill("zzyzx")
        until(page, "document.getElementById('finder-status').textContent.length > 20")
        assert page.locator("#finder-results a").count() == 0
        assert "Aucune commune" in page.locator("#finder-status").inner_text()
        assert visited.wrong == []


@pytest.mark.parametrize(
    ("words", "name"),
    [("marq en baroeul", "Marcq-en-Barœul"), ("abergement clemancia", "L’Abergement-Clémenciat")],
)
def test_a_mistyped_name_has_names_close_to_it(visit: Open, words: str, name: str) -> None:
    with visit() as visited:
        page = visited.go("")
        page.locator("#finder-field").fill(words)
        page.locator("#finder-results a", has_text=name).wait_for()
        assert "Aucun nom ne s’écrit ainsi" in page.locator("#finder-status").inner_text()
        page.locator("#finder-field").fill("grenoble")
        page.locator("#finder-results a", has_text="Grenoble").first.wait_for()
        assert "ainsi" not in page.locator("#finder-status").inner_text()
        assert visited.wrong == []


def test_what_is_typed_into_the_finder_is_only_text(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("")
        for words in (
            "<img src=x onerror=alert(1)>",
            "../../etc",
            "%2e%2e/",
            "__proto__",
            "é" * 300,
        ):
            page.locator("#finder-field").fill(words)
            page.wait_for_timeout(60)
        page.wait_for_load_state("networkidle")
        assert visited.wrong == []
        assert visited.refused() == []


def test_the_map(visit: Open) -> None:
    """Marks lead to pages by keyboard; a filter says how many are left, here and in the list."""
    with visit() as visited:
        page = visited.go("carte/")
        page.locator(".leaflet-marker-icon").first.wait_for()
        shown = page.locator(".carte-list li:visible")
        everything = shown.count()
        assert everything == 68  # files of the sample that name a label
        assert everything == len(
            page.request.get(f"{visited.home}carte/territoires.json").json()["territories"]
        )
        page.locator("#f-niveau").select_option("5")
        page.locator("#f-edition").select_option("2018")
        # 5 @ in 2018: six in Hauts-de-France, and those known elsewhere
        until(
            page, f"document.querySelectorAll('.carte-list li:not([hidden])').length < {everything}"
        )
        count = shown.count()
        assert count >= 6
        said = page.locator("#carte-count")
        assert said.get_attribute("role") == "status"
        assert said.inner_text().startswith(f"{count} territoire")
        assert page.locator(".carte-list li:visible", has_text="Marcq-en-Barœul").count() == 1
        page.get_by_role("button", name="Tout afficher").click()
        until(
            page,
            f"document.querySelectorAll('.carte-list li:not([hidden])').length === {everything}",
        )
        mark = page.locator(".leaflet-marker-icon").first
        assert mark.get_attribute("aria-label")
        page.keyboard.press("Shift")  # from here on by keyboard
        mark.focus()
        assert focused(page)["ring"]
        assert visited.wrong == []
        assert visited.refused() == []
