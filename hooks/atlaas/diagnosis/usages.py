"""The ten usages of one territory: covered by its own services or actions, by a wider one, or not.

A usage is covered by a territory that offers a service on it, carries an action that names it,
or takes part in one as a partner. An action that was stopped covers nothing. Where nothing covers
a usage, a programme of the territory may still name it: a source says so, and no more.
"""

from collections.abc import Iterator
from typing import NamedTuple

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Programme, Service, Term

STOPPED = "arretee"
# Of those that are gone, abroad or not yet identified, nothing is asked.
NOT_ASKED = ("epci-dissous", "commune-etrangere", "commune-a-identifier")


class Usage(NamedTuple):
    """One cell of the grid."""

    term: Term
    by: str  # « own », « above », « cited » or empty
    carrier: LinkedTerritory | None
    services: tuple[Service, ...]
    actions: tuple[LinkedAction, ...]
    programme: Programme | None = None  # which cites it


def asked_of(territory: LinkedTerritory) -> bool:
    """Whether a territory is one that can be asked what it does today."""
    return territory.kind not in NOT_ASKED and not territory.record.successor


def above(directory: Directory, territory: LinkedTerritory) -> Iterator[LinkedTerritory]:
    """The EPCI, then the département, in which a territory lies, where they have a page."""
    for code in (territory.epci, f"dep-{territory.departement}"):
        found = directory.territories.get(code)
        if found and found is not territory:
            yield found


_Index = dict[str, tuple[tuple[Service, ...], tuple[LinkedAction, ...]]]


class Usages:
    """What each territory of a directory covers, found out once: many communes ask their EPCI's."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._indexes: dict[str, _Index] = {}
        self._none = {
            id_: Usage(term, "", None, (), ())
            for id_, term in directory.vocabularies["usages"].items()
        }

    def grid(self, territory: LinkedTerritory) -> list[Usage]:
        """One entry per usage of the vocabulary, in its order."""
        layers = [("own", territory, _covered(territory))]
        if territory.kind not in ("departement", "region"):
            layers += [
                ("above", carrier, index)
                for carrier in above(self._directory, territory)
                if (index := self._index(carrier))
            ]
        cited = {id_: p for p in reversed(territory.record.programmes) for id_ in p.usages}
        result = []
        for id_, term in self._directory.vocabularies["usages"].items():
            for by, carrier, index in layers:
                if id_ in index:
                    result.append(Usage(term, by, carrier, *index[id_]))
                    break
            else:
                none = self._none[id_]
                if programme := cited.get(id_):
                    none = none._replace(by="cited", programme=programme)
                result.append(none)
        return result

    def _index(self, territory: LinkedTerritory) -> _Index:
        index = self._indexes.get(territory.code)
        if index is None:
            index = self._indexes[territory.code] = _covered(territory)
        return index


def _covered(territory: LinkedTerritory) -> _Index:
    services: dict[str, list[Service]] = {}
    for service in territory.record.services:
        if service.usage:
            services.setdefault(service.usage, []).append(service)
    actions: dict[str, list[LinkedAction]] = {}
    for carried in (territory.actions, territory.partner_in):
        for action in carried:
            if action.record.usages and action.record.status != STOPPED:
                for id_ in action.record.usages:
                    actions.setdefault(id_, []).append(action)
    return {
        id_: (tuple(services.get(id_, ())), tuple(actions.get(id_, ())))
        for id_ in {**services, **actions}
    }


def offering(directory: Directory, usage: str) -> list[tuple[LinkedTerritory, Service]]:
    """(territory, service) of a usage, by name of the territory."""
    return [
        (territory, service)
        for territory in directory.territories.values()
        for service in territory.record.services
        if service.usage == usage
    ]
