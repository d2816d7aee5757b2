"""Bytes of every kind -> rows, and rows -> the columns of a palmarès."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.imports import palmares
from atlaas.imports.reading import SourceSheet, TableError, decode, read_source
from atlaas.imports.table import Table, choices, one_sheet, read_table

SAMPLE = Path(__file__).parent / "sample"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_workbooks(kind: str) -> None:
    """The hidden sheet of the .xlsx is not read; numbers are written as a person reads them."""
    sheets = read_source((SAMPLE / f"palmares.{kind}").read_bytes())
    assert [sheet.name for sheet in sheets] == ["Notice", "Palmarès"]
    assert sheets[1].rows[""] == [
        (1, ["Palmarès du label 2025", "", "", ""]),
        (3, ["Commune", "Code postal", "Nb @", "Mention"]),
        (4, ["Lille", "59000", "5", "Numérique éducatif"]),
        (5, ["Marcq-en-Barœul", "59700", "4@", ""]),
        (6, ["Allonnes", "49650", "3", ""]),
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850"],
)
def test_encodings(encoding: str) -> None:
    text = "Commune;Niveau\nÉvry-Grégy;3\nSaint-Étienne-à-Arnes;4\nForêt-la-Folie;1\n"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7 ...", "un PDF : ouvrez-le, copiez le texte"),
        (b"\x89PNG\r\n", "une image"),
        (b"<html><table><tr><td>Lille</td></tr></table>", "une page web"),
        (b"PK\x03\x04 broken", "ce n'est pas un classeur lisible"),
        (b"a\0\1b", "ni un classeur ni un texte"),
        (b"x" * (8 * 1024 * 1024 + 1), "dépasse 8 Mo"),
    ],
)
def test_what_is_no_list(raw: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_source(raw)


def test_a_cell_over_several_lines_keeps_its_first_line_number() -> None:
    [sheet] = read_source(b'a;b\n"1\n2";x\n\nc;d\n')
    assert sheet.rows[";"] == [(1, ["a", "b"]), (2, ["1\n2", "x"]), (5, ["c", "d"])]


def read(text: str, edition: int = 2025, *columns: str, tab: str = "") -> Table:
    """A palmarès with columns."""
    want = palmares.wanted(edition, choices(columns, palmares.ROLES), tab)
    return one_sheet(read_source(text.encode()), tab, lambda sheet: read_table(sheet, want))


@pytest.mark.parametrize(
    ("headings", "cells", "found"),
    [
        ("Nom;Nb @", "Lille;5", {"nom": "Nom", "niveau": "Nb @"}),
        ("Bénéficiaire;Arrobases", "Lille;@@@", {"nom": "Bénéficiaire", "niveau": "Arrobases"}),
        ("Structure;Distinction", "Lille;5@", {"nom": "Structure", "niveau": "Distinction"}),
        ("Libellé;Récompense", "Lille;5 arobases", {"nom": "Libellé", "niveau": "Récompense"}),
        ("name,level", "Lille,5", {"nom": "name", "niveau": "level"}),
        (
            "Palmarès;Commune;CP",
            "@@;Lille;59000",
            {"nom": "Commune", "niveau": "Palmarès", "code postal": "CP"},
        ),
        (
            "Code postal;Code;Ville;Niveau;Date;Remarque",
            "59000;59350;Lille;5;2025;",
            {"nom": "Ville", "niveau": "Niveau", "code postal": "Code postal", "code": "Code"}
            | {"date": "Date"},
        ),
        # a column that says nothing of levels is not that of the levels
        ("Label;Commune;Nb @", "Villes Internet;Lille;5", {"nom": "Commune", "niveau": "Nb @"}),
        # a column that holds nothing but levels needs no heading
        ("Commune;Résultat", "Lille;@@@@", {"nom": "Commune", "niveau": "Résultat"}),
        ("Commune;Catégorie", "Lille;4@", {"nom": "Commune", "niveau": "Catégorie"}),
        # of two years, the one that is imported
        ("Ville;Niveau 2024;Niveau 2025", "Lille;4;5", {"nom": "Ville", "niveau": "Niveau 2025"}),
        (
            "territory,edition,level,mentions,sources,doubt",
            "59350,2025,5,,https://a.fr/,",
            {"code": "territory", "édition": "edition", "niveau": "level", "mention": "mentions"}
            | {"source": "sources", "doute": "doubt"},
        ),
    ],
)
def test_headings(headings: str, cells: str, found: dict[str, str]) -> None:
    table = read(f"Palmarès du label;;\n\n{headings}\n{cells}\n")
    assert table.found == found
    assert [number for number, _ in table.lines] == [4]


def test_the_level_is_asked_for_and_answered() -> None:
    text = "Commune;Département;Résultat\nLille;59;5\nDouai;59;4\n"
    with pytest.raises(TableError) as error:
        read(text)
    assert str(error.value) == (
        "quelle colonne est le niveau ? Colonnes lues : « Commune », « Département », "
        '« Résultat ». Répondez par --column niveau="Résultat"'
    )
    assert read(text, 2025, 'niveau="résultat"').lines[1][1]["niveau"] == "4"


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("Commune;N\nLille;5\n", "niveau", 's\'écrit ROLE="TITRE"'),
        ("Commune;N\nLille;5\n", "nivo=N", "Vouliez-vous dire « niveau »"),
        ("Commune;Note\nLille;5\n", "niveau=Not", "Vouliez-vous dire « Note »"),
    ],
)
def test_a_wrong_answer_is_told(text: str, column: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read(text, 2025, column)


def test_levels_of_another_year_are_asked() -> None:
    with pytest.raises(TableError, match="la colonne « Niveau 2024 » n'est pas de 2025"):
        read("Commune;Niveau 2024\nLille;5\n")
    assert read("Commune;Niveau 2024\nLille;5\n", 2025, "niveau=Niveau 2024").lines


def test_two_sheets_that_could_be_read_are_asked() -> None:
    rows = [(1, ["Commune", "Niveau"]), (2, ["Lille", "5"])]
    sheets = [SourceSheet("Métropole", {"": rows}), SourceSheet("Outre-mer", {"": rows})]
    want = palmares.wanted(2025, {})
    with pytest.raises(TableError) as error:
        one_sheet(sheets, "", lambda sheet: read_table(sheet, want))
    assert str(error.value) == (
        "quelle feuille lire ? Plusieurs conviennent : « Métropole », « Outre-mer ». "
        'Répondez par --tab "Métropole"'
    )
    assert one_sheet(sheets, "outre-mer", lambda s: read_table(s, want)).tab == "Outre-mer"
    with pytest.raises(TableError, match="pas de feuille « Corse »"):
        one_sheet(sheets, "Corse", lambda sheet: read_table(sheet, want))
