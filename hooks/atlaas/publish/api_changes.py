"""What changed, day by day: who reads the days since a date knows all that changed since.

A record is listed once, on the day of its last change as Git knows it; so is one that is gone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.documents import BASE, VERSION, listed, of_data
from atlaas.publish.formats import Json, address, as_json
from atlaas.read.layout import carrier_of, code_of, kind_of, stem_of

_API = {  # kind of record -> the folder of its documents
    "territory": "territories",
    "action": "actions",
    "actor": "actors",
    "edition": "editions",
    "collection": "collections",
}


class ListedChange(NamedTuple):
    """A record that changed on a day; without a page, it is gone."""

    kind: str  # as in the addresses of the API
    id: str
    name: str = ""
    url: str = ""


@export(order=42)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``changes/index.json``, and ``changes/<day>.json`` for each day on which a record changed."""
    found = days(directory)
    yield Asset(f"{BASE}changes/index.json", partial(_index, directory, site, found))
    for day, items in found.items():
        head: Json = {"date": day, "api_version": VERSION}
        show = partial(_shown, site)
        yield from listed(site, f"changes/{day}", head.copy, "changes", items, show)


def days(directory: Directory) -> dict[str, list[ListedChange]]:
    """Day -> what changed last on it: newest day first, by kind and id; what is gone comes last."""
    records = [*_records(directory)]
    there = {path: item for item, path in records if path}
    ids = {(item.kind, item.id) for item, _ in records}
    found: dict[str, list[ListedChange]] = defaultdict(list)
    for path, day in directory.changed.items():
        item = there.get(path)
        if item is None and (kind := _API.get(kind_of(path))):
            gone = ListedChange(kind, _id(kind, path))
            item = None if (gone.kind, gone.id) in ids else gone
        if item:
            found[day].append(item)
    order = {kind: rank for rank, kind in enumerate(_API.values())}
    return {
        day: sorted({*found[day]}, key=lambda item: (not item.url, order[item.kind], item.id))
        for day in sorted(found, reverse=True)
    }


def _records(directory: Directory) -> Iterator[tuple[ListedChange, str]]:
    """Every record, and its file where it has one."""
    for t in directory.territories.values():
        yield ListedChange("territories", t.code, t.name, t.url), t.path
    for a in directory.actions.values():
        yield ListedChange("actions", a.id, a.record.title, a.url), a.path
    for actor in directory.actors.values():
        yield ListedChange("actors", actor.id, actor.record.name, actor.url), actor.path
    for edition in directory.editions.values():
        year = str(edition.year)
        yield ListedChange("editions", year, f"Label {year}", edition.url), edition.path
    for c in directory.collections.values():
        yield ListedChange("collections", c.id, c.record.title, c.url), c.path


def _id(kind: str, path: str) -> str:
    """The id that the record of a file has."""
    stem = stem_of(path)
    if kind == "actions":
        return f"{carrier_of(path)}/{stem}"
    return code_of(stem) if kind == "territories" else stem


def _index(directory: Directory, site: Site, found: dict[str, list[ListedChange]]) -> bytes:
    days = [
        {"date": day, "count": len(items), "document": address(site, f"{BASE}changes/{day}.json")}
        for day, items in found.items()
    ]
    return as_json({"days": days, **of_data(directory)})


def _shown(site: Site, items: Sequence[ListedChange]) -> Json:
    return {"changes": [_item(site, item) for item in items]}


def _item(site: Site, item: ListedChange) -> Json:
    found: Json = {"kind": item.kind, "id": item.id}
    if not item.url:
        return {**found, "removed": True}
    found |= {"name": item.name, "url": address(site, item.url)}
    if site.api or item.kind not in ("territories", "actions"):
        found["document"] = address(site, f"{BASE}{item.kind}/{item.id}.json")
    return found
