"""The bytes of a list, whatever its kind, -> its rows: (line of the file, texts of the cells).

A workbook (.xlsx, .ods, .xls) gives the rows of each of its sheets. A text (.csv of any encoding,
or pasted) gives them once for each way of cutting its lines: the headings tell which is right.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

MAX_BYTES = 8 * 1024 * 1024
MAX_CELLS = 1_000_000  # of a sheet, so that a small file cannot fill the memory
DELIMITERS = (";", ",", "\t", "|")
WHOLE = ""  # the delimiter of lines that are not cut
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHERS = {
    b"%PDF": "un PDF : ouvrez-le, copiez le texte de la liste et collez-le dans un fichier .txt",
    b"{\\rtf": "un document RTF : copiez son texte dans un fichier .txt",
    b"\x89PNG": "une image : il faut la recopier",
    b"\xff\xd8\xff": "une image : il faut la recopier",
}
_PAGE = "une page web : ouvrez-la dans un tableur, et enregistrez-la en .xlsx ou .csv"
# Encodings of one byte a letter, and what French text never holds in the wrong one of them.
_ONE_BYTE = ("cp1252", "mac-roman", "cp850")
_FRENCH_SMALL, _FRENCH_BIG = frozenset("éèêëàâçîïôûùœ"), frozenset("ÉÈÊÀÂÇÎÔ")

_ODD = str.maketrans({"\u00a0": " ", "\u202f": " ", "\ufeff": "", "\u200b": "", "＠": "@"})

Rows = list[tuple[int, list[str]]]


class TableError(Exception):
    """The file is no list that can be read; the message says why, in French."""


class ColumnError(TableError):
    """The columns have headings, but one that is needed is not to be told: a person is asked."""


@dataclass(frozen=True)
class SourceSheet:
    """One sheet of a workbook, or a text: its rows by the delimiter that cuts them."""

    name: str  # « » for a text
    rows: dict[str, Rows]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.rows.values())


def read_source(raw: bytes, limit: int = MAX_BYTES) -> list[SourceSheet]:
    """The sheets of a file; raises TableError where it is too big, or neither text nor workbook."""
    if len(raw) > limit:
        raise TableError(f"le fichier dépasse {limit // 1024 // 1024} Mo")
    if raw.startswith(_WORKBOOKS):
        return _workbook(raw)
    for sign, name in _OTHERS.items():
        if raw.startswith(sign):
            raise TableError(f"ce fichier est {name}")
    text = decode(raw)
    if "\0" in text:
        raise TableError(
            "ce n'est ni un classeur ni un texte : enregistrez la liste en .xlsx, .ods ou .csv"
        )
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html", "<table", "<meta")):
        raise TableError(f"ce fichier est {_PAGE}")
    return [
        SourceSheet("", {delimiter: _cut(text, delimiter) for delimiter in (WHOLE, *DELIMITERS)})
    ]


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, Windows-1252, Mac Roman or DOS 850.

    The last three have no mark: the one that shows most letters of French is taken.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    start = raw[:2000]
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[odd::2].count(0) > 0.8 * len(start[odd::2]):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        texts = [raw.decode(encoding, "replace") for encoding in _ONE_BYTE]
        return max(texts, key=_frenchness)  # the first of equals


def _frenchness(text: str) -> int:
    return sum(2 * (c in _FRENCH_SMALL) + (c in _FRENCH_BIG) for c in text)


def _cut(text: str, delimiter: str) -> Rows:
    """The rows that are not empty, under the number of their first line."""
    if delimiter == WHOLE:
        lines = enumerate(text.splitlines(), 1)
        return [(number, [plain(line)]) for number, line in lines if line.strip()]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: Rows = []
    number = 1
    try:
        for cells in reader:
            rows.append((number, [plain(cell) for cell in cells]))
            number = reader.line_num + 1
    except csv.Error:
        return []
    return [(number, cells) for number, cells in rows if any(cells)]


def plain(text: str) -> str:
    """The text of a cell with plain spaces and @.

    The apostrophe that a review sheet puts before a sign, against formulas, is taken off.
    """
    text = text.translate(_ODD).strip()
    return text[1:].strip() if text.startswith("'") and text[1:2] in tuple("=+-@") else text


def _workbook(raw: bytes) -> list[SourceSheet]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        visible = calamine.SheetVisibleEnum.Visible
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
        return [SourceSheet(name, {WHOLE: _cells(book, name)}) for name in shown]
    except calamine.PasswordError:
        why = "ce classeur a un mot de passe : enregistrez-en une copie sans lui"
    except calamine.CalamineError:
        why = "ce n'est pas un classeur lisible : enregistrez-le en .xlsx, .ods ou .csv"
    raise TableError(why)


def _cells(book: calamine.CalamineWorkbook, name: str) -> Rows:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TableError(f"la feuille « {name} » a plus d'un million de cases")
    rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
    read = [(number, [plain(_shown(value)) for value in values]) for number, values in rows]
    return [(number, cells) for number, cells in read if any(cells)]


def _shown(value: Any) -> str:
    """A cell as a person reads it: 4 and not 4.0, an ISO date."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return "" if isinstance(value, timedelta) else str(value)
