"""The gate between data and code, and the list of pages that a proposal changes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from support import PROJECT, write_tree


def script(name: str) -> ModuleType:
    sys.path.insert(0, str(PROJECT / "scripts"))
    try:
        spec = importlib.util.spec_from_file_location(name, PROJECT / "scripts" / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PROJECT / "scripts"))
    return module


@pytest.mark.parametrize(
    ("paths", "flagged"),
    [
        (["data/actions/59/59350-lille/a.md"], False),
        (["hooks/atlaas/read.py", "Makefile"], False),
        (["data/actors/a.yml", "hooks/atlaas/read.py"], True),
        (["data/actors/a.yml", "content/contribuer.md"], True),
        (["data/vocabulary/themes.yml", "schemas/action.json", "CHANGELOG.md"], False),
    ],
)
def test_data_and_code_are_not_proposed_together(paths: list[str], flagged: bool) -> None:
    gate = script("gate")
    words = gate.warning(*gate.mixed(paths))
    assert bool(words) is flagged
    if flagged:
        assert "1 fichier(s) de données et 1 de code" in words


def test_pages_that_differ(tmp_path: Path) -> None:
    proposal = script("proposal")
    old = write_tree(
        tmp_path / "old", {"index.html": "a", "x/index.html": "b", "gone/index.html": ""}
    )
    new = write_tree(
        tmp_path / "new", {"index.html": "a", "x/index.html": "c", "new/index.html": ""}
    )
    assert proposal.differing(old, new) == (
        ["new/index.html"],
        ["x/index.html"],
        ["gone/index.html"],
    )
    assert proposal._list("Pages changées", ["x/index.html"]) == [
        "",
        "### Pages changées (1)",
        "",
        "- `/x/`",
    ]
