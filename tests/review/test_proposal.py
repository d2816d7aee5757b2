"""The gate between data and code, and the list of pages that a proposal changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from atlaas.project import Project as Checkout
from atlaas.review import proposal
from atlaas.review.diff import mixed
from atlaas.review.risk import Risk
from scratch import Project, make_project
from support import read_tree, write_tree


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


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A branch on which one page came, one changed and one left; a site is the folder content/."""
    project = make_project(tmp_path)
    project.write({"content/same.html": "a", "content/x/index.html": "b", "content/gone.html": ""})
    project.commit()
    project.git("switch", "-q", "-c", "mine")
    project.write({"content/x/index.html": "c", "content/new/index.html": "n", "content/a.css": ""})
    project.write({"content/new/2.html": "m"})
    (tmp_path / "content/gone.html").unlink()

    def build(checkout: Path, target: Path) -> bool:
        if (checkout / "broken").exists():
            return False
        shutil.copytree(checkout / "content", target)
        return True

    monkeypatch.setattr(proposal, "build", build)
    return project


def test_the_pages_of_two_sites_are_compared(branch: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    lines = proposal.compare_sites(Checkout(branch.root), "main", out)
    assert lines == [
        *("", "### Pages nouvelles (2)", "", "- `/new/2.html`", "- `/new/`"),
        *("", "### Pages changées (1)", "", "- `/x/`"),
        *("", "### Pages retirées (1)", "", "- `/gone.html`"),
    ]
    assert read_tree(out) == {
        "pages.txt": b"+ new/2.html\n+ new/index.html\n~ x/index.html\n- gone.html\n",
        "pages/new/2.html": b"m",
        "pages/new/index.html": b"n",
        "pages/x/index.html": b"c",
    }
    assert len(branch.git("worktree", "list").splitlines()) == 1
    branch.commit()
    assert proposal.compare_sites(Checkout(branch.root), "mine", out) == [
        "",
        "Aucune page du site ne change.",
    ]


def test_a_site_that_cannot_be_built_is_not_compared(branch: Project, tmp_path: Path) -> None:
    branch.write({"broken": ""})
    found = proposal.compare_sites(Checkout(branch.root), "main", tmp_path)
    assert found == ["", "Le site ne se construit pas avec cette proposition."]
    branch.commit()
    (tmp_path / "broken").unlink()
    found = proposal.compare_sites(Checkout(branch.root), "mine", tmp_path)
    assert found == ["", "Le site d'avant ne se construit pas : pas de comparaison des pages."]
    assert len(branch.git("worktree", "list").splitlines()) == 1


def test_a_comparison_that_was_killed_leaves_nothing(
    branch: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between its two builds: its folder and its worktree go with the next comparison."""
    temporary = tmp_path / "temporary"
    write_tree(tmp_path, {"temporary/mine": "", "out/x": ""})
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    scratch = tmp_path / ".cache/scratch/proposal"
    branch.git("worktree", "add", "-q", "--detach", str(scratch / "base"), "main")
    write_tree(scratch, {"new/index.html": "half"})
    seen: list[list[str]] = []
    made = proposal.build

    def build(checkout: Path, target: Path) -> bool:
        seen.append([sorted(p.name for p in scratch.iterdir()), os.listdir(temporary)])
        return made(checkout, target)

    monkeypatch.setattr(proposal, "build", build)
    proposal.compare_sites(Checkout(branch.root), "main", tmp_path / "out")
    assert seen == [[["base"], ["mine"]], [["base", "new"], ["mine"]]]
    assert not scratch.exists()
    assert len(branch.git("worktree", "list").splitlines()) == 1


def test_few_pages_are_kept_and_named(
    branch: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposal, "MOST", 1)
    out = tmp_path / "out"
    out.mkdir()
    proposal.compare_sites(Checkout(branch.root), "main", out)
    assert list(read_tree(out)) == ["pages/new/2.html", "pages.txt"]
    paths = [f"{n}/index.html" for n in range(42)]
    assert proposal.listed("Pages", paths)[-2:] == ["- `/39/`", "- … et 2 autres"]
    assert proposal.listed("Pages", paths[:40])[-1] == "- `/39/`"
    assert proposal.listed("Pages", []) == []


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


def test_a_site_is_built_by_the_code_of_its_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[list[str], Path, str]] = []

    def run(command: list[str], **options: Any) -> Any:
        asked.append((command, options["cwd"], options["env"]["NO_MKDOCS_2_WARNING"]))
        return subprocess.CompletedProcess(command, len(asked) - 1)

    monkeypatch.setattr(proposal.subprocess, "run", run)
    target = tmp_path / "site"
    assert proposal.build(tmp_path, target) is True
    assert proposal.build(tmp_path, target) is False
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    files = ["--config-file", str(tmp_path / "mkdocs.yml"), "--site-dir", str(target)]
    assert asked[0] == ([*mkdocs, *files], tmp_path, "1")
