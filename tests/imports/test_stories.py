"""The story of an action in a list: facts become points, sentences stay."""

from __future__ import annotations

import pytest

from atlaas.imports.actions import body_of


@pytest.mark.parametrize(
    ("cell", "story"),
    [
        ("neuf stagiaires ; tablettes prêtées", "- Neuf stagiaires.\n- Tablettes prêtées."),
        ("Les sites sont gratuits ; le reste est payant.", None),
        ("La ville agit. Les sites sont gratuits ; le reste est payant", None),
        ("Elle agit.\n\nLes sites sont gratuits ; le reste, non.", None),
        ("un seul fait", None),
    ],
)
def test_story_of_a_cell(cell: str, story: str | None) -> None:
    assert body_of(cell) == (story or cell)
