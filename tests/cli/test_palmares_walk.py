"""A palmarès of 331 lines, from a spreadsheet to written files: how many decisions it asks.

Real names, of which a tenth is misspelt, abbreviated, cut or old (seeded). The person of this walk
reads the proposals and answers « oui », a number or a name with its département, never a code.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import palmares

from atlaas.geography.reference import Reference
from atlaas.read.layout import code_of
from scratch import Project

SIZE = 331
ASKED = 20  # decisions at most; 17 when this walk was first recorded
LABELS = ("--edition", "2025", "--source", "https://exemple.fr/palmares")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_APPLICATION = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path: Path, rows: list[list[str]]) -> None:
    """The least .xlsx that a spreadsheet opens."""
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_APPLICATION}.sheet.main+xml"/>'
        f'<Override PartName="/xl/a.xml" ContentType="{_APPLICATION}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Palmarès" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/worksheet" Target="a.xml"/></Relationships>',
        "xl/a.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def answered(path: Path, truth: dict[int, str], reference: Reference) -> int:
    """Answer each decision of a sheet as a person does; how many there were."""
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    count = 0
    for row in rows:
        if row["revue"] != "douteuse" or row["raison"].startswith("comme la ligne"):
            continue
        count += 1
        code = truth[int(row["ligne"])]
        place = reference.places[code]
        choices = [row["proposition"], *row["autres"].split(" | ")]
        ranks = [i for i, choice in enumerate(choices, 1) if choice.startswith(f"{i}. {code} ")]
        named = f"{place.name} ({place.departement})"
        row["décision"] = named if not ranks else "oui" if ranks[0] == 1 else str(ranks[0])
        assert code not in row["décision"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return count


def test_from_a_spreadsheet_to_files(
    project: Project, reference: Reference, tmp_path: Path
) -> None:
    entries = palmares.make(reference, size=SIZE)
    lines = [[entry.written, entry.departement, f"{entry.level}@"] for entry in entries]
    workbook(tmp_path / "p.xlsx", [["Bénéficiaire", "Dép.", "Nb @"], *lines])
    truth = {number: entry.code for number, entry in enumerate(entries, 2)}
    result = project.run("import", "labels", str(tmp_path / "p.xlsx"), *LABELS)
    sheet = tmp_path / "p-revue.csv"
    decisions, rounds = 0, 0
    while result.exit_code and rounds < 3:
        decisions += answered(sheet, truth, reference)
        rounds += 1
        result = project.run("import", "labels", "--apply", str(sheet), *LABELS)
    assert result.exit_code == 0, result.output[-2000:]
    written = {code_of(Path(path).stem) for path in project.files("data/territories")}
    assert written == set(truth.values())
    assert rounds == 1
    assert 0 < decisions <= ASKED, decisions
