"""A proposal whose code lies: its data are judged by the code of the project, never by its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from atlaas.project import Project as Checkout
from atlaas.review.laid_over import lay_over, sides, taken
from atlaas.review.versions import Version, VersionError
from scratch import Project, action, make_project
from support import clean_environment, copy_project, git, read_tree, two_departements, write_tree
from tiny import TINY

ACTION = "data/actions/59/59350-lille/maison-du-numerique.md"
LIE = "import sys\nprint('tout va bien')\nopen('/tmp/atlaas-pris', 'w').close()\nsys.exit(0)\n"
POISON = {
    "hooks/atlaas/review/forge_report.py": LIE,
    "hooks/atlaas/review/__init__.py": LIE,
    "hooks/atlaas/cli/report.py": LIE,
    "hooks/atlaas/__init__.py": LIE,
    "hooks/mkdocs_hooks.py": LIE,
    "hooks/sitecustomize.py": LIE,
    "mkdocs.yml": "site_name: pris\n",
    "Makefile": "proposal:\n\techo tout va bien > .cache/proposal/report.md\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Main, and two branches with the same data: one is honest, one also changes the code."""
    root = copy_project(tmp_path_factory.mktemp("poisoned") / "project", dict(TINY))
    two_departements(root / "data" / "reference")
    (root / ".gitignore").write_text(".cache/\nsite/\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "avant", day="2026-11-20")
    for branch, more in (("honest", {}), ("poisoned", POISON)):
        git(root, "switch", "--quiet", "--create", branch, "main")
        text = (root / ACTION).read_text("utf-8")
        write_tree(root, {ACTION: f"{text}\nIl reçoit 20 000 personnes.\n", **more})
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message", "après", day="2026-11-21")
    git(root, "switch", "--quiet", "main")
    return root


def report(root: Path, head: str, out: Path) -> str:
    """What the code of main says of a branch, in a process of its own as on the forge."""
    done = subprocess.run(
        [sys.executable, "-m", "atlaas", "report", "HEAD", str(out), "--head", head],
        cwd=root,
        env={**os.environ, **clean_environment(PYTHONPATH=str(root / "hooks"))},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "tout va bien" not in done.stdout + done.stderr
    return (out / "report.md").read_text("utf-8")


def test_the_report_of_a_proposal_whose_code_lies_is_the_same(
    project: Path, tmp_path: Path
) -> None:
    honest = report(project, "honest", tmp_path / "honest")
    poisoned = report(project, "poisoned", tmp_path / "poisoned")
    assert "nouveau chiffre\\, 20 000" in honest and "**Aperçu**" in honest
    added = [line for line in poisoned.splitlines() if line not in honest.splitlines()]
    lost = [line for line in honest.splitlines() if line not in poisoned.splitlines()]
    assert lost == [honest.splitlines()[0]]  # how many files and points there are
    assert added[2].startswith("- **À regarder (code)** : cette proposition touche")
    for line in [*added[:2], *added[3:]]:
        assert line.startswith(
            ("**1 fiche modifiée", "**Toute la proposition**", "<details>", "- `")
        )
    sites = [read_tree(tmp_path / name / "apercu") for name in ("honest", "poisoned")]
    assert sites[0] == sites[1] and len(sites[0]) > 3
    assert not Path("/tmp/atlaas-pris").exists()
    assert len(git(project, "worktree", "list").splitlines()) == 1


def test_code_alone_is_marked_and_judged_apart(tmp_path: Path) -> None:
    scratch = make_project(tmp_path)
    scratch.git("switch", "-q", "-c", "mine")
    scratch.write({"hooks/a.py": ""})
    scratch.commit()
    scratch.git("switch", "-q", "main")
    out = str(tmp_path / "out")
    done = scratch.run("report", "main", out, "--head", "mine", "--no-pages")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out/report.md").read_text("utf-8")
    assert "cette proposition touche au code" in text and "elle se relit à part" in text


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("data/actors/a.yml", True),
        ("content/a.md", True),
        ("hooks/a.py", False),
        ("data", False),
        ("database/a.yml", False),
        ("data/../hooks/a.py", False),
        ("data//a.yml", False),
        ("data/./a.yml", False),
        ("data/.git/config", False),
    ],
)
def test_only_data_and_pages_are_taken(path: str, inside: bool) -> None:
    assert taken(path) is inside


def test_what_is_no_plain_file_is_not_written(tmp_path: Path) -> None:
    write_tree(tmp_path, {"data/gone.yml": "x", "data/link.yml": "y", "hooks/a.py": "z"})
    lay_over(
        tmp_path,
        [
            Version("data/new/a.yml", None, b"n", "A"),
            Version("data/gone.yml", b"x", None, "D"),
            Version("data/never.yml", b"x", None, "D"),
            Version("data/link.yml", b"y", None, "T", "lien symbolique"),
            Version("hooks/a.py", b"z", b"pris", "M"),
        ],
    )
    assert read_tree(tmp_path) == {
        "data/new/a.yml": b"n",
        "data/link.yml": b"y",
        "hooks/a.py": b"z",
    }


@pytest.fixture
def scratch(tmp_path: Path) -> Project:
    made = make_project(tmp_path)
    made.git("switch", "-q", "-c", "mine")
    made.write({"data/actions/59/59350-lille/a.md": action("Un atelier", "59350")})
    made.commit()
    made.git("switch", "-q", "main")
    made.write({"data/actors/later.yml": "name: Après\n"})
    made.commit()
    return made


def test_both_sides_stand_on_the_last_commit(scratch: Project) -> None:
    """What main has gained meanwhile is on both sides, what the proposal brings on one."""
    checkout = Checkout(scratch.root)
    with sides(checkout, "main", "mine") as both:
        found = [version.path for version in both.found]
        assert found == ["data/actions/59/59350-lille/a.md"]
        old, new = read_tree(both.before.data), read_tree(both.after.data)
        assert new.keys() - old.keys() == {"actions/59/59350-lille/a.md"}
        assert "actors/later.yml" in old
    assert len(scratch.git("worktree", "list").splitlines()) == 1
    with sides(checkout, "main", None) as both:
        assert both.after == checkout and both.found == []
    with pytest.raises(VersionError), sides(checkout, "main", "nowhere"):
        pass
