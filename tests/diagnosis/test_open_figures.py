"""Figures of a commune, of the MEL and of the Nord, worked out by hand from a few rows.

Inhabitants, from the geography of the sample: Lille 238 246, Marcq-en-Barœul 40 184,
Villeneuve-d'Ascq 62 868, Hazebrouck 21 912, the MEL 1 195 234, the Nord 2 615 635. The first three
communes are in the MEL, all four in the Nord.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from click.testing import CliRunner

from atlaas.cli import main
from atlaas.diagnosis.open_figures import OpenFigure, OpenFigures, nothing_words, telling
from atlaas.model.indicator_head import IndicatorHead
from support import Html, Small, text_of, tiny_tree

MARCQ, LILLE, HAZEBROUCK = "59378", "59350", "59295"
MEL, NORD, REGION = "200093201", "dep-59", "reg-32"
# id -> (options, table)
IMPORTS = {
    "fibre": (
        ["--value", "v", "--total", "n", "--date", "2018-03"],
        "code_insee;n;v\n59350;1000;900\n59378;200;150\n59009;400;400\n59295;100;10\n73008;300;100\n",
    ),
    "lieux": (
        "--places --kind somme --absent zero --unit lieu --plural lieux --date 2024".split(),
        "code_insee;nom\n59350;a\n59350;b\n59350;c\n59378;d\n59295;e\n73008;f\n",
    ),
    "programme": (
        ["--kind", "oui-non", "--absent", "zero", "--value", "v", "--date", "2024"],
        "code_insee;v\n59295;1\n",
    ),
    "https": (
        ["--kind", "oui-non", "--value", "v", "--date", "2024"],
        "code_insee;v\n59350;1\n59378;0\n",
    ),
    "habitants": (
        ["--kind", "evolution", "--value", "v", "--total", "n", "--date", "2021"],
        "code_insee;n;v\n59350;100;110\n59378;100;90\n59295;50;40\n",
    ),
    "milieu": (
        [
            "--kind",
            "classe",
            "--value",
            "v",
            "--date",
            "2026",
            "--class",
            "1=Villes",
            "--class",
            "2=Campagnes",
        ],
        "code_insee;v\n59350;1\n59378;1\n59009;2\n",
    ),
    "revenu": (
        ["--value", "v", "--unit", "euro", "--plural", "euros", "--date", "2021"],
        "code_insee;v\n59350;20000\n59378;30000,5\n59295;21000\n",
    ),
    "pylones": (
        [
            "--kind",
            "somme",
            "--level",
            "departement",
            "--value",
            "v",
            "--date-column",
            "d",
            "--unit",
            "pylône",
            "--plural",
            "pylônes",
        ],
        "code_insee;v;d\n59;13;2023-06-30\n62;1;2022-12-31\n",
    ),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project with every import done by the command."""
    folder = tmp_path_factory.mktemp("figures")
    root = tiny_tree(folder / "project")
    for id_, (options, table) in IMPORTS.items():
        file = folder / f"{id_}.csv"
        file.write_text(table, "utf-8")
        known = ["--id", id_, "--label", f"Mesure {id_}", "--publisher", "Essai", "--licence", "LO"]
        known += ["--source", "https://exemple.org/", "--imported", "2026-11-29"]
        arguments = ["--project", str(root), "import", "indicators", str(file), *known, *options]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    return Small(root)


@pytest.fixture(scope="module")
def figures(small: Small) -> OpenFigures:
    return OpenFigures(small.directory)


def known(figures: OpenFigures, code: str) -> dict[str, OpenFigure]:
    return {figure.head.id: figure for figure in figures.of(code)}


def plain(words: str) -> str:
    return text_of(words)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            MARCQ,
            {
                "fibre": "75,0 %",  # 150 of 200
                "lieux": "1 lieu",
                "programme": "non",
                "https": "non",
                "habitants": "-10,0 %",  # 90 for 100
                "milieu": "Villes",
                "revenu": "30 000,5 euros",
            },
        ),
        (
            MEL,
            {
                "fibre": "90,6 %",  # 900 + 150 + 400 = 1 450 of 1 000 + 200 + 400 = 1 600
                "lieux": "4 lieux",  # 3 + 1
                "programme": "0 commune sur 95",
                "https": "1 commune sur 2",
                "habitants": "0 %",  # 110 + 90 = 200 for 100 + 100
                "milieu": "Villes",  # 278 430 inhabitants, 62 868 in the other
            },
        ),
        (
            NORD,
            {
                "fibre": "85,9 %",  # 1 460 of 1 700
                "lieux": "5 lieux",
                "programme": "1 commune sur 647",
                "https": "1 commune sur 2",
                "habitants": "-4,0 %",  # 240 for 250
                "milieu": "Villes",
                "pylones": "13 pylônes",
            },
        ),
        (
            REGION,
            {
                "fibre": "85,9 %",
                "lieux": "5 lieux",
                "programme": "1 commune sur 666",
                "https": "1 commune sur 2",
                "habitants": "-4,0 %",
                "milieu": "Villes",
                "pylones": "14 pylônes",
            },
        ),
    ],
)
def test_the_figures_of_places(figures: OpenFigures, code: str, expected: dict[str, str]) -> None:
    assert {id_: plain(f.value) for id_, f in known(figures, code).items()} == expected


def test_what_is_counted_is_compared_per_inhabitant(figures: OpenFigures) -> None:
    """10 000 / 40 184 = 0.249; 40 000 / 1 195 234 = 0.0335; 50 000 / 2 615 635 = 0.0191."""
    shown = [plain(known(figures, code)["lieux"].per) for code in (MARCQ, MEL, NORD)]
    assert shown == [
        "0,25 lieu pour 10 000 habitants",
        "0,03 lieu pour 10 000 habitants",
        "0,02 lieu pour 10 000 habitants",
    ]
    assert known(figures, MARCQ)["fibre"].per == ""


def test_a_sum_known_in_part_is_compared_by_who_lives_there(figures: OpenFigures) -> None:
    """13 + 1 pylons of the Nord and the Pas-de-Calais, for 2 615 635 + 145 507 inhabitants."""
    region = known(figures, REGION)["pylones"]
    assert region.compared == Fraction(14 * 10_000, 2_615_635 + 145_507)
    [france] = [b for b in region.beside if b.id == "france"]
    assert (france.number, france.n) == (region.compared, 2)


def test_of_how_many_an_area_is_made(figures: OpenFigures) -> None:
    mel = known(figures, MEL)
    assert mel["fibre"].made_of == "connu pour 3 communes sur 95"
    assert mel["lieux"].made_of == ""  # absent means zero: all are known
    assert known(figures, REGION)["pylones"].made_of == "connu pour 2 départements sur 5"
    assert known(figures, MARCQ)["fibre"].made_of == ""


def test_like_stands_beside_like(figures: OpenFigures) -> None:
    """91 communes of the sample have 30 000 to 49 999 inhabitants, Aix-les-Bains among them.

    Two of them have a rate: too few for a median. All have a count of places: 89 have none. France
    is 900 + 150 + 400 + 10 + 100 = 1 560 of 2 000, and 6 places for 24 417 023 inhabitants.
    """
    marcq = known(figures, MARCQ)
    beside = {id_: [plain(f"{b.words} : {b.value}") for b in f.beside] for id_, f in marcq.items()}
    assert beside == {
        "fibre": ["France : 78,0 %"],
        "lieux": [
            "91 communes comparables : médiane 0 lieu pour 10 000 habitants",
            "France : 0,0025 lieu pour 10 000 habitants",
        ],
        "programme": ["91 communes comparables : 0 sur 91", "France : 1 commune sur 1 535 (0,1 %)"],
        "https": ["France : 1 commune sur 2 (50,0 %)"],
        "habitants": ["France : -4,0 %"],
        "milieu": [],
        "revenu": ["France, 3 communes : médiane 21 000 euros"],
    }


def test_a_median_of_areas_is_one_of_areas(figures: OpenFigures) -> None:
    """Never a median of communes under the figure of an EPCI."""
    for figure in figures.of(MEL):
        for beside in figure.beside:
            assert "communes comparables" not in beside.words
    nord = {b.id: b for b in known(figures, NORD)["lieux"].beside}
    group = figures.comparables.of(NORD)
    assert group is not None
    assert nord["comparables"].n == len(group.codes)
    assert {code[:4] for code in group.codes} == {"dep-"}


def test_an_old_figure_says_its_age(figures: OpenFigures) -> None:
    """The newest thing known of is the import, in 2026."""
    marcq = known(figures, MARCQ)
    assert (marcq["fibre"].date, marcq["fibre"].age) == ("mars 2018", "il y a 8 ans")
    assert (marcq["milieu"].date, marcq["milieu"].age) == ("2026", "")
    pylones = known(figures, NORD)["pylones"]
    assert pylones.date == "du 31 décembre 2022 au 30 juin 2023"
    assert pylones.age == "il y a 4 ans"


def test_all_places_of_a_level(figures: OpenFigures) -> None:
    found = figures.of_level("fibre", "departement")
    assert {code: (a.part, a.whole) for code, a in found.items()} == {
        "dep-59": (1460, 1700),
        "dep-73": (100, 300),
    }
    assert len(figures.of_level("lieux", "commune")) == 1535


def test_any_places_together(figures: OpenFigures) -> None:
    found = figures.of_places("fibre", [LILLE, MARCQ, "59512"])
    assert found is not None
    assert (found.part, found.whole, found.known, found.of) == (1050, 1200, 2, 3)
    counted = figures.of_places("lieux", [LILLE, "59512"])
    assert counted is not None
    assert (counted.part, counted.known) == (3, 2)
    assert figures.of_places("revenu", [LILLE, MARCQ]) is None


def test_plain_texts_for_machines(figures: OpenFigures) -> None:
    marcq = known(figures, MARCQ)
    assert marcq["fibre"].row == ("75.0", "%", "150", "200")
    assert marcq["lieux"].row == ("1", "lieu", "", "")
    assert marcq["https"].row == ("0", "oui-non", "", "")
    assert marcq["revenu"].row == ("30000.5", "euro", "", "")
    assert known(figures, MEL)["https"].row == ("1", "communes", "", "2")


def test_pages_show_them(small: Small) -> None:
    for url, code in (
        ("territoires/59378-marcq-en-baroeul/", MARCQ),
        ("territoires/200093201-metropole-europeenne-de-lille/", MEL),
        ("departements/59-nord/", NORD),
    ):
        page = small.text(url)
        for figure in OpenFigures(small.directory).of(code):
            assert figure.head.label in page
            if not figure.nothing and not figure.classes:
                assert plain(figure.value) in page
    marcq = small.text("territoires/59378-marcq-en-baroeul/")
    assert "1 lieu0,25 lieu pour 10 000 habitants0 pour 10 000médiane de 91 communes" in marcq
    assert "75,0 %78,0 %" in marcq
    assert "Aucun ici, d'après les mêmes sources : Mesure programme (Essai, 2024)." in marcq
    assert "Comparables : communes de 30 000 à 49 999 habitants (définition)." in marcq
    nord = small.text("departements/59-nord/")
    assert "Villes : 81,6 % des habitantsCampagnes : 18,4 % des habitants" in nord


def test_nothing_is_shown_where_nothing_was_imported(tiny: Small) -> None:
    assert "Couverture et équipement" not in tiny.text("territoires/59378-marcq-en-baroeul/")
    assert not [url for url in tiny.assets if url.startswith("carte/indicateurs/")]


def test_ranks_of_heads_order_the_page(small: Small) -> None:
    sets = list(small.directory.indicators)
    first = next(item for item in sets if item.head.id == "programme")
    head = first.head.model_copy(update={"rank": 1})
    others = [item for item in sets if item is not first]
    directory = replace(small.directory, indicators=[*others, replace(first, head=head)])
    found = [figure.head.id for figure in OpenFigures(directory).of(MARCQ)]
    assert found == ["programme", "lieux", "fibre", "habitants", "revenu", "milieu", "https"]


def test_what_there_is_none_of_is_said_by_source(figures: OpenFigures) -> None:
    """Roubaix has no place, nor have the others of its size; and it is not in the programme."""
    assert nothing_words(figures.of("59512")) == "Mesure lieux, Mesure programme (Essai, 2024)"
    assert nothing_words(figures.of(LILLE)) == "Mesure programme (Essai, 2024)"
    assert nothing_words([]) == ""


def test_the_page_of_method_names_every_source(small: Small) -> None:
    page = Html(small.html("methode/"))
    rows = [row.text for row in page.all("tr") if row.text.startswith("Mesure ")]
    assert len(rows) == len(IMPORTS)
    assert "Mesure pylonesdu 31 décembre 2022 au 30 juin 2023EssaiLO" in rows
    addresses = {tag.attributes["href"] for tag in page.all("a")}
    assert "https://exemple.org/" in addresses


def test_a_head_says_what_is_wrong_in_it() -> None:
    head = {"id": "x", "label": "x", "kind": "taux", "unit": "%", "date": "2024", "rows": 0}
    head |= {"publisher": "x", "source": "https://exemple.org", "licence": "x"}
    assert IndicatorHead.model_validate(head).absent == "inconnu"
    with pytest.raises(ValueError, match="absent"):
        IndicatorHead.model_validate(head | {"absent": "zero"})


def test_the_few_that_say_most(figures: OpenFigures) -> None:
    """What measures comes first; of what names, what others stand beside: https before milieu."""
    found = figures.of(LILLE)
    assert [f.head.id for f in found] == [
        *("lieux", "fibre", "habitants", "revenu", "milieu", "https", "programme")
    ]
    assert [f.head.id for f in telling(found)] == ["lieux", "fibre", "habitants", "revenu", "https"]
    assert [f.head.id for f in telling(found, 2)] == ["lieux", "fibre"]
    assert telling([]) == []


def test_the_synthesis_of_a_diagnosis_shows_them(small: Small) -> None:
    """Fibre in the Métropole: (900 + 150 + 400) of (1000 + 200 + 400) premises are 90.6 %; France,
    with Hazebrouck and Aix: 1 560 of 2 000. Lieux: 4 for 1 195 234 inhabitants."""
    url = "territoires/200093201-metropole-europeenne-de-lille/diagnostic/"
    found = [t.text for t in Html(small.html(url)).all("tr") if t.text.startswith("Mesure ")]
    rows = {id_: row for id_ in IMPORTS for row in found if row.startswith(f"Mesure {id_},")}
    assert len(found) == 4 and set(rows) == {"lieux", "fibre", "habitants", "https"}
    assert "90,6 %" in rows["fibre"] and rows["fibre"].endswith("78,0 %")
    assert "(0,03 pour 10 000)" in rows["lieux"]
    assert "mars 2018 (il y a 8 ans)" in rows["fibre"]
    nothing = small.text(url).partition("Aucun ici")[2]
    assert "Mesure programme" in nothing[:60]
