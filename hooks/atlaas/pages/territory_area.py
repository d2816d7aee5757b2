"""What the page of a département or région shows of what lies in it."""

from collections.abc import Iterable
from typing import Any

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.directory import Directory, LinkedTerritory
from atlaas.geography.reference import Place
from atlaas.pages import views
from atlaas.pages.page import PageValues


def inside(directory: Directory, territory: LinkedTerritory) -> dict[str, Any]:
    """What lies in a département or région."""
    region = territory.kind == "region"
    everyone = directory.inside(territory.code)
    inside = [t for t in everyone if t.kind != "departement"]
    labelled = [t for t in inside if t.labels]
    actions = [action for t in everyone for action in t.actions]
    reference = directory.reference
    neighbours = [
        directory.territories[p.code]
        for p in reference.departements.values()
        if p.region == territory.region and p.code != territory.code
    ]
    return PageValues(
        {
            "labelled": text.first_of(labelled, 200),
            "labelled_count": len(labelled),
            "others": text.first_of([t for t in inside if not t.labels], 200),
            "others_count": len(inside) - len(labelled),
            "actions_count": len(actions) + len(territory.actions),
            "newest": [views.action_card(directory, a) for a in views.newest(actions, 6)],
            "departements": sorted(neighbours, key=lambda t: text.sort_key(t.name))
            if region
            else [],
            "members": [
                (t, membership.in_words(membership.own(directory, t)[0]))
                for t in everyone
                if t.record.memberships
            ],
            "around": [] if region else neighbours,
            "epci": [] if region else _epci_of(directory, territory),
            "alone": [] if region else _alone_in(directory, territory),
        }
    )


def _epci_of(directory: Directory, territory: LinkedTerritory) -> list[tuple[str, str]]:
    """(name, address) of the EPCI that have their seat in a département, by name."""
    places = directory.reference.places.except_communes()
    inside = (p for p in places if p.kind == "epci" and p.departement == territory.departement)
    return _named(directory, inside)


def _alone_in(directory: Directory, territory: LinkedTerritory) -> list[tuple[str, str]]:
    """(name, address) of its communes that belong to no EPCI: islands, overseas."""
    reference = directory.reference
    codes = reference.codes_by_departement.get(territory.departement, ())
    return _named(directory, (p for p in map(reference.places.__getitem__, codes) if not p.epci))


def _named(directory: Directory, places: Iterable[Place]) -> list[tuple[str, str]]:
    ordered = sorted(places, key=lambda place: text.sort_key(place.name))
    return [(place.name, directory.address_of(place.code)) for place in ordered]
