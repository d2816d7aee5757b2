"""What people open in a spreadsheet: a workbook (.xlsx), and CSV as a French Excel reads it.

No clock: the same rows give the same bytes. Nothing in a file is ever run: a text stays a text.
"""

import csv
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from atlaas.publish.formats import number
from atlaas.publish.tables import Cell
from atlaas.work.processes import is_running

# What a spreadsheet runs as a formula when a cell starts with it; source: OWASP, CSV injection.
FORMULA = frozenset(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
LONGEST = 32_767  # characters of a cell; source: Microsoft, Excel specifications and limits
_MADE = datetime(2000, 1, 1)  # a workbook says when it was made: here always the same
# A text that Excel would read as a number or a date: 01004, 2016-07, 2E001, 1 234,5.
_NUMBER_LIKE = re.compile(r"[0-9][0-9 .,:/-]*(?:[eE][0-9]+)?")


def cell(value: Cell) -> str | int | float | Decimal:
    """A value as a cell of CSV: a text that looks like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is str and value[:1] in FORMULA:
        return f"'{value}"
    return value


def excel_cell(value: Cell) -> str | int:
    """A value as a cell for a French Excel: what it would change is « ="01004" », which it keeps.

    A decimal has a comma; true and false are VRAI and FAUX.
    """
    kind = type(value)
    if kind is str:
        return _excel_text(value)
    if kind is bool:
        return "VRAI" if value else "FAUX"
    if kind is float or kind is Decimal:
        return str(value).replace(".", ",")
    return "" if value is None else value  # type: ignore[return-value]  # an int is left


@lru_cache(maxsize=50_000)  # the codes of a long table come back many times
def _excel_text(text: str) -> str:
    return f'="{text}"' if _NUMBER_LIKE.fullmatch(text) else str(cell(text))


def excel_csv(heads: Iterable[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Semicolons, and a mark of UTF-8 first; the cells as they are given."""
    return b"\xef\xbb\xbf" + delimited(heads, rows, ";")


def delimited(heads: Iterable[str], rows: Iterable[Sequence[object]], delimiter: str) -> bytes:
    """CSV in UTF-8 as RFC 4180 has it but for the delimiter."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def workbook(title: str, fill: Callable[["Book"], None], cache: Path) -> bytes:
    """The bytes of a workbook; its rows wait on disk, below the cache, rather than in memory."""
    buffer = io.BytesIO()
    with _waiting(cache / "rows") as folder:
        # A text is never taken for a formula nor made a link.
        texts = {"strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(buffer, {"constant_memory": True, "tmpdir": folder, **texts}) as made:
            made.set_properties({"title": title, "created": _MADE})
            fill(Book(made))
    return buffer.getvalue()


@contextmanager
def _waiting(top: Path) -> Iterator[str | None]:
    """This process's own folder; None, which is that of the system, where nothing can be written.

    It is gone at the end. What a killed process left goes when the next workbook is made.
    """
    own = top / str(os.getpid())
    try:
        for other in top.iterdir() if top.is_dir() else ():
            if other == own or not is_running(other.name):
                shutil.rmtree(other, ignore_errors=True)
        own.mkdir(parents=True)
    except OSError:
        yield None
        return
    try:
        yield str(own)
    finally:
        shutil.rmtree(own, ignore_errors=True)
        with suppress(OSError):  # another process is at one too
            top.rmdir()


class Book:
    """A workbook being filled, a sheet at a time."""

    def __init__(self, made: Workbook) -> None:
        self._made = made
        self._bold = made.add_format({"bold": True})

    def table(
        self, name: str, heads: Mapping[str, int], rows: Sequence[Sequence[Cell]], kept: int = 1
    ) -> None:
        """A sheet that can be filtered, its head and its first ``kept`` columns always in sight.

        ``heads`` are the columns, each with its width in characters. Nothing is an empty cell.
        """
        sheet = self.sheet(name)
        sheet.write_row(0, 0, heads, self._bold)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value[:LONGEST])
                elif isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                elif value is not None:
                    exact = number(value) if isinstance(value, Decimal) else value
                    sheet.write_number(at, column, exact)
        for column, width in enumerate(heads.values()):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, kept)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)

    def sheet(self, name: str) -> Worksheet:
        """An empty sheet, which takes its place now."""
        return self._made.add_worksheet(name)

    def notes(self, sheet: Worksheet, lines: Iterable[str]) -> None:
        """Lines to read, the first of which is their title."""
        sheet.set_column(0, 0, 110)
        for at, words in enumerate(lines):
            sheet.write_string(at, 0, words, None if at else self._bold)
