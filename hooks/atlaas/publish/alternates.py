"""The ``<link rel="alternate">`` of a page's head: its twin in the API, and its feed.

Addresses are relative to the page: ``root`` leads from it to the site's root.
"""

from html import escape

from atlaas.directory import LinkedAction, LinkedActor, LinkedEdition, LinkedTerritory
from atlaas.history.news import ALL, url_of
from atlaas.pages.page import Site
from atlaas.publish.api import BASE
from atlaas.publish.feeds import territory_feed

JSON = "application/json"
ATOM = "application/atom+xml"


def territory(site: Site, t: LinkedTerritory, root: str) -> str:
    """The document and the feed of a territory."""
    feed = territory_feed(t)
    return (_link(root, f"{BASE}territories/{t.code}.json", JSON) if site.api else "") + (
        _link(root, feed, ATOM, f"Nouveautés : {t.name}") if feed else ""
    )


def action(site: Site, a: LinkedAction, root: str) -> str:
    """The document of an action."""
    return _link(root, f"{BASE}actions/{a.id}.json", JSON) if site.api else ""


def actor(a: LinkedActor, root: str) -> str:
    """The document of an actor."""
    return _link(root, f"{BASE}actors/{a.id}.json", JSON)


def edition(e: LinkedEdition, root: str) -> str:
    """The document of an edition."""
    return _link(root, f"{BASE}editions/{e.year}.json", JSON)


def term(vocabulary: str, id_: str, label: str, root: str) -> str:
    """The document of a theme, enjeu, usage or mention, and the feed of a theme."""
    found = _link(root, f"{BASE}{vocabulary}/{id_}.json", JSON)
    if vocabulary == "themes":
        found += _link(root, url_of(f"themes/{id_}"), ATOM, f"Nouveautés : {label}")
    return found


def everything(root: str) -> str:
    """The feed of everything, for the home page and /nouveautes/."""
    return _link(root, url_of(ALL), ATOM, "Nouveautés de l'Atlaas")


def search(root: str) -> str:
    """The description by which a browser can search the site from its address bar."""
    media = "application/opensearchdescription+xml"
    return f'<link rel="search" type="{media}" title="Atlaas" href="{root}opensearch.xml">'


def _link(root: str, url: str, media: str, title: str = "") -> str:
    named = f' title="{escape(title)}"' if title else ""
    return f'<link rel="alternate" type="{media}"{named} href="{root}{url}">'
