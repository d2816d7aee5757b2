"""Atom feeds (RFC 4287) below /flux/: everything, each theme, collection, territory with a record.

An address once followed must not vanish: a territory's feed is there as soon as it has a record
or an action. None is empty: where nothing is known yet, it says so. Ids are ``tag:`` URIs that name
records by code and commits, so they outlive every change of address.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from atlaas.directory import Directory, LinkedTerritory
from atlaas.history.changes import RecordChange, load
from atlaas.history.news import ALL, OLDEST, News, by_feed, news, url_of
from atlaas.pages.cite import AUTHOR
from atlaas.pages.page import Asset, Site, export, root_of
from atlaas.publish.formats import LICENCE_NAME
from atlaas.publish.redirects import code_at, merged, written
from atlaas.text.typography import typeset

TAG = "tag:atlaas,2026:"  # never to be changed: readers know entries by it
ATOM = "http://www.w3.org/2005/Atom"


def territory_feed(t: LinkedTerritory) -> str | None:
    """The address of a territory's feed, or None where it has none."""
    if t.path or t.actions or t.kind in ("departement", "region"):
        return url_of(f"territoires/{t.code}")
    return None


@export(order=70)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every feed, and at their old addresses those of territories that others took over."""
    made = {asset.url: asset for asset in feeds(directory, site, load(directory.project))}
    yield from made.values()
    taken = dict(_taken_over(directory)) | dict(merged(directory))
    for old, new in sorted(taken.items()):
        feed, url = made.get(url_of(f"territoires/{new}")), url_of(f"territoires/{old}")
        if feed and url not in made:
            yield replace(feed, url=url)


def _taken_over(directory: Directory) -> Iterator[tuple[str, str]]:
    """(old code, new code) of the territories that data/redirects.yml sends on."""
    for urls in written(directory.project).items():
        old, new = (code_at(url) for url in urls)
        if old and new and old != new:
            yield old, new


def feeds(directory: Directory, site: Site, changes: Sequence[RecordChange]) -> Iterator[Asset]:
    """The feeds of these changes."""
    found = by_feed(directory, news(directory, changes))
    yield _asset(site, ALL, "toutes les nouveautés", "", found)
    for term in directory.vocabularies.get("themes", {}).values():
        name = f"themes/{term.id}"
        title = f"thème « {term.label} »"
        yield _asset(site, name, title, f"{name}/", found)
    for collection in directory.collections.values():
        title = f"collection « {collection.record.title} »"
        yield _asset(site, collection.feed, title, collection.url, found)
    for t in directory.territories.values():
        if territory_feed(t):
            yield _asset(site, f"territoires/{t.code}", t.name, t.url, found)


def _asset(site: Site, name: str, title: str, page: str, found: dict[str, list[News]]) -> Asset:
    entries = found.get(name) or (_nothing_yet(name, page),)
    return Asset(url_of(name), partial(_document, site, name, title, page, entries))


def _nothing_yet(name: str, page: str) -> News:
    words = "Aucune fiche n'est encore connue ici : les prochaines seront annoncées dans ce flux."
    title = "Rien pour l'instant"
    return News(f"{OLDEST}T00:00:00Z", f"debut/{name}", "", title, "", words, page, ())


def _document(site: Site, name: str, title: str, page: str, entries: Sequence[News]) -> bytes:
    url = url_of(name)
    root = site.url or root_of(url)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    _add(feed, "id", f"{TAG}flux/{name}")
    _add(feed, "title", typeset(f"Atlaas : {title}"))
    _add(feed, "updated", entries[0].when)
    _add(_add(feed, "author"), "name", AUTHOR)
    _add(feed, "rights", LICENCE_NAME)
    _add(feed, "link", rel="self", type="application/atom+xml", href=root + url)
    _add(feed, "link", rel="alternate", type="text/html", hreflang="fr", href=root + page)
    for item in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", f"{TAG}{item.key}")
        _add(entry, "title", typeset(item.title))
        _add(entry, "updated", item.when)
        _add(entry, "link", rel="alternate", type="text/html", hreflang="fr", href=root + item.url)
        _add(entry, "summary", typeset(item.words))
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element
