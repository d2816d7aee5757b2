"""Fixtures of the whole suite. Nothing is built or read before a test asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.geography.reference import Reference
from atlaas.project import Project
from support import Small, build_site, tiny_tree

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The official geography, read once."""
    return Reference(Project(PROJECT))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project of tiny.TINY, linked, with its pages."""
    return Small(tiny_tree(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project, built strictly into a folder of this run; no warning is let through."""
    target = tmp_path_factory.mktemp("built") / "site"
    done = build_site(PROJECT, target, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout, done.stdout
    return target
