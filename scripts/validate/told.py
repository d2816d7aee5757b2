"""What validators are given and what they answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
TOOLS = Path(sys.prefix) / "bin"
PATIENCE = 600  # seconds that a tool may take


class Validated(NamedTuple):
    """A built site: its folder, and the address at which it is served."""

    site: Path
    address: str

    @property
    def data(self) -> Path:
        """The folder of the open data."""
        return self.site / "donnees"


class Complaint(Exception):
    """A validator is not content; says with what."""


def run(command: Sequence[str | Path]) -> str:
    """What a tool printed; raises Complaint where it ends with an error."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = (done.stdout + done.stderr).strip()
    if done.returncode:
        raise Complaint(said[-4000:] or f"{words[0]} : {done.returncode}")
    return said


def ask(true: object, words: object) -> None:
    """Complain unless something is true."""
    if not true:
        raise Complaint(str(words))
