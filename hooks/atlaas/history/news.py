"""Changes of records -> what feeds and the page /nouveautes/ show: a title, an address, words.

A feed belongs to everything, to a theme, or to a territory; that of a région, a département or
an EPCI also holds what changes inside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from atlaas import text
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.history.changes import RecordChange

ALL = "tout"
PER_FEED = 50
FOLDER = "flux/"


def url_of(name: str) -> str:
    """The address of a feed: « tout », « themes/<id> », « territoires/<code> »."""
    return f"{FOLDER}{name}.xml"


class News(NamedTuple):
    """One change, in words."""

    when: str  # UTC: 2026-11-21T22:40:00Z
    key: str  # stable: <commit>/<id of the record>
    kind: str  # territory | action | group
    title: str  # « Lille : nouvelle action », « Marcq-en-Barœul : label 2018 ajouté (5 @) »
    subject: str  # the action's title, or the territory's name
    words: str  # « passe de 4 à 5 @ ; doute levé »
    url: str  # relative to the site's root; "" is its home
    feeds: tuple[str, ...]  # names of the feeds that carry it


class Day(NamedTuple):
    """What changed on one day (UTC), for people."""

    date: str  # « 21 novembre 2026 »
    news: list[News]


def news(directory: Directory, changes: Iterable[RecordChange]) -> Iterator[News]:
    """Newest first; what is no longer in the directory is left out."""
    for change in changes:
        if change.kind == "action":
            action = directory.actions.get(change.id)
            if action:
                yield _of_action(change, action)
        elif change.kind == "territory":
            territory = directory.territories.get(change.id)
            if territory:
                yield _of_territory(change, territory)
        else:
            words = ", ".join(change.words)
            key, title = f"{change.commit}/ajouts", f"Ajout en nombre : {words}"
            yield News(change.when, key, "group", title, "", words, "", (ALL,))


def _of_action(change: RecordChange, action: LinkedAction) -> News:
    name, title = action.territory.name, action.record.title
    words = "nouvelle action" if change.new else " ; ".join(change.words)
    places = (action.territory, *action.partners)
    feeds = [*(f"themes/{id_}" for id_ in action.record.themes)]
    feeds.extend(feed for place in places for feed in _around(place))
    return News(
        change.when,
        f"{change.commit}/{change.id}",
        "action",
        f"{name} : {title} ({words})",
        title,
        words,
        action.url,
        (ALL, *dict.fromkeys(feeds)),
    )


def _of_territory(change: RecordChange, territory: LinkedTerritory) -> News:
    words = " ; ".join(change.words)
    if change.new:
        words = f"nouvelle fiche : {words}" if words else "nouvelle fiche"
    return News(
        change.when,
        f"{change.commit}/{change.id}",
        "territory",
        f"{territory.name} : {words}",
        territory.name,
        words,
        territory.url,
        (ALL, *_around(territory)),
    )


def _around(t: LinkedTerritory) -> Iterator[str]:
    """The feeds of a territory and of those it lies in."""
    yield from (f"territoires/{code}" for code in (t.code, *t.areas))


def by_feed(items: Iterable[News]) -> dict[str, list[News]]:
    """Name of a feed -> its newest news, at most 50."""
    feeds: dict[str, list[News]] = defaultdict(list)
    for item in items:
        for feed in item.feeds:
            if len(feeds[feed]) < PER_FEED:
                feeds[feed].append(item)
    return dict(feeds)


def by_day(items: Sequence[News]) -> list[Day]:
    """The same news under the days on which they were recorded."""
    days: dict[str, list[News]] = {}
    for item in items:
        days.setdefault(item.when[:10], []).append(item)
    return [Day(text.date(day), found) for day, found in days.items()]
