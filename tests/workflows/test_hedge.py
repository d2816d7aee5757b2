"""The comparison of the site of MkDocs with that of ProperDocs."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.hedge import main

from support import write_tree

SITE = {"index.html": "accueil", "carte/index.html": "carte", "assets/a.js": "1"}


def compare(folder: Path, other: dict[str, str]) -> int:
    write_tree(folder / "a", SITE)
    write_tree(folder / "b", other)
    return main([str(folder / "a"), str(folder / "b"), "ProperDocs", "MkDocs"])


def test_the_same_site_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(tmp_path, dict(SITE)) == 0
    assert capsys.readouterr().out == "ProperDocs construit le même site que MkDocs (3 fichiers).\n"


def test_every_difference_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = {"index.html": "Accueil", "carte/index.html": "carte", "b.js": "1"}
    assert compare(tmp_path, other) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "manque : assets/a.js",
        "en trop : b.js",
        "différent : index.html",
    ]


def test_of_many_differences_the_first_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(tmp_path, {**SITE, **{f"x/{n:02}.html": "" for n in range(25)}}) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "en trop : x/00.html"
    assert lines[20:] == ["en trop : x/19.html", "… et 5 autres"]


def test_a_site_that_was_not_built_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(tmp_path, {"carte/index.html": "carte"}) == 1
    assert "Il n'y a pas de site dans" in capsys.readouterr().out
