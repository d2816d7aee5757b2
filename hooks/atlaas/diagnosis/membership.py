"""Who is a member of the association, at which level, since when, and through whom.

A group agreement (a membership with ``offers``) of an EPCI is open to every commune of it. An offer
is not a membership: without a line in its own file, a commune « peut devenir membre », no more.
"""

from typing import NamedTuple

from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Membership
from atlaas.text import date, since


class Status(NamedTuple):
    """The membership of one territory."""

    level: str  # id of the vocabulary « membership-levels »
    label: str  # « Membre praemium »
    since: str  # ISO date or year, or empty
    through: LinkedTerritory | None  # the EPCI whose agreement gives it
    derived: bool  # open to it by the agreement alone: its own file says nothing
    record: Membership

    @property
    def year(self) -> str:
        """The year since when, or an empty text."""
        return self.since[:4]

    @property
    def when(self) -> str:
        """« depuis le 2 juillet 2016 », « depuis 2016 » for an offer, « en 2011 »; or nothing."""
        on = self.record.attested or ""
        if self.since:
            return since(self.year if self.derived else self.since)
        return f"le {date(on)}" if len(on) == 10 else f"en {date(on)}" if on else ""

    @property
    def level_words(self) -> str:
        """« membre praemium », « peut devenir membre »."""
        words = self.label[:1].lower() + self.label[1:]
        return f"peut devenir {words}" if self.derived else words


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
    """The status that each commune of an EPCI may ask for, by its agreement."""
    found = directory.agreement(siren)
    if not found:
        return None
    membership, epci = found
    return _status(directory, membership, membership.offers or "", epci, derived=True)


def status(directory: Directory, territory: LinkedTerritory) -> Status | None:
    """The membership of a territory: its own, else the one that its EPCI's agreement offers it.

    One that is known of a single date comes last: it tells nothing of today.
    """
    mine = sorted(own(directory, territory), key=lambda one: bool(one.record.attested))
    if mine and not mine[0].record.attested:
        return mine[0]
    found = offered(directory, territory.epci) if territory.kind == "commune" else None
    return found or next(iter(mine), None)


def in_words(found: Status, with_name: bool = True) -> str:
    """« peut devenir membre, par la Métropole européenne de Lille depuis 2016 »."""
    words = found.level_words
    if found.through and with_name:
        words += f", par {found.through.the}"
    elif found.since and not found.derived:
        words += ","
    return f"{words} {found.when}" if found.when else words
