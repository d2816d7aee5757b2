"""Distances known from elsewhere, and the nearest points against comparing all with all."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.geography.distances import EARTH_RADIUS_KM, Nearest

PARIS, LYON = (48.8566, 2.3522), (45.7640, 4.8357)
LILLE, MARSEILLE = (50.6292, 3.0573), (43.2965, 5.3698)
NORTH_POLE = (90.0, 0.0)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    a = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(a))


@pytest.mark.parametrize(
    ("a", "b", "km", "tolerance"),
    [
        (PARIS, LYON, 391.5, 1),
        (LILLE, MARSEILLE, 834.5, 2),
        (PARIS, PARIS, 0, 1e-9),
        ((0.0, 0.0), NORTH_POLE, 10007.56, 0.01),  # a quarter of the circle: pi/2 x 6371.0088
        ((0.0, 0.0), (0.0, 180.0), 20015.11, 0.01),
        ((0.0, 0.0), (0.0, 1.0), 111.195, 0.001),
        ((60.0, 0.0), (60.0, 1.0), 55.597, 0.01),  # half of it, at 60 degrees
    ],
)
def test_distance(
    a: tuple[float, float], b: tuple[float, float], km: float, tolerance: float
) -> None:
    assert distance_km(*a, *b) == pytest.approx(km, abs=tolerance)
    assert distance_km(*b, *a) == pytest.approx(km, abs=tolerance)


def brute_force(
    points: list[tuple[int, float, float]], lat: float, lon: float, count: int, within: float
) -> list[float]:
    found = sorted(distance_km(lat, lon, y, x) for _, y, x in points)
    return [km for km in found if km <= within][:count]


# France and its neighbours, then the overseas territories on both sides of the equator.
PLACES = st.one_of(
    st.tuples(st.floats(41, 51.5), st.floats(-5.5, 10)),
    st.tuples(st.floats(-22.5, 19), st.floats(-63, -51)),
)


@given(st.lists(PLACES, max_size=50), PLACES, st.integers(1, 8), st.floats(1, 300))
def test_nearest_equals_comparing_with_all(
    places: list[tuple[float, float]], here: tuple[float, float], count: int, within: float
) -> None:
    points = [(number, lat, lon) for number, (lat, lon) in enumerate(places)]
    found = Nearest(points).find(*here, count, within)
    assert [km for km, _ in found] == brute_force(points, *here, count, within)
    assert len({item for _, item in found}) == len(found)
    for km, item in found:
        assert km == distance_km(*here, *places[item])


@given(st.lists(PLACES, max_size=50), PLACES, st.integers(1, 8), st.floats(1, 300))
def test_what_many_ask_has_the_same_answer(
    places: list[tuple[float, float]], here: tuple[float, float], count: int, within: float
) -> None:
    """For all corners of a square that share what was found for the first."""
    nearest = Nearest([(number, lat, lon) for number, (lat, lon) in enumerate(places)])
    for north, east in ((0.0, 0.0), (0.19, 0.0), (0.0, 0.19), (0.19, 0.19), (0.1, 0.1)):
        there = here[0] // 0.2 * 0.2 + north, here[1] // 0.2 * 0.2 + east
        assert nearest.find_for_many(*there, count, within) == nearest.find(*there, count, within)


def test_what_is_too_far_is_not_found() -> None:
    near = Nearest([("paris", *PARIS), ("lyon", *LYON)])
    assert [item for _, item in near.find(*PARIS, 5, 500)] == ["paris", "lyon"]
    assert [item for _, item in near.find(*PARIS, 5, 300)] == ["paris"]
    assert Nearest([]).find(*PARIS, 5, 500) == []


def test_ties_keep_the_order_in_which_points_were_given() -> None:
    east, west = ("east", 45.0, 3.0), ("west", 45.0, 1.0)
    for given_order in ([east, west], [west, east]):
        found = Nearest(given_order).find(45.0, 2.0, 1, 100)
        assert [item for _, item in found] == [given_order[0][0]]
    twice = Nearest([("b", 45.0, 2.0), ("a", 45.0, 2.0)]).find(45.0, 2.0, 2, 1)
    assert [item for _, item in twice] == ["b", "a"]


@pytest.mark.parametrize("number", [400, 3_000, 100_000])
def test_the_nearest_of_many_are_found_among_few(number: int) -> None:
    """Cells get smaller the more points there are: of a hundred thousand, some hundred are seen."""
    random = Random(1)
    points = [(i, random.uniform(42, 51), random.uniform(-4, 8)) for i in range(number)]
    nearest = Nearest(points)
    for _ in range(5):
        here = random.uniform(42, 51), random.uniform(-4, 8)
        found = nearest.find(*here, 6, 60)
        assert [km for km, _ in found] == brute_force(points, *here, 6, 60)
    assert sum(map(len, nearest._cells.values())) / len(nearest._cells) < 10
