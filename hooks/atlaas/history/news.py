"""Changes of records -> what feeds and the page /nouveautes/ show: a title, an address, words.

A feed belongs to everything, to a theme, to a collection, or to a territory; that of a région, a
département or an EPCI also holds what changes inside it. Many records added at once are one piece
of news for all, and news of each of them for the feeds of its places and themes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from atlaas import text
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.history.changes import RecordChange

ALL = "tout"
PER_FEED = 50
TOGETHER = 12  # changes of one commit from which they are one line for people
FEWEST = 10  # entries below which a feed also holds the newest records of its subject
FOLDER = "flux/"
OLDEST = "2000-01-01"  # the date of what Git does not date: the label's first years

Subject = LinkedAction | LinkedTerritory


def url_of(name: str) -> str:
    """The address of a feed: « tout », « themes/<id> », « collections/<id> », « territoires/… »."""
    return f"{FOLDER}{name}.xml"


class News(NamedTuple):
    """One change, in words."""

    when: str  # UTC: 2026-11-21T22:40:00Z
    key: str  # stable: changement/<commit>/<id of the record>
    kind: str  # territory | action | group
    title: str  # « Lille : nouvelle action », « Marcq-en-Barœul : label 2018 ajouté (5 @) »
    subject: str  # the action's title, or the territory's name
    words: str  # « passe de 4 à 5 @ ; doute levé »
    url: str  # relative to the site's root; "" is its home
    feeds: tuple[str, ...]  # names of the feeds that carry it
    members: tuple[Subject, ...] = ()  # of a group, those that are still in the directory


class Day(NamedTuple):
    """What changed on one day (UTC), for people."""

    date: str  # « 21 novembre 2026 »
    lines: list[list[News]]  # each one piece of news, or many that came together


def news(directory: Directory, changes: Iterable[RecordChange]) -> Iterator[News]:
    """Newest first; what is no longer in the directory is left out."""
    by_path: dict[str, Subject] = {}
    for change in changes:
        if change.kind == "action":
            action = directory.actions.get(change.id)
            if action:
                yield _of_action(directory, change, action)
        elif change.kind == "territory":
            territory = directory.territories.get(change.id)
            if territory:
                yield _of_territory(directory, change, territory)
        else:
            by_path = by_path or {record.path: record for record in _records(directory)}
            found = (by_path.get(path) for path in change.members)
            members = tuple(record for record in found if record)
            words = ", ".join(change.words)
            key, title = f"changement/{change.commit}/ajouts", f"Ajout en nombre : {words}"
            yield News(change.when, key, "group", title, "", words, "", (ALL,), members)


def _records(directory: Directory) -> Iterator[Subject]:
    """Every action, and every territory that has a file."""
    yield from directory.actions.values()
    yield from (t for t in directory.territories.values() if t.path)


def _of_action(directory: Directory, change: RecordChange, action: LinkedAction) -> News:
    words = "nouvelle action" if change.new else " ; ".join(change.words)
    name, title = action.territory.name, action.record.title
    return News(
        change.when,
        f"changement/{change.commit}/{action.id}",
        "action",
        f"{name} : {title} ({words})",
        title,
        words,
        action.url,
        (ALL, *_feeds_of(directory, action)),
    )


def _of_territory(directory: Directory, change: RecordChange, territory: LinkedTerritory) -> News:
    words = " ; ".join(change.words)
    if change.new:
        words = f"nouvelle fiche : {words}" if words else "nouvelle fiche"
    return News(
        change.when,
        f"changement/{change.commit}/{territory.code}",
        "territory",
        f"{territory.name} : {words}",
        territory.name,
        words,
        territory.url,
        (ALL, *_feeds_of(directory, territory)),
    )


def called(record: Subject) -> str:
    """« Lille : Maison du numérique », « Lille »."""
    if isinstance(record, LinkedTerritory):
        return record.name
    return f"{record.territory.name} : {record.record.title}"


def _known(directory: Directory, record: Subject) -> News:
    """A record as it stands, for a feed that has few changes to tell of it."""
    day = directory.changed.get(record.path, OLDEST)
    words = "fiche de l'Atlaas" if day == OLDEST else f"fiche modifiée {text.moment(day)}"
    when = f"{day}T00:00:00Z"
    if isinstance(record, LinkedTerritory):
        name, title = record.name, f"{record.name} : {words}"
        return News(when, f"fiche/{record.code}", "territory", title, name, words, record.url, ())
    title, key = record.record.title, f"fiche/{record.id}"
    return News(when, key, "action", called(record), title, words, record.url, ())


def _feeds_of(directory: Directory, record: Subject) -> tuple[str, ...]:
    """Those that carry a record: of its places, of those they lie in, its themes, collections."""
    if isinstance(record, LinkedTerritory):
        named = directory.collections_with.get(record.code, ())
        return (*_around(record), *(collection.feed for collection in named))
    feeds = [f"themes/{id_}" for id_ in record.record.themes]
    feeds += [collection.feed for collection in directory.collections_with.get(record.id, ())]
    places = (record.territory, *record.partners)
    feeds.extend(feed for place in places for feed in _around(place))
    return tuple(dict.fromkeys(feeds))


def _around(t: LinkedTerritory) -> Iterator[str]:
    """The feeds of a territory and of those it lies in."""
    yield from (f"territoires/{code}" for code in (t.code, *t.areas))


def _of_member(directory: Directory, group: News, record: Subject) -> News:
    """A record that came with many others, as news of its own."""
    commit = group.key.split("/")[1]
    if isinstance(record, LinkedTerritory):
        change = RecordChange(group.when, commit, "territory", record.code, True, ())
        return _of_territory(directory, change, record)
    change = RecordChange(group.when, commit, "action", record.id, True, ())
    return _of_action(directory, change, record)


def by_feed(directory: Directory, items: Iterable[News]) -> dict[str, list[News]]:
    """Name of a feed -> its newest news, at most 50.

    A feed that has fewer than ``FEWEST`` starts with the newest records of its subject.
    """
    feeds: dict[str, list[News]] = defaultdict(list)
    for item in items:
        for feed in item.feeds:
            if len(feeds[feed]) < PER_FEED:
                feeds[feed].append(item)
        for record in item.members:
            open_ = [feed for feed in _feeds_of(directory, record) if len(feeds[feed]) < PER_FEED]
            if open_:
                one = _of_member(directory, item, record)
                for feed in open_:
                    feeds[feed].append(one)
    _start(directory, feeds)
    return dict(feeds)


def _start(directory: Directory, feeds: dict[str, list[News]]) -> None:
    """Fill the feeds that tell little with records, the newest first."""
    told = {name: {item.url for item in items} for name, items in feeds.items()}
    changed = directory.changed
    for record in sorted(
        _records(directory), key=lambda r: changed.get(r.path, OLDEST), reverse=True
    ):
        one: News | None = None
        for feed in (ALL, *_feeds_of(directory, record)):
            if len(feeds[feed]) < FEWEST and record.url not in told.get(feed, ()):
                one = one or _known(directory, record)
                feeds[feed].append(one)
    for items in feeds.values():
        items.sort(key=lambda item: item.when, reverse=True)  # stable


def by_day(items: Iterable[News], most: int) -> list[Day]:
    """The news under the days on which they were recorded, in at most so many lines.

    More than ``TOGETHER`` changes of one commit are one line.
    """
    days: dict[str, list[list[News]]] = {}
    count = 0
    for _, found in groupby(items, lambda item: item.key.split("/")[1]):
        changes = list(found)
        alone = [item for item in changes if item.members]
        others = [item for item in changes if not item.members]
        many = len(others) > TOGETHER
        for line in [*([item] for item in alone), *([others] if many else ([o] for o in others))]:
            days.setdefault(line[0].when[:10], []).append(line)
            count += 1
            if count == most:
                return _days(days)
    return _days(days)


def _days(days: dict[str, list[list[News]]]) -> list[Day]:
    return [Day(text.date(day), lines) for day, lines in days.items()]
