"""What the values of places make of the areas above them: sums, sums over sums, counts of classes.

``known`` of ``of`` places have a value. The country is an area too, under ``FRANCE``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from atlaas.geography.reference import FRANCE, Reference
from atlaas.model.indicator_head import IndicatorHead

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


class AreasAbove:
    """The areas above the places of a level; made once for all indicators of that level."""

    def __init__(self, reference: Reference, level: str) -> None:
        self.of: dict[str, tuple[str, ...]] = {}  # code of a place -> the areas it counts for
        self.populations: Mapping[str, int] = reference.populations
        if level == "commune":
            self.of = reference.areas_of_communes
        else:
            places = reference.places.except_communes()
            self.populations = {place.code: place.population for place in places}
            for place in reference.places.except_communes():
                if place.kind == level:
                    region = (f"reg-{place.region}",) if level == "departement" else ()
                    self.of[place.code] = (*region, FRANCE)
        self.every = Counter(area for areas in self.of.values() for area in areas)


def amounts(
    head: IndicatorHead,
    parts: Mapping[str, Measure],
    wholes: Mapping[str, Measure],
    above: AreasAbove,
) -> dict[str, Amount]:
    """Code of each area -> its amount; nothing of a number or a class, which do not add up.

    An area without any value has none, unless absent means zero.
    """
    if head.kind in ("nombre", "classe"):
        return {}
    every = above.every
    sums: dict[str, Measure] = dict.fromkeys(every, 0)
    totals: dict[str, Measure] = dict.fromkeys(every, 0)
    known = dict.fromkeys(every, 0)
    for code, part in parts.items():
        whole = wholes.get(code, 0)
        for area in above.of[code]:
            sums[area] += part
            totals[area] += whole
            known[area] += 1
    if head.absent == "zero":
        known = every
    if head.kind == "oui-non":
        totals = {**known}
    return {
        area: Amount(sums[area], totals[area], known[area], count)
        for area, count in every.items()
        if known[area]
    }


def living(head: IndicatorHead, parts: Mapping[str, Measure], above: AreasAbove) -> dict[str, int]:
    """Code of each area that is known in part -> the inhabitants of the places that are known.

    They are what a sum is compared by. Nothing of other kinds, nor where absent means zero.
    """
    if head.kind != "somme" or head.absent == "zero":
        return {}
    known: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for code in parts:
        for area in above.of[code]:
            known[area] += 1
            people[area] += above.populations[code]
    return {area: people[area] for area, count in known.items() if count < above.every[area]}


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
    head: IndicatorHead, parts: Mapping[str, Measure], above: AreasAbove
) -> dict[str, Classes]:
    """Of a class of communes: area -> class -> how many communes and inhabitants, lowest first."""
    if head.kind != "classe" or head.level != "commune":
        return {}
    found: dict[str, dict[int, list[int]]] = {area: {} for area in above.every}
    for code, part in parts.items():
        people = above.populations[code]
        for area in above.of[code]:
            counts = found[area].get(int(part))
            if counts:
                counts[0] += 1
                counts[1] += people
            else:
                found[area][int(part)] = [1, people]
    return {
        area: {value: (counts[value][0], counts[value][1]) for value in sorted(counts)}
        for area, counts in found.items()
        if counts
    }


def main_classes(classes: Mapping[str, Classes], above: AreasAbove) -> dict[str, Amount]:
    """Code of each area -> the class of most of its inhabitants; the lowest of equal ones."""
    return {
        area: Amount(
            max(found, key=lambda value: (found[value][1], -value)),
            0,
            sum(count for count, _ in found.values()),
            above.every[area],
        )
        for area, found in classes.items()
    }
