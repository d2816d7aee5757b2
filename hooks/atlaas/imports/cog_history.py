"""What became of former communes, from the last package that says it: names, dates, reasons.

``historique-communes.json`` stands in npm's @etalab/decoupage-administratif up to 0.8.0: the
events of INSEE's code officiel géographique from 1943 to 1 January 2019. Later packages give only
codes, so what the present tables know of a former commune is kept, and a commune that leaves the
list hands its name over.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.geography.reference import EARLIER_NAME
from atlaas.text import slug

HISTORY = "0.8.0"  # the last version of the package that holds the file
FILE = "historique-communes.json"
DISSOLVED = "suppression"  # INSEE's word for a commune whose land went to several
_Cells = dict[str, str]


class NameState(NamedTuple):
    """A commune under one name: until which day, and why; both empty where it goes on."""

    name: str
    date: str
    reason: str


NamesOverTime = Mapping[
    str, Sequence[NameState]
]  # INSEE code -> its states as a commune of full rights


def read_history(folder: Path) -> NamesOverTime:
    """The states of all communes in the order of time, as the file of a package says.

    A code that never was more than that of a part has its name alone.
    """
    entries: list[dict[str, Any]] = json.loads((folder / "data" / FILE).read_text("utf-8"))
    states: dict[str, list[NameState]] = {}
    parts: dict[str, list[NameState]] = {}
    for entry in entries:
        if entry["type"] == "COM":
            state = NameState(entry["nom"], entry.get("dateFin", ""), entry.get("raisonFin", ""))
            states.setdefault(entry["code"], []).append(state)
        else:
            parts[entry["code"]] = [NameState(entry["nom"], "", "")]
    for known in states.values():
        known.sort(key=lambda state: state.date or "9")
    return parts | states


def with_history(
    rows: Iterable[_Cells],
    old: Sequence[_Cells],
    communes: Mapping[str, str],
    history: NamesOverTime,
) -> list[_Cells]:
    """Movements with name, date and reason: of the history, else as the present table has them.

    ``communes`` are the names of the present table of communes by code: one of them that has left
    the list had that name until now.
    """
    rows = list(rows)
    before = {(r["ancien_code"], r["nouveau_code"]): r for r in old if not _is_name(r)}
    targets: dict[str, set[str]] = {}
    for row in rows:
        targets.setdefault(row["ancien_code"], set()).add(row["nouveau_code"])
    result = []
    for row in rows:
        code = row["ancien_code"]
        mine = before.get((code, row["nouveau_code"]), {})
        [last] = history.get(code, ())[-1:] or [NameState("", "", "")]
        told = {
            "ancien_nom": row["ancien_nom"]
            or mine.get("ancien_nom")
            or communes.get(code)
            or last.name,
            "nature": last.reason or mine.get("nature", ""),
            "date_effet": last.date or mine.get("date_effet", ""),
        }
        split = told["nature"] == DISSOLVED or len(targets[code]) > 1
        result.append({**row, **told, "ambigu": "oui" if split else ""})
    return result


def earlier_names(
    moves: Sequence[_Cells],
    parts: Iterable[_Cells],
    old: Iterable[_Cells],
    communes: Mapping[str, tuple[str, str]],
    history: NamesOverTime,
) -> list[_Cells]:
    """A row for each other name that a commune had under its code, whether the code lives or not.

    ``communes`` has the names of the communes of the new list by code: (before, now).
    """
    known: dict[str, set[str]] = {code: {slug(now)} for code, (_, now) in communes.items()}
    for move in moves:  # the former communes have their names already, and so have the parts
        for code in (move["ancien_code"], move["nouveau_code"]):
            known.setdefault(code, set()).add(slug(move["ancien_nom"]))
    for part in parts:
        known.setdefault(part["commune_insee"], set()).add(slug(part["nom"]))
    current = {code: (code, now) for code, (_, now) in communes.items()}
    current |= {
        move["ancien_code"]: (move["nouveau_code"], move["nouveau_nom"])
        for move in moves
        if not move["ambigu"]
    }
    found: dict[tuple[str, str], _Cells] = {}
    for code, state in _states(old, communes, history):
        if code not in current or slug(state.name) in known.get(code, ()):
            continue
        new, name = current[code]
        if slug(name) == slug(state.name):
            continue
        cells = (code, state.name, new, name, EARLIER_NAME, state.reason, state.date, "")
        found[code, slug(state.name)] = dict(zip(moves[0], cells, strict=True))
    return list(found.values())


def _states(
    old: Iterable[_Cells], communes: Mapping[str, tuple[str, str]], history: NamesOverTime
) -> Iterator[tuple[str, NameState]]:
    """(code, state) of what the present table, its list of communes and the history name."""
    for row in filter(_is_name, old):
        yield row["ancien_code"], NameState(row["ancien_nom"], row["date_effet"], row["nature"])
    for code, (before, _) in communes.items():
        if before:
            yield code, NameState(before, "", "")
    for code, states in history.items():
        for state in states:
            yield code, state


def _is_name(row: _Cells) -> bool:
    return row["statut"] == EARLIER_NAME
