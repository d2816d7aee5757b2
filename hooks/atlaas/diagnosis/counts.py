"""Counts of the whole directory, of a theme, of an edition."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from atlaas.directory import Directory, LinkedAction, LinkedEdition, LinkedTerritory
from atlaas.model import Count
from atlaas.text import sort_key


class Coverage(NamedTuple):
    """How many labels of an edition are known here, next to the published total (None: unknown)."""

    known: int
    total: int | None


def total_of(edition: LinkedEdition) -> Count | None:
    """The published figure that an edition's record marks as its total."""
    return next((count for count in edition.record.counts if count.total), None)


def is_exact(total: Count | None) -> bool:
    """Whether a total counts the labels of its edition: what is missing follows from it."""
    return total is not None and not (total.inexact or total.at_least or total.approximate)


def coverage(edition: LinkedEdition) -> Coverage:
    """Known labels of an edition against the total that its record marks as such."""
    total = total_of(edition)
    return Coverage(len(edition.labels), total.value if total else None)


def enough(found: Coverage) -> bool:
    """Whether shares may rest on an edition: half of its labels are known, or more."""
    return found.total is not None and 2 * found.known >= found.total


def by_region(
    directory: Directory, actions: Iterable[LinkedAction]
) -> list[tuple[LinkedTerritory, int]]:
    """(région, number of actions carried in it), most first, then by name; zero left out."""
    counts = Counter(action.territory.region for action in actions)
    named = ((directory.territories.get(f"reg-{code}"), n) for code, n in counts.items())
    regions = [(region, count) for region, count in named if region]
    return sorted(regions, key=lambda item: (-item[1], sort_key(item[0].name)))


def most_active(actions: Iterable[LinkedAction], count: int) -> list[tuple[LinkedTerritory, int]]:
    """(territory, number of these actions), most first; ties keep the order of the actions."""
    counts = Counter(action.territory for action in actions)
    return [item for item in counts.most_common(count) if item[1] > 1]


class Totals(NamedTuple):
    """What the whole directory holds."""

    territories: int  # with a record or an action
    actions: int
    labels: int
    labelled: int  # territories with at least one known label
    editions: int


def totals(directory: Directory) -> Totals:
    """Count the directory; départements and régions count only where they have something."""
    kept = [t for t in directory.territories.values() if t.path or t.actions]
    return Totals(
        len(kept),
        len(directory.actions),
        sum(len(t.labels) for t in kept),
        len(directory.labelled),
        len(directory.editions),
    )
