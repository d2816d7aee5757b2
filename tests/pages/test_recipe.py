"""The strip « Pour refaire » of an action's page, and what the contributor is told is missing."""

from __future__ import annotations

from pathlib import Path

from support import Html, Small, tiny_tree

MAISON = "actions/59350/maison-du-numerique/"
FILE = "data/actions/59/59350-lille/maison-du-numerique.md"


def strip(page: Html) -> dict[str, str]:
    names = [t.text for t in page.all("dt")]
    return dict(zip(names, [t.text for t in page.all("dd")], strict=True))


def test_what_is_known_is_shown_in_words(tiny: Small) -> None:
    page = Html(tiny.html(MAISON))
    assert strip(page) | {"État": "", "Début": "", "Thèmes": ""} == {
        "Pour qui": "Seniors, Jeunes",
        "Coût": "42 000 € par an (2021) ; salaires et loyer ; financement : DETR, 40 %",
        "Outils": "Decidim, bornes wifi",
        "Résultats": "312 personnes accompagnées (2023)"
        "Tous les ateliers complets : une file d'attente (mai 2024)",
        "À refaire ou non": "Ouvrir le samedi.",
        "Contact": "lille.example.org",
        "État": "",
        "Début": "",
        "Thèmes": "",
    }
    assert page.links()["lille.example.org"] == "https://www.lille.example.org/maison/"


def test_a_full_record_says_so_and_asks_for_nothing(tiny: Small) -> None:
    page = Html(tiny.html(MAISON))
    assert page.one("h2", id="refaire").text == "Pour refaire fiche complète"
    assert "À compléter" not in tiny.text(MAISON)


def test_what_is_missing_is_named_to_the_contributor(tiny: Small) -> None:
    page = Html(tiny.html("actions/59378/ecole-connectee/"))
    assert page.one("h2", id="refaire").text == "Pour refaire"
    assert strip(page)["À refaire ou non"] == "Il faut former avant d'équiper."
    assert (
        page.one("footer", **{"class": "upkeep"}).text.count(
            "À compléter : pour qui, coût, outils, durée, résultats, contact, partenaires."
        )
        == 1
    )
    more = next(tag.attributes for tag in page.all("a") if tag.text == "À compléter")
    assert more == {"href": "#corriger", "data-form": "#again"}  # after the form's address, there
    form = "../../../contribuer/action/?fiche=actions/59378/ecole-connectee"
    assert page.links()["Corriger cette fiche"] == form


def test_partners_and_actors_stand_together(tiny: Small) -> None:
    page = Html(tiny.html("actions/59378/la-bonne-appli/"))
    assert strip(page)["Partenaires"] == "Métropole Européenne de Lille, Université de Lille"


def test_nothing_known_shows_no_strip(tiny: Small) -> None:
    page = Html(tiny.html("actions/73008/tiers-lieu/"))
    assert [t.text for t in page.all("h2")] == ["Sources"]
    assert "À compléter" in tiny.text("actions/73008/tiers-lieu/")


def test_a_cost_without_amount(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path)
    text = (root / FILE).read_text("utf-8")
    cut = text.partition("cost:\n")[0], text.partition("tools:")[2]
    cost = "cost:\n  funding: ville et CAF\n  date: 2021-03\ntools:"
    (root / FILE).write_text(cost.join(cut), "utf-8")
    words = strip(Html(Small(root).html(MAISON)))["Coût"]
    assert words == "financement : ville et CAF (mars 2021)"
