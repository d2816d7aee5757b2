"""What others have done, for a place of which no action is known.

Chosen once per département and group of comparable territories rather than per place: there are
36 000. Which compare with each other, ``comparable`` alone says.
"""

import math
from heapq import nsmallest
from typing import NamedTuple

from atlaas.diagnosis.comparable import ComparableGroup, comparables_of
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.geography.distances import kilometres
from atlaas.geography.reference import Place

_COUNT = 3


class Done(NamedTuple):
    """Actions of as many comparable territories."""

    words: str  # « communes de 700 à 999 habitants, bourgs ruraux »
    actions: tuple[LinkedAction, ...]


class Elsewhere:
    """What to show, by what places have in common; made when first asked for."""

    def __init__(self, directory: Directory) -> None:
        self._directory, self._comparables = directory, comparables_of(directory)
        self._acting: dict[ComparableGroup, list[LinkedTerritory]] = {}
        self._found: dict[tuple[ComparableGroup, str], Done | None] = {}

    def of(self, place: Place) -> Done | None:
        """Actions of comparable territories, the same for all like it of a département.

        Those nearest to the middle of the département; of each the newest action, or else the
        first by title.
        """
        group = None
        for group in self._comparables.named(place.code):
            if len(self._towns(group)) >= _COUNT:
                break
        if group is None:
            return None
        key = (group, place.departement)
        if key not in self._found:
            self._found[key] = self._choose(place, group)
        return self._found[key]

    def _towns(self, group: ComparableGroup) -> list[LinkedTerritory]:
        """Those of a group that have an action."""
        if group not in self._acting:
            found = map(self._directory.territories.get, group.codes)
            self._acting[group] = [town for town in found if town and town.actions]
        return self._acting[group]

    def _choose(self, place: Place, group: ComparableGroup) -> Done | None:
        middle = self._directory.reference.departements.get(place.departement, place)
        towns = self._towns(group)
        nearest = nsmallest(_COUNT, towns, key=lambda town: _far(middle, town))
        actions = tuple(_newest(town.actions) for town in nearest)
        return Done(group.words, actions) if actions else None


def _far(middle: Place, town: LinkedTerritory) -> tuple[float, str]:
    if town.point is None or middle.lat is None or middle.lon is None:
        return math.inf, town.code
    return kilometres((middle.lat, middle.lon), town.point), town.code


def _newest(actions: list[LinkedAction]) -> LinkedAction:
    return max(actions, key=lambda action: (action.record.started or "", -action.by_title))
