"""What the values of places make of the areas above them: sums, sums over sums, counts of classes.

``known`` of ``of`` places have a value. The country is an area too, under ``FRANCE``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from atlaas.geography.reference import FRANCE, Reference
from atlaas.model.indicator_head import QUOTIENTS, IndicatorHead

Measure = int | Decimal
Classes = dict[int, tuple[int, int]]  # class -> how many communes it has, and inhabitants


class Amount(NamedTuple):
    """What is measured of a place or an area.

    ``whole`` is what ``part`` is a part of: the other number of a rate; of a yes or no, the places
    that are known; else 0. The part of a class is the class itself: of an area, that of most of
    its inhabitants.
    """

    part: Measure
    whole: Measure = 0
    known: int = 1  # places that it is made of
    of: int = 1  # places that there are


def above(head: IndicatorHead, reference: Reference) -> dict[str, tuple[str, ...]]:
    """Code of each place of the level of an indicator -> the areas that its value counts for."""
    if head.level == "commune":
        return reference.areas_of_communes
    return {
        place.code: (f"reg-{place.region}", FRANCE) if head.level == "departement" else (FRANCE,)
        for place in reference.places.except_communes()
        if place.kind == head.level
    }


def amounts(
    head: IndicatorHead,
    parts: Mapping[str, Measure],
    wholes: Mapping[str, Measure],
    reference: Reference,
) -> dict[str, Amount]:
    """Code of each area -> its amount; nothing of a number, which does not add up.

    An area without any value has none, unless absent means zero.
    """
    if head.kind == "nombre":
        return {}
    if head.kind == "classe":
        return _main_classes(head, parts, reference)
    areas = above(head, reference)
    every = Counter(area for codes in areas.values() for area in codes)
    sums: dict[str, Measure] = dict.fromkeys(every, 0)
    totals: dict[str, Measure] = dict.fromkeys(every, 0)
    known: Counter[str] = Counter()
    for code, part in parts.items():
        whole = wholes.get(code, 0)
        for area in areas[code]:
            sums[area] += part
            totals[area] += whole
            known[area] += 1
    if head.absent == "zero":
        known = every
    if head.kind == "oui-non":
        totals = {**known}
    elif head.kind not in QUOTIENTS:
        totals = dict.fromkeys(every, 0)
    return {
        area: Amount(sums[area], totals[area], known[area], every[area])
        for area in every
        if known[area]
    }


def amount_of(
    head: IndicatorHead,
    parts: Mapping[str, Measure],
    wholes: Mapping[str, Measure],
    codes: Iterable[str],
) -> Amount | None:
    """What any places of the level make together, as an area would have it; None without any.

    The class of several places is not asked here: it takes their inhabitants.
    """
    every = list(codes)
    found = [code for code in every if code in parts]
    known = len(every) if head.absent == "zero" else len(found)
    if not known or (head.kind in ("nombre", "classe") and len(every) > 1):
        return None
    part = sum((parts[code] for code in found), 0)
    whole = sum((wholes.get(code, 0) for code in found), 0)
    return Amount(part, known if head.kind == "oui-non" else whole, known, len(every))


def classes_of(
    head: IndicatorHead, parts: Mapping[str, Measure], reference: Reference
) -> dict[str, Classes]:
    """Of a class: area -> class -> how many communes and inhabitants, lowest class first."""
    if head.kind != "classe" or head.level != "commune":
        return {}
    communes: dict[str, Counter[int]] = {}
    people: dict[str, Counter[int]] = {}
    areas, populations = reference.areas_of_communes, reference.populations
    for code, part in parts.items():
        for area in areas[code]:
            if area not in communes:
                communes[area], people[area] = Counter(), Counter()
            communes[area][int(part)] += 1
            people[area][int(part)] += populations[code]
    return {
        area: {value: (counts[value], people[area][value]) for value in sorted(counts)}
        for area, counts in communes.items()
    }


def _main_classes(
    head: IndicatorHead, parts: Mapping[str, Measure], reference: Reference
) -> dict[str, Amount]:
    every = Counter(area for codes in reference.areas_of_communes.values() for area in codes)
    return {
        area: Amount(
            max(classes, key=lambda value: (classes[value][1], -value)),
            0,
            sum(count for count, _ in classes.values()),
            every[area],
        )
        for area, classes in classes_of(head, parts, reference).items()
    }
