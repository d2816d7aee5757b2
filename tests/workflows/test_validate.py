"""make validate: what is installed is locked, and what each complaint says."""

from __future__ import annotations

import re
import sys

import pytest
from scripts.validate.told import Complaint, ask, run

from support import PROJECT


def test_what_is_installed_is_locked() -> None:
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
