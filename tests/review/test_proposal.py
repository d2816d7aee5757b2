"""The gate between data and code, and the list of pages that a proposal changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.review import proposal
from scratch import make_project
from support import write_tree


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
    words = proposal.warning(paths)
    assert bool(words) is flagged
    if flagged:
        assert "1 fichier de données et 1 de code" in words


def test_pages_that_differ(tmp_path: Path) -> None:
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
    assert proposal.listed("Pages changées", ["x/index.html"]) == [
        "",
        "### Pages changées (1)",
        "",
        "- `/x/`",
    ]


def test_the_gate_compares_with_the_point_where_a_branch_left(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.git("switch", "-q", "-c", "mine")
    project.write({"data/actors/a.yml": "name: A\n", "hooks/a.py": ""})
    project.commit()
    project.git("switch", "-q", "main")
    project.write({"content/later.md": "x"})
    project.commit()
    project.git("switch", "-q", "mine")
    words = "1 fichier de données et 1 de code (hooks/a.py)"
    done = project.run("gate", "main")
    assert done.exit_code == 0 and words in done.output and "::" not in done.output
    done = project.run("gate", "main", "--format", "github")
    assert done.output.startswith("::warning title=données et code::") and words in done.output
    done = project.run("gate", "mine")
    assert (done.exit_code, done.output) == (0, "")
    done = project.run("gate", "nowhere")
    assert done.exit_code == 2 and "« nowhere » n'est pas une version connue" in done.output
