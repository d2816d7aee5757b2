"""Editions, terms, actors, listings and the home page, on the tiny project."""

from __future__ import annotations

import re
from pathlib import Path

from support import Html, Small, plain, tiny_tree
from tiny import TINY


def test_an_edition_names_its_labels_by_level_then_region(tiny: Small) -> None:
    page = Html(tiny.html("label/2018/"))
    headings = [(t.name, plain(t.text)) for t in page.all("h2", "h3")]
    start = headings.index(("h2", "2 labels"))
    assert headings[start : start + 4] == [
        ("h2", "2 labels"),
        ("h3", "Hauts-de-France"),
        ("h2", "1 label"),
        ("h3", "Auvergne-Rhône-Alpes"),
    ]
    assert page.section("2 labels") == "Hauts-de-France | Marcq-en-Barœul | Roubaix"
    assert page.section("1 label") == "Auvergne-Rhône-Alpes | Aix-les-Bains à vérifier"
    ids = [t.attributes["id"] for t in page.all("h2")]
    assert "niveau-5" in ids
    assert "niveau-4" in ids


def test_an_edition_says_how_many_of_the_total_are_known(tiny: Small) -> None:
    assert "3 labels connus ici, sur 3" in tiny.text("label/2018/")
    assert "pas encore dans l'Atlaas. Vous avez le palmarès" not in tiny.text("label/2018/")
    of_2017 = tiny.text("label/2017/")
    assert "1 label connu ici, sur 331" in of_2017
    assert "330 labels de cette édition ne sont pas encore" in of_2017
    assert "1 label de niveau non connu" in of_2017
    assert "environ 450" in of_2017
    assert "n'est pas connu" in tiny.text("label/2016/")


def test_the_ceremony_of_an_edition(tiny: Small) -> None:
    assert "18e édition. Remise : 1er février 2017, Paris." in tiny.text("label/2017/")
    assert "Date et lieu de la remise non connus." in tiny.text("label/2018/")


def test_previous_and_next_editions(tiny: Small) -> None:
    page = Html(tiny.html("label/2016/"))
    assert page.one("a", rel="prev").attributes["href"] == "../../label/2015/"
    assert page.one("a", rel="next").attributes["href"] == "../../label/2017/"
    first, last = Html(tiny.html("label/2015/")), Html(tiny.html("label/2018/"))
    assert [t for t in first.all("a") if t.attributes.get("rel") == "prev"] == []
    assert [t for t in last.all("a") if t.attributes.get("rel") == "next"] == []


def test_mentions_of_an_edition(tiny: Small) -> None:
    section = Html(tiny.html("label/2018/")).section("Mentions connues")
    assert "Arobase verte : Aix-les-Bains" in section
    assert "Numérique éducatif : Marcq-en-Barœul" in section


def test_the_index_of_the_label_names_all_editions_newest_first(tiny: Small) -> None:
    rows = [t.text for t in Html(tiny.html("label/")).all("tr")][1:]
    assert [row[:4] for row in rows] == ["2018", "2017", "2016", "2015"]
    assert rows[1] == "20171er février 2017, Paris1331 villes labellisées"
    assert rows[2] == "2016non connue0non connu"


def test_a_label_from_abroad_is_outside_france(tmp_path: Path) -> None:
    text = (
        "code: x-quebec\nname: Québec\nkind: syndicat\ncountry: Canada\nlabels:\n"
        "  - edition: 2018\n    level: 3\n    sources:\n      - url: https://exemple.org/q\n"
    )
    small = Small(tiny_tree(tmp_path, {"data/territories/autres/x-quebec.yml": text}))
    edition = Html(small.html("label/2018/"))
    # two groups of one label: 4 @ for Aix-les-Bains, 3 @ for Québec
    assert "Hors de France" in [t.text for t in edition.all("h3")]
    page = Html(small.html("territoires/x-quebec/"))
    assert page.one("p", **{"class": "where"}).text.endswith(" · Canada")


def test_a_theme(tiny: Small) -> None:
    page = Html(tiny.html("themes/numerique-educatif/"))
    assert page.one("h1").text == "Numérique éducatif"
    text = tiny.text("themes/numerique-educatif/")
    assert "Le numérique à l'école." in text
    assert "3 actions. Ce thème vient du label (2017)." in text
    assert "Hauts-de-France 3" in page.one("figure").text or "Hauts-de-France3" in (
        page.one("figure").text.replace(" ", "")
    )
    assert page.section("Territoires qui ont plusieurs actions sur ce sujet").startswith(
        "Marcq-en-Barœul 2 actions"
    )
    assert (
        page.links()["Mention : Numérique éducatif"] == "../../label/mentions/numerique-educatif/"
    )


def test_terms_lead_to_each_other(tiny: Small) -> None:
    theme = Html(tiny.html("themes/mediation-numerique/"))
    assert theme.links()["Enjeu : Médiation"] == "../../enjeux/mediation/"
    enjeu = Html(tiny.html("enjeux/mediation/"))
    assert enjeu.links()["Thème : Médiation numérique"] == "../../themes/mediation-numerique/"
    mention = Html(tiny.html("label/mentions/numerique-educatif/"))
    assert mention.links()["Thème : Numérique éducatif"] == "../../../themes/numerique-educatif/"


def test_a_term_without_action_invites(tiny: Small) -> None:
    assert "Aucune action connue pour l'instant. Proposez la première." in tiny.text(
        "enjeux/emploi/"
    )


def test_a_mention_names_who_has_it(tiny: Small) -> None:
    page = Html(tiny.html("label/mentions/arobase-verte/"))
    row = [t.text for t in page.all("tr")][1]
    assert row.startswith("Aix-les-Bains2018")
    assert "1 label connu." in tiny.text("label/mentions/arobase-verte/")


def test_an_actor(tiny: Small) -> None:
    page = Html(tiny.html("acteurs/universite-de-lille/"))
    assert page.one("h1").text == "Université de Lille"
    assert "La bonne appli" in page.section("Actions")
    assert page.links()["Lille"] == "../../territoires/59350-lille/"


def test_the_list_of_territories(tiny: Small) -> None:
    """Six files and Lille; empty départements and régions are not in it."""
    page = Html(tiny.html("territoires/"))
    names = [t.text for t in page.all("th") if t.attributes["scope"] == "row"]
    assert names == [
        "Aix-les-Bains",
        "Lille",
        "Marcq-en-Barœul",
        "Métropole Européenne de Lille",
        "Nord numérique",
        "Roubaix",
        "Villeneuve-d'Ascq",
    ]
    assert "7 territoires." in tiny.text("territoires/")


def test_the_list_of_actions_is_newest_first_and_undated_last(tiny: Small) -> None:
    titles = [t.text for t in Html(tiny.html("actions/")).all("h2")]
    assert titles == [
        "Maison du numérique",
        "Appel à projets « La bonne appli »",
        "École connectée",
        "Tiers-lieu au casino",
    ]


def test_areas_with_their_counts(tiny: Small) -> None:
    rows = [t.text for t in Html(tiny.html("regions/")).all("tr")]
    hauts = next(row for row in rows if row.startswith("Hauts-de-France"))
    assert hauts.endswith("33")  # three labelled, three actions
    rows = [t.text for t in Html(tiny.html("departements/")).all("tr")]
    nord = next(row for row in rows if row.startswith("Nord") and not row.startswith("Nord-"))
    assert nord.endswith("33")


def test_the_home_page(tiny: Small) -> None:
    page = Html(tiny.html(""))
    counts = [t.text for t in page.all("li")]
    for words in ("7 territoires", "4 actions", "5 labels connus", "4 éditions du label"):
        assert words in counts
    assert "Numérique éducatif 3" in counts
    newest = page.section("Actions les plus récentes")
    assert "Maison du numérique" in newest
    assert "Tiers-lieu" not in newest  # of unknown date
    assert page.one("h1").text != ""
    assert tiny.pages[""].scripts == ("assets/js/finder.js",)


def test_national_figures(tmp_path: Path) -> None:
    text = (
        "- label: foyers équipés\n  value: 48\n  unit: '%'\n  nature: existant\n  date: 2016\n"
        "  area: France\n  sources:\n    - url: https://exemple.org/f\n"
    )
    small = Small(tiny_tree(tmp_path, {"data/context.yml": text}))
    assert "foyers équipésFrance48 %2016exemple.org" in small.text("contexte/")


def test_actions_of_one_title_name_their_place_wherever_they_are_listed(tmp_path: Path) -> None:
    """Two « La bonne appli »: beside each link the name of its territory, or as what heads it."""
    text = TINY["data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"]
    other = "data/actions/73/73008-aix-les-bains/la-bonne-appli.md"
    small = Small(tiny_tree(tmp_path, {other: text.replace("59378", "73008")}))
    places = {"59378": "Marcq-en-Barœul", "73008": "Aix-les-Bains"}
    unnamed, listed = [], 0
    for url in small.pages:
        page = Html(small.html(url))
        for at, tag in enumerate(page.tags):
            found = re.search(r"actions/(\d{5})/la-bonne-appli/$", tag.attributes.get("href", ""))
            if not found or "La bonne appli" not in plain(tag.text):
                continue
            listed += 1
            before = page.tags[at - 1 :: -1]
            holder = next(t for t in before if t.name in ("li", "tr", "p") and tag.text in t.text)
            heads = [next((t.text for t in before if t.name == h), "") for h in ("h3", "h2", "h1")]
            beside = [holder.text, *heads, *(t.text for t in page.all("nav"))]
            if places[found[1]] not in " ".join(beside):
                unnamed.append((url, holder.text))
    assert unnamed == [] and listed > 20
