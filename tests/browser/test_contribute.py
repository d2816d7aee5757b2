"""The forms of /contribuer/ in a browser: what they write is what `check` accepts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from atlaas.directory.loading import read_and_check
from atlaas.edit.canonical import canonical
from atlaas.project import Project
from atlaas.read import read_bytes
from browser.test_pages import looked_at
from support import FORGE_URL, SAMPLE, Open

ACTION = "contribuer/action/"
TERRITORY = "contribuer/territoire/"
FULL = "35/35315-saint-sulpice-la-foret/reseau-de-capteurs-communal-plus-petite-ville-connectee"
LISTEN = "window.__opened = []; window.open = (url) => { window.__opened.push(url); };"
TITLES = [
    "Éco-gestes : l'appli « Ça coule de source » # 1 pour l'œuvre 🎉",
    '"; territory: "75056',
    "--- {a: [1, 2]} &ancre *renvoi !!python/object @x %y `z`",
    "Titre\nterritory: 01004\nsources: []",
    "- oui: non, 22:22 est une heure # et ceci reste",
    "\\u0022 \\x41 \\n 'simple' \"double\"",
    "? Qui : quoi",
]


def pick(page: Page, field: str, words: str) -> None:
    """Choose a value of a long list by its words, by keyboard: what is proposed may move it."""
    page.fill(f"#f-{field} .narrow", words)
    box = page.locator(f"#f-{field}").get_by_role("checkbox", name=words, exact=True)
    box.press("Space")
    expect(box).to_be_checked()


def further(page: Page) -> None:
    """Open « Aller plus loin »."""
    page.locator("#further > summary").click()


def fill_in(page: Page, title: str, story: str = "Une application pour s'entraider.") -> None:
    """The least that an action needs."""
    page.fill("#f-territory", "marcq en bar")
    page.get_by_role("button", name="Marcq-en-Barœul").click()
    page.evaluate("(t) => { const f = document.getElementById('f-title'); f.focus(); }", title)
    page.locator("#f-title").evaluate(
        "(field, text) => { field.value = text;"
        " field.dispatchEvent(new Event('input', {bubbles: true})); }",
        title,
    )
    page.fill("#f-body", story)
    pick(page, "themes", "Réseau social")
    page.fill("#f-sources-0-url", "https://www.ville-marcq.fr/appli?a=1&b=2#haut")


def proposed(page: Page) -> tuple[str, str]:
    """(path, text) that the forge would receive."""
    page.click("#propose")
    page.locator("#outcome strong").wait_for()
    address = urlsplit(page.evaluate("window.__opened.at(-1)"))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{FORGE_URL}/new/main"
    query = parse_qs(address.query, keep_blank_values=True, strict_parsing=True)
    return query["filename"][0], query["value"][0]


def checked(root: Path, path: str, text: str) -> list[str]:
    """The errors that `check` finds in a file written there; the file is taken back."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    try:
        problems = read_and_check(Project(root), lambda other: other == path).problems
        return [f"{p.rule}: {p.message}" for p in problems if p.severity == "error"]
    finally:
        file.unlink()


@pytest.mark.parametrize("title", TITLES)
def test_what_is_proposed_is_accepted(visit: Open, scratch: Path, title: str) -> None:
    story = f"Un récit.\n\n---\ntitle: pirate\n---\n\n- {title}\n"
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        fill_in(page, title, story)
        path, text = proposed(page)
        assert visited.wrong == [] and visited.refused() == []
    assert path.startswith("data/actions/59/59378-marcq-en-baroeul/")
    assert checked(scratch, path, text) == []
    document = read_bytes(text.encode(), path, "action")
    assert document.data == {
        "title": " ".join(title.split()) if "\n" not in title else title.replace("\n", ""),
        "territory": "59378",
        "themes": ["reseau-social"],
        "sources": [{"url": "https://www.ville-marcq.fr/appli?a=1&b=2#haut"}],
    }
    assert document.body == story.strip()
    assert canonical(document) == text


def reach(page: Page, there: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if page.evaluate(there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(there)


def test_the_whole_form_by_keyboard(visit: Open, scratch: Path) -> None:
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        keys = page.keyboard
        page.locator("#contribute").wait_for()
        page.focus("#f-title")
        keys.type("Le fablab des grands-parents")
        keys.press("Tab")
        keys.type("Chaque mardi.")
        keys.press("Tab")
        reach(page, "document.activeElement.matches('#f-themes .narrow')")
        keys.type("entraide")
        keys.press("Enter")  # the first theme that answers
        reach(page, "document.activeElement.id === 'f-territory'")
        keys.type("59378")
        page.locator(".found button").first.wait_for()
        keys.press("ArrowDown")
        keys.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Changer"
        reach(page, "document.activeElement.id === 'f-sources-0-url'")
        keys.type("https://exemple.fr/fablab")
        reach(page, "document.activeElement.matches('#further > summary')")
        keys.press("Enter")
        reach(page, "document.activeElement.id === 'f-started'")
        keys.type("2/7/2024")
        reach(page, "document.activeElement.id === 'propose'")
        keys.press("Enter")
        page.locator("#outcome strong").wait_for()
        value = parse_qs(urlsplit(page.evaluate("window.__opened[0]")).query)["value"][0]
    assert "started: 2024-07-02\n" in value
    path = "data/actions/59/59378-marcq-en-baroeul/le-fablab-des-grands-parents.md"
    assert checked(scratch, path, value) == []


def test_what_is_missing_is_said_and_can_be_reached(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        further(page)
        page.fill("#f-website", "ville.fr")
        page.fill("#f-started", "31/02/2024")
        page.fill("#f-body", "Écrire à jean.martin@ville.fr ou au 03 20 12 34 56 <b>vite</b>")
        page.click("#propose")
        summary = page.locator("#summary")
        summary.locator("a").first.wait_for()
        assert page.evaluate("document.activeElement.id") == "summary"
        reported = summary.inner_text()
        wanted = ["à corriger", "Territoire", "Titre", "Thèmes", "une source", "https://"]
        wanted += ["adresse électronique", "téléphone", "HTML", "jour (2 juillet 2016"]
        assert [words for words in wanted if words not in reported] == []
        website = page.locator("#f-website")
        assert website.get_attribute("aria-invalid") == "true"
        assert "f-website-error" in (website.get_attribute("aria-describedby") or "")
        assert "https://" in page.locator("#f-website-error").inner_text()
        summary.get_by_role("link", name="Titre").click()
        assert page.evaluate("document.activeElement.id") == "f-title"
        page.fill("#f-title", "Un titre assez long")
        expect(page.locator("#f-title")).not_to_have_attribute("aria-invalid", "true")
        assert page.evaluate("window.__opened") is None


def test_a_draft_survives_and_can_be_erased(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        fill_in(page, "Le brouillon qui dure")
        expect(page.locator("#preview")).to_have_value(re.compile("sources"))
        page.wait_for_timeout(300)
        assert page.evaluate("Object.keys(localStorage).length") == 1
        page.reload()
        expect(page.locator("#preview")).to_have_value(re.compile("sources"))
        assert "Le brouillon qui dure" in page.input_value("#preview")
        assert 'territory: "59378"' in page.input_value("#preview")
        assert "Marcq-en-Barœul" in page.locator(".chosen").first.inner_text()
        assert "brouillon" in page.locator("#draft").inner_text()
        page.click("#erase")
        expect(page.locator("#f-title")).to_have_value("")
        page.reload()
        page.locator("#contribute").wait_for()
        assert page.input_value("#f-title") == ""


def test_a_form_is_filled_in_by_its_address(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(
            f"{ACTION}?territoire=200093201&theme=reseau-social&theme=inconnu&titre=A%22B"
        )
        expect(page.locator("#preview")).to_have_value(re.compile("200093201"))
        assert page.input_value("#preview").startswith(
            '---\ntitle: A"B\nterritory: "200093201"\nthemes:\n  - reseau-social\n---\n'
        )
        assert "/59/200093201-metropole-europeenne-de-lille/" in (page.text_content("#path") or "")


def test_a_long_text_is_copied(visit: Open) -> None:
    with visit(permissions=["clipboard-read", "clipboard-write"]) as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        fill_in(page, "Une très longue histoire", "Été à Œuilly. " * 800)
        page.click("#propose")
        page.locator("#outcome li").first.wait_for()
        address = page.evaluate("window.__opened[0]")
        assert "value=" not in address and "filename=data%2Factions%2F59%2F" in address
        assert "trop longue" in page.inner_text("#outcome")
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#preview")


def test_an_address_stays_under_the_limit_of_the_forge(visit: Open) -> None:
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        fill_in(page, "Une histoire", "é" * 1290)
        for _ in range(60):
            page.click("#propose")
            page.locator("#outcome strong").wait_for()
            address = page.evaluate("window.__opened.at(-1)")
            assert len(address) <= 8191
            if "value=" not in address:
                break
            page.locator("#f-body").press("End")
            page.locator("#f-body").type("é")
        else:
            raise AssertionError("la limite n'est jamais atteinte")


def test_the_file_can_be_downloaded(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        fill_in(page, "Télécharger sans compte")
        with page.expect_download() as waiting:
            page.click("#download")
        assert waiting.value.suggested_filename == "telecharger-sans-compte.md"
        assert Path(waiting.value.path()).read_text("utf-8") == page.input_value("#preview")
        assert visited.refused() == []


def test_a_commune_is_found_by_a_former_name(visit: Open) -> None:
    """Annecy-le-Vieux is a part of Annecy since 2017: the form takes Annecy, and says why."""
    with visit() as visited:
        page = visited.go(ACTION)
        page.fill("#f-territory", "annecy le vieux")
        page.get_by_role("button", name="anciennement Annecy-le-Vieux").click()
        assert "code 74010" in page.locator(".chosen").first.inner_text()
        page.get_by_role("button", name="Changer : Annecy").click()
        page.fill("#f-territory", "74011")
        page.get_by_role("button", name="ancien code 74011").wait_for()
        assert visited.wrong == []


def test_near_actions_are_shown(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        page.fill("#f-territory", "59378")
        page.locator(".found button").first.click()
        page.fill("#f-title", "L'appel à projets La Bonne Appli")
        page.locator("#twins a").first.wait_for()
        assert "(Marcq-en-Barœul) – la corriger" in page.inner_text("#twins")
        page.locator("#twins a").nth(1).click()
        page.wait_for_url("**fiche=actions/59378/appel-a-projets-la-bonne-appli")


def test_a_name_is_pointed_out_before_anything_is_proposed(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        page.fill("#f-title", "Le fablab de Mme X, adjointe au maire")
        page.locator("#f-title").blur()
        page.get_by_text("Est-ce le nom d’une personne").wait_for()
        page.fill("#f-title", "Le fablab de la rue du Docteur Calmette")
        page.locator("#f-title").blur()
        page.get_by_text("Est-ce le nom d’une personne").wait_for(state="detached")


def test_a_correction_starts_from_the_record(visit: Open, scratch: Path) -> None:
    path = "data/actions/59/59378-marcq-en-baroeul/appel-a-projets-la-bonne-appli.md"
    with visit(permissions=["clipboard-read", "clipboard-write"]) as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(f"{ACTION}?fiche=actions/59378/appel-a-projets-la-bonne-appli")
        expect(page.locator("#preview")).to_have_value((SAMPLE / path).read_text("utf-8"))
        assert (page.text_content("#path") or "") == path
        page.select_option("#f-status", "realisee")
        page.click("#propose")
        page.locator("#outcome li").first.wait_for()
        assert page.evaluate("window.__opened[0]") == f"{FORGE_URL}/edit/main/{path}"
        copied = page.evaluate("navigator.clipboard.readText()")
    assert "status: realisee" in copied
    assert canonical(read_bytes(copied.encode(), path, "action")) == copied


def test_a_label_is_added_to_a_territory(visit: Open, scratch: Path) -> None:
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(f"{TERRITORY}?territoire=01004")
        page.locator(".chosen li").wait_for()
        page.get_by_role("button", name="Ajouter un label").click()
        page.locator("[id^=f-labels-][id$=-edition]").select_option("2018")
        page.locator("[id^=f-labels-][id$=-level]").select_option("3")
        page.locator("[id^=f-labels-][id$=-url]").fill("https://exemple.fr/label")
        page.get_by_role("button", name="Ajouter un service").click()
        page.locator("[id^=f-services-][id$=-usage]").select_option("demarches-administratives")
        page.locator("[id^=f-services-][id$=-title]").fill("Portail famille")
        path, text = proposed(page)
    assert path == "data/territories/01/01004-amberieu-en-bugey.yml"
    assert text == (
        'code: "01004"\nlabels:\n  - edition: 2018\n    level: 3\n    sources:\n'
        "      - url: https://exemple.fr/label\nservices:\n"
        "  - usage: demarches-administratives\n    title: Portail famille\n"
    )
    assert checked(scratch, path, text) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", [ACTION, f"{TERRITORY}?territoire=59378", "contribuer/champs/"])
def test_a_form_is_silent_and_open_to_all(visit: Open, axe: str, url: str, scheme: str) -> None:
    with visit(scheme=scheme) as visited:
        page = visited.go(url)
        if "champs" not in url:
            page.locator("#contribute").wait_for()
            page.get_by_role("button", name="Ajouter une source").first.click()
            page.click("#propose")
            page.wait_for_timeout(300)
        found = looked_at(visited, axe)
        found["messages"] = [w for w in visited.wrong if "forge.example" not in w]
        assert {what: problems for what, problems in found.items() if problems} == {}


def test_without_script_the_other_ways_are_told(visit: Open) -> None:
    with visit(java_script_enabled=False) as visited:
        page = visited.go(ACTION)
        reported = page.locator("main").inner_text()
        assert "a besoin de JavaScript" in reported
        assert page.locator("#contribute").is_hidden()
        assert page.get_by_role("link", name="tous les champs").is_visible()


def test_without_a_forge_the_download_remains(visit: Open, tmp_path: Path) -> None:
    from support import Small, tiny_tree

    html = Small(tiny_tree(tmp_path)).html(ACTION)
    assert 'id="propose"' not in html and 'id="download"' in html
    start = html.index(">", html.index('id="settings"')) + 1
    settings = json.loads(html[start : html.index("</script>", start)])
    assert settings["forge"] == {}
    assert 'id="link"' in html
    assert 'id="mail"' not in html and settings["mail"] == ""  # no contact is set


def test_the_second_step_opens_and_what_it_asks_is_accepted(visit: Open, scratch: Path) -> None:
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        step = page.locator("details.step")
        assert step.get_attribute("open") is None
        fill_in(page, "Une cabine de soins à distance")
        further(page)
        page.get_by_text("Pour que d’autres puissent refaire").click()
        pick(page, "audience", "Seniors")
        page.fill("#f-cost-amount", "42 000")
        page.locator("#f-cost-amount").blur()
        expect(page.locator("#f-cost-amount")).to_have_value("42\u202f000")
        page.click("#propose")
        expect(page.locator("#f-cost-date-error")).to_have_text("Année du coût : à compléter.")
        page.fill("#f-cost-date", "2021")
        page.select_option("#f-cost-period", "par-an")
        page.fill("#f-tools", "Une cabine\n\n  Un logiciel de : rendez-vous ")
        page.get_by_role("button", name="Ajouter un résultat").click()
        page.locator("#f-results [id$=text]").fill("250 patients réguliers")
        page.locator("#f-results [id$=date]").fill("5/2023")
        page.fill("#f-contact", "https://www.linkedin.com/in/jeanne")
        page.click("#propose")
        expect(page.locator("#f-contact-error")).to_contain_text("jamais celle d’une personne")
        page.fill("#f-contact", "https://www.ville.fr/contact")
        path, text = proposed(page)
        assert visited.wrong == [] and visited.refused() == []
    assert checked(scratch, path, text) == []
    assert canonical(read_bytes(text.encode(), path, "action")) == text
    head = text.partition("sources:")[0].partition("audience:")[2]
    assert (
        head
        == """
  - seniors
cost:
  amount: 42000
  period: par-an
  date: 2021
tools:
  - Une cabine
  - "Un logiciel de : rendez-vous"
results:
  - text: 250 patients réguliers
    date: 2023-05
contact: https://www.ville.fr/contact
"""
    )


def recipe_of(text: str) -> str:
    return text.partition("\naudience:")[2].partition("\nsources:")[0]


def test_a_full_record_comes_back_into_the_form_as_it_was(visit: Open) -> None:
    path = f"data/actions/{FULL}.md"
    code, slug = FULL.split("/")[1].partition("-")[0], FULL.rpartition("/")[2]
    with visit() as visited:
        page = visited.go(f"{ACTION}?fiche=actions/{code}/{slug}")
        expect(page.locator("#title")).to_have_text("Corriger une action")
        assert page.locator("details.step").get_attribute("open") is not None
        shown = page.locator("#preview").input_value()
    written = (SAMPLE / path).read_text("utf-8")
    for text in (shown, written):
        assert "\ncost:\n  amount: 20000\n" in text
    assert recipe_of(shown) == recipe_of(written)


def test_a_stopped_action_is_asked_what_was_learnt(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        further(page)
        page.select_option("#f-status", "arretee")
        expect(page.locator("details.step")).to_have_attribute("open", "")
        expect(page.locator("#f-lessons")).to_be_visible()
