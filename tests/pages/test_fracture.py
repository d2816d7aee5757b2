"""The page on the digital divide, worked out by hand from a few rows.

Inhabitants and town halls, from the geography of the sample: Lille 238 246 (50.63089, 3.07086),
Marcq-en-Barœul 40 184, Villeneuve-d'Ascq 62 868 (50.61890, 3.13077), Hazebrouck 21 912
(50.72250, 2.53637), Aix-les-Bains 32 406.
"""

from __future__ import annotations

import csv
import io

import pytest
from pydantic import ValidationError

from atlaas.diagnosis.digital_divide import DigitalDivide, Distance
from atlaas.model.indicator_head import IndicatorHead
from support import Html, Small, plain, tiny_tree, write_tree

_HEAD = """\
id: "{id}"
label: "{label}"
kind: "{kind}"
level: "{level}"
unit: "{unit}"
absent: "{absent}"
{more}date: "{date}"
publisher: "Essai"
source: "https://exemple.org/{id}"
licence: "Licence Ouverte 2.0"
imported: "2026-11-29"
rows: {rows}
"""


def indicator(id_: str, rows: str, **more: str) -> dict[str, str]:
    """The two files of an indicator."""
    known = {"level": "commune", "absent": "zero", "kind": "somme", "date": "2023-06-30"}
    known |= {"label": f"Mesure {id_}", "unit": "lieu", "more": ""} | more
    lines = rows.split()
    head = _HEAD.format(id=id_, rows=len(lines), **known)
    table = "\n".join(["code,value", *lines, ""])
    return {f"data/indicators/{id_}.yml": head, f"data/indicators/{id_}.csv": table}


def topic(name: str) -> str:
    return f'topic: "{name}"\n'


FILES = {
    **indicator(
        "fibre",
        "dep-59,90.5 dep-62,70 dep-73,80",
        kind="nombre",
        level="departement",
        absent="inconnu",
        unit="%",
        more=topic("couverture"),
    ),
    **indicator(
        "pylones",
        "dep-59,13 dep-62,0",
        level="departement",
        absent="inconnu",
        unit="pylône",
        more='plural: "pylônes"\n' + topic("zones-blanches"),
    ),
    **indicator("accueil", "59350,3 73008,1", more=topic("accueil"), date="2024-09-18"),
    **indicator("aide", "59350,10 59378,1", more=topic("mediation")),
    **indicator("autre", "59350,1"),  # without a topic: not on the page
    **indicator(
        "milieu",
        "59350,1 59378,1 59009,2",
        kind="classe",
        absent="inconnu",
        unit="classe",
        more='classes:\n  - value: 1\n    label: "Villes"\n  - value: 2\n    label: "Campagnes"\n'
        'role: "densite"\n',
    ),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return Small(write_tree(tiny_tree(tmp_path_factory.mktemp("fracture")), FILES))


@pytest.fixture(scope="module")
def divide(small: Small) -> DigitalDivide:
    return DigitalDivide(small.directory)


def table(small: Small, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(small.assets[url].content().decode())))


def test_coverage_is_told_from_the_least_on(small: Small) -> None:
    rows = table(small, "fracture/fibre-departements.csv")
    assert [list(row.values()) for row in rows[:3]] == [
        ["Pas-de-Calais", "70.0"],
        ["Savoie", "80.0"],
        ["Nord", "90.5"],
    ]
    assert {row["%"] for row in rows[3:]} == {""}  # the others are not known: none is zero
    page = small.text("fracture/fibre-departements/")
    assert "Pas-de-Calais : 70 %, le moins de 3 départements connus ; médiane : 80 %" in page


def test_zero_pylons_is_a_value_and_none_listed_is_not_known(small: Small) -> None:
    rows = table(small, "fracture/pylones-departements.csv")
    assert [(row["département"], row["pylônes"]) for row in rows[:3]] == [
        ("Nord", "13"),
        ("Pas-de-Calais", "0"),
        ("Ain", ""),
    ]
    assert list(rows[0].values())[2] == "0.05"  # 130 000 / 2 615 635 = 0.0497
    page = small.text("fracture/pylones-departements/")
    assert "13 pylônes dans 2 départements connus ; le plus : Nord, 13" in page
    unknown = page.partition("Non connu : ")[2].partition(".")[0]
    assert "Savoie" in unknown and "Pas-de-Calais" not in unknown


def test_a_density_class_is_a_sum_over_a_sum(small: Small) -> None:
    rows = table(small, "fracture/aide-densite.csv")
    assert [list(row.values()) for row in rows[:2]] == [
        # 11 places for 238 246 + 40 184 = 278 430 inhabitants: 110 000 / 278 430 = 0.395
        ["Villes", "0.4", "11", "2", "2", "278430"],
        ["Campagnes", "0.0", "0", "0", "1", "62868"],
    ]
    assert rows[2]["densité"] == "Communes hors de la grille"
    page = small.text("fracture/")
    assert "Villes : 0,40 lieu pour 10 000 habitants ; campagnes : 0 lieu" in page


def test_distances_lead_to_the_nearest_place_as_the_crow_flies(divide: DigitalDivide) -> None:
    found = {one.code: one for one in divide.distances("accueil")}
    assert found["59350"] == Distance("59350", 0.0, "59350")
    # 0.01199° of latitude are 1.333 km; 0.05991° of longitude at 50.625° N 4.226 km.
    assert found["59009"] == Distance("59009", 4.4, "59350")
    # 0.09161° are 10.187 km; 0.53449° at 50.677° N 37.662 km.
    assert found["59295"] == Distance("59295", 39.0, "59350")
    assert found["73065"].nearest == "73008"  # Chambéry: nearer to Aix than to Lille
    assert "97701" not in found  # an overseas collectivity


def test_bands_and_shares_count_each_commune_once(divide: DigitalDivide) -> None:
    given = [
        Distance("59350", 0, "59350"),
        Distance("59378", 5.0, "59350"),
        Distance("59009", 10.0, "59350"),
        Distance("59295", 10.1, "59350"),
        Distance("73008", 20.1, "59350"),
    ]
    assert [tuple(band) for band in divide.bands(given)] == [
        (0, 0, 1, 238_246),
        (0, 5, 1, 40_184),
        (5, 10, 1, 62_868),
        (10, 15, 1, 21_912),
        (15, 20, 0, 0),
        (20, 0, 1, 32_406),
    ]
    shares = [(place.code, *rest) for place, *rest in divide.far_shares(given)]
    # The Nord: 238 246 + 40 184 + 62 868 + 21 912 = 363 210
    assert shares == [("dep-59", 21_912, 363_210, 1), ("dep-73", 32_406, 32_406, 1)]


def test_every_figure_has_its_date_and_its_age(small: Small) -> None:
    page = small.text("fracture/")
    assert "aucun n'est celui d'aujourd'hui" in page
    assert "médiane de 3 départements : 80 %" in page  # 70, 80 and 90.5: no sum, no mean
    assert "18 septembre 2024 (il y a 2 ans)" in page and "30 juin 2023 (il y a 3 ans)" in page
    answers = small.html("fracture/").partition('aria-label="Questions"')[2].partition("</nav>")[0]
    assert answers.count("<li>") == 6
    assert answers.count("il y a 2 ans") == 3 and answers.count("il y a 3 ans") == 3
    assert "Mesure autre" not in page
    assert 'href="../carte/indicateurs/fibre/"' in small.html("fracture/")


def test_areas_have_sums_and_a_percentage_of_places_does_not_add_up(small: Small) -> None:
    regions = {(row["nom"], row["indicateur"]): row for row in table(small, "fracture/regions.csv")}
    assert ("Hauts-de-France", "fibre") not in regions
    assert regions["Hauts-de-France", "aide"]["valeur"] == "11"
    assert regions["Hauts-de-France", "pylones"]["valeur"] == "13"
    rows = table(small, "fracture/departements.csv")
    lines = {(row["nom"], row["indicateur"]): row for row in rows}
    assert lines["Pas-de-Calais", "fibre"]["comparé"] == "70"
    assert lines["Savoie", "pylones"]["valeur"] == ""
    assert lines["Savoie", "aide"]["valeur"] == "0"
    assert {row["date"] for row in rows} == {"2023-06-30", "2024-09-18"}
    assert "Lille" not in small.text("fracture/departements/")


def test_departements_stand_by_region_to_be_folded_on_a_phone(small: Small) -> None:
    page = Html(small.html("fracture/departements/"))
    heads = [tag.text for tag in page.all("summary")]
    assert heads[0] == "Auvergne-Rhône-Alpes (12 départements)" and len(heads) == 19
    assert "Hauts-de-France (5 départements)" in heads and "La Réunion (1 département)" in heads
    assert plain(heads[-1]).startswith("Collectivités d'outre-mer (")
    folds = [tag for tag in page.all("details") if "data-wide" in tag.attributes]
    assert len(folds) == 19 and all("open" in tag.attributes for tag in folds)
    nord = next(tag for tag in page.all("tr") if tag.text.startswith("Nord"))
    assert "90,5 %" in nord.text


def test_actions_that_answer_it_are_linked(small: Small) -> None:
    page = small.html("fracture/")
    assert 'href="../actions/?theme=mediation-numerique"' in page
    known = small.directory.actions_by["themes"].get("mediation-numerique", ())
    dated = [action for action in known if action.record.started]
    assert page.count('class="card"') == min(3, len(dated))


def test_without_such_indicators_there_is_no_page_and_no_link(tiny: Small, small: Small) -> None:
    assert not [url for url in tiny.pages if url.startswith("fracture")]
    for url in ("", "statistiques/", "methode/"):
        assert "fracture/" not in tiny.html(url)
        assert 'fracture/"' in small.html(url)


@pytest.mark.parametrize(
    ("subject", "kind", "level", "fits"),
    [
        ("couverture", "nombre", "departement", True),
        ("couverture", "somme", "departement", False),
        ("zones-blanches", "somme", "departement", True),
        ("zones-blanches", "nombre", "departement", False),
        ("accueil", "somme", "commune", True),
        ("accueil", "somme", "departement", False),  # a département is no place to go to
        ("mediation", "oui-non", "commune", False),
    ],
)
def test_a_topic_needs_values_that_it_can_show(
    subject: str, kind: str, level: str, fits: bool
) -> None:
    head = {"id": "x", "label": "X", "kind": kind, "level": level, "unit": "u", "date": "2023"}
    head |= {"publisher": "E", "source": "https://exemple.org/", "licence": "LO", "topic": subject}
    if fits:
        assert IndicatorHead.model_validate(head | {"rows": 0}).topic == subject
    else:
        with pytest.raises(ValidationError, match="topic"):
            IndicatorHead.model_validate(head | {"rows": 0})
