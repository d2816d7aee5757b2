"""The review sheet: one row for each decision, then what became of every other line."""

import csv
import io
from collections.abc import Iterable, Mapping

from atlaas.imports.decisions import Row, groups

_ALWAYS = ("nom", "niveau", "titre")
BEFORE = ("ligne", "revue", "raison", "proposition", "autres", "décision")
AFTER = ("code", "fait", "fiche")


def sheet(rows: Iterable[Row], shown: Mapping[str, str]) -> str:
    """The sheet as CSV; ``;`` as French spreadsheets want. ``oui`` accepts the « proposition ».

    ``shown`` gives the columns taken from the list: role -> heading; one that is empty is left out.
    Lines that hang on the same question stand under « comme la ligne N », without one of their own.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_safe(cell) for cell in cells] for cells in table(list(rows), shown)])
    return "\ufeff" + out.getvalue()


def table(rows: list[Row], shown: Mapping[str, str]) -> list[list[str]]:
    """The rows of the sheet, the headings first, the decisions next."""
    used = {role for row in rows for role, value in row.values.items() if value}
    kept = {role: name for role, name in shown.items() if role in used or role in _ALWAYS}
    asked = [same[0] for same in groups(rows).values()]
    leads = {id(row) for row in asked}
    refused = [row for row in rows if row.state == "refusée"]
    others = [row for row in rows if id(row) not in leads and row.state != "refusée"]
    first = {lead.question.key: lead for lead in asked if lead.question}
    lines = [[*BEFORE, *kept.values(), *AFTER]]
    for row in (*asked, *refused, *others):
        lead = first[row.question.key] if row.question else row
        question = row.reason if lead is row else f"comme la ligne {lead.number}"
        answers = row.candidates if lead is row else []
        numbered = [f"{rank}. {answer}" for rank, answer in enumerate(answers, 1)]
        lines.append(
            [
                str(row.number),
                row.state,
                question,
                *(numbered[:1] or [""]),
                " | ".join(numbered[1:]),
                row.values.get("décision", ""),
                *(row.values.get(role, "") for role in kept),
                row.code or row.values.get("code", ""),
                row.effect,
                row.path,
            ]
        )
    return lines


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
