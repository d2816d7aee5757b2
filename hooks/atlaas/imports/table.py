"""A list as somebody publishes it (CSV of any delimiter and encoding) -> lines with known columns.

The columns are recognised by their headings, in whatever order and spelling. The same reader takes
back a review sheet, which the importers write with :func:`sheet`.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from atlaas.names.resolve import words_of

MAX_BYTES = 8 * 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")
_HEADINGS_WITHIN = 15  # lines: a list often opens with its own title
LineState = Literal["réglée", "douteuse", "refusée"]
# Role -> words of its heading, the surest first. Roles are tried in this order.
Roles = Mapping[str, Sequence[str]]


class TableError(Exception):
    """The file is no list that can be read; the message says why, in French."""


@dataclass(frozen=True)
class Table:
    """The lines of a list: (line of the file, role -> text), and what was made of its headings."""

    lines: list[tuple[int, dict[str, str]]]
    found: dict[str, str]  # role -> heading
    ignored: list[str]  # headings that say nothing to us
    titles: list[str] = field(default_factory=list)  # of sections, see sections.py
    skipped: list[str] = field(default_factory=list)  # titles that give no level

    @property
    def is_sheet(self) -> bool:
        """Whether this is a review sheet that comes back."""
        return "décision" in self.found


@dataclass
class Row:
    """A line and what becomes of it."""

    number: int
    values: dict[str, str]
    state: LineState = "réglée"
    code: str = ""
    reason: str = ""
    candidates: list[str] = field(default_factory=list)
    path: str = ""
    effect: str = ""

    def doubt(self, reason: str, candidates: Iterable[str] = ()) -> None:
        """Leave the line to a person."""
        self._set("douteuse", reason, candidates)

    def refuse(self, reason: str) -> None:
        """Say that nothing can be made of the line."""
        self._set("refusée", reason, ())

    def _set(self, state: LineState, reason: str, candidates: Iterable[str]) -> None:
        self.state, self.reason, self.effect = state, reason, ""
        self.candidates = list(candidates)


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def text_of(raw: bytes) -> str:
    """The text of a list; raises TableError where it is too big, or no text."""
    if len(raw) > MAX_BYTES:
        raise TableError(f"le fichier dépasse {MAX_BYTES // 1024 // 1024} Mo")
    text = decode(raw)
    if "\0" in text:
        raise TableError("ce n'est pas un fichier texte : enregistrez la liste au format CSV")
    return text


def read_table(raw: bytes, roles: Roles, needed: Sequence[str]) -> Table:
    """Read a list; raises TableError where it is too big, empty, or lacks a needed column."""
    text = text_of(raw)
    best: tuple[int, int, list[list[str]], dict[int, str]] | None = None
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        for at, headings in enumerate(rows[:_HEADINGS_WITHIN]):
            columns = columns_of(headings, roles)
            if best is None or len(columns) > len(best[3]):
                best = (len(columns), at, rows, columns)
    if best is None or not best[3]:
        raise TableError("aucune colonne reconnue : la première ligne doit nommer les colonnes")
    _, at, rows, columns = best
    headings = rows[at]
    missing = [role for role in needed if role not in columns.values()]
    if missing:
        seen = ", ".join(f"« {h.strip()} »" for h in headings if h.strip())
        raise TableError(f"il manque la colonne « {missing[0]} » (colonnes lues : {seen})")
    lines = []
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        values = {role: cell_text(cells, i) for i, role in columns.items()}
        if any(values.values()):
            lines.append((number, values))
    found = {role: headings[i].strip() for i, role in columns.items()}
    ignored = [h.strip() for i, h in enumerate(headings) if h.strip() and i not in columns]
    return Table(lines, found, ignored)


def cell_text(cells: Sequence[str], index: int) -> str:
    """The text of a cell, without the apostrophe that :func:`sheet` puts before a sign."""
    text = cells[index].strip() if index < len(cells) else ""
    return text[1:].strip() if text.startswith("'") and text[1:2] in tuple("=+-@") else text


def columns_of(headings: Sequence[str], roles: Roles) -> dict[int, str]:
    """Column -> role, one column per role: the one whose heading fits best."""
    columns: dict[int, str] = {}
    words = [words_of(h) or (("@",) if "@" in h else ()) for h in headings]
    for role, words_of_role in roles.items():
        ranked = [
            (words_of_role.index(word), len(own), i)
            for i, own in enumerate(words)
            if i not in columns
            for word in own
            if word in words_of_role
        ]
        if ranked:
            columns[min(ranked)[2]] = role
    return columns


def sheet(rows: Iterable[Row], shown: Mapping[str, str]) -> str:
    """The review sheet: each line, what became of it and why; ``;`` as French spreadsheets want.

    ``shown`` gives the columns taken from the list: role -> heading. ``code`` and ``décision`` are
    for the person who corrects it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "ligne",
            "revue",
            *shown.values(),
            "code",
            "décision",
            "raison",
            "candidats",
            "fait",
            "fiche",
        ]
    )
    for row in rows:
        cells = [
            str(row.number),
            row.state,
            *(row.values.get(role, "") for role in shown),
            row.code,
            row.values.get("décision", ""),
            row.reason,
            " | ".join(row.candidates),
            row.effect,
            row.path,
        ]
        writer.writerow([_safe(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
