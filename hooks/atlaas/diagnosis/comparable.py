"""Comparable territories: the one definition of them, for every page that compares.

Two territories are comparable where all of these are the same:

- the kind (communes with communes, EPCI with EPCI…);
- the step of population, of a ladder of round numbers (``LADDER``), each at most 1.7 times the one
  before it;
- the density class, where the grid was imported: of an area, that of most of its inhabitants;
- the level of centrality, where it was imported: of an EPCI, the highest of its communes.

Where fewer than ``FEWEST`` are (the territory itself among them), or fewer of those of which
something is known, as the caller says, this gives way in the order of ``_WIDER``: the range of
population widens by a step on each side, centrality counts no more, the range widens twice again,
density counts no more. The words always say what is left. Régions are few: all are compared.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from atlaas.diagnosis.sizes import FEWEST
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Measure
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.text import number

_STEPS = [10**power * digit // 10 for power in range(2, 7) for digit in (10, 15, 20, 30, 50, 70)]
LADDER = (*_STEPS, 10_000_000)  # 100, 150, 200, 300, 500, 700, 1 000…
# (steps that the range is wider on each side, how many grids count), until enough are found.
_WIDER = ((0, 2), (1, 2), (1, 1), (2, 1), (3, 1), (3, 0))
# The same where territories are named, as ideas: never of a range more than a step wider.
_NAMED = ((0, 2), (1, 2), (1, 1), (1, 0))
_WORDS = {
    "commune": "communes",
    "epci": "intercommunalités",
    "ept": "établissements publics territoriaux",
    "departement": "départements",
    "region": "régions",
}


class _Key(NamedTuple):
    kind: str
    density: int | None = None
    centrality: int | None = None

    def of(self, grids: int) -> "_Key":
        """The same by so many grids: density comes first."""
        if grids == 2:
            return self
        return _Key(self.kind, self.density if grids else None)


@dataclass(frozen=True, eq=False)
class ComparableGroup:
    """Territories that are comparable with each other; one object for each group of a directory."""

    codes: tuple[str, ...]  # by population, then code
    least: int  # inhabitants of the range, from
    below: int  # to, not included; 0: no upper bound
    many: str  # « communes »
    words: str  # « communes de 2 000 à 2 999 habitants, bourgs ruraux, centre local »

    @cached_property
    def members(self) -> frozenset[str]:
        """The codes, to ask whether one is among them."""
        return frozenset(self.codes)

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
        self._groups: dict[tuple[_Key, int, int, int], ComparableGroup] = {}
        self._by_key: dict[str, dict[_Key, list[tuple[int, str]]]] = {}
        self._amongst: dict[tuple[ComparableGroup, frozenset[str]], tuple[str, ...]] = {}

    def of(self, code: str, known: frozenset[str] | None = None) -> ComparableGroup | None:
        """The comparable territories of a place, itself among them; None of what is no place.

        At least ``FEWEST`` of ``known`` are among them, as far as they can be.
        """
        return self._narrowest(self._groups_of(code, _WIDER), known, FEWEST)

    def named(self, code: str) -> Iterator[ComparableGroup]:
        """The groups of a place whose members may be named as ideas, the narrowest first.

        They are few, so their range of population is never more than a step wider.
        """
        return self._groups_of(code, _NAMED)

    def nearest(self, code: str, known: frozenset[str], count: int) -> Iterator[str]:
        """Those of ``known`` that may be named for a place, the nearest in population first.

        Of the narrowest group in which ``count`` of them are, if one has so many. The place itself
        and places where nobody lives are never among them; of two as near, the smaller is first.
        """
        group = self._narrowest(self.named(code), known, count + 1)
        people = self._people(code) if group else 0
        if group is None or not people:
            return
        codes = self._among(group, known)
        above = bisect_left(codes, people, key=self._people)
        below = above - 1
        while True:
            less = self._people(codes[below]) if below >= 0 else 0
            more = self._people(codes[above]) if above < len(codes) else 0
            if not less and not more:
                return
            if less and (not more or people * people <= less * more):  # people/less <= more/people
                found, below = codes[below], below - 1
            else:
                found, above = codes[above], above + 1
            if found != code:
                yield found

    def _among(self, group: ComparableGroup, known: frozenset[str]) -> tuple[str, ...]:
        """Those of ``known`` that are in a group, by population, then code."""
        found = self._amongst.get((group, known))
        if found is None:
            found = self._amongst[group, known] = tuple(c for c in group.codes if c in known)
        return found

    def _people(self, code: str) -> int:
        people = self._reference.populations.get(code)
        return self._reference.places[code].population if people is None else people

    def _narrowest(
        self, groups: Iterator[ComparableGroup], known: frozenset[str] | None, least: int
    ) -> ComparableGroup | None:
        """The first that has ``least`` of the known; else the last."""
        group = None
        for group in groups:
            if len(group.codes if known is None else self._among(group, known)) >= least:
                break
        return group

    def _groups_of(self, code: str, ways: Sequence[tuple[int, int]]) -> Iterator[ComparableGroup]:
        """The groups of a place, the narrowest first; none of what is no place."""
        kind, people = "commune", self._reference.populations.get(code)
        if people is None:
            place = self._reference.get(code)
            if place is None:
                return
            kind, people = place.kind, place.population
        key = self._key(code, kind)
        low = bisect_right(LADDER, people) - 1  # the step below it; -1: under the first
        for wider, grids in ways:
            yield self._group(key, low - wider, low + 1 + wider, grids)

    def _key(self, code: str, kind: str) -> _Key:
        """What must be the same, but for the population."""
        density, centrality = self._density, self._centrality
        if kind == "region":
            return _Key(kind)
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

    def _places(self, kind: str) -> dict[_Key, list[tuple[int, str]]]:
        """What must be the same, by both grids -> (population, code) of all, by population."""
        found = self._by_key.get(kind)
        if found is None:
            found = defaultdict(list)
            if kind == "commune":
                every = [(people, code) for code, people in self._reference.populations.items()]
            else:
                places = self._reference.places.except_communes()
                every = [(place.population, place.code) for place in places if place.kind == kind]
            for one in sorted(every):
                found[self._key(one[1], kind)].append(one)
            self._by_key[kind] = found
        return found

    def _group(self, key: _Key, low: int, high: int, grids: int) -> ComparableGroup:
        low, high = max(low, -1), min(high, len(LADDER))
        if key.kind == "region":
            low, high = -1, len(LADDER)
        key = key.of(grids)
        found = self._groups.get((key, low, high, grids))
        if found is None:
            least = LADDER[low] if low >= 0 else 0
            below = LADDER[high] if high < len(LADDER) else 0
            alike = [p for k, p in self._places(key.kind).items() if k.of(grids) == key]
            inside = [one for places in alike for one in _within(places, least, below)]
            codes = tuple(code for _, code in sorted(inside))
            many = _WORDS.get(key.kind, key.kind)
            words = self._words(key, many, least, below)
            found = ComparableGroup(codes, least, below, many, words)
            self._groups[key, low, high, grids] = found
        return found

    def _words(self, key: _Key, many: str, least: int, below: int) -> str:
        words = [many]
        if below and least:
            words[0] += f" de {number(least)} à {number(below - 1)} habitants"
        elif below:
            words[0] += f" de moins de {number(below)} habitants"
        elif least:
            words[0] += f" de {number(least)} habitants et plus"
        for found, value in ((self._density, key.density), (self._centrality, key.centrality)):
            if found and value is not None:
                label = found.head.class_labels[value]
                words.append(label[:1].lower() + label[1:])
        return ", ".join(words)


def _within(places: list[tuple[int, str]], least: int, below: int) -> list[tuple[int, str]]:
    """Those of a population from ``least`` to ``below``, not included; 0: no upper bound."""
    end = bisect_left(places, (below,)) if below else len(places)
    return places[bisect_left(places, (least,)) : end]


@lru_cache(maxsize=1)
def comparables_of(directory: Directory) -> Comparables:
    """Those of a directory, made once for all who compare."""
    return Comparables(directory)


def grid(directory: Directory, role: str) -> IndicatorSet | None:
    """The imported classes of that role, « densite » or « centralite »."""
    return next((item for item in directory.indicators if item.head.role == role), None)


def _int(value: Measure | None) -> int | None:
    return int(value) if value is not None else None
