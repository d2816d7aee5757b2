"""``reference refresh`` from a package made out of the present tables, changed by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from atlaas.geography.reference import EARLIER_NAME
from atlaas.imports.cog import TABLES, as_bytes, read_rows
from scratch import Project, action, label
from support import REFERENCE

KINDS = {"COMD": "commune-deleguee", "COMA": "commune-associee", "ARM": "arrondissement-municipal"}


def package_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The public package, as the tables of a folder would have it."""
    tables = {name: read_rows(folder / name) for name in TABLES}
    former: dict[str, list[str]] = {}
    for row in tables["mouvements.csv"]:
        if row["statut"] == "code disparu":
            former.setdefault(row["nouveau_code"], []).append(row["ancien_code"])
    communes: list[dict[str, Any]] = []
    for row in tables["communes.csv.gz"]:
        one: dict[str, Any] = {
            "code": row["insee"],
            "nom": row["nom"],
            "departement": row["dep"],
            "region": row["reg"],
            "zone": row["zone"],
            "type": "commune-actuelle",
            "siren": row["siren"],
            "codesPostaux": row["codes_postaux"].split(),
            "anciensCodes": former.get(row["insee"], []),
        }
        if row["population"]:
            one["population"] = int(row["population"])
        communes.append(one)
    for row in tables["communes_filles.csv"]:
        communes.append(
            {
                "code": row["insee"],
                "nom": row["nom"],
                "departement": row["dep"],
                "region": row["reg"],
                "type": KINDS[row["type"]],
                "population": row["population"],
                "codesPostaux": row["codes_postaux"].split(),
                "commune" if row["type"] == "ARM" else "chefLieu": row["commune_insee"],
            }
        )
    articles = {row["code"]: int(row["tncc"]) for row in tables["articles.csv"]}
    for one in communes:
        if one["code"] in articles and one["type"] == "commune-actuelle":
            one["typeLiaison"] = articles[one["code"]]
    members: dict[str, list[dict[str, str]]] = {}
    for row in tables["communes.csv.gz"]:
        for key in ("epci_siren", "ept_siren"):
            members.setdefault(row[key], []).append({"code": row["insee"]})
    epci = [
        {
            "code": r["siren"],
            "nom": r["nom"],
            "membres": members[r["siren"]],
            "type": "MET69" if r["precision"] else "METRO" if r["nature"] == "ME" else r["nature"],
            "modeFinancement": r["financement"],
        }
        for r in tables["epci.csv"]
    ]
    ept = [
        {"code": r["siren"], "nom": r["nom"], "membres": members[r["siren"]]}
        for r in tables["ept.csv"]
    ]
    areas = {
        name: [
            {
                "code": r["code"],
                "nom": r["nom"],
                "zone": r["zone"],
                "chefLieu": r["chef_lieu"],
                "region": r.get("reg", ""),
                "typeLiaison": articles[f"{name[:3]}-{r['code']}"],
            }
            for r in tables[f"{name}.csv"]
        ]
        for name in ("departements", "regions")
    }
    return {"communes": communes, "epci": epci, "ept": ept, **areas}


@pytest.fixture
def spring(project: Project) -> Project:
    """A project with tables of its own, and records that the new geography touches."""
    shutil.rmtree(project.root / "data/reference")
    shutil.copytree(REFERENCE, project.root / "data/reference")
    project.write(
        {
            "data/territories/59/59350-lille.yml": label("59350", (2018, 4)),
            "data/actions/59/59328-lambersart/x.md": action("X comme xylophone", "59328"),
        }
    )
    return project


def write_package(folder: Path, package: dict[str, list[dict[str, Any]]]) -> str:
    (folder / "paquet" / "data").mkdir(parents=True)
    for name, rows in package.items():
        (folder / "paquet" / "data" / f"{name}.json").write_text(json.dumps(rows))
    return str(folder / "paquet")


def test_the_same_edition_changes_nothing(spring: Project, tmp_path: Path) -> None:
    folder = write_package(tmp_path, package_of(REFERENCE))
    result = spring.run("reference", "refresh", "--package", folder)
    assert result.exit_code == 0, result.output
    assert result.output.count("inchangé") == len(TABLES)
    assert "Aucune fiche n'est touchée." in result.output
    left = result.output.partition("Ne sont pas refaits ici")[2]
    for name in sorted(path.name for path in REFERENCE.iterdir() if path.name not in TABLES):
        assert name in left, name  # each file of the folder is either rebuilt or told
    assert "make geography" in left


def test_a_merger_and_a_new_name(spring: Project, tmp_path: Path) -> None:
    package = package_of(REFERENCE)
    lambersart = next(c for c in package["communes"] if c["code"] == "59328")
    lille = next(c for c in package["communes"] if c["code"] == "59350")
    package["communes"].remove(lambersart)
    lille["anciensCodes"].append("59328")
    lille["nom"] = "Lille-Lambersart"
    folder = write_package(tmp_path, package)
    dry = spring.run("reference", "refresh", "--package", folder, "--dry-run")
    assert "communes.csv.gz       0 nouvelles, 1 disparues, 1 changées" in dry.output
    assert "Lambersart (59328, 1 action) rejoint Lille-Lambersart : merge 59328 59350" in dry.output
    assert "Lille (59350, 0 action) devient Lille-Lambersart" in dry.output
    table = spring.root / "data/reference/communes.csv.gz"
    before = table.read_bytes()
    spring.run("reference", "refresh", "--package", folder)
    assert table.read_bytes() != before
    again = spring.run("reference", "refresh", "--package", folder)
    assert again.output.count("inchangé") == len(TABLES)
    moves = (spring.root / "data/reference/mouvements.csv").read_text()
    # its name stood in the list of communes; the package gives neither date nor reason
    assert "\n59328,Lambersart,59350,Lille-Lambersart,code disparu,,,\n" in moves
    assert "\n59350,Lille,59350,Lille-Lambersart,nom d'avant,,,\n" in moves
    assert "code-inconnu" in spring.run("check").output
    assert spring.run("merge", "59328", "59350").exit_code == 0
    assert spring.run("check").exit_code == 0
    files = spring.files()
    assert "data/territories/59/59350-lille-lambersart.yml" in files
    assert "data/actions/59/59350-lille-lambersart/x.md" in files
    assert files["data/redirects.yml"] == (
        "- from: territoires/59350-lille/\n  to: territoires/59350-lille-lambersart/\n"
        "- from: actions/59328/x/\n  to: actions/59350/x/\n"
        "- from: territoires/59328-lambersart/\n  to: territoires/59350-lille-lambersart/\n"
    )


def head(id_: str, kind: str, rows: int, more: str = "") -> str:
    """The head of an imported indicator."""
    return (
        f'id: "{id_}"\nlabel: "X"\nkind: "{kind}"\nunit: "lieu"\n{more}date: "2024"\n'
        f'publisher: "Essai"\nsource: "https://exemple.org"\nlicence: "LO"\nrows: {rows}\n'
    )


def test_indicators_follow_the_communes(spring: Project, tmp_path: Path) -> None:
    """Lambersart joins Lille: 2 of 10 and 30 of 40 are 32 of 50; two classes make none."""
    classes = "classes:\n  - value: 1\n    label: A\n  - value: 2\n    label: B\n"
    spring.write(
        {
            "data/indicators/part.yml": head("part", "taux", 3),
            "data/indicators/part.csv": "code,part,whole\n59328,2,10\n59350,30,40\n59378,1,2\n",
            "data/indicators/sorte.yml": head("sorte", "classe", 3, classes),
            "data/indicators/sorte.csv": "code,value\n59328,1\n59350,2\n59378,1\n",
            "data/indicators/reste.yml": head("reste", "somme", 1),
            "data/indicators/reste.csv": "code,value\n59378,7\n",
        }
    )
    untouched = spring.files()["data/indicators/reste.yml"]
    package = package_of(REFERENCE)
    lambersart = next(c for c in package["communes"] if c["code"] == "59328")
    package["communes"].remove(lambersart)
    next(c for c in package["communes"] if c["code"] == "59350")["anciensCodes"].append("59328")
    folder = write_package(tmp_path, package)
    dry = spring.run("reference", "refresh", "--package", folder, "--dry-run")
    assert "data/indicators" not in dry.output
    result = spring.run("reference", "refresh", "--package", folder)
    assert "data/indicators/part.csv : 1 code d'avant repris\n" in result.output
    assert "data/indicators/sorte.csv : 1 code d'avant repris, dont 1 sans suite\n" in result.output
    files = spring.files()
    assert files["data/indicators/part.csv"] == "code,part,whole\n59350,32,50\n59378,1,2\n"
    assert files["data/indicators/part.yml"].endswith("rows: 2\nadded: 1\n")
    assert files["data/indicators/sorte.csv"] == "code,value\n59378,1\n"
    assert files["data/indicators/sorte.yml"].endswith("rows: 1\nskipped: 1\n")
    assert files["data/indicators/reste.yml"] == untouched
    assert "indicateur:" not in spring.run("check").output


def state(code: str, kind: str, name: str, end: str = "", why: str = "") -> dict[str, Any]:
    one = {"code": code, "type": kind, "nom": name, "typeLiaison": 0}
    return one | ({"dateFin": end, "raisonFin": why} if end else {})


def test_names_and_dates_of_former_communes_come_from_the_history(
    spring: Project, tmp_path: Path
) -> None:
    """Of the whole commune, never of a part; a dissolved one is marked, and nothing is lost."""
    table = spring.root / "data/reference/mouvements.csv"
    before = table.read_text()
    gone = {"01018": "Arlod", "01126": "Coupy", "29050": "Ergué-Armel"}
    for code, name in gone.items():
        old = next(line for line in before.splitlines() if line.startswith(f"{code},"))
        new = old.replace(name, "", 1).split(",")
        before = before.replace(old, ",".join([*new[:5], "", "", ""]))
    table.write_text(before)
    folder = write_package(tmp_path, package_of(REFERENCE))
    history = tmp_path / "histoire"
    (history / "data").mkdir(parents=True)
    states = [
        state("01018", "COM", "Arlod-le-Vieux", "1950-01-01", "changement de nom"),
        state("01018", "COM", "Arlod", "1971-01-01", "fusion simple"),
        state("01018", "COMP", "Arlod en partie", "1999-01-01", "fusion simple"),
        state("01126", "COM", "Coupy", "1945-05-05", "suppression"),
        state("29050", "COM", "Ergué", "1959-01-01", "changement de nom"),
        state("29050", "COM", "Ergué-Armel"),  # it went on, when the history was written
        state("59355", "COM", "Lomme-les-Lille", "2000-02-27", "fusion-association"),
    ]
    (history / "data" / "historique-communes.json").write_text(json.dumps(states))
    args = ("reference", "refresh", "--package", folder)
    assert spring.run(*args).output.count("inchangé") == len(TABLES)  # nothing was to be had
    result = spring.run(*args, "--history", str(history))
    # three rows got their name, and three earlier names came in
    assert "mouvements.csv        6 nouvelles, 3 disparues, 0 changées" in result.output
    table_rows = read_rows(table)
    names = {(r["ancien_code"], r["ancien_nom"]) for r in table_rows if r["statut"] == EARLIER_NAME}
    assert names >= {("01018", "Arlod-le-Vieux"), ("29050", "Ergué"), ("59355", "Lomme-les-Lille")}
    assert ("01018", "Arlod en partie") not in names
    rows = {row["ancien_code"]: row for row in table_rows if row["statut"] != EARLIER_NAME}

    def told(code: str) -> list[str]:
        return [rows[code][key] for key in ("ancien_nom", "nature", "date_effet", "ambigu")]

    assert told("01018") == ["Arlod", "fusion simple", "1971-01-01", ""]
    assert told("01126") == ["Coupy", "suppression", "1945-05-05", "oui"]
    assert told("29050") == ["Ergué-Armel", "", "", ""]
    # The name of a part of today comes from today's list.
    assert told("59355") == ["Lomme", "fusion-association", "2000-02-27", ""]
    again = spring.run(*args)
    assert again.output.count("inchangé") == len(TABLES)  # kept without the history


def test_what_is_no_history(spring: Project, tmp_path: Path) -> None:
    folder = write_package(tmp_path, package_of(REFERENCE))
    result = spring.run("reference", "refresh", "--package", folder, "--history", folder)
    assert result.exit_code == 1
    assert "historique-communes.json manque" in result.output
    assert "0.8.0" in result.output


def test_tables_are_written_without_a_date() -> None:
    rows = read_rows(REFERENCE / "communes.csv.gz")[:5]
    assert as_bytes("communes.csv.gz", rows) == as_bytes("communes.csv.gz", rows)


def test_a_list_that_was_cut_short_is_refused(spring: Project, tmp_path: Path) -> None:
    package = package_of(REFERENCE)
    package["communes"] = package["communes"][:1_300]
    folder = write_package(tmp_path, package)
    result = spring.run("reference", "refresh", "--package", folder)
    assert result.exit_code == 1
    assert "incomplète : 1300, et 1535 dans data/reference/" in result.output


def test_what_is_no_package(project: Project, tmp_path: Path) -> None:
    result = project.run("reference", "refresh", "--package", str(tmp_path))
    assert (result.exit_code, "communes.json manque" in result.output) == (1, True)
