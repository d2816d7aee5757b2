"""Communes by size, and how many the official geography has in each class and région."""

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


def count_towns(reference: Reference) -> tuple[dict[str, int], dict[str, int]]:
    """How many communes there are by id of class, and by région."""
    communes = reference.folder / "communes.csv.gz"
    return cached(reference.project.cache, "towns", lambda: _count(reference), communes)


def _count(reference: Reference) -> tuple[dict[str, int], dict[str, int]]:
    sizes: dict[str, int] = {}
    regions: dict[str, int] = {}
    for codes in reference.codes_by_departement.values():
        for code in codes:
            place = reference.places[code]
            size = town_class(place.population).id
            sizes[size] = sizes.get(size, 0) + 1
            regions[place.region] = regions.get(place.region, 0) + 1
    return sizes, regions
