"""What pages say to search engines, in the words of schema.org: plain dicts for the page's head.

``script`` makes the element. Kept small: an action's takes under 600 bytes with its trail.
A territory is both a public body (with a SIREN, which gets awards) and an area; an action is a
service that it provides, since schema.org's « Project » is an organization.
"""

from collections.abc import Iterable, Sequence

from pydantic_core import to_json

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages.page import Site, root_of
from atlaas.publish.formats import LICENCE_URL, Json

CONTEXT = "https://schema.org"
LABEL = "label Territoires, Villes et Villages Internet"
_LONGEST = 110  # characters of an action's title
_COMMUNES = frozenset(("commune", "commune-etrangere", "commune-a-identifier"))
Crumb = tuple[str, str | None]  # label, address relative to the page; the page itself has none


def territory(directory: Directory, site: Site, t: LinkedTerritory) -> Json:
    """Its public body and area in one: codes, place, what contains it, last label, own site."""
    found: Json = {"@type": ["GovernmentOrganization", _area(t)], "name": t.name}
    if site.url:  # a relative address would mean nothing
        found["url"] = site.url + t.url
    if codes := list(_codes(t)):
        found["identifier"] = codes if len(codes) > 1 else codes[0]
    if siren := _siren(t):
        found["iso6523Code"] = f"0002:{siren}"  # 0002: the French register, in ISO 6523
    above = directory.territories.get(f"dep-{t.departement}")
    if above is None or above is t:
        above = directory.territories.get(f"reg-{t.region}")
    if above and above is not t:
        found["containedInPlace"] = {"@type": "AdministrativeArea", "name": above.name}
    if t.point:
        lat, lon = t.point
        found["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    if t.latest:
        level = f", {t.latest.level} @" if t.latest.level else ""
        found["award"] = f"{LABEL} {t.latest.edition}{level}"
    website = t.record.website or directory.reference.websites.get(t.code)
    if website:
        found["sameAs"] = website
    return found


def _area(t: LinkedTerritory) -> str:
    return "City" if t.kind in _COMMUNES else "AdministrativeArea"


def _siren(t: LinkedTerritory) -> str:
    """Of a commune, EPCI or EPT; the tables of the geography have no other."""
    if t.place is None:
        return ""
    return t.code if t.kind in ("epci", "ept") else t.place.siren


def _codes(t: LinkedTerritory) -> Iterable[Json]:
    insee = t.code.removeprefix("dep-").removeprefix("reg-")
    official = t.place is not None and t.kind in ("commune", "departement", "region")
    for name, value in (("INSEE", insee if official else ""), ("SIREN", _siren(t))):
        if value:
            yield {"@type": "PropertyValue", "propertyID": name, "value": value}


def action(a: LinkedAction) -> Json:
    """A service of its territory. The page's canonical address is its address: not said twice."""
    title = a.record.title
    return {
        "@type": "GovernmentService",
        "name": title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…",
        "areaServed": a.territory.name,
    }


def website(site: Site) -> Json:
    """The site, and how it is searched."""
    return {
        "@type": "WebSite",
        "name": "Atlaas",
        "url": site.url,
        "inLanguage": "fr",
        "license": LICENCE_URL,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.url}recherche/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def trail(home: str, url: str, crumbs: Sequence[Crumb]) -> str:
    """The way from the top to a page as JSON, without the home page, which engines know; empty
    where nothing is left. ``home`` is the site's address, without which there is no way; ``url``
    that of the page below it. Addresses of crumbs lead from the page by way of the root."""
    if not home or len(crumbs) < 2:
        return ""
    root, items = root_of(url), list[Json]()
    for position, (name, address) in enumerate(crumbs[1:], 1):
        item: Json = {"@type": "ListItem", "position": position, "name": name}
        if address:
            item["item"] = home + address.removeprefix(root)
        items.append(item)
    return as_text({"@type": "BreadcrumbList", "itemListElement": items})


def as_text(value: Json) -> str:
    """One thing as JSON, of which no text can close the element that holds it."""
    text = to_json(value).decode()
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return text


def script(things: Sequence[str]) -> str:
    """The element for the page's head, of things made by ``as_text``; nothing without any."""
    if not things:
        return ""
    said = things[0][1:] if len(things) == 1 else f'"@graph":[{",".join(things)}]}}'
    return f'<script type="application/ld+json">{{"@context":"{CONTEXT}",{said}</script>'
