"""The static API below /api/v1/: one JSON document per record, each page's twin, and an index.

A key without a value is left out; lists are always there. A list of more than 1 000 goes on in
``<document>/2.json`` and so on. ``Site.api`` turns the documents of territories and actions off:
they double the number of files, which a site near its host's limits may not bear.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any

from atlaas.diagnosis import coverage
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.directory.indicator_areas import Amount
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.geography.reference import FRANCE
from atlaas.model import Label, Model
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.formats import (
    LICENCE_ID,
    LICENCE_URL,
    Json,
    address,
    as_json,
    as_pretty_json,
    number,
)

BASE = "api/v1/"
PER_DOCUMENT = 1000
VERSION = "1"
_TERMS = ("themes", "enjeux", "usages")
_id = attrgetter("id")


@export(order=40)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every document of the API; those of territories and actions only where ``site.api``."""
    yield Asset(f"{BASE}index.json", lambda: as_pretty_json(index(directory, site)))
    for name, terms in directory.vocabularies.items():
        body = {"name": name, "terms": [_dump(term) for term in terms.values()]}
        yield Asset(f"{BASE}vocabularies/{name}.json", partial(as_json, body))
    for name in _TERMS:
        yield from _terms(directory, site, name)
    yield from _mentions(directory, site)
    for item in directory.indicators:
        document = partial(_indicator, directory, site, item)
        yield Asset(f"{BASE}indicators/{item.head.id}.json", document)
    for edition in directory.editions.values():
        head = {
            **_dump(edition.record),
            "labels_total": coverage(edition).total,
            **_linked(directory, site, edition.url, edition.path),
        }
        labels = [_label(t, label) for t, label in edition.labels]
        yield from _listed(
            site, f"editions/{edition.year}", partial(_known, head), "labels", labels
        )
    for actor in directory.actors.values():
        head = {
            "id": actor.id,
            **_dump(actor.record),
            **_linked(directory, site, actor.url, actor.path),
        }
        ids = [action.id for action in actor.actions]
        yield from _listed(site, f"actors/{actor.id}", partial(_known, head), "actions", ids)
    if site.api:
        for t in directory.territories.values():
            head_of = partial(territory, directory, site, t)
            yield from _listed(site, f"territories/{t.code}", head_of, "actions", t.actions, _id)
        for a in directory.actions.values():
            yield Asset(f"{BASE}actions/{a.id}.json", partial(action, directory, site, a))


def index(directory: Directory, site: Site) -> Json:
    """What the API holds, and where one starts."""
    inside = {t.code for t in directory.territories.values() if t.region}
    return {
        "name": "Atlaas",
        "version": VERSION,
        "licence": LICENCE_ID,
        "licence_url": LICENCE_URL,
        "documentation": address(site, "donnees/"),
        "changelog": address(site, "api-journal/"),
        "openapi": address(site, f"{BASE}openapi.json"),
        "bulk": address(site, "donnees/datapackage.json"),
        "counts": {
            "territories": len(directory.territories),
            "actions": len(directory.actions),
            "editions": len(directory.editions),
            "actors": len(directory.actors),
        },
        "regions": [t.code for t in directory.territories.values() if t.kind == "region"],
        "others": [code for code in directory.territories if code not in inside],
        "editions": list(directory.editions),
        **{name: list(directory.vocabularies.get(name, {})) for name in (*_TERMS, "mentions")},
        "indicators": [item.head.id for item in directory.indicators],
        "vocabularies": list(directory.vocabularies),
        "actors": list(directory.actors),
    }


def territory(directory: Directory, site: Site, t: LinkedTerritory) -> Json:
    """The document of a territory, without its actions."""
    record = _dump(t.record)
    place = t.place
    lat, lon = t.point or (None, None)
    facts = {
        "code": t.code,
        "name": t.name,
        "kind": t.kind,
        "kind_label": t.kind_label,
        "departement": t.departement or None,
        "region": t.region or None,
        "epci": t.epci or None,
        "population": t.population or None,
        "lat": lat,
        "lon": lon,
        "postcodes": list(place.postcodes) if place and place.postcodes else None,
        "website": t.record.website or directory.reference.websites.get(t.code),
        **_linked(directory, site, t.url, t.path),
    }
    for figure in record["indicators"]:
        figure["value"] = number(figure["value"])
    document = {**record, **_known(facts)}
    document["labels"] = [_dump(label) for label in t.labels]
    document["figures"] = [
        {"indicator": item.head.id, **_amount(item.head, amount)}
        for item in directory.indicators
        if (amount := item.amount(t.code))
    ]
    document["inside"] = _inside(directory, t)
    document["partner_in"] = [action.id for action in t.partner_in[:PER_DOCUMENT]]
    return document


def action(directory: Directory, site: Site, a: LinkedAction) -> bytes:
    """The document of an action: the record as pydantic writes it, between what linking adds."""
    t = a.territory
    added = {
        "territory_name": t.name,
        "departement": t.departement or None,
        "region": t.region or None,
        "text": a.body.strip(),
        **_linked(directory, site, a.url, a.path),
    }
    record = a.record.model_dump_json(exclude_none=True).encode()
    return b"%s,%s,%s" % (as_json({"id": a.id})[:-1], record[1:-1], as_json(_known(added))[1:])


def _amount(head: IndicatorHead, amount: Amount) -> Json:
    found: Json = {"value": number(Decimal(amount.part))}
    if head.kind in QUOTIENTS:
        found["whole"] = number(Decimal(amount.whole))
    return {**found, "known": amount.known, "of": amount.of}


def _indicator(directory: Directory, site: Site, item: IndicatorSet) -> bytes:
    """The document of an imported indicator: its head, and what it says of the widest areas."""
    reference = directory.reference
    areas = [p.code for p in (*reference.regions.values(), *reference.departements.values())]
    known = {code: amount for code in (*areas, FRANCE) if (amount := item.amount(code))}
    return as_json(
        {
            **_dump(item.head),
            "values": {code: _amount(item.head, amount) for code, amount in known.items()},
            "values_file": address(site, "donnees/indicateurs_valeurs.csv"),
        }
    )


def _inside(directory: Directory, t: LinkedTerritory) -> list[str]:
    if t.kind == "region":
        departements = directory.reference.departements.values()
        return [place.code for place in departements if place.region == t.region]
    if t.kind == "departement":
        return [other.code for other in directory.inside(t.code)]
    if t.kind in ("epci", "ept"):
        members = directory.reference.members(t.code)
        return [place.code for place in members if place.code in directory.territories]
    return []


def _terms(directory: Directory, site: Site, name: str) -> Iterator[Asset]:
    for term in directory.vocabularies.get(name, {}).values():
        head = {**_dump(term), "url": address(site, f"{name}/{term.id}/")}
        ids = [a.id for a in directory.actions_by[name].get(term.id, ())]
        yield from _listed(site, f"{name}/{term.id}", partial(_known, head), "actions", ids)


def _mentions(directory: Directory, site: Site) -> Iterator[Asset]:
    for term in directory.vocabularies.get("mentions", {}).values():
        head = {**_dump(term), "url": address(site, f"label/mentions/{term.id}/")}
        labels = [_label(t, label) for t, label in directory.labels_by_mention.get(term.id, ())]
        yield from _listed(site, f"mentions/{term.id}", partial(_known, head), "labels", labels)


def _label(t: LinkedTerritory, label: Label) -> Json:
    found = {"territory": t.code, "name": t.name, "edition": label.edition, "level": label.level}
    found["won_by"] = label.won_by
    return _known({**found, "mentions": label.mentions, "doubt": label.doubt})


def _listed(
    site: Site,
    name: str,
    head: Callable[[], Json],
    key: str,
    items: Sequence[Any],
    show: Callable[[Any], Any] = lambda item: item,
) -> Iterator[Asset]:
    """A document with its list, cut into parts of 1 000."""
    pages = max(1, -(-len(items) // PER_DOCUMENT))

    def part(page: int) -> bytes:
        start = (page - 1) * PER_DOCUMENT
        document: Json = head() if page == 1 else {"page": page, "pages": pages}
        if page == 1:
            document[f"{key}_count"] = len(items)
        document[key] = [show(item) for item in items[start : start + PER_DOCUMENT]]
        if page < pages:
            document["next"] = address(site, f"{BASE}{name}/{page + 1}.json")
        return as_json(document)

    yield Asset(f"{BASE}{name}.json", partial(part, 1))
    for page in range(2, pages + 1):
        yield Asset(f"{BASE}{name}/{page}.json", partial(part, page))


def _dump(record: Model) -> Json:
    return record.model_dump(exclude_none=True)


def _known(values: Json) -> Json:
    """The values without None; a copy, which may be added to."""
    return {key: value for key, value in values.items() if value is not None}


def _linked(directory: Directory, site: Site, url: str, path: str) -> Json:
    return {"url": address(site, url), "file": path or None, "changed": directory.changed.get(path)}
