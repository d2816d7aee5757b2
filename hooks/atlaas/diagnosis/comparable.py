"""Comparable territories: the one definition of them, for every page that compares.

Two territories are comparable where all of these are the same:

- the kind (communes with communes, EPCI with EPCI…);
- the step of population, of a ladder of round numbers (``LADDER``), each at most 1.7 times the one
  before it;
- the density class, where the grid was imported: of an area, that of most of its inhabitants;
- the level of centrality, where it was imported: of an EPCI, the highest of its communes.

Where fewer than ``FEWEST`` are, the territory itself among them, the range of population widens by
a step on each side, at most ``WIDER`` times; the words always say the range. Régions are few: all
of them are compared. What the grids do not cover is compared with what they do not cover.
"""

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from atlaas.diagnosis.sizes import FEWEST
from atlaas.directory import Directory
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.text import number

_STEPS = [10**power * digit // 10 for power in range(2, 7) for digit in (10, 15, 20, 30, 50, 70)]
LADDER = (*_STEPS, 10_000_000)  # 100, 150, 200, 300, 500, 700, 1 000…
WIDER = 3  # how often the range may widen
_WORDS = {
    "commune": "communes",
    "epci": "intercommunalités",
    "ept": "établissements publics territoriaux",
    "departement": "départements",
    "region": "régions",
}


class _Key(NamedTuple):
    kind: str
    density: int | None
    centrality: int | None


class ComparableGroup(NamedTuple):
    """Territories that are comparable with each other."""

    codes: tuple[str, ...]  # by population, then code
    least: int  # inhabitants of the range, from
    below: int  # to, not included; 0: no upper bound
    many: str  # « communes »
    words: str  # « communes de 2 000 à 2 999 habitants, bourg rural, centre local »

    @property
    def enough(self) -> bool:
        """Whether there are enough to say anything of all of them."""
        return len(self.codes) >= FEWEST


class Comparables:
    """The comparable territories of any place of a directory; made when first asked for."""

    def __init__(self, directory: Directory) -> None:
        self._reference = directory.reference
        self._density = grid(directory, "densite")
        self._centrality = grid(directory, "centralite")
        self._groups: dict[tuple[_Key, int, int], ComparableGroup] = {}

    def _key(self, code: str, kind: str) -> _Key:
        """What must be the same, but for the population."""
        if kind == "region":
            return _Key(kind, None, None)
        density, centrality = self._density, self._centrality
        if kind == "commune":
            return _Key(
                kind,
                _int(density.parts.get(code)) if density else None,
                _int(centrality.parts.get(code)) if centrality else None,
            )
        main = density.areas.get(code) if density else None
        highest = None
        if kind in ("epci", "ept") and centrality:
            highest = max(centrality.classes.get(code, ()), default=None)
        return _Key(kind, _int(main.part) if main else None, highest)

    @cached_property
    def _by_key(self) -> dict[_Key, list[tuple[int, str]]]:
        """What must be the same -> (population, code) of all, by population."""
        found: dict[_Key, list[tuple[int, str]]] = defaultdict(list)
        for code, people in self._reference.populations.items():
            found[self._key(code, "commune")].append((people, code))
        for place in self._reference.places.except_communes():
            found[self._key(place.code, place.kind)].append((place.population, place.code))
        return {key: sorted(places) for key, places in found.items()}

    def of(self, code: str) -> ComparableGroup | None:
        """The comparable territories of a place, itself among them; None of what is no place."""
        if code in self._reference.populations:
            kind, people = "commune", self._reference.populations[code]
        else:
            place = self._reference.get(code)
            if place is None:
                return None
            kind, people = place.kind, place.population
        key = self._key(code, kind)
        low = bisect_right(LADDER, people) - 1  # the step below it; -1: under the first
        for wider in range(WIDER + 1):
            group = self._group(key, low - wider, low + 1 + wider)
            if group.enough:
                break
        return group

    def alike(self, one: str, other: str) -> bool:
        """Whether the second is among the comparable territories of the first."""
        group = self.of(one)
        return group is not None and other in group.codes

    def _group(self, key: _Key, low: int, high: int) -> ComparableGroup:
        low, high = max(low, -1), min(high, len(LADDER))
        if key.kind == "region":
            low, high = -1, len(LADDER)
        found = self._groups.get((key, low, high))
        if found is None:
            least = LADDER[low] if low >= 0 else 0
            below = LADDER[high] if high < len(LADDER) else 0
            places = self._by_key.get(key, [])
            codes = [
                code for people, code in places if people >= least and (people < below or not below)
            ]
            words = self._words(key, least, below)
            found = self._groups[key, low, high] = ComparableGroup(
                tuple(codes), least, below, _WORDS.get(key.kind, key.kind), words
            )
        return found

    def _words(self, key: _Key, least: int, below: int) -> str:
        words = [_WORDS.get(key.kind, key.kind)]
        if below and least:
            words[0] += f" de {number(least)} à {number(below - 1)} habitants"
        elif below:
            words[0] += f" de moins de {number(below)} habitants"
        elif least:
            words[0] += f" de {number(least)} habitants et plus"
        for grid, value in ((self._density, key.density), (self._centrality, key.centrality)):
            if grid and value is not None:
                label = grid.head.class_labels[value]
                words.append(label[:1].lower() + label[1:])
        return ", ".join(words)


def grid(directory: Directory, role: str) -> IndicatorSet | None:
    """The imported classes of that role, « densite » or « centralite »."""
    return next((item for item in directory.indicators if item.head.role == role), None)


def _int(value: object) -> int | None:
    return int(value) if value is not None else None  # type: ignore[call-overload]
