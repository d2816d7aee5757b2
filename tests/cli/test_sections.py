"""A palmarès laid out in sections: the level comes from a title, not from a column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import Result

from scratch import Project

URL = "https://exemple.fr/palmares-2025"
LILLE = "data/territories/59/59350-lille.yml"


def run(project: Project, text: str, *more: str) -> tuple[Result, list[dict[str, str]]]:
    """Import a list; what the command said, and the lines of the sheet."""
    project.write({"l.csv": text})
    result = project.run(
        "import", "labels", str(project.root / "l.csv"), "--edition", "2025", "--source", URL, *more
    )
    return result, sheet_of(project.root / "l-revue.csv")


def sheet_of(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def settled(rows: list[dict[str, str]]) -> dict[str, str]:
    """Code -> level of the lines that are settled."""
    return {row["code"]: row["niveau"] for row in rows if row["revue"] == "réglée"}


def written(code: str, level: int, mentions: str = "") -> str:
    """The file of a territory that had none."""
    return (
        f'code: "{code}"\nlabels:\n  - edition: 2025\n    level: {level}\n{mentions}'
        f"    sources:\n      - url: {URL}\n"
    )


# Allonnes: one in the Eure-et-Loir, one in the Maine-et-Loire, one in the Oise, one in the Sarthe.
PLAIN = """\
Palmarès du label

Label 2025 - 5 arobases
Lille (59)
• Marcq en Baroeul
Villes 4@
Allonnes
49 - Allonnes
Hazebrouk 59
Intercommunalités 3 @
CC Flandre Lys
Xyzville-sur-Rien
"""


def test_titles_give_the_level(project: Project) -> None:
    result, rows = run(project, PLAIN)
    assert result.exit_code == 1
    assert "Section « Label 2025 - 5 arobases » (ligne 3) : 5 @\n" in result.output
    assert "Section « Intercommunalités 3 @ » (ligne 10) : 3 @\n" in result.output
    assert "7 lignes : 4 réglées, 3 douteuses, 0 refusée ; fiches écrites : 4." in result.output
    assert settled(rows) == {"59350": "5", "59378": "5", "49002": "4", "245900758": "3"}
    assert project.read(LILLE) == written("59350", 5)
    lines = {row["ligne"]: row for row in rows}
    assert lines["7"]["raison"] == "plusieurs territoires possibles"
    seven = lines["7"]["proposition"] + lines["7"]["autres"]
    assert "28004 Allonnes" in seven
    assert "72003 Allonnes" in seven
    assert lines["9"]["proposition"].startswith("1. 59295 Hazebrouck : écriture proche")
    assert lines["12"]["raison"].startswith("aucun territoire de ce nom")
    assert "Titres sans niveau, laissés : « Palmarès du label » (ligne 1)." in result.output

    # The sheet holds the level of each line, so an answer is all that it takes.
    sheet = project.root / "l-revue.csv"
    for row in rows:
        row["décision"] = {"7": "Allonnes (72)", "9": "oui", "12": "ignorer"}.get(row["ligne"], "")
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    done = project.run(
        "import", "labels", "--apply", str(sheet), "--edition", "2025", "--source", URL
    )
    assert (
        "7 lignes : 6 réglées, 0 douteuse, 0 refusée, 1 écartée ; fiches écrites : 2."
        in done.output
    )
    assert done.exit_code == 0
    assert "level: 4" in project.read("data/territories/72/72003-allonnes.yml")
    assert project.run("check").exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        # a table without headings, a title alone on its line
        "5 @;;\nLille;59;Numérique éducatif\n;;\n4 @;;\nAllonnes;Sarthe;\n59;Marcq-en-Barœul;\n",
        # with commas and quotes
        '"5 @",,\n"Lille","59","Numérique éducatif"\n"4 @",,\n"Allonnes","72",\n'
        '"Marcq-en-Barœul",,\n',
        # headings above all sections
        "Dép.;Commune;Mention\n;5 arobases;\n59;Lille;Numérique éducatif\n;4 arobases;\n"
        "72;Allonnes;\n59;Marcq-en-Barœul;\n",
        # a title that heads its own column, and headings again in each section
        "Villes 5 @;Département;Mention\nLille;Nord (59);Numérique éducatif\n"
        "Villes 4 @;Département;Mention\nAllonnes;Sarthe;\nMarcq-en-Barœul;Nord;\n",
        # several names a line, as a page in columns gives them
        "@@@@@\nLille (59)\tNumérique éducatif\n@@@@\nAllonnes (72)\tMarcq-en-Barœul (59)\n",
        # a column of levels that says the same where it says something
        "Ville;Dép;Niveau;Mention\n5 @;;;\nLille;59;5;Numérique éducatif\n4 @;;;\n"
        "Allonnes;72;;\nMarcq-en-Barœul;59;@@@@;\n",
    ],
    ids=["bare", "quoted", "columns", "headed", "spread", "told-twice"],
)
def test_any_layout(project: Project, text: str) -> None:
    result, rows = run(project, text)
    assert result.exit_code == 0, result.output
    assert settled(rows) == {"59350": "5", "72003": "4", "59378": "4"}
    assert project.read(LILLE) == written("59350", 5, "    mentions:\n      - numerique-educatif\n")
    before = project.files()
    run(project, text)
    assert project.files() == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # (line, reason that begins so, level): what is doubtful; nothing of it is written
        (
            "5 @\nLille\nRoubaix 4 @\nTourcoing\n4 @\nDouai\n",
            [("3", "la ligne dit 4 @, son titre 5 @", "4 ?")],
        ),
        (
            "5 @\nLille\nPalme argentée 4 @\nTourcoing\n4 @\nDouai\n",
            [
                ("3", "un titre, ou un nom avec son niveau ?", "4 ?"),
                ("4", "sous la ligne 3 (« Palme argentée 4 @ »), peut-être un titre", "5 ?"),
            ],
        ),
        (
            "5 @\nLille\n4\nDouai\n",
            [
                ("3", "un nombre seul", "5 ?"),
                ("4", "sous la ligne 3 (« 4 »), peut-être un titre", "5 ?"),
            ],
        ),
        ("5 @\nLille\n12\nDouai\n", [("3", "un nombre seul", "5 ?")]),
        # « Ville » is a commune of the Oise, « Prix-lès-Mézières » one of the Ardennes
        ("5 @\nLille\nVille\nPrix-lès-Mézières\n", [("3", "un titre, ou un nom ?", "5 ?")]),
        (
            "5 @\nLille\nMentions spéciales\nDouai\n",
            [
                ("3", "un titre sans niveau ? ; aucun territoire de ce nom", "5 ?"),
                ("4", "sous la ligne 3 (« Mentions spéciales »), peut-être un titre", "5 ?"),
            ],
        ),
        # the Nord is no title of what does not lie there
        (
            "5 @\nNord (59)\nAllonnes (72)\n",
            [("2", "une collectivité, ou le titre d'un groupe ?", "5 ?")],
        ),
        ("Lille\n5 @\nDouai\n", [("1", "avant le premier titre qui donne un niveau", "?")]),
        ("Label 2024 : 5 @\nLille\n", [("2", "le titre de la ligne 1 dit 2024, pas 2025", "5 ?")]),
        (
            "Ville;Dép;Niveau\n5 @;;\nLille;59;4\nDouai;59;\n",
            [("3", "la ligne dit 4 @, son titre 5 @", "4 ?")],
        ),
        (
            "1 @\nVille;Dép;Niveau\nLille;59;4\nDouai;59;\n",
            [("4", "la ligne ne dit pas son niveau, le dernier titre 1 @", "1 ?")],
        ),
        ("5 @;\nLille;59\nDouai;prix du public\n", [("3", "mention : « prix du public »", "5")]),
        (
            "5 @\nLille\n4 @\nLille\n",
            [
                ("2", "même territoire, autre niveau : lignes 2, 4", "5"),
                ("4", "comme la ligne 2", "4"),
            ],
        ),
    ],
)
def test_what_could_be_either_is_left_to_a_person(
    project: Project, text: str, expected: list[tuple[str, str, str]]
) -> None:
    result, rows = run(project, text)
    assert result.exit_code == 1
    left = [row for row in rows if row["revue"] != "réglée"]
    assert [(row["ligne"], row["niveau"]) for row in left] == [(n, lv) for n, _, lv in expected]
    for row, (_, reason, _) in zip(left, expected, strict=True):
        assert row["raison"].startswith(reason)
        assert row["fait"] == row["fiche"] == ""

    # The same sheet, handed back as it is, settles none of them.
    sheet = str(project.root / "l-revue.csv")
    before = project.files()
    project.run("import", "labels", "--apply", sheet, "--edition", "2025", "--source", URL)
    assert project.files() == before


def test_no_line_is_lost(project: Project) -> None:
    """Each line is in the sheet, or told as a title; there is no third way."""
    result, rows = run(project, PLAIN + "Communes\nTotal : 12\n")
    told = {int(n) for n in _numbers(result.output)}
    lines = [*PLAIN.split("\n")[:-1], "Communes", "Total : 12"]
    full = {number for number, line in enumerate(lines, 1) if line}
    assert {int(row["ligne"]) for row in rows} | told == full


def _numbers(output: str) -> list[str]:
    parts = output.replace(")", "(").split("(ligne ")[1:]
    return [part.partition("(")[0] for part in parts]


def test_without_any_level_the_list_is_refused(project: Project) -> None:
    project.write({"l.csv": "Lille\nRoubaix\n"})
    result = project.run(
        "import", "labels", str(project.root / "l.csv"), "--edition", "2025", "--source", URL
    )
    assert (result.exit_code, "aucune colonne reconnue" in result.output) == (2, True)
    assert "aucun titre ni aucune ligne ne donne de niveau" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "Hauts-de-France :\nLille (59) @@@@@\nPays de la Loire\nAllonnes (72) : 4@\n",
        "# Nord (59)\n- **Lille** : 5@\n# Sarthe (1 commune)\n- Allonnes : 4@\n",
        "5@ : Lille (59)\n4@ : Allonnes (72)\n",
        "## 5 @\nNord\nLille\n## 4 @\nSarthe\nAllonnes\n",
        "Les lauréats sont connus, et voici la liste complète de cette année.\n"
        "1. Lille (Nord) : cinq arobases\n2. Allonnes (Sarthe) : quatre arobases\n",
        "Commune de Lille;59;5@\nAllonnes;72;4@\n",
        "Département du Nord\nLille\t5@\nDépartement de la Sarthe\nAllonnes\t4@\n",
    ],
    ids=["regions", "markdown", "inline", "nested", "press", "bare", "tabs"],
)
def test_lists_without_columns(project: Project, text: str) -> None:
    """Each line says its level, or a title does; départements and régions are context."""
    result, rows = run(project, text)
    assert result.exit_code == 0, result.output
    assert settled(rows) == {"59350": "5", "72003": "4"}


def test_a_title_of_a_place_is_told(project: Project) -> None:
    result, _ = run(project, "Nord\nLille 5@\nDouai 3@\n")
    assert "Section « Nord » (ligne 1) : département 59\n" in result.output
