"""The drafts of the forms: each belongs to one tab's work on one record, and none hides another."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.test_contribute import pick
from browser.test_pages import looked_at
from support import Open

ACTION = "contribuer/action/"
TERRITORY = "contribuer/territoire/"
RECORD = "actions/59378/appel-a-projets-la-bonne-appli"
LISTEN = "window.open = () => {};"


def ready(page: Page) -> Page:
    expect(page.locator("#contribute")).to_be_visible()
    return page


def typed(page: Page, title: str) -> None:
    """A title, once the browser has kept it."""
    page.fill("#f-title", title)
    expect(page.locator("#preview")).to_have_value(re.compile(re.escape(title)))
    page.wait_for_function(
        "(t) => Object.values(localStorage).some((v) => v.includes(t))", arg=title
    )


def titles(page: Page) -> list[str]:
    """The titles of all drafts that are kept."""
    drafts = page.evaluate("Object.values(localStorage).map((text) => JSON.parse(text))")
    return sorted(draft["record"].get("title", "") for draft in drafts)


def test_two_tabs_keep_two_drafts(visit: Open) -> None:
    with visit() as visited:
        one = ready(visited.go(ACTION))
        other = one.context.new_page()
        other.goto(visited.home + ACTION)
        ready(other)
        typed(one, "Le fablab du mardi")
        typed(other, "Le bus des démarches")
        typed(one, "Le fablab du jeudi")
        assert titles(one) == ["Le bus des démarches", "Le fablab du jeudi"]
        for page, title in ((one, "Le fablab du jeudi"), (other, "Le bus des démarches")):
            page.reload()
            expect(page.locator("#f-title")).to_have_value(title)
            expect(page.locator("#drafts")).to_be_hidden()  # the other one is at work
        assert visited.wrong == [] and visited.refused() == []


def test_a_duplicated_tab_begins_its_own(visit: Open) -> None:
    """« Dupliquer l'onglet » copies the tab's storage, and with it the name of its draft."""
    with visit() as visited:
        page = ready(visited.go(ACTION))
        typed(page, "Le fablab du mardi")
        with page.expect_popup() as waiting:
            page.evaluate("window.open(location.href)")
        copy = ready(waiting.value)
        assert copy.evaluate("sessionStorage.length") == 1
        expect(copy.locator("#f-title")).to_have_value("")
        typed(copy, "Le bus des démarches")
        assert titles(page) == ["Le bus des démarches", "Le fablab du mardi"]


def test_a_draft_of_a_closed_tab_is_offered(visit: Open) -> None:
    with visit() as visited:
        page = ready(visited.go(ACTION))
        typed(page, "Le fablab du mardi")
        later = page.context.new_page()
        page.close()
        later.goto(visited.home + ACTION)
        ready(later)
        expect(later.locator("#f-title")).to_have_value("")
        expect(later.locator("#drafts")).to_contain_text("« Le fablab du mardi »")
        later.get_by_role("button", name="Le reprendre").click()
        expect(later.locator("#f-title")).to_have_value("Le fablab du mardi")
        expect(later.locator("#drafts")).to_be_hidden()
        typed(later, "Le fablab du jeudi")
        assert titles(later) == ["Le fablab du jeudi"]
        last = later.context.new_page()
        later.close()
        last.goto(visited.home + ACTION)
        last.get_by_role("button", name="L’effacer").click()
        expect(last.locator("#drafts")).to_be_hidden()
        assert titles(last) == []


def test_an_address_keeps_its_territory(visit: Open) -> None:
    """A draft for Marcq-en-Barœul does not answer for Aix-les-Bains."""
    with visit() as visited:
        page = ready(visited.go(f"{ACTION}?territoire=59378"))
        typed(page, "Le fablab de Marcq")
        page = ready(visited.go(f"{ACTION}?territoire=73008"))
        expect(page.locator("#preview")).to_have_value(re.compile('territory: "73008"'))
        expect(page.locator("#f-title")).to_have_value("")
        expect(page.locator("#drafts")).to_be_hidden()
        typed(page, "Le fablab d'Aix")
        page = ready(visited.go(f"{ACTION}?territoire=59378"))
        expect(page.locator("#f-title")).to_have_value("Le fablab de Marcq")
        assert titles(page) == ["Le fablab d'Aix", "Le fablab de Marcq"]


def test_a_draft_of_a_territory_is_found_from_a_blank_form(visit: Open) -> None:
    with visit() as visited:
        page = ready(visited.go(f"{TERRITORY}?territoire=59378"))
        page.get_by_role("button", name="Ajouter un service").click()
        page.locator("[id^=f-services-][id$=-title]").last.fill("Portail famille")
        page.wait_for_function(
            "() => Object.values(localStorage).some((v) => v.includes('Portail'))"
        )
        page = ready(visited.go(TERRITORY))
        page.get_by_role("button", name="Le reprendre : Marcq-en-Barœul").click()
        page.wait_for_url("**?fiche=territories%2F59378")
        expect(page.locator("#preview")).to_have_value(re.compile("Portail famille"))
        expect(page.locator("#versions")).to_be_empty()


def changed_since(page: Page, **values: Any) -> None:
    """From now on the site holds another version of the record."""

    def answer(route: Route) -> None:
        found = route.fetch().json()
        route.fulfill(json={**found, **values})

    page.context.route(f"**/{RECORD}.json", answer)


def test_a_record_that_changed_is_shown_beside_the_draft(visit: Open) -> None:
    with visit() as visited:
        page = ready(visited.go(f"{ACTION}?fiche={RECORD}"))
        before = page.input_value("#preview")
        was = page.evaluate(
            "(url) => fetch(url).then((r) => r.json())", f"{visited.home}api/v1/{RECORD}.json"
        )
        page.select_option("#f-status", "arretee")
        page.get_by_role("button", name="Ajouter une source").click()
        page.locator("[id^=f-sources-][id$=-url]").last.fill("https://exemple.fr/mienne")
        typed(page, "La bonne appli, mon titre")
        theirs = [*was["sources"], {"url": "https://exemple.fr/leur"}]
        changed_since(
            page, sources=theirs, website="https://exemple.fr/nouveau", title="Leur titre"
        )
        page.reload()
        versions = page.locator("#versions")
        expect(versions).to_contain_text("La fiche a changé depuis votre brouillon")
        expect(page.locator("#contribute")).to_be_hidden()
        rows = versions.locator("fieldset")
        assert [
            text.partition("\u00a0: ")[2] for text in rows.locator("legend").all_inner_texts()
        ] == [
            "changé des deux côtés",  # the title
            "changé par vous",  # the status
            "changé par d’autres depuis votre brouillon",  # the website
            "changé des deux côtés",  # the sources
        ]
        values = "(boxes) => boxes.map((box) => box.value)"
        assert versions.locator(":checked").evaluate_all(values) == [
            "theirs", "mine", "theirs", "merged",
        ]  # fmt: skip
        assert "https://exemple.fr/mienne" in rows.last.inner_text()
        rows.first.get_by_label("Votre brouillon").check()
        page.get_by_role("button", name="Continuer avec ces choix").click()
        ready(page)
        text = page.input_value("#preview")
        assert "title: La bonne appli, mon titre\n" in text
        assert "status: arretee\n" in text and "website: https://exemple.fr/nouveau\n" in text
        assert text.index("exemple.fr/leur") < text.index("exemple.fr/mienne")
        assert before.count("- url:") + 2 == text.count("- url:")
        page.reload()  # what was chosen is a draft of today's record
        expect(page.locator("#preview")).to_have_value(text)
        expect(versions).to_be_empty()
        assert visited.wrong == [] and visited.refused() == []


def test_a_draft_left_aside_is_not_lost(visit: Open) -> None:
    with visit() as visited:
        page = ready(visited.go(f"{ACTION}?fiche={RECORD}"))
        typed(page, "La bonne appli, mon titre")
        changed_since(page, title="Leur titre")
        page.reload()
        page.get_by_role("button", name="Laisser le brouillon de côté").click()
        ready(page)
        expect(page.locator("#f-title")).to_have_value("Leur titre")
        typed(page, "Un titre de plus")
        assert titles(page) == ["La bonne appli, mon titre", "Un titre de plus"]
        expect(page.locator("#drafts")).to_contain_text("La bonne appli, mon titre")


def test_what_is_proposed_is_put_away(visit: Open) -> None:
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = ready(visited.go(f"{ACTION}?territoire=59378"))
        typed(page, "Le fablab du mardi")
        page.fill("#f-body", "Chaque mardi.")
        pick(page, "themes", "Réseau social")
        page.locator("[id^=f-sources-][id$=-url]").fill("https://exemple.fr/fablab")
        page.click("#propose")
        receipts = page.locator("#receipts")
        expect(receipts.locator("summary")).to_have_text("Ce que vous avez proposé (1)")
        page.reload()
        ready(page)
        expect(page.locator("#f-title")).to_have_value("")
        expect(page.locator("#drafts")).to_be_hidden()
        receipts.locator("summary").click()
        path = "data/actions/59/59378-marcq-en-baroeul/le-fablab-du-mardi.md"
        expect(receipts).to_contain_text(path)
        link = receipts.get_by_role("link", name="sa page, une fois acceptée")
        assert link.get_attribute("href") == "../../actions/59378/le-fablab-du-mardi/"
        receipts.get_by_role("button", name="Reprendre").click()
        expect(page.locator("#f-title")).to_have_value("Le fablab du mardi")
        assert len(titles(page)) == 2  # the receipt stays


def test_a_receipt_from_elsewhere_leads_nowhere_else(visit: Open) -> None:
    sent = {"how": "x", "path": "<b>", "page": "javascript:alert(1)", "follow": "javascript:1"}
    draft = {"record": {"title": "Un titre"}, "sent": sent, "saved": "2026-11-29T12:00:00Z"}
    with visit() as visited:
        page = ready(visited.go(ACTION))
        key = "atlaas-brouillon:action:x"
        page.evaluate("([k, t]) => localStorage.setItem(k, t)", [key, json.dumps(draft)])
        page.reload()
        receipts = page.locator("#receipts")
        receipts.locator("summary").click()
        expect(receipts).to_contain_text("« Un titre », proposé")
        assert receipts.locator("a").count() == 0
        assert visited.refused() == [] and visited.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drafts_versions_and_receipts_are_open_to_all(visit: Open, axe: str, scheme: str) -> None:
    sent = {"how": "mail", "path": "data/x.md", "page": "../../actions/59378/x/", "follow": ""}
    waiting = {"record": {"title": "Un titre"}, "saved": "2026-11-29T12:00:00Z"}
    with visit(scheme=scheme, width=390) as visited:
        page = ready(visited.go(f"{ACTION}?fiche={RECORD}"))
        typed(page, "La bonne appli, mon titre")
        changed_since(page, title="Leur titre")
        for key, draft in (("w", waiting), ("s", {**waiting, "sent": sent})):
            text = json.dumps({**draft, "of": RECORD})
            page.evaluate(
                "([key, text]) => localStorage.setItem('atlaas-brouillon:action:' + key, text)",
                [key, text],
            )
        page.reload()
        expect(page.locator("#versions h2")).to_be_focused()
        expect(page.locator("#drafts li")).to_have_count(1)
        page.locator("#receipts summary").click()
        found = looked_at(visited, axe)
        assert {what: problems for what, problems in found.items() if problems} == {}
