"""A spring at a maintainer's desk, in a scratch clone: new geography, a merger, its report.

The real records, the real scripts, two real builds: of the clone's main branch and of the
proposal in which Lambersart joins Lille.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from cli.test_reference import package_of, write_package
from scratch import Project
from support import PROJECT, SAMPLE, clean_environment, copy_project, two_departements

AFTER = "apercu/apres"
OLD = "territoires/59328-lambersart/"
NEW = "territoires/59350-lille-lambersart/"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample's Nord and Savoie under Git, on a branch of its own."""
    project = Project(copy_project(tmp_path_factory.mktemp("walk") / "clone"))
    two_departements(project.root / "data" / "reference")
    for kind in ("actions", "territories"):
        for folder in (project.root / "data" / kind).iterdir():
            if folder.name not in ("59", "73"):
                shutil.rmtree(folder)
    shutil.rmtree(project.root / "data" / "collections")  # of actions of all France
    shutil.copy(PROJECT / ".gitignore", project.root)
    project.git("init", "--quiet", "--initial-branch=main")
    project.commit("avant", day="2026-01-01")
    project.git("switch", "--quiet", "--create", "printemps")
    return project


@pytest.fixture(scope="module")
def report(clone: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that the forge would receive as an artefact."""
    package = package_of(clone.root / "data" / "reference")
    lambersart = next(c for c in package["communes"] if c["code"] == "59328")
    lille = next(c for c in package["communes"] if c["code"] == "59350")
    package["communes"].remove(lambersart)
    lille["anciensCodes"].append("59328")
    lille["nom"] = "Lille-Lambersart"
    folder = write_package(tmp_path_factory.mktemp("package"), package)
    done = clone.run("reference", "refresh", "--package", folder)
    count = len(list((SAMPLE / "data/actions/59/59328-lambersart").glob("*.md")))
    reported = f"Lambersart (59328, {count} actions) rejoint Lille-Lambersart : merge 59328 59350"
    assert count > 1 and reported in done.output
    assert clone.run("check").exit_code == 1  # its records name a code that is no more
    assert clone.run("merge", "59328", "59350").exit_code == 0
    done = clone.run("check")
    assert done.exit_code == 0, done.output
    clone.commit("après", day="2026-04-01")
    target = tmp_path_factory.mktemp("artefact") / "proposal"
    subprocess.run(
        [sys.executable, "-m", "atlaas", "report", "main", str(target), "--number", "12"],
        cwd=clone.root,
        check=True,
        timeout=300,
        env=clean_environment(PYTHONPATH=str(clone.root / "hooks")),
    )
    yield target


def test_the_report_says_what_happened(report: Path) -> None:
    text = (report / "report.md").read_text("utf-8")
    assert (report / "number").read_text() == "12"
    actions = sorted((SAMPLE / "data/actions/59/59328-lambersart").glob("*.md"))
    assert actions
    for path in actions:
        old, new = f"actions/59328/{path.stem}/", f"actions/59350/{path.stem}/"
        plain = text.replace("\\", "")
        said = rf"Action « .* »\*\*, déplacée : adresse changée, {old} → {new} \("
        assert re.search(said, plain), path.stem
        assert f" : modifiée, `/{new}`\n" in text.partition("**Aperçu**")[2]
    assert "sans redirection" not in text and "pas de redirection" not in text
    assert re.search(r"\d+ autres pages changent : ", text)
    assert f"redirigée, `/{OLD}`" in text and "retirée, `/" not in text


def test_pages_of_before_still_answer(report: Path) -> None:
    """Each leads on to a page that is in the new site, with the actions of both."""
    listed = (report / "pages.txt").read_text("utf-8").split("\n")
    stems = [p.stem for p in (SAMPLE / "data/actions/59/59328-lambersart").glob("*.md")]
    moved = {f"actions/59328/{stem}/": f"actions/59350/{stem}/" for stem in stems}
    for old, new in {OLD: NEW, "territoires/59350-lille/": NEW, **moved}.items():
        assert f"~ {old}index.html" in listed
        assert f"+ {new}index.html" in listed
        page = (report / AFTER / old / "index.html").read_text("utf-8")
        [target] = re.findall(r'<meta http-equiv="refresh" content="0; ?url=([^"]+)"', page)
        assert urljoin(f"https://x.example/{old}", target) == f"https://x.example/{new}"
    town = (report / AFTER / NEW / "index.html").read_text("utf-8")
    for new in moved.values():
        assert f'href="../../{new}index.html"' in town


def test_what_is_kept_is_what_differs(report: Path, clone: Project) -> None:
    listed = (report / "pages.txt").read_text("utf-8").split("\n")[:-1]
    kept = {p.relative_to(report / AFTER).as_posix() for p in (report / AFTER).rglob("*.html")}
    named = {line[2:] for line in listed if line[0] in "+~"}
    assert kept <= named and f"{NEW}index.html" in kept
    assert "~ departements/59-nord/index.html" in listed
    # Lambersart was comparable with Aix-les-Bains, but not with Chambéry.
    assert "~ territoires/73008-aix-les-bains/index.html" in listed
    assert not [line for line in listed if "73065-chambery" in line]
    assert json.loads(clone.run("diff", "main", "--format", "json").output)["pages"]
    assert clone.git("worktree", "list").count("\n") == 0  # the base's is taken away
