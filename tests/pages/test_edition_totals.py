"""What « N sur X » compares with is said, and what is missing only where X counts labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.pages import statistics
from atlaas.publish.calendar import calendar
from support import Small, tiny_tree
from tiny import TINY

EDITION = "data/editions/2017.yml"
TOTAL = "label: villes labellisées\n    value: 331\n"


def edition(folder: Path, words: str) -> Small:
    """The tiny project, with other words on the total of its edition 2017."""
    assert TOTAL in TINY[EDITION]
    return Small(tiny_tree(folder, {EDITION: TINY[EDITION].replace(TOTAL, words)}))


@pytest.fixture
def announced(tmp_path: Path) -> Small:
    words = (
        "label: collectivités annoncées\n    value: 230\n    at_least: true\n    inexact: true\n"
    )
    return edition(tmp_path, words)


def test_a_total_of_labels_says_what_is_missing(tiny: Small) -> None:
    page = tiny.text("label/2017/")
    assert "1 label connu ici, sur 331 (villes labellisées)" in page
    assert "330 labels de cette édition ne sont pas encore dans l'Atlaas." in page


def test_another_total_says_what_it_counts(announced: Small) -> None:
    page = announced.text("label/2017/")
    assert "1 label connu ici, sur plus de 230 (collectivités annoncées)" in page
    assert "Il manque" not in page
    assert "Le total publié compte les collectivités annoncées" in page
    assert "plus de 230 collectivités annoncées" in announced.text("label/")
    assert "sur plus de 230 collectivités annoncées" in calendar(
        announced.directory, announced.site
    ).decode().replace("\r\n ", "")


def test_shares_of_known_labels_leave_other_totals_out(tiny: Small, announced: Small) -> None:
    coverage = statistics.CHARTS["couverture"]
    assert [row[0] for row in coverage(tiny.directory).rows] == ["2017", "2018"]
    assert [row[0] for row in coverage(announced.directory).rows] == ["2018"]
