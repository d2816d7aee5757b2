"""The actions that a new one may be, before its file is made: for ``new`` and for requests."""

from typing import NamedTuple

from atlaas.edit.duplicates import compare, group_of, item
from atlaas.edit.workspace import Workspace


class Twin(NamedTuple):
    """A record that may be the one at hand, and why, in French."""

    path: str
    title: str
    place: str  # « Lille (59350) »
    here: bool  # whether the same territory carries it
    reason: str  # « même titre », « texte proche »

    @property
    def said(self) -> str:
        """« Le fablab », Lille (59350) : même titre (data/actions/…)."""
        return f"« {self.title} », {self.place} : {self.reason} ({self.path})"


def likely_twins(space: Workspace, code: str, title: str, story: str) -> list[Twin]:
    """Of the territory and of the others of its EPCI, those of the territory first."""
    mine = item("", code, title, story, space.reference)
    found = []
    for other in space.actions:
        if other != code and group_of(other, space.reference) != mine.epci:
            continue
        for path in space.actions[other]:
            document = space.document(path)
            if document.problems:
                continue
            name = str(document.data.get("title") or "")
            reason = compare(item(path, other, name, document.body, space.reference), mine)
            if reason:
                place = f"{space.name(other)} ({other})"
                found.append(Twin(path, name, place, other == code, reason))
    return sorted(found, key=lambda twin: (not twin.here, twin.path))
