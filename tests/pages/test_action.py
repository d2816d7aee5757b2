"""What an action's page says."""

from __future__ import annotations

from pathlib import Path

from support import Html, Small, many_actions, plain, tiny_tree

APPLI = "actions/59378/la-bonne-appli/"


def facts(page: Html) -> dict[str, str]:
    terms = [t.text for t in page.all("dt")]
    return dict(zip(terms, [t.text for t in page.all("dd")], strict=True))


def test_everything_in_its_record_is_shown(tiny: Small) -> None:
    page = Html(tiny.html(APPLI))
    text = tiny.text(APPLI)
    assert page.one("h1").text == "Appel à projets « La bonne appli »"
    assert "Marcq-en-Barœul · Réseau social · en cours depuis le 1er mars 2016" in text
    assert "À vérifier : thème déduit du contenu" in text
    assert page.all("strong")[1].text == "une application"
    assert "exemple.org vue le 21 novembre 2026" in page.section("Sources")
    assert "Vérifiée le 21 novembre 2026." in text
    assert page.links()["Page de l'action (appli.example.org)"] == "https://appli.example.org/"
    assert facts(page) == {
        "État": "En cours",
        "Début": "1er mars 2016",
        "Thèmes": "Réseau social Numérique éducatif",
        "Enjeux": "Médiation",
        "Usages": "Démarches administratives",
        "Partenaires": "Métropole Européenne de Lille, Université de Lille",
    }


def test_its_links(tiny: Small) -> None:
    links = Html(tiny.html(APPLI)).links()
    assert links["Réseau social"] == "../../../themes/reseau-social/"
    assert links["Médiation"] == "../../../enjeux/mediation/"
    assert links["Démarches administratives"] == "../../../usages/demarches-administratives/"
    assert links["Université de Lille"] == "../../../acteurs/universite-de-lille/"
    assert links["Marcq-en-Barœul"] == "../../../territoires/59378-marcq-en-baroeul/"


def test_breadcrumb_ends_with_the_territory(tiny: Small) -> None:
    crumbs = Html(tiny.html(APPLI)).one("nav", **{"aria-label": "Fil d'Ariane"})
    assert crumbs.text.endswith("NordMarcq-en-Barœul")


def test_what_is_not_known_is_said(tiny: Small) -> None:
    page = Html(tiny.html("actions/73008/tiers-lieu/"))
    known = facts(page)
    assert (known["État"], known["Début"]) == ("non connu", "non connu")
    assert set(known) == {"État", "Début", "Thèmes"}
    assert "Personne n'a encore vérifié cette fiche." in tiny.text("actions/73008/tiers-lieu/")
    assert "À vérifier" not in tiny.text("actions/73008/tiers-lieu/")


def test_what_was_learnt_from_an_action_that_stopped(tiny: Small) -> None:
    page = Html(tiny.html("actions/59378/ecole-connectee/"))
    assert facts(page)["À refaire ou non"] == "Il faut former avant d'équiper."
    assert facts(page)["État"] == "Arrêtée"


def test_others_of_the_same_territory_and_theme(tiny: Small) -> None:
    page = Html(tiny.html("actions/59378/ecole-connectee/"))
    assert "La bonne appli" in page.section("Dans le même territoire")
    elsewhere = page.section("Actions semblables ailleurs")
    assert "Maison du numérique" in elsewhere
    assert "Lille" in elsewhere
    assert "La bonne appli" not in elsewhere  # of the same territory: already above


def test_an_action_like_no_other_names_none(tiny: Small) -> None:
    headings = [t.text for t in Html(tiny.html("actions/73008/tiers-lieu/")).all("h2")]
    assert "Actions semblables ailleurs" not in headings
    assert "Dans le même territoire" not in headings


def test_three_others_are_shown_and_never_itself(tmp_path: Path) -> None:
    small = Small(tiny_tree(tmp_path, many_actions(5)))
    for number in (1, 4, 5):
        url = f"actions/59350/atelier-numero-{number:03}/"
        page = Html(small.html(url))
        titles = [t.text for t in page.all("h3")]
        ateliers = [t for t in titles if t.startswith("Atelier") or t == "Maison du numérique"]
        assert len(ateliers) == 3
        assert f"Atelier numéro {number:03}" not in titles
        assert titles[3:] == ["Appel à projets « La bonne appli »"]  # the only other territory


def test_title_and_description(tiny: Small) -> None:
    page = tiny.pages[APPLI]
    title, description = page.titled(page.values())
    assert title.startswith("Appel à projets « La bonne appli »")
    assert plain(description) == (
        "Action numérique de Marcq-en-Barœul, depuis 2016. Thèmes : réseau social, "
        "numérique éducatif."
    )
    assert page.source == "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"


def test_a_source_without_title_is_named_by_who_publishes_it(tmp_path: Path) -> None:
    publishers = """\
- id: exemple
  label: L'Exemple
  spellings: [exemple.org, autre.example.org]
"""
    small = Small(tiny_tree(tmp_path, {"data/vocabulary/publishers.yml": publishers}))
    page = Html(small.html(APPLI))
    assert page.links()["L'Exemple"] == "https://exemple.org/appli"
    assert "exemple.org vue le" not in page.section("Sources")
