"""How much of an area is known: doubts, gaps in the records, how fresh they are, what changed.

There is no clock here: « today » is the newest date that the area's own records or Git give
(``as_of``); a date of the whole site would change every diagnosis with each proposal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from atlaas.diagnosis.doubts import doubts_of
from atlaas.directory import Directory, LinkedAction, LinkedTerritory

YEAR = timedelta(days=365)
STALE = timedelta(days=2 * 365)


class Doubtful(NamedTuple):
    """A record with something to verify."""

    url: str
    title: str
    reason: str


class Changed(NamedTuple):
    """A record whose file changed within the last year."""

    url: str
    title: str
    date: str


@dataclass(frozen=True)
class Quality:
    """What is known of an area's records."""

    as_of: str  # ISO date, empty where nothing is dated
    doubts: tuple[Doubtful, ...]
    labels: int
    labels_without_level: int
    no_status: tuple[LinkedAction, ...]
    no_start: tuple[LinkedAction, ...]
    no_enjeu: tuple[LinkedAction, ...]
    no_usage: tuple[LinkedAction, ...]
    never_verified: tuple[LinkedAction, ...]
    stale: tuple[LinkedAction, ...]  # last verified more than two years before as_of
    newest: tuple[LinkedAction, ...]
    oldest: tuple[LinkedAction, ...]  # started first, status unknown or under way
    changed: tuple[Changed, ...]  # newest first
    since: str  # as_of less a year


def as_of(directory: Directory, territories: Iterable[LinkedTerritory]) -> str:
    """The newest date of some territories' records: a file's last change, or a verification."""
    newest = ""
    for t in territories:
        newest = max(newest, directory.changed.get(t.path, ""))
        for action in t.actions:
            changed = directory.changed.get(action.path, "")
            newest = max(newest, changed, action.record.verified or "")
    return newest


def assess(directory: Directory, present: Iterable[LinkedTerritory], shown: int = 5) -> Quality:
    """Assess the records of the territories of an area; ``shown`` bounds newest and oldest."""
    territories = list(present)
    today = as_of(directory, territories)
    actions = [action for t in territories for action in t.actions]
    labels = [label for t in territories for label in t.labels]
    started = (a for a in actions if a.record.started)
    dated = sorted(started, key=lambda a: a.record.started or "", reverse=True)
    open_ones = [a for a in reversed(dated) if a.record.status in (None, "en-cours", "prevue")]
    two_years = _before(today, STALE)
    since = _before(today, YEAR)
    return Quality(
        as_of=today,
        doubts=tuple(_doubts(territories)),
        labels=len(labels),
        labels_without_level=sum(label.level is None for label in labels),
        no_status=tuple(a for a in actions if not a.record.status),
        no_start=tuple(a for a in actions if not a.record.started),
        no_enjeu=tuple(a for a in actions if not a.record.enjeux),
        no_usage=tuple(a for a in actions if not a.record.usages),
        never_verified=tuple(a for a in actions if not a.record.verified),
        stale=tuple(a for a in actions if a.record.verified and a.record.verified < two_years),
        newest=tuple(dated[:shown]),
        oldest=tuple(open_ones[:shown]),
        changed=tuple(_changed(territories, directory.changed, since)),
        since=since,
    )


def _before(day: str, span: timedelta) -> str:
    return (date.fromisoformat(day) - span).isoformat() if len(day) == 10 else ""


def _doubts(territories: Iterable[LinkedTerritory]) -> Iterable[Doubtful]:
    for t in territories:
        for found in doubts_of(t):
            yield Doubtful(found.url, found.named, found.doubt.reason)


def _changed(
    territories: Iterable[LinkedTerritory], dates: Mapping[str, str], since: str
) -> list[Changed]:
    found = []
    for t in territories:
        if t.path and dates.get(t.path, "") > since:
            found.append(Changed(t.url, f"Fiche : {t.name}", dates[t.path]))
        for action in t.actions:
            if dates.get(action.path, "") > since:
                found.append(Changed(action.url, action.record.title, dates[action.path]))
    found.sort(key=lambda item: item.date, reverse=True)
    return found
