"""Lists as people have them: workbooks, pasted text, the site's own table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from atlaas.publish.bulk import csv_file
from atlaas.publish.territory_tables import tables
from scratch import Project
from support import PROJECT, Small

URL = "https://exemple.fr/palmares"
SAMPLE = PROJECT / "tests" / "imports" / "sample"
LILLE = "data/territories/59/59350-lille.yml"


def test_a_workbook_with_postcodes(project: Project, tmp_path: Path) -> None:
    """The postcode is no INSEE code, and tells the Allonnes apart."""
    result = project.run(
        *("import", "labels", str(SAMPLE / "palmares.xlsx"), "--edition", "2025"),
        *("--source", URL, "--sheet", str(tmp_path / "r.csv")),
    )
    assert result.exit_code == 0, result.output
    assert "Feuille « Palmarès »." in result.output
    assert (
        "Colonnes : code postal « Code postal », mention « Mention », niveau « Nb @ », "
        "nom « Commune »." in result.output
    )
    assert sorted(project.files("data/territories")) == [
        "data/territories/49/49002-allonnes.yml",
        LILLE,
        "data/territories/59/59378-marcq-en-baroeul.yml",
    ]
    assert "level: 4" in project.read("data/territories/59/59378-marcq-en-baroeul.yml")


def test_pasted_text_on_standard_input(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in ((), ("-",)):
        result = project.run(
            *("import", "labels", *file, "--edition", "2025", "--source", URL),
            input="Ville\tNiveau\nLille\t5\n",
        )
        assert result.exit_code == 0, result.output
        assert "Feuille de relecture : palmares-revue.csv" in result.output
    assert "level: 5" in project.read(LILLE)
    empty = project.run("import", "labels", "--edition", "2025", "--source", URL, input="")
    assert (empty.exit_code, "donnez une liste" in empty.output) == (2, True)


def test_each_line_keeps_its_own_source_date_doubt_and_edition(
    project: Project, tmp_path: Path
) -> None:
    project.write(
        {
            "l.csv": "Ville;Niveau;Édition;Source;Date;Doute\n"
            "Lille;4;Label 2024;https://a.fr/x | Le Nord, Palmarès, 2024-12-03;;lu de loin\n"
            "Lille;5;;;2025-12-02;\n"
            "Douai;5;;page 3 du journal;;\n"
        }
    )
    result = project.run(
        "import", "labels", str(tmp_path / "l.csv"), "--edition", "2025", "--source", URL
    )
    assert project.read(LILLE) == (
        'code: "59350"\nlabels:\n'
        "  - edition: 2024\n    level: 4\n    sources:\n      - url: https://a.fr/x\n"
        "      - publisher: Le Nord\n        title: Palmarès\n        date: 2024-12-03\n"
        "    doubt: lu de loin\n"
        f"  - edition: 2025\n    level: 5\n    sources:\n      - url: {URL}\n"
        "        date: 2025-12-02\n"
    )
    assert "ligne 4, Douai : refusée, source « page 3 du journal » : écrivez" in result.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ville;Niveau\nLille;5\n", "donnez --edition ANNÉE"),
        ("Ville;Niveau;Année\nLille;5;2025\n", "donnez --source"),
    ],
)
def test_what_no_line_says_is_asked(
    project: Project, tmp_path: Path, text: str, words: str
) -> None:
    project.write({"l.csv": text})
    result = project.run("import", "labels", str(tmp_path / "l.csv"))
    assert (result.exit_code, words in result.output) == (2, True)


def test_the_table_of_the_site_adds_nothing(tiny: Small, tmp_path: Path) -> None:
    """labels.csv as it is published, taken back into the project that published it."""
    [table] = [one for one in tables() if one.name == "labels"]
    exported = csv_file(table, tiny.directory, tiny.site)
    assert exported.count(b"\n") > 3
    (tmp_path / "labels.csv").write_bytes(exported)
    project = Project(tiny.root)
    before = project.files()
    result = project.run("import", "labels", str(tmp_path / "labels.csv"))
    assert result.exit_code == 0, result.output
    assert "fiches écrites : 0." in result.output
    assert project.files() == before


def sheet_rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def answer(path: Path, answers: dict[str, str]) -> None:
    """Write decisions on lines, as a person does in a spreadsheet."""
    rows = sheet_rows(path)
    for row in rows:
        row["décision"] = answers.get(row["ligne"], row["décision"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


LABELS = ("--edition", "2025", "--source", URL)


def test_three_lines_of_one_question_are_one_decision(project: Project, tmp_path: Path) -> None:
    actions = "Commune;Titre;Thème;Texte\n" + "".join(
        f"Allonnes;Action {word};solidarité numérique;Un texte.\n"
        for word in ("une", "deux", "trois")
    )
    project.write({"a.csv": actions})
    result = project.run("import", "actions", str(tmp_path / "a.csv"), "--source", URL)
    assert "ligne 2 (et 3, 4), Allonnes : plusieurs territoires possibles" in result.output
    assert "1 décision à prendre" in result.output
    sheet = tmp_path / "a-revue.csv"
    assert [row["raison"] for row in sheet_rows(sheet)][1:] == ["comme la ligne 2"] * 2
    answer(sheet, {"2": "Allonnes (72)"})
    done = project.run("import", "actions", "--apply", str(sheet), "--source", URL)
    assert (done.exit_code, "fiches écrites : 3." in done.output) == (0, True)


@pytest.mark.parametrize(
    "words", ["oui", "1", "59295", "59295 Hazebrouck", "Hazebrouck (59)", "hazebrouck", " OUI "]
)
def test_ways_to_accept_a_territory(project: Project, tmp_path: Path, words: str) -> None:
    project.write({"l.csv": "Ville;Dép;Niveau\nHazebrouk;59;3\n"})
    project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS)
    sheet = tmp_path / "l-revue.csv"
    [row] = sheet_rows(sheet)
    assert row["proposition"].startswith("1. 59295 Hazebrouck : écriture proche")
    assert "Nord, " in row["proposition"] and "pas de fiche" in row["proposition"]
    answer(sheet, {"2": words})
    done = project.run("import", "labels", "--apply", str(sheet), *LABELS)
    assert done.exit_code == 0, done.output
    assert "level: 3" in project.read("data/territories/59/59295-hazebrouck.yml")


def test_an_unknown_word_is_refused_and_named(project: Project, tmp_path: Path) -> None:
    project.write({"l.csv": "Ville;Dép;Niveau\nHazebrouk;59;3\n"})
    project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS)
    sheet = tmp_path / "l-revue.csv"
    answer(sheet, {"2": "peut-être"})
    done = project.run("import", "labels", "--apply", str(sheet), *LABELS)
    assert done.exit_code == 1
    assert (
        "« peut-être » n'est pas une réponse : oui, un nom comme « Bayeux (14) », ou ignorer"
    ) in done.output
    assert sheet_rows(sheet)[0]["décision"] == "peut-être"


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("Lille;hors concours;", "hors concours, d'après la liste"),
        ("Lille (hors concours);;", "hors concours, d'après la liste"),
        ("Lille;;hors-concours", "hors concours, d'après la liste"),
        ("Lille;;", "la liste ne donne pas de niveau"),
        ("Lille;Numérique éducatif;", "la liste ne donne pas de niveau"),
    ],
)
def test_a_label_without_level_is_said_with_a_doubt(
    project: Project, tmp_path: Path, line: str, doubt: str
) -> None:
    project.write({"l.csv": f"Ville;Niveau;Mention\nDouai;4;\nRoubaix;3;\n{line}\n"})
    result = project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS)
    assert result.exit_code == 0, result.output
    text = project.read(LILLE)
    assert f"doubt: {doubt}" in text and "level" not in text
    assert ("numerique-educatif" in text) == ("éducatif" in line)
    assert "label 2025 ajouté, sans niveau" in [
        r["fait"] for r in sheet_rows(tmp_path / "l-revue.csv")
    ]


def test_a_line_that_says_why_there_is_no_level_says_it_once(
    project: Project, tmp_path: Path
) -> None:
    why = "niveau non donné par l'extrait lu"
    project.write({"l.csv": f"Ville;Niveau;Doute\nDouai;4;\nLille;;{why}\n"})
    result = project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS)
    assert result.exit_code == 0, result.output
    assert f"doubt: {why}\n" in project.read(LILLE)


def test_a_level_found_later_takes_its_missing_out_of_the_doubt(
    project: Project, tmp_path: Path
) -> None:
    none = "niveau non donné par la source ; année lue sur le panneau"
    project.write({"l.csv": f'Ville;Niveau;Doute\nDouai;4;\nLille;;"{none}"\n'})
    project.run("import", "labels", str(tmp_path / "l.csv"), *LABELS)
    project.write({"m.csv": "Ville;Niveau;Doute\nDouai;4;\nLille;3;lu sur une copie\n"})
    result = project.run("import", "labels", str(tmp_path / "m.csv"), *LABELS)
    assert result.exit_code == 0, result.output
    text = project.read(LILLE)
    assert "level: 3\n" in text
    assert "doubt: année lue sur le panneau ; lu sur une copie\n" in text


def test_yes_never_means_without_level(project: Project, tmp_path: Path) -> None:
    project.write({"l.txt": "Lille 5@\nGuadeloupe\n"})
    project.run("import", "labels", str(tmp_path / "l.txt"), *LABELS)
    sheet = tmp_path / "l-revue.csv"
    assert sheet_rows(sheet)[0]["proposition"] == ""
    answer(sheet, {"2": "oui"})
    done = project.run("import", "labels", "--apply", str(sheet), *LABELS)
    assert "« oui » n'est pas une réponse : un niveau de 1 à 5, ou ignorer" in done.output
    answer(sheet, {"2": "ignorer"})
    assert project.run("import", "labels", "--apply", str(sheet), *LABELS).exit_code == 0


def test_two_former_communes_of_one_commune_keep_their_labels(project: Project) -> None:
    """Annecy took in Cran-Gevrier (74093) and Annecy-le-Vieux (74011) in 2017."""
    project.write({"l.csv": "nom;dép;niveau\nCran-Gevrier;74;4\nAnnecy-le-Vieux;74;3\n"})
    result = project.run(
        *("import", "labels", str(project.root / "l.csv"), "--edition", "2015", "--source", URL)
    )
    assert "2 lignes : 2 réglées" in result.output
    text = project.read("data/territories/74/74010-annecy.yml")
    assert 'level: 4\n    won_by: "74093"\n' in text
    assert 'level: 3\n    won_by: "74011"\n' in text
    assert project.run("check").exit_code == 0


def test_a_code_without_name_that_is_a_postcode_too_is_asked(project: Project) -> None:
    """75015 was the code of Bry-sur-Marne until 1967, and is a postcode of Paris."""
    project.write({"l.csv": "code;niveau\n75015;3\n"})
    result = project.run(
        *("import", "labels", str(project.root / "l.csv"), "--edition", "2025", "--source", URL)
    )
    assert result.exit_code == 1
    assert "1. 75056 Paris : code postal" in result.output
    assert "2. 94015 Bry-sur-Marne : a succédé à ce code" in result.output
