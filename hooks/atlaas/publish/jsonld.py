"""What pages say to search engines, in the words of schema.org: plain dicts for the page's head.

``script`` makes the element's bytes. Kept small: an action's takes under 500 bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages.page import Site
from atlaas.publish.formats import Json

CONTEXT = "https://schema.org"
LABEL = "label Territoires, Villes et Villages Internet"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LONGEST = 110  # characters of an action's title


def territory(directory: Directory, site: Site, t: LinkedTerritory) -> Json:
    """A City (a commune) or AdministrativeArea, with its code, place, container and last label."""
    commune = t.kind in ("commune", "commune-etrangere")
    found: Json = {
        "@context": CONTEXT,
        "@type": ["City", "AdministrativeArea"] if commune else "AdministrativeArea",
        "name": t.name,
    }
    if site.url:  # a relative address would mean nothing
        found["url"] = site.url + t.url
    scheme = "INSEE" if t.kind in ("commune", "departement", "region") else "SIREN"
    if t.place:
        code = t.code.removeprefix("dep-").removeprefix("reg-")
        found["identifier"] = {"@type": "PropertyValue", "propertyID": scheme, "value": code}
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


def action(a: LinkedAction) -> Json:
    """A Project of its territory. The page's canonical address is its address: not said twice."""
    kind = "City" if a.territory.kind == "commune" else "AdministrativeArea"
    title = a.record.title
    found: Json = {
        "@context": CONTEXT,
        "@type": "Project",
        "name": title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…",
        "areaServed": {"@type": kind, "name": a.territory.name},
    }
    if a.record.started:
        found["foundingDate"] = a.record.started
    return found


def script(value: Mapping[str, Any]) -> bytes:
    """The element for the page's head; no text of a record can close it."""
    text = _encode(value)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return f'<script type="application/ld+json">{text}</script>'.encode()
