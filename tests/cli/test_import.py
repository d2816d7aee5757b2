"""A palmarès and a list of actions, taken in from end to end in a scratch project."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from atlaas.edit import workspace
from atlaas.geography.reference import Reference
from atlaas.names import resolve
from scratch import Project, action, label

URL = "https://exemple.fr/palmares-2023"
LILLE = "data/territories/59/59350-lille.yml"
LIST = """\
Palmarès de l'édition;;;
Niveau (@);Dép.;Nom de la collectivité;Mention spéciale
@@@@@;59;Lille;
4 arobases;Nord;Marcq en Baroeul;Numérique éducatif
4@;;Allonnes;
3;59;Hazebrouk;
2;59;Xyzville-sur-Rien;
5;971;CA La Riviera du Levant;
9;33;Blanquefort;
3;Yvelines (78);Maurepas;Mention inventée
2;49;Allonnes;
2;49;Allonnes;
1;59;;
"""


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def by_line(path: Path) -> dict[int, dict[str, str]]:
    rows = {int(row["ligne"]): row for row in rows_of(path)}
    for row in rows.values():
        row["candidats"] = " | ".join(filter(None, (row["proposition"], row["autres"])))
    return rows


def correct(path: Path, changes: dict[int, dict[str, str]]) -> None:
    """What a person does in the sheet: fill cells of some lines."""
    rows = rows_of(path)
    for row in rows:
        row.update(changes.get(int(row["ligne"]), {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=",")
        writer.writeheader()
        writer.writerows(rows)


def test_palmares_from_end_to_end(project: Project, tmp_path: Path) -> None:
    project.write(
        {
            LILLE: 'code: "59350"\nlabels:\n  - edition: 2023  # selon la presse\n    level: 4\n'
            "    sources:\n      - url: https://exemple.fr/presse\n",
            "liste.csv": LIST,
        }
    )
    listed = str(tmp_path / "liste.csv")
    result = project.run("import", "labels", listed, "--edition", "2023", "--source", URL)
    assert result.exit_code == 1
    assert "11 lignes : 4 réglées, 6 douteuses, 1 refusée ; fiches écrites : 3." in result.output
    sheet = tmp_path / "liste-revue.csv"
    lines = by_line(sheet)
    assert {n: row["revue"] for n, row in lines.items()} == {
        3: "douteuse",
        4: "réglée",
        5: "douteuse",
        6: "douteuse",
        7: "douteuse",
        8: "réglée",
        9: "douteuse",
        10: "douteuse",
        11: "réglée",
        12: "réglée",
        13: "refusée",
    }
    assert lines[3]["raison"] == (
        f"la fiche donne 4 @ pour 2023 (https://exemple.fr/presse), la liste 5 @ ({URL})"
    )
    assert "28004" in lines[5]["candidats"]
    assert "72003" in lines[5]["candidats"]
    assert lines[6]["candidats"].startswith("1. 59295 Hazebrouck : écriture proche")
    assert lines[7]["raison"].startswith("aucun territoire de ce nom")
    assert lines[9]["raison"] == "niveau « 9 » illisible"
    assert lines[10]["raison"] == "mention : « Mention inventée » inconnu"
    assert lines[12]["fait"] == "répète la ligne 11"
    assert lines[13]["raison"].startswith("la ligne ne nomme aucun territoire")
    assert project.read("data/territories/59/59378-marcq-en-baroeul.yml") == (
        'code: "59378"\nlabels:\n  - edition: 2023\n    level: 4\n    mentions:\n'
        f"      - numerique-educatif\n    sources:\n      - url: {URL}\n"
    )
    assert "level: 4" in project.read(LILLE)

    # The same list again changes nothing.
    before = project.files()
    project.run("import", "labels", listed, "--edition", "2023", "--source", URL)
    assert project.files() == before

    correct(
        sheet,
        {
            3: {"décision": "remplacer"},
            5: {"décision": "72003 Allonnes"},
            6: {"décision": "oui"},
            7: {"décision": "ignorer"},
            9: {"décision": "4"},
            13: {"décision": "ignorer"},
            10: {"mention": ""},
        },
    )
    applied = project.run(
        "import", "labels", "--apply", str(sheet), "--edition", "2023", "--source", URL
    )
    assert (
        "11 lignes : 9 réglées, 0 douteuse, 0 refusée, 2 écartées ; fiches écrites : 5."
        in applied.output
    )
    assert project.read(LILLE) == (
        'code: "59350"\nlabels:\n  - edition: 2023  # selon la presse\n    level: 5\n'
        f"    sources:\n      - url: https://exemple.fr/presse\n      - url: {URL}\n"
        "    doubt: une autre source donne 4 @\n"
    )
    assert project.run("check").exit_code == 0
    assert project.run("fix", "--check").exit_code == 0
    before = project.files()
    project.run("import", "labels", "--apply", str(sheet), "--edition", "2023", "--source", URL)
    assert project.files() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_form_of_list(project: Project, tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f'Commune{delimiter}Arobases\r\n"Marcq-en-Barœul"{delimiter}"@@@"\r\n'
    (tmp_path / "l.csv").write_bytes(text.encode(encoding))
    result = project.run(
        "import", "labels", str(tmp_path / "l.csv"), "--edition", "2023", "--source", URL
    )
    assert result.exit_code == 0, result.output
    assert "level: 3" in project.read("data/territories/59/59378-marcq-en-baroeul.yml")


def test_an_existing_label_is_completed(project: Project, tmp_path: Path) -> None:
    project.write(
        {
            "data/territories/73/73008-aix-les-bains.yml": label("73008", (2019, 4)),
            "l.csv": "insee,nom,niveau,mention\n"
            "73008,Aix,,Médiation numérique et numérique éducatif\n"
            "59350,Roubaix,3,\n",
        }
    )
    result = project.run(
        "import", "labels", str(tmp_path / "l.csv"), "--edition", "2019", "--source", URL
    )
    assert "le code « 59350 » est celui de Lille, la ligne dit « Roubaix »" in result.output
    assert project.read("data/territories/73/73008-aix-les-bains.yml") == (
        'code: "73008"\nlabels:\n  - edition: 2019\n    level: 4\n    mentions:\n'
        "      - mediation-numerique\n      - numerique-educatif\n    sources:\n"
        f"      - url: https://exemple.fr/page\n      - url: {URL}\n"
    )


def test_a_new_edition_gets_its_file(project: Project, tmp_path: Path) -> None:
    project.write({"l.csv": "nom,niveau\nLille,5\n"})
    (tmp_path / "data/editions/2026.yml").unlink()
    arguments = ["import", "labels", str(tmp_path / "l.csv"), "--edition", "2026", "--source", URL]
    assert project.run(*arguments, "--dry-run").exit_code == 0
    assert not (tmp_path / "data/editions/2026.yml").exists()
    assert project.run(*arguments).exit_code == 0
    assert project.read("data/editions/2026.yml") == f"edition: 2026\nsources:\n  - url: {URL}\n"
    assert project.run("check").exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "aucune colonne reconnue"),
        (
            "nom,habitants\nLille,3\n",
            "quelle colonne est le niveau ? Colonnes lues : « nom », « habitants ». "
            'Répondez par --column niveau="habitants"',
        ),
        ("\0\1\0", "ce n'est ni un classeur ni un texte"),
    ],
)
def test_what_is_no_list(project: Project, tmp_path: Path, text: str, words: str) -> None:
    project.write({"l.csv": text})
    result = project.run(
        "import", "labels", str(tmp_path / "l.csv"), "--edition", "2023", "--source", URL
    )
    assert (result.exit_code, words in result.output) == (2, True)


def test_a_source_is_asked_for(project: Project, tmp_path: Path) -> None:
    project.write({"l.csv": "nom,niveau\nLille,5\n"})
    result = project.run("import", "labels", str(tmp_path / "l.csv"), "--edition", "2023")
    assert (result.exit_code, "donnez --source" in result.output) == (2, True)


def test_no_formula_in_the_sheet(project: Project, tmp_path: Path) -> None:
    project.write({"l.csv": "nom,niveau\n=1+1,@@\n"})
    project.run("import", "labels", str(tmp_path / "l.csv"), "--edition", "2023", "--source", URL)
    [row] = rows_of(tmp_path / "l-revue.csv")
    assert (row["nom"], row["niveau"]) == ("'=1+1", "'@@")


def test_a_whole_palmares_costs_little(
    project: Project, reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """331 lines, one in ten misspelt: names are indexed, not gone through."""
    near: list[object] = []
    indexed: list[object] = []
    look, index = resolve._candidates, workspace.index_of
    monkeypatch.setattr(resolve, "_candidates", lambda *a: (near.append(a[0]), look(*a))[1])
    monkeypatch.setattr(workspace, "index_of", lambda *a: (indexed.append(1), index(*a))[1])
    places = reference.places
    communes = [places[code] for code in list(places) if places[code].population > 10_000]
    communes = [place for place in communes if place.kind == "commune"]
    lines = [
        f"{c.name[1:] if i % 10 == 0 else c.name};{c.departement};{i % 5 + 1}"
        for i, c in enumerate(communes[:331])
    ]
    project.write({"l.csv": "\n".join(["Ville;Dép;Niveau", *lines])})
    result = project.run(
        "import", "labels", str(tmp_path / "l.csv"), "--edition", "2023", "--source", URL
    )
    assert "331 lignes" in result.output
    assert 20 <= len(near) <= 34  # without its first letter a name may be another one's
    assert len(indexed) <= 2  # before writing, and after


ACTIONS = """\
Territoire,Dép,Intitulé,Domaine,Année,Faits,Source
Lille,59,Portail famille en ligne,services publics,2016,un portail ; paiement de la cantine,https://a.fr/1
Lille,59,Le portail famille en ligne,services publics,,,https://a.fr/2
Lille,59,Bus numérique,thème inventé,,,https://a.fr/3
Lille,59,Bus du numérique itinérant,solidarité numérique,2031,,https://a.fr/3
Lille,59,Atelier du mardi,solidarité numérique,,Un atelier.,
"""


def test_actions(project: Project, tmp_path: Path) -> None:
    project.write({"a.csv": ACTIONS})
    result = project.run("import", "actions", str(tmp_path / "a.csv"))
    assert "5 lignes : 1 réglée, 2 douteuses, 2 refusées ; fiches écrites : 1." in result.output
    path = "data/actions/59/59350-lille/portail-famille-en-ligne.md"
    assert project.read(path) == (
        '---\ntitle: Portail famille en ligne\nterritory: "59350"\nthemes:\n  - services-publics\n'
        "started: 2016\nsources:\n  - url: https://a.fr/1\n---\n\n"
        "- Un portail.\n- Paiement de la cantine.\n"
    )
    lines = by_line(tmp_path / "a-revue.csv")
    assert lines[3]["raison"] == f"même titre : {path}"
    assert lines[4]["raison"] == "thèmes : « thème inventé » inconnu"
    assert "2031" in lines[5]["raison"]
    assert lines[6]["raison"].startswith("aucune source")
    correct(
        tmp_path / "a-revue.csv",
        {
            3: {"décision": "ajouter", "titre": "Portail famille : ouverture aux crèches"},
            4: {"thèmes": "solidarité numérique"},
            5: {"décision": "ignorer"},
            6: {"source": "https://a.fr/4"},
        },
    )
    result = project.run("import", "actions", "--apply", str(tmp_path / "a-revue.csv"))
    assert (
        "5 lignes : 4 réglées, 0 douteuse, 0 refusée, 1 écartée ; fiches écrites : 3."
        in result.output
    )
    assert project.run("check").exit_code == 0
    before = project.files()
    project.run("import", "actions", "--apply", str(tmp_path / "a-revue.csv"))
    assert project.files() == before


def test_an_action_that_is_there_is_not_changed(project: Project, tmp_path: Path) -> None:
    path = "data/actions/59/59350-lille/atelier-du-mardi.md"
    project.write(
        {
            path: action("Atelier du mardi", "59350"),
            "a.csv": "ville;titre;thème;texte;url\nLille;atelier du MARDI;accessibilité;X;https://a.fr/\n",
        }
    )
    result = project.run("import", "actions", str(tmp_path / "a.csv"))
    assert (result.exit_code, "fiches écrites : 0" in result.output) == (0, True)
    assert project.read(path) == action("Atelier du mardi", "59350")
