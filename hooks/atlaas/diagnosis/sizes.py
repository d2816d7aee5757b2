"""Areas of like size, and the median and quartiles of what is known of them."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import quantiles
from typing import NamedTuple

FEWEST = 5  # values below which no median is given: too few to say anything


class SizeClass(NamedTuple):
    """A class of population: ``least`` <= inhabitants < ``below`` (0: no upper bound)."""

    id: str
    label: str
    least: int
    below: int


def class_of(population: int, classes: Sequence[SizeClass]) -> SizeClass:
    """The class of a number of inhabitants: the last one has no upper bound."""
    return next((found for found in classes if population < found.below), classes[-1])


class Spread(NamedTuple):
    """How values spread; None where there are fewer than ``FEWEST``."""

    n: int
    low: Fraction | None  # first quartile
    median: Fraction | None
    high: Fraction | None  # third quartile


def spread(values: Iterable[Fraction]) -> Spread:
    """Median and quartiles of at least five values.

    Linear interpolation between ordered values, at position (n - 1) * p: definition 7 of Hyndman
    and Fan, « Sample quantiles in statistical packages », The American Statistician, 1996.
    """
    found = list(values)
    if len(found) < FEWEST:
        return Spread(len(found), None, None, None)
    return Spread(len(found), *quantiles(found, n=4, method="inclusive"))


def rate(count: int, population: int) -> Fraction:
    """How many for 10 000 inhabitants; zero where nobody lives."""
    return Fraction(10_000 * count, population) if population else Fraction(0)


def decimal(value: Fraction, digits: int = 2) -> str:
    """« 0.14 »: a value rounded half up, with exactly this many decimals."""
    return rounded(value.numerator, value.denominator, digits)


def percent(part: int, whole: int) -> str:
    """A share in percent with one decimal, rounded half up; empty where the whole is zero."""
    return rounded(100 * part, whole, 1) if whole else ""


def rounded(numerator: int, denominator: int, digits: int) -> str:
    """A quotient of whole numbers: floor(quotient * scale + 1/2), in whole numbers throughout."""
    scale: int = 10**digits
    whole = (2 * scale * numerator + denominator) // (2 * denominator)
    return f"{whole // scale}.{whole % scale:0{digits}}" if digits else str(whole)
