"""Distances on the ground, and the nearest points without comparing all with all."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
_LARGEST, _SMALLEST = 0.5, 0.05  # of a cell's side, in degrees
_IN_CELL = 3  # points wanted in a cell where they lie as densely as on average in France
_SQUARE_DEGREES = 65  # of metropolitan France
_SHARED = 0.2  # degrees: places of a square of this side share their candidates
_REACH = _SHARED * KM_PER_DEGREE * math.sqrt(0.5) + 0.001  # km from its middle to any place of it

T = TypeVar("T", bound=Hashable)


class _Point(NamedTuple, Generic[T]):
    rank: int
    item: T
    lat: float
    lon: float
    phi: float  # the latitude in radians, and its cosine
    cos: float


class Nearest(Generic[T]):
    """Points in cells of so many degrees that each has a few, searched outwards."""

    def __init__(self, points: Iterable[tuple[T, float, float]]) -> None:
        given = list(points)
        side = math.sqrt(_IN_CELL * _SQUARE_DEGREES / max(len(given), 1))
        self._side = max(_SMALLEST, min(_LARGEST, side))
        self._cells: dict[tuple[int, int], list[_Point[T]]] = defaultdict(list)
        self._points: dict[T, _Point[T]] = {}
        for rank, (item, lat, lon) in enumerate(given):
            phi = math.radians(lat)
            point = self._points[item] = _Point(rank, item, lat, lon, phi, math.cos(phi))
            self._cells[(int(lat // self._side), int(lon // self._side))].append(point)
        self._shared: dict[tuple[int, int, int, float], list[_Point[T]]] = {}

    def find(self, lat: float, lon: float, count: int, within_km: float) -> list[tuple[float, T]]:
        """The ``count`` nearest items at most ``within_km`` away, as (km, item), nearest first.

        Ties are broken by the order in which the points were given. Points are compared by
        their haversine, which grows with the distance and costs less.
        """
        side = self._side
        height = int(within_km / (KM_PER_DEGREE * side)) + 1
        shrink = max(math.cos(math.radians(min(abs(lat) + 2, 89))), 0.02)
        width = int(within_km / (KM_PER_DEGREE * side * shrink)) + 1
        row, column = int(lat // side), int(lon // side)
        phi1, degrees, farthest = math.radians(lat), within_km / KM_PER_DEGREE, _hav(within_km)
        cos1 = math.cos(phi1)
        found: list[tuple[float, int, T]] = []
        # Ring by ring; a ring is at least (ring - 1) cell heights away at these latitudes.
        for ring in range(max(height, width) + 1):
            if len(found) >= count and ring:
                nearest_of_ring = (ring - 1) * side * KM_PER_DEGREE * shrink
                found.sort(key=_by_distance)
                if found[count - 1][0] <= _hav(nearest_of_ring):
                    break
            for i, j in _ring(ring):
                if abs(i) > height or abs(j) > width:
                    continue
                for rank, item, lat2, lon2, phi2, cos2 in self._cells.get(
                    (row + i, column + j), ()
                ):
                    # The latitudes alone often tell that a point is too far.
                    if abs(lat2 - lat) <= degrees:
                        hav = (
                            math.sin((phi2 - phi1) / 2) ** 2
                            + cos1 * cos2 * math.sin(math.radians(lon2 - lon) / 2) ** 2
                        )
                        if hav <= farthest:
                            found.append((hav, rank, item))
        found.sort(key=_by_distance)
        return [(_km(hav), item) for hav, _, item in found[:count]]

    def find_for_many(
        self, lat: float, lon: float, count: int, within_km: float
    ) -> list[tuple[float, T]]:
        """The same as ``find``, quicker where thousands of places ask.

        Those of a small square share the points that may be the nearest of any of them: what is
        farther from its middle than the last one wanted and twice the way to its corner is not.
        """
        row, column = int(lat // _SHARED), int(lon // _SHARED)
        key = row, column, count, within_km
        candidates = self._shared.get(key)
        if candidates is None:
            candidates = self._shared[key] = self._candidates(row, column, count, within_km)
        phi1 = math.radians(lat)
        cos1, farthest = math.cos(phi1), _hav(within_km)
        found = []
        for rank, item, _, lon2, phi2, cos2 in candidates:
            east = math.sin(math.radians(lon2 - lon) / 2)
            hav = math.sin((phi2 - phi1) / 2) ** 2 + cos1 * cos2 * east**2
            if hav <= farthest:
                found.append((hav, rank, item))
        found.sort(key=_by_distance)
        return [(_km(hav), item) for hav, _, item in found[:count]]

    def _candidates(self, row: int, column: int, count: int, within_km: float) -> list[_Point[T]]:
        middle = (row + 0.5) * _SHARED, (column + 0.5) * _SHARED
        nearest = self.find(*middle, count, within_km + _REACH)
        if not nearest:
            return []
        reach = within_km + _REACH
        if len(nearest) == count:
            reach = min(reach, nearest[-1][0] + 2 * _REACH)
        return [self._points[item] for _, item in self.find(*middle, len(self._points), reach)]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance on the ground between two points (latitude, longitude)."""
    phi1, phi2 = math.radians(one[0]), math.radians(other[0])
    east = math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    hav = math.sin((phi2 - phi1) / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * east
    return _km(hav)


def _km(hav: float) -> float:
    """The distance on the ground of a haversine."""
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(hav))


def _by_distance(found: tuple[float, int, T]) -> tuple[float, int]:
    return found[:2]


def _hav(km: float) -> float:
    """The haversine of a distance on the ground."""
    return math.sin(km / EARTH_RADIUS_KM / 2) ** 2


def _ring(radius: int) -> Iterable[tuple[int, int]]:
    if radius == 0:
        yield 0, 0
        return
    for i in range(-radius, radius + 1):
        if abs(i) == radius:
            for j in range(-radius, radius + 1):
                yield i, j
        else:
            yield i, -radius
            yield i, radius
