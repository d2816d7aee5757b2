"""What, where, a link that shows it; then the rest. Long lists are searched, the page is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from atlaas.build import load
from atlaas.pages.contribute_hints import theme_words
from atlaas.project import Project
from browser.test_contribute import LISTEN, fill_in, further, pick, proposed
from support import Open, tiny_tree

ACTION = "contribuer/action/"


def test_three_questions_come_first(visit: Open) -> None:
    """Between the first field and the button, few things to pass; all that is required is there."""
    with visit() as visited:
        visited.page.add_init_script(LISTEN)
        page = visited.go(ACTION)
        page.locator("#contribute").wait_for()
        heads = [text.replace("\u202f", " ") for text in page.locator("form h2").all_inner_texts()]
        assert heads == ["Quelle action ?", "Où ?", "Un lien qui la montre ?", "Aller plus loin"]
        boxes = page.locator("form input, form textarea, form select")
        visible = [box for box in boxes.all() if box.is_visible()]
        assert len(visible) == 5  # title, story, search of a theme, territory, address
        asked = page.locator("#further [required]").evaluate_all(
            "(all) => all.map((one) => one.id)"
        )
        assert asked == ["f-cost-date"]  # of a cost that is told
        fill_in(page, "Le fablab des grands-parents")
        path, _ = proposed(page)
        assert path.endswith("/le-fablab-des-grands-parents.md")


def test_a_list_is_searched_by_its_words(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        themes = page.locator("#f-themes")
        shown = themes.locator(".checks label:visible")
        assert shown.count() == 0
        page.fill("#f-themes .narrow", "eleves")  # of the definition: « des élèves »
        expect(shown).to_have_text(["Numérique éducatif"])
        page.press("#f-themes .narrow", "Enter")
        expect(themes.get_by_role("checkbox", name="Numérique éducatif")).to_be_checked()
        expect(page.locator("#f-themes .narrow")).to_have_value("")
        page.fill("#f-themes .narrow", "zzz")
        expect(themes.locator("[role=status]")).to_contain_text("Aucune réponse")
        expect(shown).to_have_text(["Numérique éducatif"])  # what is chosen stays in view
        expect(page.locator("#f-themes-error")).to_be_hidden()
        themes.get_by_role("button", name="Voir toute la liste").click()
        assert shown.count() == themes.locator("[type=checkbox]").count() > 8
        further(page)
        assert page.locator("#f-enjeux .checks label:visible").count() == 0
        assert visited.wrong == []


def test_themes_are_proposed_from_the_words(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        assert page.locator(".proposed").first.is_hidden()
        page.fill("#f-title", "Des tablettes pour les élèves de l'école")
        button = page.get_by_role("button", name="Choisir Numérique éducatif")
        button.click()
        expect(page.locator("#f-themes input[value=numerique-educatif]")).to_be_checked()
        expect(page.locator("#f-themes input[value=numerique-educatif]")).to_be_focused()
        expect(button).to_have_count(0)
        assert "  - numerique-educatif\n" in page.input_value("#preview")


def test_words_of_themes_are_learned_from_actions(tmp_path: Path) -> None:
    """Two actions on a theme say « fablab », none elsewhere; a name of a territory is no word."""
    one = '---\ntitle: Atelier fablab {}\nterritory: "59350"\nthemes: [numerique-educatif]\n'
    other = '---\ntitle: Atelier couture {}\nterritory: "59350"\nthemes: [reseau-social]\n'
    rest = "sources:\n  - url: https://exemple.org/x\n---\n\nÀ Lille.\n"
    files = {
        f"data/actions/59/59350-lille/{name}.md": head.format(name) + rest
        for name, head in (("un", one), ("deux", one), ("trois", other), ("quatre", other))
    }
    words = theme_words(load(Project(tiny_tree(tmp_path, files)))[0])
    assert words["numerique-educatif"][0] == "fablab"
    assert words["reseau-social"][0] == "couture"
    assert not {"lille", "quatre"} & {*words["numerique-educatif"], *words["reseau-social"]}


def test_the_preview_is_the_page(visit: Open) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    with visit() as visited:
        page = visited.go(ACTION)
        shown = page.locator("#as-page")
        expect(shown).to_contain_text("Le titre")
        assert page.locator("#preview").is_hidden()
        fill_in(
            page,
            "Le fablab",
            f"Chaque **mardi** :\n\n- aider\n- [voir](https://a.example/)\n\n{hostile}",
        )
        further(page)
        page.select_option("#f-status", "en-cours")
        page.fill("#f-started", "septembre 2021")
        pick(page, "usages", "Démarches administratives")
        expect(shown.locator(".intro")).to_have_text(
            "Marcq-en-Barœul · Réseau social · en cours depuis septembre 2021"
        )
        expect(shown.locator("strong").first).to_have_text("mardi")
        expect(shown.locator("li").first).to_have_text("aider")
        assert shown.get_by_role("link", name="voir").get_attribute("href") == "https://a.example/"
        expect(shown.locator("dd").last).to_have_text("Démarches administratives")
        expect(shown).to_contain_text(hostile)
        assert page.locator("img[src=x]").count() == 0
        page.locator("#file summary").click()
        assert "usages:\n  - demarches-administratives\n" in page.input_value("#preview")
        assert visited.wrong == [] and visited.refused() == []


@pytest.mark.parametrize("how", ["pasted", "address"])
def test_a_title_is_never_cut_in_silence(visit: Open, how: str) -> None:
    title = "Une action " + "très " * 30 + "longue"  # 11 + 150 + 6 = 167 signs
    with visit() as visited:
        page = visited.go(f"{ACTION}?titre={title}" if how == "address" else ACTION)
        page.locator("#contribute").wait_for()
        if how == "pasted":
            page.focus("#f-title")
            page.keyboard.insert_text(title)
        expect(page.locator("#f-title")).to_have_value(title)
        expect(page.locator("#count")).to_have_text(
            "167 caractères : retirez-en 27, il en faut 140 au plus."
        )
        if how == "pasted":  # then it is a change of the reader's, and judged
            page.locator("#f-title").blur()
            expect(page.locator("#f-title-error")).to_have_text(
                "Titre : 140 caractères au plus (167 ici)."
            )
            expect(page.locator("#count")).to_be_hidden()  # said once
        page.fill("#f-title", title[:120])
        expect(page.locator("#count")).to_have_text("120 caractères sur 140.")
        page.fill("#f-title", title[:50])
        expect(page.locator("#count")).to_be_hidden()


def test_a_territory_is_read_over_in_words(visit: Open) -> None:
    with visit() as visited:
        page = visited.go("contribuer/territoire/?territoire=01004")
        page.locator(".chosen li").wait_for()
        page.get_by_role("button", name="Ajouter un label").click()
        page.locator("[id^=f-labels-][id$=-edition]").select_option("2018")
        page.locator("[id^=f-labels-][id$=-level]").select_option("3")
        page.locator("[id^=f-labels-][id$=-url]").fill("https://exemple.fr/label")
        shown = page.locator("#as-page")
        expect(shown.locator(".headline")).to_have_text("Ambérieu-en-Bugey")
        expect(shown.locator("li")).to_have_text(["2018 · 3 arobases · https://exemple.fr/label"])
        assert page.locator("#preview").is_hidden()
        assert visited.wrong == [] and visited.refused() == []
