"""« Qui le fait déjà ? »: for a theme or a usage, the territories that do it, near or of like size.

One page per term, readable without a script, with a compact list that the browser sorts around the
territory chosen by the finder; its place and population come from ``reseau/lieux/<dep>.json``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from pydantic_core import to_json

from atlaas import text
from atlaas.diagnosis.usages import STOPPED
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.geography.reference import Reference
from atlaas.model import Term
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of
from atlaas.work.cache import cached

URL = "reseau/"
SHOWN = 60  # territories of the plain list; the JSON file holds them all
STOPPED_SHOWN = 20
FAMILIES = (("themes", "Thèmes"), ("usages", "Usages"))


class Doer(NamedTuple):
    """A territory that does it: its actions that go on, and its services."""

    territory: LinkedTerritory
    actions: list[LinkedAction]
    services: list[str]  # titles


@page_kind(order=30, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The index, one page and one list per term, and the places by département."""
    yield Page(
        URL,
        "network-index",
        "themes",
        "Qui le fait déjà ?",
        "Trouver, sur un thème ou un usage, les territoires proches ou de même taille qui agissent "
        "déjà.",
        partial(_index, directory),
    )
    for vocabulary, _ in FAMILIES:
        for term in directory.vocabularies[vocabulary].values():
            url = f"{URL}{vocabulary}/{term.id}/"
            yield Page(
                url,
                "network",
                "themes",
                f"Qui le fait déjà ? {term.label}",
                f"{term.label} : les territoires dont l'Atlaas connaît une action ou un service.",
                partial(_values, directory, vocabulary, term, url),
                scripts=("assets/js/finder.js", "assets/js/network.js"),
            )
            yield Asset(f"{url}territoires.json", partial(_json, directory, vocabulary, term.id))
    yield from _places(directory)


def _index(directory: Directory) -> dict[str, Any]:
    root = root_of(URL)
    return {
        "crumbs": [("Accueil", root), ("Qui le fait déjà ?", None)],
        "families": [
            (title, [(term.label, f"{vocabulary}/{term.id}/") for term in terms.values()])
            for vocabulary, title in FAMILIES
            for terms in (directory.vocabularies[vocabulary],)
        ],
    }


def _actions(directory: Directory, vocabulary: str, id_: str) -> Sequence[LinkedAction]:
    return directory.actions_by[vocabulary].get(id_, [])


def doers(directory: Directory, vocabulary: str, id_: str) -> list[Doer]:
    """Who does it, by name; stopped actions are left out."""
    found: dict[str, Doer] = {}
    for action in _actions(directory, vocabulary, id_):
        if action.record.status != STOPPED:
            t = action.territory
            found.setdefault(t.code, Doer(t, [], [])).actions.append(action)
    if vocabulary == "usages":
        for t in directory.territories.values():
            for service in t.record.services:
                if service.usage == id_:
                    found.setdefault(t.code, Doer(t, [], [])).services.append(
                        views.service(service)
                    )
    return sorted(found.values(), key=lambda doer: text.sort_key(doer.territory.name))


def _values(directory: Directory, vocabulary: str, term: Term, url: str) -> dict[str, Any]:
    root = root_of(url)
    asked = f"?theme={term.id}" if vocabulary == "themes" else ""
    found = doers(directory, vocabulary, term.id)
    stopped = [a for a in _actions(directory, vocabulary, term.id) if a.record.status == STOPPED]
    return {
        "crumbs": [("Accueil", root), ("Qui le fait déjà ?", f"{root}{URL}"), (term.label, None)],
        "term": term,
        "home": f"{root}{vocabulary}/{term.id}/",
        "propose": f"{root}contribuer/action/{asked}",
        "count": len(found),
        "rows": [_row(directory, doer) for doer in found[:SHOWN]],
        "stopped": [(a, a.record.lessons or "") for a in stopped[:STOPPED_SHOWN]],
        "data": "territoires.json",
    }


def _row(directory: Directory, doer: Doer) -> tuple[Any, ...]:
    """(territory, first actions, services, lessons of the first that has any)."""
    cards = [views.action_card(directory, a, with_territory=False) for a in doer.actions[:3]]
    lessons = next((a.record.lessons for a in doer.actions if a.record.lessons), "") or ""
    return doer.territory, cards, doer.services[:3], lessons


def _json(directory: Directory, vocabulary: str, id_: str) -> bytes:
    """One row per territory: name, address, kind, latitude, longitude, population, how many actions

    and services, the first one's title, address and status, and what it taught.
    """
    rows = []
    for doer in doers(directory, vocabulary, id_):
        t = doer.territory
        if t.point is None or t.kind in ("departement", "region"):
            continue
        first = doer.actions[0] if doer.actions else None
        status = first.record.status if first else ""
        rows.append(
            (
                t.name,
                t.url,
                t.kind,
                round(t.point[0], 3),
                round(t.point[1], 3),
                t.population,
                len(doer.actions) + len(doer.services),
                first.record.title if first else doer.services[0],
                first.url if first else f"{t.url}#services",
                directory.term("statuses", status).label.lower() if status else "",
                (first.record.lessons or "")[:200] if first else "",
            )
        )
    return to_json(rows)


def _places(directory: Directory) -> Iterator[Asset]:
    """``reseau/lieux/<dep>.json``: code -> [latitude, longitude, population, kind]."""
    reference = directory.reference
    inputs = [reference.folder / name for name in ("communes.csv.gz", "epci.csv", "ept.csv")]
    cache = directory.project.cache
    places = cached(dict[str, bytes], cache, "places", lambda: _by_departement(reference), *inputs)
    for code, content in places.items():
        yield Asset(f"{URL}lieux/{code}.json", partial(bytes, content))


def _by_departement(reference: Reference) -> dict[str, bytes]:
    found: dict[str, dict[str, tuple[float, float, int, str]]] = defaultdict(dict)
    for place in reference.places.values():
        if place.kind in ("commune", "epci", "ept") and place.lat is not None and place.lon:
            found[place.departement][place.code] = (
                round(place.lat, 3),
                round(place.lon, 3),
                place.population,
                place.kind,
            )
    return {code: to_json(found[code]) for code in sorted(found)}
