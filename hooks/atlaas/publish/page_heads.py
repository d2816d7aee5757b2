"""What a page's head says to machines: its twin in the API, its feed, how it is to be shown where
a link to it is shared (Open Graph), and structured data.

Addresses are relative to the page: ``root`` leads from it to the site's root. Pages of actions and
of places that no record names say little, since each byte counts there: their card (networks take
title, words and address from the page itself), and the end of the way that leads to them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
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
from atlaas.pages.page import Page, Site, root_of
from atlaas.publish import jsonld
from atlaas.publish.dataset import dataset
from atlaas.publish.documents import BASE
from atlaas.publish.feeds import territory_feed
from atlaas.publish.link_cards import FOLDER, MANIFEST, SECTIONS, TOUCH, LinkCard, card_of
from atlaas.render.body import safe
from atlaas.render.card_painter import HEIGHT, WIDTH
from atlaas.text.typography import typeset

_JSON, _ATOM = "application/json", "application/atom+xml"
_SEARCH = "application/opensearchdescription+xml"


def markup(
    directory: Directory, site: Site, page: Page, root: str, crumbs: Sequence[jsonld.Crumb] = ()
) -> str:
    """The elements for the head of a page, by the record that it is about and its way there."""
    if not page.listed:
        return _little(site, page, crumbs)
    found = [_link(root, *link) for link in _alternates(site, page.about)]
    things = []
    match page.about:
        case LinkedAction() as action:
            things.append(jsonld.as_text(jsonld.action(action)))
            crumbs = (*crumbs[:1], *crumbs[-1:])
        case LinkedTerritory() as territory:
            things.append(jsonld.as_text(jsonld.territory(directory, site, territory)))
        case Site() if site.url:  # browsers can then search the site from their address bar
            found.append(
                f'<link rel="search" type="{_SEARCH}" title="Atlaas" href="{root}opensearch.xml">'
            )
            if not page.url:
                things.append(jsonld.as_text(jsonld.website(site)))
    if way := jsonld.trail(site.url, page.url, crumbs):
        things.append(way)
    card = card_of(page)
    if isinstance(page.about, LinkedAction):
        shown = _image(site.url, card) if site.url else ""
    else:
        shown = icons(root) + _graph(site, page.url, page.title, page.description, card)
    return f"{shown}{''.join(found)}{jsonld.script(things)}"


def _little(site: Site, page: Page, crumbs: Sequence[jsonld.Crumb]) -> str:
    """The head of a place that no record names; the same for all of a département."""
    if not site.url:
        return ""
    crumbs = [crumb for crumb in crumbs[:-1] if crumb[0] != "Territoires"]
    return _shared(site.url, page.section, page.url.partition("/")[0], tuple(crumbs))


@lru_cache(maxsize=128)
def _shared(home: str, section: str, folder: str, crumbs: tuple[jsonld.Crumb, ...]) -> str:
    way = jsonld.trail(home, f"{folder}/x/", crumbs)
    return f"{_image(home, SECTIONS[section])}{jsonld.script([way] if way else [])}"


def of_written(site: Site, url: str, title: str, description: str, modified: str) -> str:
    """The elements for the head of a page of content/; ``modified`` is the ISO date of the newest
    record, or empty."""
    things = []
    if url == "donnees/" and site.url:
        things.append(jsonld.as_text(dataset(site, modified)))
    if way := jsonld.trail(site.url, url, [("Accueil", root_of(url)), (title, None)]):
        things.append(way)
    card = SECTIONS.get(url.rstrip("/"), SECTIONS["accueil"])
    return icons(root_of(url)) + _graph(site, url, title, description, card) + jsonld.script(things)


def icons(root: str) -> str:
    """The icon of a telephone's home screen, and what it is told of the site."""
    return (
        f'<link rel="apple-touch-icon" href="{root}{TOUCH}">'
        f'<link rel="manifest" href="{root}{MANIFEST}">'
    )


def _graph(site: Site, url: str, title: str, description: str, card: LinkCard) -> str:
    """Source: ogp.me. Only where the site's address is known: the addresses in it are whole."""
    if not site.url:
        return ""
    return (
        '<meta property="og:type" content="website">'
        '<meta property="og:site_name" content="Atlaas">'
        '<meta property="og:locale" content="fr_FR">'
        f"{_property('title', title)}{_property('description', description)}"
        f"{_property('url', site.url + url)}{_image(site.url, card)}"
        f"{_property('image:alt', card.words)}"
        f"{_property('image:width', WIDTH)}{_property('image:height', HEIGHT)}"
    )


def _image(home: str, card: LinkCard) -> str:
    return _property("image", f"{home}{FOLDER}{card.file}")


def _property(name: str, value: object) -> str:
    text = str(value)
    shown = text if text.startswith("http") else typeset(text)
    return f'<meta property="og:{name}" content="{safe(shown)}">'


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
