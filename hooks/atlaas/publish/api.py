"""The static API below /api/v1/: one JSON document per record, each page's twin, and an index.

A key without a value is left out; lists are always there. A list of more than 1 000 goes on in
``<document>/2.json`` and so on. ``Site.api`` turns the documents of territories and actions off:
they double the number of files, which a site near its host's limits may not bear.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from atlaas.diagnosis import coverage
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.directory.indicator_areas import Amount
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.geography.reference import FRANCE
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.documents import (
    BASE,
    PER_DOCUMENT,
    actions_of,
    dump,
    ids_of,
    known,
    labels_of,
    linked,
    listed,
    of_data,
    of_file,
    of_list,
)
from atlaas.publish.formats import (
    LICENCE_ID,
    LICENCE_URL,
    Json,
    address,
    as_json,
    as_pretty_json,
    number,
)

VERSION = "1"  # of the addresses: /api/v1/
_TERMS = ("themes", "enjeux", "usages")


@export(order=40)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every document of the API; those of territories and actions only where ``site.api``."""
    yield Asset(f"{BASE}index.json", lambda: as_pretty_json(index(directory, site)))
    for name, terms in directory.vocabularies.items():
        body = {"name": name, "terms": [dump(term) for term in terms.values()]}
        document = {**body, **known(of_list(directory, name))}
        yield Asset(f"{BASE}vocabularies/{name}.json", partial(as_json, document))
    for name in _TERMS:
        yield from _terms(directory, site, name)
    yield from _mentions(directory, site)
    for item in directory.indicators:
        content = partial(_indicator, directory, site, item)
        yield Asset(f"{BASE}indicators/{item.head.id}.json", content)
    for edition in directory.editions.values():
        head = {
            **dump(edition.record),
            "labels_total": coverage(edition).total,
            **linked(directory, site, edition.url, edition.path),
        }
        name, labels = f"editions/{edition.year}", edition.labels
        yield from listed(site, name, partial(known, head), "labels", labels, labels_of)
    show = partial(actions_of, site)
    for actor in directory.actors.values():
        head = {
            "id": actor.id,
            **dump(actor.record),
            **linked(directory, site, actor.url, actor.path),
        }
        name, actions = f"actors/{actor.id}", actor.actions
        yield from listed(site, name, partial(known, head), "actions", actions, show)
    if site.api:
        for t in directory.territories.values():
            head_of = partial(territory, directory, site, t)
            yield from listed(site, f"territories/{t.code}", head_of, "actions", t.actions, show)
        for a in directory.actions.values():
            yield Asset(f"{BASE}actions/{a.id}.json", partial(action, directory, site, a))


def index(directory: Directory, site: Site) -> Json:
    """What the API holds, and where one starts."""
    inside = {t.code for t in directory.territories.values() if t.region}
    return {
        "name": "Atlaas",
        "version": VERSION,
        **of_data(directory),
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
            "collections": len(directory.collections),
        },
        "changes": address(site, f"{BASE}changes/index.json"),
        "regions": [t.code for t in directory.territories.values() if t.kind == "region"],
        "others": [code for code in directory.territories if code not in inside],
        "editions": list(directory.editions),
        **{name: list(directory.vocabularies.get(name, {})) for name in (*_TERMS, "mentions")},
        "indicators": [item.head.id for item in directory.indicators],
        "vocabularies": list(directory.vocabularies),
        "actors": list(directory.actors),
        "collections": list(directory.collections),
    }


def territory(directory: Directory, site: Site, t: LinkedTerritory) -> Json:
    """The document of a territory, without its actions."""
    record = dump(t.record)
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
        **linked(directory, site, t.url, t.path),
    }
    for figure in record["indicators"]:
        figure["value"] = number(figure["value"])
    document = {**record, **known(facts)}
    document["labels"] = [dump(label) for label in t.labels]
    document["figures"] = [
        {"indicator": item.head.id, **_amount(item.head, amount)}
        for item in directory.indicators
        if (amount := item.amount(t.code))
    ]
    document["inside"] = _inside(directory, t)
    document |= actions_of(site, t.partner_in[:PER_DOCUMENT], "partner_in")
    return document


def action(directory: Directory, site: Site, a: LinkedAction) -> bytes:
    """The document of an action: the record as pydantic writes it, between what linking adds."""
    t = a.territory
    added = {
        "territory_name": t.name,
        "departement": t.departement or None,
        "region": t.region or None,
        "text": a.body.strip(),
        **linked(directory, site, a.url, a.path),
    }
    record = a.record.model_dump_json(exclude_none=True).encode()
    return b"%s,%s,%s" % (as_json({"id": a.id})[:-1], record[1:-1], as_json(known(added))[1:])


def _amount(head: IndicatorHead, amount: Amount) -> Json:
    found: Json = {"value": number(Decimal(amount.part))}
    if head.kind in QUOTIENTS:
        found["whole"] = number(Decimal(amount.whole))
    return {**found, "known": amount.known, "of": amount.of}


def _indicator(directory: Directory, site: Site, item: IndicatorSet) -> bytes:
    """The document of an imported indicator: its head, and what it says of the widest areas."""
    reference = directory.reference
    areas = [p.code for p in (*reference.regions.values(), *reference.departements.values())]
    wide = {code: amount for code in (*areas, FRANCE) if (amount := item.amount(code))}
    return as_json(
        {
            **dump(item.head),
            "values": {code: _amount(item.head, amount) for code, amount in wide.items()},
            "values_file": address(site, "donnees/indicateurs_valeurs.csv"),
            **known(of_file(directory, f"data/indicators/{item.head.id}.yml")),
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
        url = address(site, f"{name}/{term.id}/")
        head = {**dump(term), "url": url, **of_list(directory, name)}
        actions = directory.actions_by[name].get(term.id, ())
        document = f"{name}/{term.id}"
        yield from listed(site, document, partial(known, head), "actions", actions, ids_of)


def _mentions(directory: Directory, site: Site) -> Iterator[Asset]:
    for term in directory.vocabularies.get("mentions", {}).values():
        url = address(site, f"label/mentions/{term.id}/")
        head = {**dump(term), "url": url, **of_list(directory, "mentions")}
        name, labels = f"mentions/{term.id}", directory.labels_by_mention.get(term.id, ())
        yield from listed(site, name, partial(known, head), "labels", labels, labels_of)
