"""What changed lately, for people: /nouveautes/, the page of the feed of everything."""

from collections.abc import Iterator
from typing import Any

from atlaas.directory import Directory
from atlaas.history.changes import load
from atlaas.history.news import ALL, by_day, called, news, url_of
from atlaas.pages.page import Asset, Page, Site, any_date, page_kind, root_of

URL = "nouveautes/"
SHOWN = 200  # lines; older ones are on the records' own pages and in Git

NAMED = 100  # records named of those that were added at once


@page_kind(order=60, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page; its news are read from Git when it is asked for."""

    def values() -> dict[str, Any]:
        found = news(directory, load(directory.project))
        themes = directory.vocabularies.get("themes", {}).values()
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Nouveautés", None)],
            "days": by_day(found, SHOWN),
            "most": NAMED,
            "called": called,
            "feed": url_of(ALL),
            "themes": [(term.label, url_of(f"themes/{term.id}")) for term in themes],
        }

    yield Page(
        URL,
        "news",
        "nouveautes",
        "Nouveautés",
        "Les fiches ajoutées et modifiées dans l'Atlaas, jour par jour, et les flux Atom pour "
        "les suivre.",
        values,
        about=site,
        dates=any_date,
    )
