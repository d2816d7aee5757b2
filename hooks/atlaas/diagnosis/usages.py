"""The ten usages of one territory: covered by its own services or actions, by a wider one, or not.

A usage is covered by a territory that offers a service on it, carries an action that names it,
or takes part in one as a partner. An action that was stopped covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Service, Term

STOPPED = "arretee"


class Usage(NamedTuple):
    """One cell of the grid."""

    term: Term
    by: str  # « own », « above » or empty
    carrier: LinkedTerritory | None
    services: tuple[Service, ...]
    actions: tuple[LinkedAction, ...]


def above(directory: Directory, territory: LinkedTerritory) -> Iterator[LinkedTerritory]:
    """The EPCI, then the département, in which a territory lies, where they have a page."""
    for code in (territory.epci, f"dep-{territory.departement}"):
        found = directory.territories.get(code)
        if found and found is not territory:
            yield found


def grid(directory: Directory, territory: LinkedTerritory) -> list[Usage]:
    """One entry a usage of the vocabulary, in its order."""
    layers = [("own", territory)]
    if territory.kind not in ("departement", "region"):
        layers += [("above", found) for found in above(directory, territory)]
    indexes = [(by, carrier, _covered(carrier)) for by, carrier in layers]
    result = []
    for id_, term in directory.vocabularies["usages"].items():
        for by, carrier, index in indexes:
            if id_ in index:
                services, actions = index[id_]
                result.append(Usage(term, by, carrier, tuple(services), tuple(actions)))
                break
        else:
            result.append(Usage(term, "", None, (), ()))
    return result


def _covered(territory: LinkedTerritory) -> dict[str, tuple[list[Service], list[LinkedAction]]]:
    index: dict[str, tuple[list[Service], list[LinkedAction]]] = {}
    for service in territory.record.services:
        index.setdefault(service.usage, ([], []))[0].append(service)
    for actions in (territory.actions, territory.partner_in):
        for action in actions:
            if action.record.usages and action.record.status != STOPPED:
                for id_ in action.record.usages:
                    index.setdefault(id_, ([], []))[1].append(action)
    return index


def offering(directory: Directory, usage: str) -> list[tuple[LinkedTerritory, Service]]:
    """(territory, service) of a usage, by name of the territory."""
    return [
        (territory, service)
        for territory in directory.territories.values()
        for service in territory.record.services
        if service.usage == usage
    ]
