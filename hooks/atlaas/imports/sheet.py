"""The review sheet: what became of each line of a list, and where a person writes decisions."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

LineState = Literal["réglée", "douteuse", "refusée"]


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


def sheet(rows: Iterable[Row], shown: Mapping[str, str]) -> str:
    """The review sheet: each line, what became of it and why; ``;`` as French spreadsheets want.

    ``shown`` gives the columns taken from the list: role -> heading; one that is empty is left out
    unless it is the name's or the level's. ``code`` and ``décision`` are
    for the person who corrects it.
    """
    rows = list(rows)
    used = {role for row in rows for role, value in row.values.items() if value}
    shown = {r: h for r, h in shown.items() if r in used or r in ("nom", "niveau", "titre")}
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
