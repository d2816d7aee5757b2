"""The API's documents of collections: what each puts together, and why."""

from collections.abc import Iterator
from functools import partial

from atlaas.directory import Directory, LinkedCollection
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.documents import BASE, actions_of, dump, known, linked
from atlaas.publish.formats import as_json


@export(order=41)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``collections/<id>.json``; a collection is never long enough to be cut."""
    for collection in directory.collections.values():
        content = partial(_document, directory, site, collection)
        yield Asset(f"{BASE}collections/{collection.id}.json", content)


def _document(directory: Directory, site: Site, collection: LinkedCollection) -> bytes:
    return as_json(
        {
            "id": collection.id,
            **dump(collection.record),
            **actions_of(site, collection.actions),
            **known(linked(directory, site, collection.url, collection.path)),
        }
    )
