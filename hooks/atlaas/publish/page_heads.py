"""What a page's head says to machines: its twin in the API, its feed, its picture where a link to
it is shared (Open Graph, whose words stand in the shell), and structured data.

Addresses are relative to the page: ``root`` leads from it to the site's root. Of the way that leads
to them, pages of actions and of places that no record names say its end alone: each byte counts.
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
from atlaas.publish.link_cards import (
    FOLDER,
    MANIFEST,
    SECTIONS,
    TOUCH,
    LinkCard,
    card_file,
    card_of,
)
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
    if isinstance(page.about, LinkedAction):
        shown = _of_action(site.url, page.about.territory.code, page.about.territory.name)
    else:
        shown = icons(root) + _picture(site.url, card_of(page))
    return f"{shown}{''.join(found)}{jsonld.script(things)}"


def _little(site: Site, page: Page, crumbs: Sequence[jsonld.Crumb]) -> str:
    """The head of a place that no record names; the same for all of a département."""
    if not site.url:
        return ""
    crumbs = [crumbs[0], *crumbs[-2:-1]] if crumbs else []
    return _shared(site.url, page.section, page.url.partition("/")[0], tuple(crumbs))


@lru_cache(maxsize=128)
def _shared(home: str, section: str, folder: str, crumbs: tuple[jsonld.Crumb, ...]) -> str:
    way = jsonld.trail(home, f"{folder}/x/", crumbs)
    return f"{_picture(home, SECTIONS[section])}{jsonld.script([way] if way else [])}"


def of_written(site: Site, url: str, title: str, modified: str) -> str:
    """The elements for the head of a page of content/; ``modified`` is the ISO date of the newest
    record, or empty."""
    things = []
    if url == "donnees/" and site.url:
        things.append(jsonld.as_text(dataset(site, modified)))
    if way := jsonld.trail(site.url, url, [("Accueil", root_of(url)), (title, None)]):
        things.append(way)
    card = SECTIONS.get(url.rstrip("/"), SECTIONS["accueil"])
    return icons(root_of(url)) + _picture(site.url, card) + jsonld.script(things)


def icons(root: str) -> str:
    """The icon of a telephone's home screen, and what it is told of the site."""
    return (
        f'<link rel="apple-touch-icon" href="{root}{TOUCH}">'
        f'<link rel="manifest" href="{root}{MANIFEST}">'
    )


def _picture(home: str, card: LinkCard) -> str:
    """A card, where the site's address is known: that of the picture is whole."""
    return _image(home, card.file, card.words) if home else ""


@lru_cache(maxsize=128)
def _of_action(home: str, code: str, name: str) -> str:
    """The card of its territory, without the count of actions: a new one changes no other page."""
    return _image(home, card_file(code), f"{name} dans l'Atlaas") if home else ""


def _image(home: str, file: str, words: str) -> str:
    return (
        f'<meta property="og:image" content="{home}{FOLDER}{file}">'
        f'<meta property="og:image:alt" content="{safe(typeset(words))}">'
        f'<meta property="og:image:width" content="{WIDTH}">'
        f'<meta property="og:image:height" content="{HEIGHT}">'
    )


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
