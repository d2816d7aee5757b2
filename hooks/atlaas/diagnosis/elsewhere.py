"""What others have done, for a place of which no action is known.

Chosen once per département, class of size and setting (the kind of its EPCI) rather than per place:
there are 36 000. Which territories compare with each other, ``comparable`` says; here a wider class
is enough, since few small communes have an action, and pages give the inhabitants of each.
"""

import math
from collections import defaultdict
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from atlaas.diagnosis.sizes import SizeClass, class_of
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.geography.distances import kilometres
from atlaas.geography.reference import Place

_COUNT = 3
_COMMUNES = (  # our own choice, in round numbers
    SizeClass("moins-de-500", "moins de 500 habitants", 0, 500),
    SizeClass("500-1999", "500 à 1 999 habitants", 500, 2_000),
    SizeClass("2000-4999", "2 000 à 4 999 habitants", 2_000, 5_000),
    SizeClass("5000-19999", "5 000 à 19 999 habitants", 5_000, 20_000),
    SizeClass("20000-99999", "20 000 à 99 999 habitants", 20_000, 100_000),
    SizeClass("100000-et-plus", "100 000 habitants et plus", 100_000, 0),
)
_EPCI = (
    SizeClass("moins-de-20000", "moins de 20 000 habitants", 0, 20_000),
    SizeClass("20000-99999", "20 000 à 99 999 habitants", 20_000, 100_000),
    SizeClass("100000-et-plus", "100 000 habitants et plus", 100_000, 0),
)
_CLASSES = {"commune": _COMMUNES, "epci": _EPCI, "ept": _EPCI}


class Done(NamedTuple):
    """Actions of as many territories of one class of size."""

    size: str  # « moins de 500 habitants »
    actions: tuple[LinkedAction, ...]


class Elsewhere:
    """What to show, by what places have in common; made when first asked for."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._found: dict[tuple[str, ...], Done | None] = {}

    def of(self, place: Place) -> Done | None:
        """Actions of territories of its kind and class of size, the same for all like it there.

        Of its setting and région where there are enough of them, those nearest to the middle of
        the département. Of each the newest action, or else the first by title.
        """
        if place.kind not in _CLASSES:
            return None
        groups = self._groups(place)
        key = (*groups[-1], place.departement)
        if key not in self._found:
            self._found[key] = self._choose(place, groups)
        return self._found[key]

    def _groups(self, place: Place) -> tuple[tuple[str, ...], ...]:
        """Its kind and class of size, with its setting, with its région."""
        epci = self._directory.reference.get(place.epci) if place.epci else place
        kind, nature, size = place.kind, epci.nature if epci else "", _class(place).id
        return (kind, size), (kind, size, nature), (kind, size, nature, place.region)

    @cached_property
    def _acting(self) -> dict[tuple[str, ...], list[LinkedTerritory]]:
        index: dict[tuple[str, ...], list[LinkedTerritory]] = defaultdict(list)
        for territory in self._directory.territories.values():
            if territory.actions and territory.place and territory.kind in _CLASSES:
                for group in self._groups(territory.place):
                    index[group].append(territory)
        return dict(index)

    def _choose(self, place: Place, groups: tuple[tuple[str, ...], ...]) -> Done | None:
        lists = [self._acting.get(group, []) for group in reversed(groups)]
        towns = next((found for found in lists if len(found) >= _COUNT), lists[-1])
        middle = self._directory.reference.departements.get(place.departement, place)
        nearest = nsmallest(_COUNT, towns, key=lambda town: _far(middle, town))
        actions = tuple(_newest(town.actions) for town in nearest)
        return Done(_class(place).label, actions) if actions else None


def _class(place: Place) -> SizeClass:
    return class_of(place.population, _CLASSES[place.kind])


def _far(middle: Place, town: LinkedTerritory) -> tuple[float, str]:
    if town.point is None or middle.lat is None or middle.lon is None:
        return math.inf, town.code
    return kilometres((middle.lat, middle.lon), town.point), town.code


def _newest(actions: list[LinkedAction]) -> LinkedAction:
    return max(actions, key=lambda action: (action.record.started or "", -action.by_title))
