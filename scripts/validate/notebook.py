"""The tables in the tools of those who study them: joins by name and by code lose nothing.

Each tool joins territories, labels and actions, and is asked for a zero that begins a code and for
an accent. Expected values are counted in the files by the standard library alone.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from scripts.validate.told import TOOLS, Validated, ask, run


def _rows(given: Validated, name: str) -> list[dict[str, str]]:
    with (given.data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Expected:
    """What a join must find."""

    def __init__(self, given: Validated) -> None:
        self.rows = _rows(given, "territoires")
        self.places = {row["code"]: row["name"] for row in self.rows}
        self.labels = _rows(given, "labels")
        self.actions = _rows(given, "actions")
        self.zeros = sorted(code for code in self.places if code.startswith("0"))
        self.accents = sorted(name for name in self.places.values() if not name.isascii())
        ask(self.zeros and self.accents, "Il faut au moins un code en 0 et un nom accentué.")
        counts = Counter(row["territory"] for row in self.labels)
        self.both = sorted({row["territory"] for row in self.actions} & counts.keys())

    def closing(self, count: int) -> str:
        """The closing line."""
        return (
            f"{count} labels et {len(self.actions)} actions joints à leur territoire ; "
            f"{len(self.zeros)} codes en 0 et {len(self.accents)} noms accentués intacts"
        )


def pandas_joins(given: Validated) -> str:
    """pandas, with the columns' types as the package says them."""
    import pandas

    expected = _Expected(given)
    package = json.loads((given.data / "datapackage.json").read_text("utf-8"))
    texts = {
        item["name"]: {f["name"]: str for f in item["schema"]["fields"] if f["type"] == "string"}
        for item in package["resources"]
    }

    def table(name: str) -> pandas.DataFrame:
        return pandas.read_csv(given.data / f"{name}.csv", dtype=texts[name])

    places, labels, actions = (table(name) for name in ("territoires", "labels", "actions"))
    joined = labels.merge(places, left_on="territory", right_on="code", validate="many_to_one")
    ask(len(joined) == len(expected.labels), f"{len(joined)} labels joints")
    ask(joined["name"].notna().all(), "un label sans nom")
    found = actions.merge(places, left_on="territory", right_on="code", validate="many_to_one")
    ask(len(found) == len(expected.actions), f"{len(found)} actions jointes")
    ask(sorted(c for c in places["code"] if c.startswith("0")) == expected.zeros, "un zéro perdu")
    ask(sorted(n for n in places["name"] if not n.isascii()) == expected.accents, "un accent perdu")
    by_name = places[places["name"] == expected.accents[0]]["code"]
    ask(len(by_name), f"{expected.accents[0]} introuvable par son nom")
    workbook = given.data / "atlaas.xlsx"
    book = pandas.read_excel(workbook, sheet_name="territoires", engine="calamine")
    zeros = sorted(code for code in book["Code"] if str(code).startswith("0"))
    ask(zeros == expected.zeros, "un zéro perdu (.xlsx)")
    return expected.closing(len(joined))


def duckdb_joins(given: Validated) -> str:
    """duckdb, which guesses the types of columns by itself."""
    import duckdb

    expected = _Expected(given)
    base = duckdb.connect()
    for name in ("territoires", "labels", "actions"):
        base.execute(f"CREATE TABLE {name} AS FROM read_csv('{given.data / name}.csv')")
    [[labels]] = base.execute(
        "SELECT count(*) FROM labels l JOIN territoires t ON t.code = l.territory"
    ).fetchall()
    ask(labels == len(expected.labels), f"{labels} labels joints")
    [[actions]] = base.execute(
        "SELECT count(*) FROM actions a JOIN territoires t ON t.code = a.territory"
    ).fetchall()
    ask(actions == len(expected.actions), f"{actions} actions jointes")
    codes = [row[0] for row in base.execute("SELECT code FROM territoires").fetchall()]
    ask(sorted(c for c in codes if str(c).startswith("0")) == expected.zeros, "un zéro perdu")
    both = base.execute(
        "SELECT DISTINCT t.code FROM territoires t JOIN labels l ON l.territory = t.code "
        "JOIN actions a ON a.territory = t.code ORDER BY 1"
    ).fetchall()
    ask([code for (code,) in both] == expected.both, "des territoires perdus")
    name = base.execute("SELECT name FROM territoires WHERE name = ?", [expected.accents[0]])
    ask(name.fetchall(), f"{expected.accents[0]} introuvable par son nom")
    return expected.closing(labels)


def datasette_answers(given: Validated) -> str:
    """datasette over the database: its views, and its search."""
    expected = _Expected(given)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(given.data / "atlaas.sqlite.zip") as packed:
            data = Path(packed.extract("atlaas.sqlite", folder))
        return _datasette_answers(expected, data)


def _datasette_answers(expected: _Expected, data: Path) -> str:
    def get(path: str) -> dict[str, object]:
        said = run([TOOLS / "datasette", data, "--get", path])
        found: dict[str, object] = json.loads(said[said.index("{") :])
        return found

    def rows(query: str) -> list[dict[str, object]]:
        found = get(f"/atlaas.json?_shape=objects&sql={quote(query)}")["rows"]
        assert isinstance(found, list)
        return found

    [labels] = rows("SELECT count(*) AS n FROM vue_labels WHERE name IS NOT NULL")
    ask(labels["n"] == len(expected.labels), labels)
    [actions] = rows("SELECT count(*) AS n FROM vue_actions WHERE territory_name IS NOT NULL")
    ask(actions["n"] == len(expected.actions), actions)
    zeros = rows("SELECT code FROM territoires WHERE code LIKE '0%' ORDER BY code LIMIT 1")
    ask(zeros[0]["code"] == expected.zeros[0], zeros)
    title = next(row["title"] for row in expected.actions if not row["title"].isascii())
    words = title.replace("'", " ").replace("’", " ").split()
    word = next(word for word in words if not word.isascii() and word.isalpha())
    found = rows(f"SELECT count(*) AS n FROM recherche WHERE recherche MATCH '\"{word}\"'")
    ask(found[0]["n"], f"« {word} » introuvable")
    listed = get("/atlaas/territoires.json?_size=1")
    ask(listed, "territoires.json")
    return expected.closing(len(expected.labels))


def office_keeps(given: Validated) -> str:
    """LibreOffice in French: the workbook and the CSV for Excel, opened and saved again."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        return "passé : LibreOffice n'est pas installé"
    expected = _Expected(given)
    with tempfile.TemporaryDirectory() as folder:
        csv_of_excel = given.data / "territoires-excel.csv"
        # 59: semicolons; 34: quotes; 76: UTF-8; 1: from the first line; 1036: French; then: texts
        # in quotes are not texts by force, special numbers are found, as someone who clicks has it.
        options = "CSV:59,34,76,1,,1036,false,true"
        _convert(office, folder, csv_of_excel, "--infilter=" + options)
        found = _read(Path(folder) / "territoires-excel.csv")
        zeros = sorted(row[0] for row in found if row[0].startswith("0"))
        ask(zeros == expected.zeros, "un zéro perdu (CSV)")
        _convert(office, folder, given.data / "atlaas.xlsx")
        sheet = _read(Path(folder) / "atlaas-territoires.csv")
        zeros = sorted(row[0] for row in sheet if row[0].startswith("0"))
        ask(zeros == expected.zeros, "un zéro perdu (.xlsx)")
        accents = sorted(row[1] for row in sheet[1:] if not row[1].isascii())
        ask(accents == expected.accents, "un accent perdu (.xlsx)")
        at = found[0].index("Latitude")
        read = [row[at] for row in found[1:]]  # a text would have kept its French comma
        ask(read == [row["lat"] for row in expected.rows], "une latitude n'est pas un nombre")
    return expected.closing(len(expected.labels))


def _convert(office: str, folder: str, file: Path, *more: str) -> None:
    """Open a file and save each of its sheets as it is shown, as CSV."""
    out = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1036,false,true,false,false,false"
    every = ",-1" if file.suffix == ".xlsx" else ""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        *more,
        "--convert-to",
        out + every,
        "--outdir",
        folder,
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=300)


def _read(file: Path) -> list[list[str]]:
    ask(file.is_file(), f"{file.name} : rien n'a été écrit")
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))
