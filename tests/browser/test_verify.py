"""A record opened from /a-verifier/ or from its own page: the doubt in view, the day filled in."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from support import Open

QUEUE = "a-verifier/"
CARDS = "actions/35315/reseau-de-capteurs-communal-plus-petite-ville-connectee/"


@pytest.mark.parametrize(
    ("folder", "which"), [("action", 0), ("territoire", 0), ("territoire", -1)]
)
def test_a_doubt_is_in_view_in_the_form(visit: Open, folder: str, which: int) -> None:
    with visit(width=390) as opened:
        page = opened.go(QUEUE)
        link = page.locator(f'a[href*="contribuer/{folder}/?fiche="]').nth(which)
        reason = link.locator("xpath=ancestor::ul/preceding-sibling::p[1]").inner_text()
        link.click()
        expect(page.locator("#draft")).to_contain_text("À vérifier : ")
        box = page.locator("textarea:focus, input:focus")
        expect(box).to_be_in_viewport()
        assert (box.get_attribute("id") or "").endswith("doubt")
        typed = box.input_value().replace("'", "’")
        assert "".join(typed.split()) == "".join(reason.split())
        assert opened.wrong == []


def test_a_doubt_that_is_gone_is_said_to_be(visit: Open) -> None:
    with visit() as opened:
        page = opened.go(f"contribuer/action/?fiche={CARDS.rstrip('/')}&doute=x")
        expect(page.locator("#draft")).to_contain_text("ne porte plus de doute")


def test_a_record_is_verified_in_one_click(visit: Open) -> None:
    """The day is that of today, and the file to propose says it."""
    with visit() as opened:
        page = opened.go(CARDS)
        page.locator('a[href$="verifiee"]').click()
        expect(page.locator("#f-verified")).to_have_value(date.today().isoformat())
        expect(page.locator("#draft")).to_contain_text("celle d’aujourd’hui")
        said = re.compile(rf"^verified: {date.today().isoformat()}$", re.MULTILINE)
        expect(page.locator("#preview")).to_have_value(said)
        assert opened.wrong == []
