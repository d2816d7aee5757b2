"""Who is a member of the association, at which level, since when, and through whom.

A group agreement (a membership with ``offers``) of an EPCI gives every commune of it a status
without a line in their own files. What is derived never says more than the record: the level
shown is the one it offers, unless the commune's own file gives another.
"""

from typing import NamedTuple

from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Membership
from atlaas.text import since


class Status(NamedTuple):
    """The membership of one territory."""

    level: str  # id of the vocabulary « membership-levels »
    label: str  # « Membre praemium »
    since: str  # ISO date or year, or empty
    through: LinkedTerritory | None  # the EPCI whose agreement gives it
    derived: bool  # from the agreement alone: the territory's own file says nothing
    record: Membership

    @property
    def year(self) -> str:
        """The year since when, or an empty text."""
        return self.since[:4]

    @property
    def since_words(self) -> str:
        """« depuis le 2 juillet 2016 », « depuis 2016 » for what an agreement gives; or nothing."""
        value = self.year if self.derived else self.since
        return since(value) if value else ""


def _status(
    directory: Directory,
    membership: Membership,
    level: str,
    through: LinkedTerritory | None,
    derived: bool,
) -> Status:
    label = directory.term("membership-levels", level).label
    return Status(level, label, membership.since or "", through, derived, membership)


def own(directory: Directory, territory: LinkedTerritory) -> list[Status]:
    """The memberships that the territory's own file gives."""
    return [
        _status(directory, m, m.level, directory.territories.get(m.through or ""), derived=False)
        for m in territory.record.memberships
    ]


def offered(directory: Directory, siren: str) -> Status | None:
    """The status that the agreement of an EPCI gives to each of its communes."""
    found = directory.agreement(siren)
    if not found:
        return None
    membership, epci = found
    return _status(directory, membership, membership.offers or "", epci, derived=True)


def status(directory: Directory, territory: LinkedTerritory) -> Status | None:
    """The membership of a territory: its own, else the one of its EPCI's agreement."""
    mine = own(directory, territory)
    if mine:
        return mine[0]
    return offered(directory, territory.epci) if territory.kind == "commune" else None


def in_words(found: Status, with_name: bool = True) -> str:
    """« membre, par la Métropole européenne de Lille depuis 2016 »."""
    words = found.label[:1].lower() + found.label[1:]
    if found.through and with_name:
        words += f", par {found.through.the}"
    if found.since:
        joint = " " if found.through and with_name else ", "
        words += f"{joint}{found.since_words}"
    return words
