"""The labels of a territory's file: one per edition and winner, in the order of the editions."""

import re
from typing import Any

from atlaas.edit.draft import Draft, insert, same_source
from atlaas.geography.reference import Reference
from atlaas.text import slug


def add_label(draft: Draft, label: dict[str, Any]) -> dict[str, Any] | None:
    """Put a label where its edition belongs; where its winner has one already, return that one."""
    labels = draft.data.setdefault("labels", [])
    edition = str(label.get("edition"))
    mine: dict[str, Any] | None = next((item for item in labels if _key(item) == _key(label)), None)
    if mine is None:
        earlier = sum(str(item.get("edition")) <= edition for item in labels)
        insert(draft, ("labels",), earlier, label)
    return mine


def _key(label: dict[str, Any]) -> tuple[str, str]:
    return str(label.get("edition")), str(label.get("won_by") or "")


def won_by(label: dict[str, Any], former: str) -> dict[str, Any]:
    """The label with the commune that won it before it merged: its INSEE code, or its name."""
    if not former or label.get("won_by"):
        return label
    first = {key: label[key] for key in ("edition", "level") if key in label}
    return first | {"won_by": former} | label


def former_winner(reference: Reference, code: str, name: str, edition: str) -> str:
    """The code of the commune of this name that joined ``code`` in the edition's year or later."""
    wanted = slug(name.partition("(")[0])
    for move in reference.movements:
        if move.current == code and slug(move.name) == wanted and not move.unclear:
            later = not move.date or move.date[:4] >= edition
            if later and not move.status.startswith("arrondissement"):
                return move.code
    return ""


def complete_label(mine: dict[str, Any], other: dict[str, Any]) -> tuple[int, int]:
    """Add the mentions and sources of another label; how many there were of each."""
    mentions = [m for m in other.get("mentions") or () if m not in (mine.get("mentions") or ())]
    if mentions:
        mine["mentions"] = [*(mine.get("mentions") or ()), *mentions]
    known = mine.get("sources") or []
    sources = [
        source
        for source in other.get("sources") or ()
        if not any(same_source(source, one) for one in known)
    ]
    if sources:
        mine["sources"] = [*known, *sources]
    return len(mentions), len(sources)


def drop_doubts(mine: dict[str, Any], what: re.Pattern[str]) -> None:
    """Take out the doubts of a label that speak of something, and leave the others."""
    left = [one for one in str(mine.get("doubt") or "").split(" ; ") if not what.search(one)]
    mine["doubt"] = " ; ".join(left)
    if not mine["doubt"]:
        del mine["doubt"]


def add_doubt(mine: dict[str, Any], doubt: object) -> None:
    """Add a doubt to those that a label or a territory has."""
    doubts = f"{mine.get('doubt') or ''} ; {doubt}".split(" ; ")
    mine["doubt"] = " ; ".join(filter(None, dict.fromkeys(doubts)))
