"""/collections/ and the page of each: actions and territories put together, and why."""

from collections.abc import Iterator
from typing import Any

from atlaas import text
from atlaas.directory import Directory, LinkedCollection
from atlaas.history.news import url_of
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "collections/"


@page_kind(order=75)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The index, where there is a collection, and one page for each."""
    if not directory.collections:
        return

    def index() -> dict[str, Any]:
        root = root_of(URL)
        return {
            "crumbs": [("Accueil", root), ("Actions", f"{root}actions/"), ("Collections", None)],
            "collections": [(c, _members(c)) for c in directory.collections.values()],
        }

    lead = "Des actions et des territoires réunis sur un sujet, pour en reprendre les idées."
    yield Page(URL, "collections", "actions", "Collections", lead, index)
    for collection in directory.collections.values():
        yield _page(directory, site, collection)


def _members(collection: LinkedCollection) -> str:
    """« 9 actions, 2 territoires »."""
    words = [text.plural(len(collection.actions), "action")]
    if collection.territories:
        words.append(text.plural(len(collection.territories), "territoire"))
    return ", ".join(words)


def _page(directory: Directory, site: Site, collection: LinkedCollection) -> Page:
    record = collection.record

    def values() -> dict[str, Any]:
        root = root_of(collection.url)
        return {
            "crumbs": [
                ("Accueil", root),
                ("Actions", f"{root}actions/"),
                ("Collections", f"{root}{URL}"),
                (record.title, None),
            ],
            "c": collection,
            "members": _members(collection),
            "cards": [views.action_card(directory, action) for action in collection.actions],
            "feed": url_of(collection.feed),
            "upkeep": views.upkeep(directory, site, collection.path, root),
        }

    return Page(
        collection.url,
        "collection",
        "actions",
        record.title,
        f"{record.title} : {_members(collection)} de l'Atlaas, et pourquoi les lire ensemble.",
        values,
        collection.path,
        about=collection,
    )
