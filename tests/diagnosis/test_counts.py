"""Counting, on the tiny project."""

from __future__ import annotations

from atlaas import build, diagnosis
from support import Small


def test_coverage_compares_with_the_published_total(tiny: Small) -> None:
    editions = tiny.directory.editions
    assert diagnosis.coverage(editions[2018]) == (3, 3)
    assert diagnosis.coverage(editions[2017]) == (1, 331)  # not 450, the other count
    assert diagnosis.coverage(editions[2016]) == (0, None)


def test_by_region_counts_most_first_and_leaves_out_zero(tiny: Small) -> None:
    counted = diagnosis.by_region(tiny.directory, tiny.directory.actions.values())
    assert [(t.name, count) for t, count in counted] == [
        ("Hauts-de-France", 3),
        ("Auvergne-Rhône-Alpes", 1),
    ]
    assert diagnosis.by_region(tiny.directory, []) == []


def test_regions_of_equal_count_stand_by_name(tiny: Small) -> None:
    actions = [tiny.directory.actions[i] for i in ("59350/maison-du-numerique", "73008/tiers-lieu")]
    counted = diagnosis.by_region(tiny.directory, actions)
    assert [t.name for t, _ in counted] == ["Auvergne-Rhône-Alpes", "Hauts-de-France"]


def test_most_active_names_only_those_with_several(tiny: Small) -> None:
    found = diagnosis.most_active(tiny.directory.actions.values(), 8)
    assert [(t.name, count) for t, count in found] == [("Marcq-en-Barœul", 2)]


def test_totals(tiny: Small) -> None:
    """Six files and Lille; four actions; five labels of four territories; four editions."""
    assert diagnosis.totals(tiny.directory) == (7, 4, 5, 4, 4)


def test_the_closing_line_of_a_build(tiny: Small) -> None:
    summary = build.summary(tiny.directory)
    assert (summary["territories"], summary["actions"], summary["labels"]) == (7, 4, 5)
