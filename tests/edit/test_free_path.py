"""The file name proposed for an action: free, and one that every system can hold."""

from __future__ import annotations

import pytest

from atlaas.read.layout import action_stem, free_path


@pytest.mark.parametrize(
    ("title", "taken", "path"),
    [
        ("La bonne appli", 0, "f/la-bonne-appli.md"),
        ("La bonne appli", 2, "f/la-bonne-appli-3.md"),
        ("« Aux »", 0, "f/aux-2.md"),
        ("Con !!!", 0, "f/con-2.md"),
        ("Com 1", 0, "f/com-1.md"),
    ],
)
def test_a_free_path(title: str, taken: int, path: str) -> None:
    names = {"f/la-bonne-appli.md", "f/la-bonne-appli-2.md"} if taken else set()
    assert free_path("f", action_stem(title), names.__contains__) == path
