"""make validate: what is installed is locked, and what each complaint says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.validate.told import Complaint, ask, run

from support import PROJECT

FOLDER = PROJECT / "scripts" / "validate"


def test_without_node_one_is_told_what_to_do(tmp_path: Path) -> None:
    for name in ("sh", "sed", "cat", "dirname", "cmp"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        [FOLDER / "install.sh"],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "a besoin de Node 20.19" in done.stderr


def test_what_is_installed_is_locked() -> None:
    wanted = json.loads((FOLDER / "package.json").read_text("utf-8"))
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock.pop("")["dependencies"] == wanted["dependencies"]
    for name, package in lock.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name  # any registry will do: the checksum says
    asked = (PROJECT / "requirements" / "validate.in").read_text("utf-8")
    locked = (PROJECT / "requirements" / "validate.txt").read_text("utf-8")
    for line in re.findall(r"^[a-z-]+==\S+$", asked, re.MULTILINE):
        assert f"{line} \\\n    --hash=sha256:" in locked, line


def test_a_tool_that_ends_with_an_error_complains_in_its_own_words() -> None:
    with pytest.raises(Complaint, match="une page fausse"):
        run([sys.executable, "-c", "raise SystemExit('une page fausse')"])
    assert run([sys.executable, "-c", "print('bien')"]) == "bien"
    ask(1, "rien")
    with pytest.raises(Complaint, match="un zéro perdu"):
        ask([], "un zéro perdu")
