"""What the documents of the API share: who they are, what they list, and how a long list goes on.

Every document says the API's version, and the day and commit in which its file last changed: those
of all data stand in the index alone, so that one change leaves the other documents as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Label, Model
from atlaas.pages.page import Asset, Site
from atlaas.pages.views import newest_change
from atlaas.publish.formats import Json, address, as_json

BASE = "api/v1/"
PER_DOCUMENT = 1000
VERSION = "1.1.0"  # of the API and the tables; told in content/api-journal.md, as are its promises


def dump(record: Model) -> Json:
    """A record as JSON has it, without what it does not say."""
    return record.model_dump(exclude_none=True)


def known(values: Json) -> Json:
    """The values without None; a copy, which may be added to."""
    return {key: value for key, value in values.items() if value is not None}


def of_data(directory: Directory) -> Json:
    """The date and the commit of the newest change of any record, and the version of the API."""
    of_records = (c for path, c in directory.commits.items() if path.startswith("data/"))
    date, commit = newest_change(directory) or None, next(of_records, None)
    return known({"data_date": date, "commit": commit, "api_version": VERSION})


def of_file(directory: Directory, path: str) -> Json:
    """A document's file, the day and the commit of its last change, and the API's version."""
    return {
        "file": path or None,
        "changed": directory.changed.get(path),
        "commit": directory.commits.get(path),
        "api_version": VERSION,
    }


def of_list(directory: Directory, name: str) -> Json:
    """The same for an entry of a list of data/vocabulary/."""
    return of_file(directory, f"data/vocabulary/{name}.yml")


def linked(directory: Directory, site: Site, url: str, path: str) -> Json:
    """What every document of a record says: its page, its file, its last change."""
    return {"url": address(site, url), **of_file(directory, path)}


def summary(site: Site, action: LinkedAction) -> Json:
    """An action in a list of others: enough to name it and to lead to it."""
    t = action.territory
    return {
        "id": action.id,
        "title": action.record.title,
        "territory": t.code,
        "territory_name": t.name,
        "url": address(site, action.url),
    }


def actions_of(site: Site, actions: Iterable[LinkedAction], key: str = "actions") -> Json:
    """Actions in a document: their ids, and for each what saves asking for its document."""
    found = [*actions]
    return {key: [a.id for a in found], f"{key}_summary": [summary(site, a) for a in found]}


def ids_of(actions: Iterable[LinkedAction]) -> Json:
    """Actions in the document of a theme and the like, of which there are thousands: their ids.

    What each is stands in the document of its territory, and in the tables.
    """
    return {"actions": [a.id for a in actions]}


def labels_of(labels: Iterable[tuple[LinkedTerritory, Label]]) -> Json:
    """Labels in the document of their edition or mention."""
    return {"labels": [_label(t, label) for t, label in labels]}


def _label(t: LinkedTerritory, label: Label) -> Json:
    found = {"territory": t.code, "name": t.name, "edition": label.edition, "level": label.level}
    found["won_by"] = label.won_by
    return known({**found, "mentions": label.mentions, "doubt": label.doubt})


def listed(
    site: Site,
    name: str,
    head: Callable[[], Json],
    key: str,
    items: Sequence[Any],
    show: Callable[[Sequence[Any]], Json],
) -> Iterator[Asset]:
    """A document with its list, cut into parts of 1 000 that lead to one another."""
    pages = max(1, -(-len(items) // PER_DOCUMENT))

    def url(page: int) -> str:
        return f"{BASE}{name}.json" if page == 1 else f"{BASE}{name}/{page}.json"

    def part(page: int) -> bytes:
        start = (page - 1) * PER_DOCUMENT
        document: Json = head() if page == 1 else {"page": page, "pages": pages}
        if page == 1:
            document[f"{key}_count"] = len(items)
        else:
            document["api_version"] = VERSION
        document |= show(items[start : start + PER_DOCUMENT])
        if page < pages:
            document["next"] = address(site, url(page + 1))
        if page > 1:
            document["previous"] = address(site, url(page - 1))
        return as_json(document)

    for page in range(1, pages + 1):
        yield Asset(url(page), partial(part, page))
