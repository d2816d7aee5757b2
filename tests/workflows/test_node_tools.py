"""The tools written for Node: what is installed is locked, and without Node one is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support import PROJECT

TOOLS = ["lighthouse", "validate"]


@pytest.mark.parametrize(("tool", "version"), [("lighthouse", "18.20"), ("validate", "20.19")])
def test_without_node_one_is_told_what_to_do(tmp_path: Path, tool: str, version: str) -> None:
    for name in ("sh", "sed", "cat", "dirname", "cmp"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        [PROJECT / "scripts" / tool / "install.sh"],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert f"« make {tool} » a besoin de Node {version} ou plus récent" in done.stderr


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_installed_is_locked(tool: str) -> None:
    folder = PROJECT / "scripts" / tool
    wanted = json.loads((folder / "package.json").read_text("utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock.pop("")["dependencies"] == wanted["dependencies"]
    for name, version in wanted["dependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    for name, package in lock.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name  # any registry will do: the checksum says
