"""/integrer/: what other sites may show of the Atlaas, as lines to copy.

The files of each territory are made by ``publish.embeds``, below ``integrer/<code>/``; their
addresses never change, whatever the edition.
"""

from collections.abc import Iterator
from typing import Any

from atlaas.directory import Directory, LinkedTerritory
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "integrer/"


def folder_of(territory: LinkedTerritory) -> str:
    """Where the files of a territory are; empty where nothing is known of it to show."""
    known = territory.path or territory.actions
    return f"{URL}{territory.code}/" if known else ""


@page_kind(order=105, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page."""

    def values() -> dict[str, Any]:
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Sur votre site", None)],
            "home": site.url or "https://adresse-du-site/",
        }

    yield Page(
        URL,
        "embed",
        "donnees",
        "Sur votre site",
        "Montrer sur un autre site le panneau et les actions d'un territoire, une liste ou une "
        "carte : des lignes à copier.",
        values,
        scripts=("assets/js/finder.js", "assets/js/embed-page.js"),
    )
