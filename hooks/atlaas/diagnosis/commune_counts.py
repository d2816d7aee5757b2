"""Communes by size, and how many the official geography has in each class and région."""

from collections import Counter
from typing import NamedTuple

from atlaas.diagnosis.sizes import SizeClass, class_of
from atlaas.geography.reference import Reference
from atlaas.work.cache import cached

# Our own choice: round numbers. A commune of less than 2 000 inhabitants is rural for INSEE.
TOWN_CLASSES = (
    SizeClass("moins-de-2000", "moins de 2 000 habitants", 0, 2_000),
    SizeClass("2000-9999", "2 000 à 9 999 habitants", 2_000, 10_000),
    SizeClass("10000-49999", "10 000 à 49 999 habitants", 10_000, 50_000),
    SizeClass("50000-99999", "50 000 à 99 999 habitants", 50_000, 100_000),
    SizeClass("100000-et-plus", "100 000 habitants et plus", 100_000, 0),
)


def town_class(population: int) -> SizeClass:
    """The class of a commune."""
    return class_of(population, TOWN_CLASSES)


class Towns(NamedTuple):
    """How many communes there are."""

    by_class: dict[str, int]
    by_region: dict[str, int]


def count_towns(reference: Reference) -> Towns:
    """How many communes there are by id of class, and by région."""
    communes = reference.folder / "communes.csv.gz"
    cache = reference.project.cache
    return cached(Towns, cache, "towns", lambda: _count(reference), communes)


def _count(reference: Reference) -> Towns:
    codes = reference.codes_by_departement.values()
    communes = [reference.places[code] for inside in codes for code in inside]
    sizes = Counter(town_class(place.population).id for place in communes)
    return Towns(dict(sizes), dict(Counter(place.region for place in communes)))
