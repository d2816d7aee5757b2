"""The palmarès as files for spreadsheets: read back, with values worked out by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import python_calamine as calamine

from atlaas import text
from atlaas.pages import palmares
from support import SITE_URL, Html, Small, tiny_tree

BOURG = """\
code: "01053"
labels:
  - edition: 2018
    level: 3
    mentions: [arobase-verte]
    sources:
      - publisher: Le Progrès
        title: "=Les « villes ; internet »"
        date: 2018-02
      - url: https://exemple.org/bourg
    doubt: "+ un niveau déduit"
"""
HEADS = (
    "Édition;Territoire;Reçu par (avant une fusion);Type;Code;Code du département;Département;"
    "Code de la région;Région;Population;Arobases;Mentions;Source;Adresse de la source;À vérifier;"
    "Page"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    changes = {"data/territories/01/01053-bourg-en-bresse.yml": BOURG}
    return Small(tiny_tree(tmp_path_factory.mktemp("palmares"), changes))


def content(small: Small, url: str) -> bytes:
    return small.assets[url].content()


def table(small: Small, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(small, name).decode(), newline="")))


def test_each_edition_all_and_five_have_their_files(small: Small) -> None:
    """Editions without a known label (2016) have none."""
    found = {url for url in small.assets if url.endswith(("csv", "xlsx")) and "label/" in url}
    lists = ("2015/palmares-2015", "2017/palmares-2017", "2018/palmares-2018")
    bases = [*lists, "palmares", "5-arobases/5-arobases"]
    assert found == {f"label/{b}{end}" for b in bases for end in (".xlsx", ".csv", "-excel.csv")}
    for page, name in (("2018/", "palmares-2018"), ("", "palmares"), ("5-arobases/", "5-arobases")):
        links = Html(small.html(f"label/{page}")).links()
        assert links["Tableur (.xlsx)"].endswith(f"label/{page}{name}.xlsx")
        assert links["CSV standard"].endswith(f"label/{page}{name}.csv")
    assert "Tableur (.xlsx)" not in Html(small.html("label/2016/")).links()


def test_the_standard_csv_holds_names_codes_and_sources(small: Small) -> None:
    head, *rows = table(small, "label/2018/palmares-2018.csv")
    assert head == HEADS.split(";")
    assert [row[1] for row in rows] == [
        "Marcq-en-Barœul", "Roubaix", "Aix-les-Bains", "Bourg-en-Bresse"
    ]  # fmt: skip
    place = small.directory.reference.places["01053"]
    assert rows[3] == [
        *("2018", "Bourg-en-Bresse", "", "Commune", "01053", "01", "Ain", "84"),
        *("Auvergne-Rhône-Alpes", str(place.population), "3", "Arobase verte"),
        "'=Les « villes ; internet », Le Progrès | exemple.org",
        "https://exemple.org/bourg",
        "'+ un niveau déduit",
        f"{SITE_URL}territoires/01053-bourg-en-bresse/",
    ]
    assert [row[:2] for row in table(small, "label/palmares.csv")[1:]] == [
        *(["2018", row[1]] for row in rows),
        ["2017", "Villeneuve-d'Ascq"],
        ["2015", "Aix-les-Bains"],
    ]
    assert [row[:2] for row in table(small, "label/5-arobases/5-arobases.csv")[1:]] == [
        ["2018", "Marcq-en-Barœul"],
        ["2018", "Roubaix"],
        ["2015", "Aix-les-Bains"],
    ]


def test_french_excel_opens_its_csv_with_accents_and_zeros(small: Small) -> None:
    data = content(small, "label/2018/palmares-2018-excel.csv")
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == HEADS and len(lines) == 1 + 4 + 1
    [bourg] = csv.reader([lines[4]], delimiter=";")
    assert bourg[4:8] == ['="01053"', '="01"', "Ain", '="84"']
    assert bourg[12].startswith("'=Les") and bourg[14].startswith("'+")


def test_the_workbook_keeps_codes_as_texts_and_counts_as_numbers(small: Small) -> None:
    book = calamine.load_workbook(io.BytesIO(content(small, "label/2018/palmares-2018.xlsx")))
    assert book.sheet_names == ["Labels connus", "À lire"]
    head, *rows = book.get_sheet_by_name("Labels connus").to_python()
    assert head == HEADS.split(";") and len(rows) == 4
    bourg = dict(zip(head, rows[3], strict=True))
    assert (bourg["Code"], bourg["Code du département"], bourg["Code de la région"]) == (
        *("01053", "01", "84"),
    )
    assert (bourg["Édition"], bourg["Arobases"]) == (2018, 3)
    assert bourg["Source"].startswith("=Les")  # a text: no formula, and as it was written
    notes = [line[0] for line in book.get_sheet_by_name("À lire").to_python()]
    assert "4 labels connus sur 3 collectivités labellisées" in notes
    assert f"{SITE_URL}label/2018/" in notes


def test_the_same_labels_give_the_same_bytes(small: Small, tmp_path: Path) -> None:
    changes = {"data/territories/01/01053-bourg-en-bresse.yml": BOURG}
    again = Small(tiny_tree(tmp_path, changes))
    for one in palmares.lists(small.directory):
        for url in one.files.values():
            assert content(small, url) == content(again, url), url


@pytest.mark.parametrize(("items", "shown"), [(59, 59), (62, 62), (72, 72), (73, 60), (500, 60)])
def test_a_bounded_list_shows_all_where_little_is_left(items: int, shown: int) -> None:
    assert len(text.first_of(range(items), 60)) == shown
