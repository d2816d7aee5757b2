"""What a page's head says to machines: its twin in the API, its feed, its structured data.

Addresses are relative to the page: ``root`` leads from it to the site's root.
"""

from collections.abc import Iterator
from html import escape

from atlaas.directory import (
    Directory,
    LinkedAction,
    LinkedActor,
    LinkedCollection,
    LinkedEdition,
    LinkedTerritory,
)
from atlaas.history.news import ALL, url_of
from atlaas.model import Term
from atlaas.pages.page import Page, Site
from atlaas.publish import jsonld
from atlaas.publish.documents import BASE
from atlaas.publish.feeds import territory_feed

_JSON, _ATOM = "application/json", "application/atom+xml"
_SEARCH = "application/opensearchdescription+xml"


def markup(directory: Directory, site: Site, page: Page, root: str) -> str:
    """The elements for the head of a page, by the record that it is about."""
    found = [_link(root, *link) for link in _alternates(site, page.about)]
    match page.about:
        case LinkedAction() as action:
            found.append(jsonld.script(jsonld.action(action)).decode())
        case LinkedTerritory() as territory:
            found.append(jsonld.script(jsonld.territory(directory, site, territory)).decode())
        case Site() if site.url:  # browsers can then search the site from their address bar
            found.append(
                f'<link rel="search" type="{_SEARCH}" title="Atlaas" href="{root}opensearch.xml">'
            )
    return "".join(found)


def _alternates(site: Site, about: object) -> Iterator[tuple[str, ...]]:
    """(address, media type, title) of the documents and the feed of what a page is about."""
    match about:
        case Site():
            yield url_of(ALL), _ATOM, "Nouveautés de l'Atlaas"
        case LinkedTerritory() as t:
            if site.api:
                yield f"{BASE}territories/{t.code}.json", _JSON
            if feed := territory_feed(t):
                yield feed, _ATOM, f"Nouveautés : {t.name}"
        case LinkedCollection() as c:
            yield f"{BASE}collections/{c.id}.json", _JSON
            yield url_of(c.feed), _ATOM, f"Nouveautés : {c.record.title}"
        case _ if not site.api:
            return
        case LinkedAction() as a:
            yield f"{BASE}actions/{a.id}.json", _JSON
        case LinkedEdition() as e:
            yield f"{BASE}editions/{e.year}.json", _JSON
        case LinkedActor() as actor:
            yield f"{BASE}actors/{actor.id}.json", _JSON
        case (str() as vocabulary, Term() as term):
            yield f"{BASE}{vocabulary}/{term.id}.json", _JSON
            if vocabulary == "themes":
                yield url_of(f"themes/{term.id}"), _ATOM, f"Nouveautés : {term.label}"


def _link(root: str, url: str, media: str, title: str = "") -> str:
    named = f' title="{escape(title)}"' if title else ""
    return f'<link rel="alternate" type="{media}"{named} href="{root}{url}">'
