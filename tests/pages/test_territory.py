"""What a territory's page says, whatever its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.forge import Forge
from atlaas.geography.reference import Reference
from atlaas.pages import explorer, territory, views
from atlaas.pages.page import Site
from atlaas.text import slug, sort_key
from support import FORGE_URL, Html, Small, many_actions, plain, tiny_tree

AIX = "territoires/73008-aix-les-bains/"
MARCQ = "territoires/59378-marcq-en-baroeul/"
LILLE = "territoires/59350-lille/"
MEL = "territoires/200093201-metropole-europeenne-de-lille/"
ASCQ = "territoires/59009-villeneuve-d-ascq/"


def test_title_sign_and_facts(tiny: Small) -> None:
    page = Html(tiny.html(AIX))
    assert page.one("h1").text == "Aix-les-Bains"
    signs = [t.attributes["aria-label"] for t in page.all("span") if "role" in t.attributes]
    assert plain(signs[0]) == "4 arobases sur 5, dont une verte, 2018"
    where = page.one("p", **{"class": "where"}).text
    assert where == "Commune, 32 406 habitants · CA Grand Lac · Savoie · Auvergne-Rhône-Alpes"
    facts = dict(
        zip([t.text for t in page.all("dt")], [t.text for t in page.all("dd")], strict=True)
    )
    assert facts == {
        "Site officiel": "aix.example.org",
        "Code postal": "73100",
        "Code INSEE": "73008",
    }
    assert page.links()["Savoie"] == "../../departements/73-savoie/"


def test_what_a_visitor_came_for_comes_before_codes(tiny: Small) -> None:
    """In the order of the source, which is that of a phone and of a screen reader."""
    order = [
        "Aix-les-Bains",
        "4 arobases sur 5 à l'édition 2018",
        "Tiers-lieu au casino",
        "Site officiel",
        "Code INSEE",
        "Corriger cette fiche",
    ]
    words = tiny.text(AIX)
    places = [words.index(word) for word in order]
    assert places == sorted(places)
    details = Html(tiny.html(AIX)).one("details", id="fiche")
    assert "open" not in details.attributes


def test_breadcrumb(tiny: Small) -> None:
    page = Html(tiny.html(AIX))
    crumbs = page.one("nav", **{"aria-label": "Fil d'Ariane"})
    assert crumbs.text == "AccueilTerritoiresAuvergne-Rhône-AlpesSavoieAix-les-Bains"


def test_the_timeline_goes_from_first_to_last_and_shows_gaps(tiny: Small) -> None:
    directory = tiny.directory
    columns = views.timeline(directory, directory.territories["73008"], "../../")
    assert [(c.edition, c.known, c.level) for c in columns] == [
        (2015, True, 5),
        (2016, False, None),
        (2017, False, None),
        (2018, True, 4),
    ]
    assert columns[3].mentions == [("Arobase verte", "../../label/mentions/arobase-verte/")]
    assert (columns[0].green, columns[3].green) == (False, True)
    items = [t for t in Html(tiny.html(AIX)).all("li") if t.attributes.get("class") == "gap"]
    assert [t.text for t in items] == ["2016non connu", "2017non connu"]


def test_a_doubt_is_shown_with_its_reason(tiny: Small) -> None:
    assert "À vérifier : niveau lu sur une photo" in Html(tiny.html(AIX)).section("Label")


def test_each_label_has_its_source(tiny: Small) -> None:
    page = Html(tiny.html(AIX))
    label = page.section("Label")
    assert "Palmarès, Le Journal, février 2015" in label
    assert "exemple.org vue le 21 novembre 2026" in label
    assert page.links()["Édition 2015"] == "../../label/2015/"


def test_a_label_without_level(tiny: Small) -> None:
    page = Html(tiny.html(ASCQ))
    assert "Label de niveau non connu à l'édition 2017" in tiny.text(ASCQ)
    signs = [t.attributes["aria-label"] for t in page.all("span") if "role" in t.attributes]
    assert plain(signs[0]) == "niveau non connu, 2017"


def test_a_territory_with_a_label_and_no_action_says_so_and_invites(tiny: Small) -> None:
    actions = Html(tiny.html(ASCQ)).section("Actions")
    assert "Aucune action de ce territoire n'est encore dans l'Atlaas" in actions
    assert "Proposez la première, ou" in actions


def test_a_few_actions_name_their_theme_on_the_card(tiny: Small) -> None:
    section = Html(tiny.html(MARCQ)).section("Actions")
    assert "Réseau social · en cours · 2016" in section
    assert "Numérique éducatif · arrêtée · 2014" in section
    assert "Appel à projets « La bonne appli »" in section
    assert "École connectée" in section


def test_many_actions_stand_by_theme_in_the_order_of_the_vocabulary(tmp_path: Path) -> None:
    """Eleven on « réseau social » and one on « numérique éducatif », which comes first."""
    page = Html(Small(tiny_tree(tmp_path, many_actions(11))).html(LILLE))
    themes = [t.text for t in page.all("h3")]
    assert themes.index("Numérique éducatif") < themes.index("Réseau social")
    titles = [t.text for t in page.all("h4")]
    assert titles == ["Maison du numérique", *(f"Atelier numéro {n:03}" for n in range(1, 12))]


def test_services(tiny: Small) -> None:
    page = Html(tiny.html(MARCQ))
    assert page.links()["Portail famille"] == "https://famille.example.org/"
    assert "Portail famille (Démarches administratives)" in page.section("Services en ligne")


def test_membership_offered_by_the_epci_says_where_it_comes_from(tiny: Small) -> None:
    section = Html(tiny.html(LILLE)).section("Adhésion")
    assert section.startswith("Peut devenir membre, ")
    assert "Métropole européenne de Lille" in section
    assert "2016" in section
    assert "À la demande de la commune." in section
    assert "exemple.org" in section


def test_own_membership_then_the_offered_one(tiny: Small) -> None:
    section = Html(tiny.html(ASCQ)).section("Adhésion")
    own = section.index("Membre praemium, depuis 2001")
    assert own < section.index("Peut devenir membre, ")
    assert section.index("Peut devenir membre, ") < section.index("Métropole européenne de Lille")


def test_no_membership_where_nobody_offers_one(tiny: Small) -> None:
    assert "Adhésion" not in [t.text for t in Html(tiny.html(AIX)).all("h2")]


def test_an_epci_lists_all_its_communes_with_their_level(tiny: Small) -> None:
    """First the four with a label or an action and the four largest others, then 87 folded."""
    page = Html(tiny.html(MEL))
    rows = [t.text for t in page.all("th") if t.attributes.get("scope") == "row"]
    assert len(rows) == 95 + 2  # and two figures
    communes = [t.text for t in page.all("tr")][-95:]
    assert rows[-95:-87] == [
        "Armentières",
        "Lambersart",
        "Lille",
        "Marcq-en-Barœul",
        "Roubaix",
        "Tourcoing",
        "Villeneuve-d'Ascq",
        "Wattrelos",
    ]
    assert (rows[-87], rows[-1]) == ("Allennes-les-Marais", "Willems")
    assert rows[-87:] == sorted(rows[-87:], key=sort_key)
    marcq = next(row for row in communes if row.startswith("Marcq-en-Barœul"))
    assert marcq.endswith("20182")  # its label's edition, and its two actions
    assert page.links()["Roubaix"] == "../../territoires/59512-roubaix/"
    assert page.links()["Armentières"] == "../../territoires/59017-armentieres/"  # no record


def test_figures_by_programme(tiny: Small) -> None:
    page = Html(tiny.html(MEL))
    section = page.section("Programmes et chiffres")
    assert "Schéma d'aménagement numérique depuis 2009" in section
    assert "prises210 000 prisesObjectif2009" in section
    assert (
        "réseau de collecteÀ vérifier : unité à préciserenviron 0,5 kmExistantnon connue" in section
    )


def test_partner_in(tiny: Small) -> None:
    section = Html(tiny.html(MEL)).section("Partenaire de")
    assert "Appel à projets « La bonne appli »" in section
    assert "Marcq-en-Barœul" in section


def test_neighbours_by_distance(tiny: Small) -> None:
    section = Html(tiny.html(MARCQ)).section("Autour : territoires dont un label est connu")
    assert section.startswith("Roubaix")
    assert section.index("Roubaix") < section.index("Villeneuve-d'Ascq")
    assert " à 6 km" in section  # 5,9 km between the two town halls


def test_a_territory_of_its_own(tiny: Small) -> None:
    page = Html(tiny.html("territoires/x-nord-numerique/"))
    assert page.one("h1").text == "Nord numérique"
    where = page.one("p", **{"class": "where"}).text
    assert where == "Syndicat · Nord · Hauts-de-France · devenu Lille"
    assert page.links()["devenu Lille"] == "../../territoires/59350-lille/"


def test_a_departement(tiny: Small) -> None:
    url = "departements/59-nord/"
    page = Html(tiny.html(url))
    assert page.one("h1").text == "Nord"
    counts = [t.text for t in page.all("strong")]
    assert counts[:2] == ["3", "3"]  # Marcq, Roubaix and Villeneuve-d'Ascq; three actions
    labelled = page.section("Territoires dont un label est connu")
    assert labelled.index("Marcq-en-Barœul") < labelled.index("Roubaix")
    assert "Lille" in page.section("Autres territoires de l'annuaire")
    assert "Maison du numérique" in page.section("Actions les plus récentes")
    members = page.section("Adhérents connus")
    assert "Métropole Européenne de Lille" in members
    assert "Villeneuve-d'Ascq" in members
    assert "Aisne" in page.section("Dans la même région")


def test_a_region(tiny: Small) -> None:
    page = Html(tiny.html("regions/32-hauts-de-france/"))
    assert page.one("h1").text == "Hauts-de-France"
    assert page.section("Départements") == "Aisne | Nord | Oise | Pas-de-Calais | Somme"
    assert [t.text for t in page.all("strong")][:2] == ["3", "3"]
    assert "Maison du numérique" in page.section("Actions les plus récentes")


def test_an_empty_departement_still_has_a_page(tiny: Small) -> None:
    page = Html(tiny.html("departements/48-lozere/"))
    assert [t.text for t in page.all("strong")][:2] == ["0", "0"]
    assert "Territoires dont un label est connu" not in [t.text for t in page.all("h2")]


def test_description(tiny: Small) -> None:
    territories = tiny.directory.territories
    describe = territory.description
    assert plain(describe(tiny.directory, territories["73008"])) == (
        "Aix-les-Bains (commune) dans l'Atlaas : 4 arobases en 2018, 1 action numérique."
    )
    assert plain(describe(tiny.directory, territories["59009"])) == (
        "Villeneuve-d'Ascq (commune) dans l'Atlaas : label 2017."
    )
    assert plain(describe(tiny.directory, territories["x-nord-numerique"])) == (
        "Nord numérique (syndicat) dans l'Atlaas."
    )


def test_links_to_the_forge(tiny: Small) -> None:
    aix = tiny.directory.territories["73008"]
    site = Site("", Forge(FORGE_URL))
    upkeep = territory.values(tiny.directory, site, aix)["upkeep"]
    file = "data/territories/73/73008-aix-les-bains.yml"
    assert upkeep["file"] == file
    assert upkeep["links"] == [
        ("Corriger cette fiche", "../../contribuer/territoire/?territoire=73008"),
        ("Ajouter une action", "../../contribuer/action/?territoire=73008"),
        ("Historique", f"{FORGE_URL}/commits/main/{file}"),
    ]
    assert "forge.example" not in tiny.html(AIX)  # no address known there: no link


def test_what_was_kept_up(tmp_path: Path) -> None:
    """Five @ in one edition is no series; in two, it is said."""
    path = "data/territories/59/59512-roubaix.yml"
    source = "    sources:\n      - url: https://exemple.org/r\n"
    labels = "".join(f"  - edition: {y}\n    level: 5\n{source}" for y in (2015, 2017))
    small = Small(tiny_tree(tmp_path, {path: f'code: "59512"\nlabels:\n{labels}'}))
    assert "5 arobases dans 2 éditions connues" in small.text("territoires/59512-roubaix/")
    assert "éditions connues" not in small.text(MARCQ)


def test_a_commune_whose_known_website_is_no_address(reference: Reference, tmp_path: Path) -> None:
    """The reference gives an e-mail for 39050: it is nowhere to be seen."""
    action = (
        '---\ntitle: Un atelier à la mairie\nterritory: "39050"\nthemes: [reseau-social]\n'
        "sources:\n  - url: https://exemple.org/a\n---\n\nUn atelier.\n"
    )
    place = reference.places["39050"]
    folder = f"39050-{slug(place.name)}"
    path = f"data/actions/39/{folder}/un-atelier-a-la-mairie.md"
    small = Small(tiny_tree(tmp_path, {path: action}))
    assert "@" not in small.text(f"territoires/{folder}/")
    assert "Site officiel" not in small.text(f"territoires/{folder}/")


@pytest.mark.parametrize(
    ("code", "departement", "address"),
    [
        ("59378", "59", "actions/?commune=59378&tri=ressemblance"),
        ("2A004", "2A", "actions/?commune=2A004&tri=ressemblance"),
        ("97411", "974", "actions/?commune=97411&tri=ressemblance"),
        ("200093201", "59", "actions/?commune=200093201&departement=59&tri=ressemblance"),
        ("dep-59", "59", "actions/"),
        ("reg-32", "", "actions/"),
        ("x-paris", "75", "actions/"),
    ],
)
def test_what_others_do_is_shown_around_the_place(
    code: str, departement: str, address: str
) -> None:
    assert explorer.around(code, departement) == address
