"""What the tests of rules share: the real geography, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.reference import Reference


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference(Path(__file__).parents[2] / "data/reference")
