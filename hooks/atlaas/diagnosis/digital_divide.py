"""The digital divide, by imported indicators: by density class, by area, by distance.

Which indicators these are, their heads say (``topic``).
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple, get_args

from atlaas.diagnosis.comparable import grid
from atlaas.diagnosis.open_figures import open_figures_of
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount
from atlaas.geography.distances import Nearest
from atlaas.geography.reference import Place
from atlaas.model.indicator_head import IndicatorHead, IndicatorTopic
from atlaas.text import sort_key
from atlaas.work.cache import cached

FAR = 10  # kilometres from which a commune is said to be far
BANDS = (0, 5, 10, 15, 20)  # kilometres that distances are sorted by; the last one has no bound
_ORDER: tuple[str, ...] = get_args(IndicatorTopic)
_FARTHEST = 500  # kilometres within which a place is looked for


class AreaFigure(NamedTuple):
    """What is known of a département or région."""

    place: Place
    amount: Amount | None
    value: Fraction | None  # the number that is compared: a percentage, a rate per 10 000


class ClassFigure(NamedTuple):
    """What the communes of a density class make together."""

    label: str  # empty: communes that the grid does not cover
    communes: int
    people: int
    having: int  # communes that have at least one
    amount: Amount
    value: Fraction | None


class Distance(NamedTuple):
    """How far a commune is from the nearest one that has a place, as the crow flies."""

    code: str
    km: float  # 0 where it has one itself
    nearest: str  # code of that commune


class Band(NamedTuple):
    """Communes about as far."""

    least: int  # kilometres, excluded (but 0: those that have a place)
    most: int  # included; 0 where there is no bound
    communes: int
    people: int


class DigitalDivide:
    """The figures of a directory on the digital divide, each made when it is asked for."""

    def __init__(self, directory: Directory) -> None:
        self.figures = open_figures_of(directory)
        self._directory, self._reference = directory, directory.reference
        found = [item for item in directory.indicators if item.head.topic]
        found.sort(key=lambda item: (_ORDER.index(item.head.topic or ""), *_place(item.head)))
        self._sets = {item.head.id: item for item in found}
        self.heads = [item.head for item in self._sets.values()]
        self.distances = cache(self._distances)

    def about(self, *topics: str) -> list[IndicatorHead]:
        """The indicators of some topics, in the order of topics, then by rank."""
        return [head for head in self.heads if head.topic in topics]

    def areas(self, id_: str, level: str) -> list[AreaFigure]:
        """Every inhabited département or région, by name, whether it is known or not."""
        amounts = self.figures.of_level(id_, level)
        found = []
        for place in inhabited(self._directory, level):
            amount = amounts.get(place.code)
            value = (
                self.figures.compared(id_, amount, self.figures.living(id_, place.code))
                if amount
                else None
            )
            found.append(AreaFigure(place, amount, value))
        return found

    def densities(self, id_: str) -> list[ClassFigure]:
        """Every density class, densest first, then the communes that have none; or nothing."""
        density = grid(self._directory, "densite")
        if density is None:
            return []
        populations, parts = self._reference.populations, self._sets[id_].parts
        members: dict[int | None, list[str]] = {value: [] for value in density.head.class_labels}
        for code, people in populations.items():
            if people:
                found = density.parts.get(code)
                members.setdefault(None if found is None else int(found), []).append(code)
        made = []
        for value, codes in members.items():
            people = sum(populations[code] for code in codes)
            amount = self.figures.of_places(id_, codes)
            if amount:
                label = density.head.class_labels.get(value, "") if value is not None else ""
                having = sum(1 for code in codes if parts.get(code))
                compared = self.figures.compared(id_, amount, people)
                made.append(ClassFigure(label, len(codes), people, having, amount, compared))
        return made

    def _distances(self, id_: str) -> list[Distance]:
        """Of every commune whose place is known, by code.

        Overseas collectivities are left out: lists of places seldom cover them.
        """
        inputs = (
            self._reference.folder / "communes.csv.gz",
            self._directory.project.root / self._sets[id_].path,
        )
        make = self._measure
        return cached(
            list[Distance], self._directory.project.cache, "far", lambda: make(id_), *inputs
        )

    def _measure(self, id_: str) -> list[Distance]:
        parts, places = self._sets[id_].parts, self._reference.places
        communes = [places[code] for code in sorted(self._reference.populations)]
        placed = [(p.code, p.lat, p.lon) for p in communes if p.lat is not None and p.lon]
        near = Nearest((code, lat, lon or 0.0) for code, lat, lon in placed if parts.get(code))
        found = []
        for code, lat, lon in placed:
            if places[code].zone != "com":
                for km, nearest in near.find_for_many(lat, lon or 0.0, 1, _FARTHEST):
                    found.append(Distance(code, round(km, 1), nearest))
        return found

    def bands(self, distances: Sequence[Distance]) -> list[Band]:
        """Distances by steps, nearest first: those that have a place, then by ``BANDS``."""
        own = [one for one in distances if not one.km]
        found = [Band(0, 0, len(own), self._people(own))]
        for least, most in zip(BANDS, (*BANDS[1:], 0), strict=True):
            inside = [one for one in distances if one.km > least and (one.km <= most or not most)]
            found.append(Band(least, most, len(inside), self._people(inside)))
        return found

    def far_shares(self, distances: Sequence[Distance]) -> list[tuple[Place, int, int, int]]:
        """(département, inhabitants far from any, inhabitants, communes far from any), by name."""
        places = self._reference.places
        by_area: dict[str, list[Distance]] = {}
        for one in distances:
            by_area.setdefault(places[one.code].departement, []).append(one)
        found = []
        for place in inhabited(self._directory, "departement"):
            inside = by_area.get(place.code.removeprefix("dep-"), [])
            far = [one for one in inside if one.km > FAR]
            if inside:
                found.append((place, self._people(far), self._people(inside), len(far)))
        return found

    def _people(self, distances: Iterable[Distance]) -> int:
        populations = self._reference.populations
        return sum(populations[one.code] for one in distances)


def _place(head: IndicatorHead) -> tuple[int, str]:
    return head.rank, head.id


def inhabited(directory: Directory, level: str) -> list[Place]:
    """The départements or régions where somebody lives, by name."""
    places = directory.reference.places.except_communes()
    found = [place for place in places if place.kind == level and place.population]
    return sorted(found, key=lambda place: sort_key(place.name))
