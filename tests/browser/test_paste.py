"""What is pasted from a word processor or a page is cleaned as it comes in, and that is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.test_contribute import further
from support import Open

ACTION = "contribuer/action/"


def paste(page: Page, field: str, text: str) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.focus(field)
    page.keyboard.press("Control+V")


@pytest.mark.parametrize(
    ("field", "pasted", "held", "said"),
    [
        (
            "#f-body",
            "Deux ate\u00adliers\u00a0:\r\n•\tle mardi\r\n•\tle jeudi",
            "Deux ateliers :\n- le mardi\n- le jeudi",
            "Texte collé nettoyé : puces mises en liste, 1 caractère invisible retiré.",
        ),
        (
            "#f-title",
            "Le fab\u200blab\u2028des grands\u00adparents\nde Lille",
            "Le fablab des grandsparents de Lille",
            "Texte collé nettoyé : 2 caractères invisibles retirés.",
        ),
        (
            "#f-sources-0-url",
            "https://a.fr/x?id=1&utm_source=b&fbclid=c",
            "https://a.fr/x?id=1",
            "Texte collé nettoyé : suivi retiré de l’adresse (utm_source, fbclid).",
        ),
        (
            "#f-sources-0-url",
            "[La page](https://a.fr/x)",
            "https://a.fr/x",
            "Texte collé nettoyé : adresse seule gardée.",
        ),
        ("#f-title", "Un titre ordinaire, « d'eau »", "Un titre ordinaire, « d'eau »", ""),
    ],
)
def test_what_is_pasted_is_cleaned(
    visit: Open, field: str, pasted: str, held: str, said: str
) -> None:
    with visit(permissions=["clipboard-read", "clipboard-write"]) as visited:
        page = visited.go(ACTION)
        page.locator("#contribute").wait_for()
        paste(page, field, pasted)
        expect(page.locator(field)).to_have_value(held)
        note = page.locator(".pasted")
        if said:
            expect(note).to_have_text(said)
            assert note.get_attribute("role") == "status"
        else:
            expect(note).to_have_count(0)
        assert visited.wrong == [] and visited.refused() == []


def test_what_is_pasted_takes_the_place_of_what_is_selected(visit: Open) -> None:
    with visit(permissions=["clipboard-read", "clipboard-write"]) as visited:
        page = visited.go(ACTION)
        page.fill("#f-title", "Le fablab du mardi soir")
        page.locator("#f-title").evaluate("(field) => field.setSelectionRange(13, 18)")
        page.evaluate("navigator.clipboard.writeText('jeu\\u00addi')")
        page.keyboard.press("Control+V")
        expect(page.locator("#f-title")).to_have_value("Le fablab du jeudi soir")
        expect(page.locator("#preview")).to_have_value("---\ntitle: Le fablab du jeudi soir\n---\n")


def test_dates_and_places_as_people_write_them(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        page.fill("#f-territory", "Roubaix, Nord")
        page.locator(".found button").first.click()
        expect(page.locator("#preview")).to_have_value('---\nterritory: "59512"\n---\n')
        page.get_by_role("button", name="Changer").click()
        page.fill("#f-territory", "“59378”")
        page.get_by_role("button", name="Marcq-en-Barœul").click()
        further(page)
        page.fill("#f-website", "[Page](https://a.fr/x?utm_campaign=y)")
        for typed, held in (("01/09/2021", "2021-09-01"), ("septembre 2021", "2021-09")):
            page.fill("#f-started", typed)
            page.locator("#f-started").blur()
            expect(page.locator("#preview")).to_have_value(
                f'---\nterritory: "59378"\nstarted: {held}\nwebsite: https://a.fr/x\n---\n'
            )
        expect(page.locator("#f-website")).to_have_value("https://a.fr/x")
