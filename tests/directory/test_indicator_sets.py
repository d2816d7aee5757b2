"""Reading data/indicators/: what its files may be, and what they make of areas."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from atlaas.directory.indicator_areas import Amount
from atlaas.directory.indicator_sets import IndicatorSet, read_sets
from atlaas.geography.reference import FRANCE, Reference
from atlaas.project import Project
from atlaas.read.problem import as_text
from support import REFERENCE, write_tree


def yml(id_: str = "x", kind: str = "somme", rows: int = 1, **more: Any) -> str:
    known = {"id": id_, "label": "Lieux", "kind": kind, "unit": "lieu", "date": "2024"}
    known |= {"publisher": "ANCT", "source": "https://exemple.org/", "licence": "LO 2.0"}
    lines = [f'{key}: "{value}"' for key, value in (known | more).items()]
    return "\n".join([*lines, f"rows: {rows}", ""])


CLASSES = 'classes:\n  - value: 1\n    label: "Villes"\n  - value: 2\n    label: "Campagnes"\n'


@pytest.fixture
def own(tmp_path: Path) -> Reference:
    """The geography in a project whose cache nobody else uses."""
    shutil.copytree(REFERENCE, tmp_path / "data" / "reference")
    return Reference(Project(tmp_path))


def sets(reference: Reference, files: dict[str, str | bytes]) -> tuple[list[IndicatorSet], str]:
    folder = reference.project.data / "indicators"
    write_tree(folder, files)
    found, problems = read_sets(str(folder), "data/indicators", reference)
    return found, as_text(problems)


def one(reference: Reference, head: str, table: str) -> IndicatorSet:
    [found], problems = sets(reference, {"x.yml": head, "x.csv": table})
    assert problems == ""
    return found


@pytest.mark.parametrize(
    ("head", "table", "words"),
    [
        (yml(), "insee,value\n", "x.csv:1:1: indicateur: l'en-tête n'est pas « code,value »"),
        (
            yml(kind="taux"),
            "code,value\n59350,1\n",
            "x.csv:1:1: indicateur: l'en-tête n'est pas « code,part,whole »",
        ),
        (yml(), "code,value\n59350,1\n59350,2\n", "x.csv:3:1: indicateur: 59350 a déjà une valeur"),
        (
            yml(),
            "code,value\n200093201,1\n",
            "x.csv:2:1: indicateur: « 200093201 » n'est pas un code actuel (commune)",
        ),
        (yml(), "code,value\n59350,1e5\n", "x.csv:2:1: indicateur: « 1e5 » n'est pas un nombre"),
        (yml(), "code,value\n59350\n", "x.csv:2:1: indicateur: 1 valeurs au lieu de 2"),
        (yml(), "code,value\n59350,-1\n", "x.csv:2:1: indicateur: 59350 : -1 est négatif"),
        (
            yml(),
            f"code,value\n{'5' * 140_000},1\n",
            f"x.csv:2:1: indicateur: « {'5' * 39}… » n'est pas un code actuel (commune)",
        ),
        (
            yml(kind="taux"),
            "code,part,whole\n59350,3,2\n",
            "x.csv:2:1: indicateur: 59350 : 3 dépasse le total 2",
        ),
        (
            yml(kind="taux"),
            "code,part,whole\n59350,0,0\n",
            "x.csv:2:1: indicateur: 59350 : le total 0 n'est pas positif",
        ),
        (
            yml(kind="oui-non"),
            "code,value\n59350,2\n",
            "x.csv:2:1: indicateur: 59350 : 2 n'est ni 1 (oui) ni 0 (non)",
        ),
        (
            yml(kind="classe") + CLASSES,
            "code,value\n59350,3\n",
            "x.csv:2:1: indicateur: 59350 : 3 n'est pas une classe de la fiche",
        ),
        (
            yml(rows=2),
            "code,value\n59350,1\n",
            "x.yml:1:1: indicateur: « rows » dit 2, le CSV a 1 lignes",
        ),
        (
            yml(kind="moyenne", colour="bleu"),
            "code,value\n",
            "x.yml:1:1: indicateur: clé manquante, inconnue ou invalide : colour, kind",
        ),
        (
            yml(kind="classe"),
            "code,value\n",
            "x.yml:1:1: indicateur: clé manquante, inconnue ou invalide : classes",
        ),
        (
            yml(id_="y"),
            "code,value\n",
            "x.yml:1:1: indicateur: l'identifiant « y » n'est pas le nom du fichier",
        ),
    ],
)
def test_a_file_changed_by_hand_is_checked(
    own: Reference, head: str, table: str, words: str
) -> None:
    found, problems = sets(own, {"x.yml": head, "x.csv": table})
    assert found == []
    assert problems == (f"data/indicators/{words}\n    Refaites l'import plutôt que de corriger.")


def test_a_number_of_a_head_has_no_quotes(own: Reference) -> None:
    head = yml().replace("rows: 1", 'rows: "1"')
    assert sets(own, {"x.yml": head, "x.csv": "code,value\n59350,1\n"}) == (
        [],
        "data/indicators/x.yml:9:7: nombre-entre-guillemets: « rows: 1 » s'écrit sans "
        "guillemets\n    Écrivez 1, sans guillemets autour.",
    )


def test_bytes_that_are_no_table(own: Reference) -> None:
    _, problems = sets(own, {"x.yml": yml(), "x.csv": b"code,value\n59350,\xff\n"})
    assert "x.csv:1:1: indicateur: le fichier n'est pas en UTF-8" in problems
    _, problems = sets(own, {"x.csv": b"code,value\n" + b"0" * (4 * 1024 * 1024)})
    assert "x.csv:1:1: indicateur: le fichier pèse plus de 4 Mo" in problems


def test_what_is_no_indicator_is_named(own: Reference, tmp_path: Path) -> None:
    """A stray file, half a pair, a folder with the name of a file, a link to another place."""
    folder = tmp_path / "data" / "indicators"
    write_tree(
        folder, {"SOURCES.md": "", "seul.csv": "code,value\n", "a.txt": "", "dossier.yml/x": ""}
    )
    write_tree(tmp_path, {"elsewhere.csv": "code,value\n59350,1\n"})
    (folder / "lien.csv").symlink_to(tmp_path / "elsewhere.csv")
    found, problems = sets(own, {"lien.yml": yml("lien")})
    assert found == []
    assert [line for line in problems.splitlines() if line.startswith("data")] == [
        "data/indicators/a.txt:1:1: emplacement: ce fichier n'est pas un indicateur",
        "data/indicators/dossier.yml:1:1: emplacement: ceci n'est pas un fichier",
        "data/indicators/lien.csv:1:1: emplacement: ce fichier n'est pas un indicateur",
        "data/indicators/lien.yml:1:1: indicateur: le fichier lien.csv manque à côté",
        "data/indicators/seul.csv:1:1: indicateur: la fiche seul.yml manque à côté",
    ]


def test_a_second_reading_finds_what_changed(own: Reference) -> None:
    first = one(own, yml(), "code,value\n59350,1\n")
    again = one(own, yml(), "code,value\n59350,1\n")
    changed = one(own, yml(), "code,value\n59350,7\n")
    assert [s.parts for s in (first, again, changed)] == [{"59350": 1}, {"59350": 1}, {"59350": 7}]
    _, problems = sets(own, {"x.csv": "code,value\n59350,oui\n"})
    assert problems == sets(own, {})[1] != ""


# --------------------------------------------------------------------------------- areas
# Lille, Marcq-en-Barœul and Villeneuve-d'Ascq are in the MEL, Hazebrouck in the Nord outside it.

MEL = "200093201"


def test_a_rate_of_an_area_is_a_sum_over_a_sum(own: Reference) -> None:
    """900 of 1 000, 150 of 200 and 400 of 400 are 1 450 of 1 600; with 10 of 100, 1 460 of 1 700.

    The mean of the three rates, weighted by inhabitants, would be another one.
    """
    table = "code,part,whole\n59350,900,1000\n59378,150,200\n59009,400,400\n59295,10,100\n"
    found = one(own, yml(kind="taux", rows=4), table)
    assert found.amount("59378") == Amount(150, 200)
    assert found.amount(MEL) == Amount(1450, 1600, 3, 95)
    assert found.amount("dep-59") == Amount(1460, 1700, 4, 647)
    assert found.amount(FRANCE) == Amount(1460, 1700, 4, 1535)
    assert found.amount("59512") is None
    assert found.amount("dep-73") is None


def test_absent_means_zero_where_the_head_says_so(own: Reference) -> None:
    table = "code,value\n59350,3\n59295,1\n"
    found = one(own, yml(rows=2, absent="zero"), table)
    assert found.amount("59512") == Amount(0, 0)
    assert found.amount(MEL) == Amount(3, 0, 95, 95)
    assert found.amount("dep-73") == Amount(0, 0, 273, 273)
    unknown = one(own, yml(rows=2), table)
    assert unknown.amount("59512") is None
    assert unknown.amount(MEL) == Amount(3, 0, 1, 95)
    assert unknown.amount("dep-73") is None


def test_yes_or_no_counts_who_has_it(own: Reference) -> None:
    known = one(own, yml(kind="oui-non", rows=3), "code,value\n59350,1\n59378,0\n59295,1\n")
    assert known.amount(MEL) == Amount(1, 2, 2, 95)
    assert known.amount("dep-59") == Amount(2, 3, 3, 647)
    listed = one(own, yml(kind="oui-non", absent="zero"), "code,value\n59295,1\n")
    assert listed.amount(MEL) == Amount(0, 95, 95, 95)


def test_a_class_counts_communes_and_inhabitants(own: Reference) -> None:
    """Lille has 238 246 inhabitants, Marcq 40 184 and Villeneuve-d'Ascq 62 868."""
    head = yml(kind="classe", rows=3) + CLASSES
    found = one(own, head, "code,value\n59350,1\n59378,2\n59009,2\n")
    assert found.classes[MEL] == {1: (1, 238_246), 2: (2, 40_184 + 62_868)}
    assert found.amount(MEL) == Amount(1, 0, 3, 95)


def test_a_number_makes_nothing_of_an_area(own: Reference) -> None:
    found = one(own, yml(kind="nombre"), "code,value\n59350,12.5\n")
    assert found.amount(MEL) is None


def test_the_values_of_departements_make_those_of_regions(own: Reference) -> None:
    table = "code,value\ndep-59,50\ndep-62,30\n"
    found = one(own, yml(rows=2, level="departement"), table)
    assert found.amount("reg-32") == Amount(80, 0, 2, 5)
    # compared by the inhabitants of the Nord and the Pas-de-Calais alone
    assert found.living == dict.fromkeys(("reg-32", FRANCE), 2_615_635 + 145_507)
    assert found.amount("59350") is None
    assert found.amount(MEL) is None
