"""A project without records, as reviewers' commands see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from scratch import make_project


@pytest.fixture(scope="package")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root: Path = tmp_path_factory.mktemp("projet")
    make_project(root)
    return open_workspace(Project(root), "2026-11-21")
