"""The gate between data and code, and between what a person can read and what is too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.review import proposal
from atlaas.review.diff import mixed
from atlaas.review.risk import Risk
from scratch import make_project


@pytest.mark.parametrize(
    ("paths", "flagged"),
    [
        (["data/actions/59/59350-lille/a.md"], False),
        (["hooks/atlaas/read.py", "Makefile"], False),
        (["data/actors/a.yml", "hooks/atlaas/read.py"], True),
        (["data/actors/a.yml", "content/contribuer.md"], False),
        (["data/vocabulary/themes.yml", "schemas/action.json", "CHANGELOG.md"], False),
    ],
)
def test_data_and_code_are_not_proposed_together(paths: list[str], flagged: bool) -> None:
    look = mixed(paths)
    assert bool(look) is flagged
    if look:
        assert "1 fichier de données et 1 de code" in look.text


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
    assert done.exit_code == 1 and words in done.output and "::" not in done.output
    assert "l'étiquette « proposition acceptée »" in done.output
    done = project.run("gate", "main", "--format", "github")
    assert done.exit_code == 1
    assert done.output.startswith("::error title=proposition::") and words in done.output
    done = project.run("gate", "main", "--format", "github", "--allowed")
    assert done.exit_code == 0 and done.output.startswith("::warning title=proposition::")
    done = project.run("gate", "mine")
    assert (done.exit_code, done.output) == (0, "")
    done = project.run("gate", "nowhere")
    assert done.exit_code == 2 and "« nowhere » n'est pas une version connue" in done.output


def test_the_gate_bounds_what_a_person_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files of two bytes: each bound holds at the number itself, and not one below."""
    project = make_project(tmp_path)
    project.git("switch", "-q", "-c", "mine")
    project.write({f"data/actors/{name}.yml": "ab" for name in "xyz"})
    project.commit()
    for bound, most, size in (("MOST_FILES", 3, "3 fichiers"), ("MOST_BYTES", 6, "0 ko")):
        monkeypatch.setattr(proposal, bound, most)
        assert project.run("gate", "main").exit_code == 0
        monkeypatch.setattr(proposal, bound, most - 1)
        done = project.run("gate", "main")
        assert done.exit_code == 1 and size in done.output
        monkeypatch.undo()


def test_many_files_of_code_are_not_all_named() -> None:
    code = [f"hooks/{n}.py" for n in range(7)]
    shown = "hooks/0.py, hooks/1.py, hooks/2.py, hooks/3.py, hooks/4.py"
    start = "cette proposition touche 1 fichier de données et"
    end = ") : mieux vaut deux propositions, chacune se relit autrement"
    for these, words in (
        (code, f"7 de code ({shown} et 2 autres"),
        (code[:5], f"5 de code ({shown}"),
    ):
        assert mixed(["data/a.yml", *these]) == (Risk.CODE, f"{start} {words}{end}", "hooks/0.py")
    assert mixed(["data/a.yml", "a\x1b"]) == (Risk.CODE, f"{start} 1 de code (?{end}", "a\x1b")
