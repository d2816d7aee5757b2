"""The one definition of comparable territories, in a France made for it.

Communes of the sample's geography, by inhabitants: Tourcoing 98 772, Roubaix 98 286, Nancy and
others of 70 000 to 99 999.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from atlaas.diagnosis.comparable import LADDER, Comparables
from atlaas.directory.indicator_areas import AreasAbove, classes_of, main_classes
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.geography.reference import Reference
from atlaas.model.indicator_head import IndicatorHead

ROUBAIX, TOURCOING, LILLE, MEL = "59512", "59599", "59350", "200093201"


def classes(reference: Reference, role: str, parts: Mapping[str, int]) -> IndicatorSet:
    """A grid of two classes, as reading makes it."""
    head = IndicatorHead.model_validate(
        {
            "id": role,
            "label": role,
            "kind": "classe",
            "unit": "classe",
            "role": role,
            "classes": [{"value": 1, "label": f"Un {role}"}, {"value": 2, "label": f"Deux {role}"}],
            "date": "2026",
            "publisher": "Essai",
            "source": "https://exemple.org",
            "licence": "LO",
            "rows": len(parts),
        }
    )
    above = AreasAbove(reference, "commune")
    found = classes_of(head, parts, above)
    areas = main_classes(found, above)
    return IndicatorSet(head, "", parts, {}, areas, found, {}, reference.codes("commune"))


def comparables(reference: Reference, *sets: IndicatorSet) -> Comparables:
    directory: Any = SimpleNamespace(reference=reference, indicators=list(sets))
    return Comparables(directory)


def of_range(reference: Reference, least: int, below: int) -> list[str]:
    people = reference.populations
    return sorted((c for c in people if least <= people[c] < below), key=lambda c: (people[c], c))


def test_no_step_of_the_ladder_is_more_than_1_7_times_the_one_before() -> None:
    assert LADDER[:7] == (100, 150, 200, 300, 500, 700, 1000)
    assert LADDER[-1] == 10_000_000
    assert all(Decimal(b) / a <= Decimal("1.7") for a, b in itertools.pairwise(LADDER))


def test_without_grids_it_is_the_kind_and_the_population(reference: Reference) -> None:
    group = comparables(reference).of(ROUBAIX)
    assert group is not None
    assert list(group.codes) == of_range(reference, 70_000, 100_000)
    assert (group.least, group.below, group.many) == (70_000, 100_000, "communes")
    assert group.words == "communes de 70\u202f000 à 99\u202f999 habitants"
    assert group.members >= {ROUBAIX, TOURCOING}
    assert LILLE not in group.members


def test_density_and_centrality_must_be_the_same(reference: Reference) -> None:
    """Six communes of the range have both classes of Roubaix; a seventh has another centrality."""
    alike = of_range(reference, 70_000, 100_000)
    seven = [ROUBAIX, TOURCOING, *(c for c in alike if c not in (ROUBAIX, TOURCOING))][:7]
    density = classes(reference, "densite", {**dict.fromkeys(alike, 2), **dict.fromkeys(seven, 1)})
    centrality = classes(reference, "centralite", {**dict.fromkeys(alike, 1), seven[6]: 2})
    group = comparables(reference, density, centrality).of(ROUBAIX)
    assert group is not None
    assert {*group.codes} == {*seven[:6]}
    assert group.words == (
        "communes de 70\u202f000 à 99\u202f999 habitants, un densite, un centralite"
    )


def test_too_few_widen_the_range_then_drop_the_grids(reference: Reference) -> None:
    """Of the class of Roubaix: Tourcoing; then three of 100 000 to 149 999, a step wider."""
    around = of_range(reference, 100_000, 150_000)[:3]
    density = classes(reference, "densite", dict.fromkeys([ROUBAIX, TOURCOING, *around], 1))
    group = comparables(reference, density).of(ROUBAIX)
    assert group is not None
    assert [*group.codes] == [ROUBAIX, TOURCOING, *around]
    assert group.words == "communes de 50\u202f000 à 149\u202f999 habitants, un densite"
    alone = comparables(reference, classes(reference, "densite", {ROUBAIX: 1})).of(ROUBAIX)
    assert alone is not None
    assert [*alone.codes] == of_range(reference, 20_000, 300_000)
    assert alone.words == "communes de 20\u202f000 à 299\u202f999 habitants"


def test_it_widens_until_enough_of_the_known_are_there(reference: Reference) -> None:
    near, far = of_range(reference, 70_000, 100_000), of_range(reference, 150_000, 200_000)
    found = comparables(reference)
    group = found.of(ROUBAIX, frozenset(near[:5]))
    assert group is not None and group.below == 100_000
    known = frozenset([*near[:4], far[0]])
    group = found.of(ROUBAIX, known)
    assert group is not None and group.below == 200_000
    assert known <= set(group.codes) and LILLE not in group.codes


def test_those_that_are_named_are_never_far(reference: Reference) -> None:
    """A step wider at most: 50 000 to 149 999, never Lille with 238 246."""
    found = comparables(reference)
    assert [*found.nearest(ROUBAIX, frozenset([TOURCOING, LILLE, ROUBAIX]), 3)] == [TOURCOING]
    assert [*found.nearest(ROUBAIX, frozenset(), 3)] == []
    assert [*found.nearest("x-nulle-part", frozenset([TOURCOING]), 3)] == []


def test_the_nearest_in_population_are_named_first(reference: Reference) -> None:
    """Around Roubaix (98 286): the ratio counts, not the difference; zeros never."""
    found = comparables(reference)
    peers = [c for c in of_range(reference, 50_000, 150_000) if c != ROUBAIX]
    people = reference.populations
    ratio = {c: max(people[c], people[ROUBAIX]) / min(people[c], people[ROUBAIX]) for c in peers}
    assert [*found.nearest(ROUBAIX, frozenset(peers), 99)] == sorted(peers, key=ratio.__getitem__)
    empty = next(code for code, count in people.items() if not count)
    assert [*found.nearest(empty, frozenset(people), 3)] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [("reg-32", "régions"), ("dep-59", "départements de"), (MEL, "intercommunalités de")],
)
def test_areas_are_compared_with_areas_of_their_kind(
    reference: Reference, code: str, words: str
) -> None:
    group = comparables(reference).of(code)
    assert group is not None
    kinds = {reference.places[other].kind for other in group.codes}
    assert kinds == {reference.places[code].kind}
    assert group.words.startswith(words)
    if code == "reg-32":
        assert len(group.codes) == 26


def test_the_class_of_an_area_is_that_of_most_inhabitants(reference: Reference) -> None:
    """Lille has more inhabitants than Roubaix and Tourcoing together: 238 246 and 197 058."""
    grid = classes(reference, "densite", {LILLE: 2, ROUBAIX: 1, TOURCOING: 1})
    assert grid.areas[MEL].part == 2
    centre = classes(reference, "centralite", {LILLE: 1, ROUBAIX: 2})
    group = comparables(reference, grid, centre).of(MEL)
    assert group is not None
    assert MEL in group.members


def test_what_is_no_place_has_none(reference: Reference) -> None:
    assert comparables(reference).of("x-syndicat") is None
