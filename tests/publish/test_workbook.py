"""The tables as people open them: the workbook and the CSV for Excel, with values by hand."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine

from atlaas.pages.page import Site
from atlaas.publish import spreadsheets, workbook
from atlaas.publish.action_tables import all_tables
from support import Small

SHEETS = tuple(table.name for table in all_tables())


def book(content: bytes) -> Any:
    return calamine.load_workbook(io.BytesIO(content))


def sheet(content: bytes, name: str) -> list[list[Any]]:
    found: list[list[Any]] = book(content).get_sheet_by_name(name).to_python()
    return found


def test_the_workbook_has_a_sheet_for_each_table_and_two_to_read(files: dict[str, bytes]) -> None:
    content = files["donnees/atlaas.xlsx"]
    assert book(content).sheet_names == ["Lisez-moi", "Colonnes", *SHEETS]
    assert all(len(name) <= 31 for name in SHEETS)  # what Excel allows
    lines = [row[0] for row in sheet(content, "Lisez-moi")]
    assert lines[0] == "Atlaas : territoires, actions numériques et labels"
    assert [line for line in lines if line.startswith("labels — Labels (5 lignes). ")]
    assert [line for line in lines if "Licence Ouverte 2.0" in line]
    columns = sheet(content, "Colonnes")
    assert columns[0] == ["Table", "Colonne", "Nom", "Type", "Ce qu'elle contient"]
    assert len(columns) == 1 + sum(len(table.columns) for table in all_tables())
    assert ["labels", "Édition", "edition", "entier"] in [row[:4] for row in columns]


def test_codes_are_texts_and_numbers_are_numbers(files: dict[str, bytes]) -> None:
    head, *rows = sheet(files["donnees/atlaas.xlsx"], "territoires")
    marcq = dict(zip(head, next(row for row in rows if row[0] == "59378"), strict=True))
    assert marcq["Nom"] == "Marcq-en-Barœul"
    assert (marcq["Département"], marcq["EPCI"], marcq["Population"]) == ("59", "200093201", 40184)
    assert [row[0] for row in rows if row[0].startswith("dep-")]
    figures = sheet(files["donnees/atlaas.xlsx"], "indicateurs")
    at = figures[0].index("Valeur")
    assert [row[at] for row in figures[1:]] == [210000, 0.5]
    assert figures[1][figures[0].index("Environ")] is False


def test_a_sheet_can_be_filtered_and_keeps_its_head_in_sight(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["donnees/atlaas.xlsx"])) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert len(names) == 2 + len(SHEETS)
        for name in names[1:]:
            text = archive.read(name).decode()
            assert "<autoFilter " in text and 'state="frozen"' in text, name
        core = archive.read("docProps/core.xml").decode()
        assert "2000-01-01T00:00:00Z" in core
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_a_table_too_long_for_a_sheet_is_left_to_its_csv(
    tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels have five rows of seven columns here: 35 cells fit, 34 do not."""
    labels = [table for table in all_tables() if table.name == "labels"]
    monkeypatch.setattr(workbook, "MOST_CELLS", 35)
    assert "labels" in book(workbook.all_in_one(labels, tiny.directory, Site())).sheet_names
    monkeypatch.setattr(workbook, "MOST_CELLS", 34)
    content = workbook.all_in_one(labels, tiny.directory, Site("https://atlaas.example/"))
    assert book(content).sheet_names == ["Lisez-moi", "Colonnes"]
    last = sheet(content, "Lisez-moi")[-1][0]
    assert last.endswith("Voir https://atlaas.example/donnees/labels-excel.csv")
    monkeypatch.setattr(workbook, "MOST_CELLS", 1)
    codes = [table for table in all_tables() if table.name == "labels_termes"]
    content = workbook.all_in_one(codes, tiny.directory, Site("https://atlaas.example/"))
    assert sheet(content, "Lisez-moi")[-1][0].endswith("donnees/labels_termes.csv")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("01004", '="01004"'),
        ("2016-07", '="2016-07"'),
        ("2E001", '="2E001"'),  # which would else be 20
        ("2A004", "2A004"),
        ("59378/la-bonne-appli", "59378/la-bonne-appli"),
        ("59350 | 59378", "59350 | 59378"),
        ("20 ans", "20 ans"),
        ("=1+1", "'=1+1"),
        ("-5 %", "'-5 %"),
        ("Barœul", "Barœul"),
        (1000, 1000),
        (-0.5, "-0,5"),
        (Decimal("12.50"), "12,50"),
        (True, "VRAI"),
        (False, "FAUX"),
        (None, ""),
    ],
)
def test_a_french_excel_changes_no_cell(value: Any, cell: object) -> None:
    assert spreadsheets.excel_cell(value) == cell


def test_the_csv_for_excel_has_french_heads_and_the_same_rows(files: dict[str, bytes]) -> None:
    for table in all_tables():
        if table.links:
            continue
        content = files[f"donnees/{table.name}-excel.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        text = content.decode("utf-8-sig")
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert found[0] == [column.title for column in table.columns]
        assert len({*found[0]}) == len(found[0])
        plain = files[f"donnees/{table.name}.csv"].decode()
        assert len(found) == len(list(csv.reader(io.StringIO(plain, newline=""))))
    labels = files["donnees/labels-excel.csv"].decode("utf-8-sig").splitlines()
    assert labels[1] == '"=""73008""";2015;5;"=""73008""";;Le Journal, Palmarès, 2015-02;'


def test_tables_of_codes_alone_are_given_once(files: dict[str, bytes]) -> None:
    """No column of theirs says a word: who opens a spreadsheet reads the workbook."""
    codes = {table.name for table in all_tables() if table.links}
    assert codes == {
        *("labels_termes", "actions_termes", "actions_partenaires", "actions_acteurs"),
        *("indicateurs_valeurs", "collections_actions", "collections_territoires"),
    }
    assert not {f"donnees/{name}-excel.csv" for name in codes} & {*files}
    assert {f"donnees/{name}.csv" for name in codes} <= {*files}


def test_a_text_longer_than_a_cell_is_cut_rather_than_lost(tmp_path: Path) -> None:
    def fill(made: spreadsheets.Book) -> None:
        made.table("a", {"x": 10, "y": 10}, [["é" * 40_000, Decimal("0.5")]])

    [[_, _], [long, half]] = sheet(spreadsheets.workbook("t", fill, tmp_path), "a")
    assert (len(long), half) == (32_767, 0.5)


def test_rows_wait_below_the_cache_of_which_nothing_stays(tmp_path: Path) -> None:
    """A build that is killed then leaves nothing in the system's temporary folder."""
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left = tmp_path / "rows" / str(killed.pid)
    left.mkdir(parents=True)
    waiting: list[list[str]] = []

    def fill(made: spreadsheets.Book) -> None:
        made.table("a", {"x": 10}, [["é"]])
        waiting.append([path.name for path in tmp_path.glob("rows/*") if any(path.iterdir())])

    below = spreadsheets.workbook("t", fill, tmp_path)
    assert waiting == [[str(os.getpid())]]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("", "utf-8")
    assert spreadsheets.workbook("t", fill, tmp_path / "file") == below  # takes no folder
