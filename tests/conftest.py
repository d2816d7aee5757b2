"""Fixtures of the whole suite. Nothing is built or read before a test asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.geography.reference import Reference
from atlaas.project import Project
from atlaas.read import watcher
from support import SAMPLE, Small, build_site, copy_project, git, tiny_tree


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The official geography, read once."""
    return Reference(Project(SAMPLE))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project of tiny.TINY, linked, with its pages."""
    return Small(tiny_tree(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of this project with the records of the sample, entered on two days.

    Everything stands since 2025-09-01, except the actions of the Nord, since 2026-11-21.
    """
    root = copy_project(tmp_path_factory.mktemp("sample") / "project")
    git(root, "init", "-q", "-b", "main")
    for day, paths in (
        ("2025-09-01", ("data", ":!data/actions/59", "content")),
        ("2026-11-21", ("data/actions/59",)),
    ):
        git(root, "add", *paths)
        git(root, "commit", "-q", "-m", "Fiches", day=day)
    return root


@pytest.fixture(scope="session")
def sample(sample_root: Path) -> Small:
    """The sample, linked, with its pages."""
    return Small(sample_root)


@pytest.fixture(scope="session")
def built_site(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample, built strictly; no warning is let through."""
    target = tmp_path_factory.mktemp("built") / "site"
    done = build_site(sample_root, target, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout, done.stdout
    return target


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that all files are looked at."""
    seen: list[str] = []
    real = watcher.inventory
    monkeypatch.setattr(watcher, "inventory", lambda root: (seen.append(root), real(root))[1])
    return seen
