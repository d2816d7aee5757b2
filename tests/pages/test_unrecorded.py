"""The pages of places that no record names yet."""

from __future__ import annotations

from pathlib import Path

from benchmarks import weigh

from atlaas.diagnosis.elsewhere import Elsewhere
from atlaas.pages import territory, unrecorded
from atlaas.pages.page import Site
from atlaas.pages.territory_context import Local
from support import SAMPLE, Html, Small, many_actions, plain, tiny_tree

ARMENTIERES = "territoires/59017-armentieres/"
AIGUEBELETTE = "territoires/73001-aiguebelette-le-lac/"
LAC = "territoires/247300668-cc-du-lac-d-aiguebelette-ccla/"
MEL = "territoires/200093201-metropole-europeenne-de-lille/"


def test_every_place_has_one_page_and_no_record_has_a_second_one(tiny: Small) -> None:
    reference, territories = tiny.directory.reference, tiny.directory.territories
    light = {url: page for url, page in tiny.pages.items() if not page.listed}
    assert len(light) == len(set(reference.places) - set(territories))
    assert {page.template for page in light.values()} == {"territory"}
    for place in reference.places.values():
        assert tiny.directory.address_of(place.code) in tiny.pages, place


def test_a_commune_says_what_is_known_around_it(tiny: Small) -> None:
    page = Html(tiny.html(ARMENTIERES))
    assert page.one("h1").text == "Armentières"
    assert "26 998 habitants" in tiny.text(ARMENTIERES)
    links = page.links()
    assert links["Métropole Européenne de Lille"] == f"../{MEL.removeprefix('territoires/')}"
    assert links["Nord"] == "../../departements/59-nord/"
    epci = page.section("Son intercommunalité")
    assert "95 communes" in epci
    assert "Dans l'Atlaas : Lille, Marcq-en-Barœul, Roubaix, Villeneuve-d'Ascq." in epci
    assert "Son programme : Schéma d'aménagement numérique" in epci


def test_what_all_communes_show_alike_is_made_once(tiny: Small) -> None:
    """The quick way must give what the way of all territories gives, whichever commune is first."""
    around = unrecorded.Surroundings(tiny.directory, Site())
    for code in ("59017", "73001", "02722", "97502", "59017"):  # the fourth is on its own: no EPCI
        t = tiny.directory.page_of(code)
        assert t
        whole = {**territory.values(tiny.directory, Site(), t), **Local(tiny.directory).of(t)}
        quick = around.values(code)
        for key in ("panel", "ideas", "upkeep"):  # its own, or not shown
            whole.pop(key, None)
        added = (*territory.NOTHING_AROUND, "neighbours", "t")
        assert {k: quick[k] for k in whole if k not in added} == {
            k: v for k, v in whole.items() if k not in added
        }, code


def test_a_membership_that_is_offered_is_not_one_that_is_had(tiny: Small) -> None:
    words = plain(tiny.text(ARMENTIERES))
    assert "Chacune de ses communes peut devenir membre par la Métropole européenne de" in words
    assert "qui l'offre depuis 2016" in words
    assert "Adhésion" not in [tag.text for tag in Html(tiny.html(ARMENTIERES)).all("h2")]


def test_neighbours_have_their_distance(tiny: Small) -> None:
    """By hand: 0.0142° north and 0.2145° * cos 50.68° east are 15.2 km; then 19.0 and 20.5."""
    around = Html(tiny.html(ARMENTIERES)).section("Autour : territoires dont un label est connu")
    assert plain(around).split(" | ") == [
        "Marcq-en-Barœul 2018, à 15 km",
        "Villeneuve-d'Ascq 2017, à 19 km",
        "Roubaix 2018, à 21 km",
    ]


def test_where_nothing_is_near_the_nearest_far_ones_stand(tiny: Small) -> None:
    """Soissons has none within 60 km. By hand: Villeneuve-d'Ascq is 1.2353° north and 0.1974° *
    cos 50° east, 138 km; Marcq-en-Barœul 1.2884° and 0.2312° * cos 50.03°, 144 km."""
    page = Html(tiny.html("territoires/02722-soissons/"))
    around = plain(page.section("Autour : territoires dont un label est connu"))
    assert around == "Villeneuve-d'Ascq 2017, à 138 km | Marcq-en-Barœul 2018, à 144 km"


def test_ideas_are_of_comparable_places_and_say_how_large_theirs_are(tiny: Small) -> None:
    """It has 26 998 inhabitants, of the step from 20 000 to 30 000, which goes one step each way:
    no more widening is allowed where territories are named."""
    ideas = plain(Html(tiny.html(ARMENTIERES)).section("Ce que d'autres ont fait"))
    assert "territoires comparables (communes de 15 000 à 49 999 habitants)" in ideas
    assert "Marcq-en-Barœul, 40 184 habitants · en cours · 2016" in ideas  # its newest
    assert "Aix-les-Bains, 32 406 habitants" in ideas
    assert "Maison du numérique" not in ideas  # Lille is larger


def test_ideas_are_those_nearest_to_the_middle_of_the_departement(tmp_path: Path) -> None:
    """Of four acting towns that are comparable, the one in Savoie is not named; Roubaix, near as
    it is, has 98 286 inhabitants."""
    extra = {}
    for code, name in (("59163", "croix"), ("59328", "lambersart"), ("59512", "roubaix")):
        text = many_actions(1)["data/actions/59/59350-lille/atelier-numero-001.md"]
        path = f"data/actions/59/{code}-{name}/atelier.md"
        extra[path] = text.replace("59350", code).replace("Atelier", f"Atelier {name}")
    directory = Small(tiny_tree(tmp_path, extra)).directory
    place = directory.reference.places["59017"]
    found = Elsewhere(directory).of(place)
    assert found is not None
    towns = [action.territory.name for action in found.actions]
    assert sorted(towns) == ["Croix", "Lambersart", "Marcq-en-Barœul"]


def test_no_page_says_only_that_there_is_nothing(tiny: Small) -> None:
    for url in (ARMENTIERES, AIGUEBELETTE, LAC):
        heads = [tag.text for tag in Html(tiny.html(url)).all("h2")]
        assert heads[-1] == "Pas encore de fiche", url
        assert len(heads) >= 3, (url, heads)
        assert "Aucune action de ce territoire" not in tiny.text(url)


def test_open_figures_stand_on_a_few_lines(sample: Small) -> None:
    """Of Bousignies no file has a row; where that is zero, one line says so."""
    page = Html(sample.html("territoires/59100-bousignies/"))
    assert plain(page.section("Chiffres ouverts")) == (
        "Aucun : Lieux France services. Non : Petites villes de demain. Sources et dates."
    )
    assert page.links()["Sources et dates"] == "../../methode/#indicateurs"
    sources = Html(sample.html("methode/")).section("Indicateurs importés")
    for words in ("Lieux France services", "18 septembre 2024", "Petites villes de demain"):
        assert words in plain(sources)


def test_a_figure_has_its_value_and_date(tmp_path: Path) -> None:
    """The rows of Hazebrouck in the sample, given to Armentières: one place, the programme, and
    the second of the two classes."""
    folder = SAMPLE / "data" / "indicators"
    files = {
        f"data/indicators/{path.name}": path.read_text("utf-8").replace("59295", "59017")
        for path in folder.glob("*.*")
    }
    small = Small(tiny_tree(tmp_path, files))
    section = plain(Html(small.html(ARMENTIERES)).section("Chiffres ouverts"))
    for words in (
        "Lieux France services | 1 lieu 18 septembre 2024",
        "Densité de population | Petites villes 2026",
        "Petites villes de demain | oui 18 septembre 2024",
    ):
        assert words in section
    assert "Aucun :" not in section and "Non :" not in section


def test_an_epci_lists_its_communes_with_their_pages(tiny: Small) -> None:
    page = Html(tiny.html(LAC))
    assert page.links()["Aiguebelette-le-Lac"] == f"../{AIGUEBELETTE.removeprefix('territoires/')}"
    assert page.links()["Savoie"] == "../../departements/73-savoie/"


def test_it_invites_to_the_form_filled_in_with_its_code(tiny: Small) -> None:
    links = Html(tiny.html(ARMENTIERES)).links()
    assert links["Proposez la première action"] == "../../contribuer/action/?territoire=59017"
    alike = "../../actions/?commune=59017&tri=ressemblance"
    assert links["ce que font les autres"] == alike
    assert links["comparez"] == "../../comparer/?t=59017"


def test_the_address_stays_when_the_first_record_comes(tmp_path: Path) -> None:
    record = 'code: "59017"\nwebsite: https://armentieres.example.org/\n'
    before = Small(tiny_tree(tmp_path / "a"))
    after = Small(tiny_tree(tmp_path / "b", {"data/territories/59/59017-armentieres.yml": record}))
    assert set(before.pages) == set(after.pages)
    assert not before.pages[ARMENTIERES].listed
    assert after.pages[ARMENTIERES].listed
    assert "Pas encore de fiche" in before.html(ARMENTIERES)
    assert "Pas encore de fiche" not in after.html(ARMENTIERES)
    assert "Corriger cette fiche" in after.html(ARMENTIERES)


def test_a_change_touches_only_the_pages_that_show_it(tmp_path: Path) -> None:
    """A start for Aix-les-Bains' action, which communes of its size show as an idea."""
    path = "data/actions/73/73008-aix-les-bains/tiers-lieu.md"
    before = Small(tiny_tree(tmp_path / "a"))
    text = (tmp_path / "a" / path).read_text("utf-8").replace("themes:", "started: 1987\nthemes:")
    after = Small(tiny_tree(tmp_path / "b", {path: text}))
    light = [url for url, page in before.pages.items() if not page.listed]
    changed = {url for url in light if before.html(url) != after.html(url)}
    assert changed == {url for url in light if "1987" in after.html(url)}
    assert 0 < len(changed) < len(light) / 4


def test_pages_are_light(sample: Small) -> None:
    """In the bare shell of the tests: the frame of the site's pages adds 2.8 kB."""
    limit = weigh.budgets()["bytes"]["light_page"]
    communes = [
        url
        for url, page in sample.pages.items()
        if not page.listed and "-" in url and len(url.split("/")[1].partition("-")[0]) == 5
    ]
    sizes = [len(sample.html(url).encode()) for url in communes[::20]]
    assert len(sizes) > 50
    assert sum(sizes) / len(sizes) + 2_800 < limit
    assert max(sizes) + 2_800 < 1.5 * limit


def test_what_many_pages_share_is_made_once(tiny: Small) -> None:
    around = unrecorded.Surroundings(tiny.directory, tiny.site)
    one, other = around.values("59017"), around.values("59044")  # both in the Métropole
    assert one["above"] is other["above"] is not None
    assert one["departement"] is other["departement"] is not None
