"""A newer label of unknown level never hides the last level that is known."""

from __future__ import annotations

import pytest

from atlaas.publish.action_tables import all_tables
from support import Small, tiny_tree

SOURCES = "    sources:\n      - url: https://exemple.org/x\n"
ROUBAIX = 'code: "59512"\nlabels:\n' + "".join(
    f"  - edition: {year}\n{level}{SOURCES}"
    for year, level in ((2015, "    level: 5\n"), (2016, "    level: 4\n"), (2017, ""), (2018, ""))
)
NORD = (
    f'code: "dep-59"\nlabels:\n  - edition: 2016\n    level: 2\n{SOURCES}'
    f"  - edition: 2017\n{SOURCES}"
)
LILLE = f'code: "59350"\nlabels:\n  - edition: 2017\n{SOURCES}'


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Small:
    records = {
        "data/territories/59/59512-roubaix.yml": ROUBAIX,
        "data/territories/59/dep-59-nord.yml": NORD,
        "data/territories/59/59350-lille.yml": LILLE,
    }
    return Small(tiny_tree(tmp_path_factory.mktemp("later"), records))


def test_the_newest_known_level_stands(later: Small) -> None:
    roubaix = later.directory.territories["59512"]
    assert roubaix.latest is roubaix.labels[1]  # the 4 @ of 2016
    assert roubaix.newest is roubaix.labels[3]
    assert roubaix.labelled_later == 2018


def test_without_a_known_level_the_newest_label_stands(later: Small) -> None:
    lille = later.directory.territories["59350"]
    assert lille.latest is lille.newest is lille.labels[0]
    assert lille.labelled_later == 0


def test_the_pages_say_both(later: Small) -> None:
    page = later.text("territoires/59512-roubaix/")
    assert "4 arobases sur 5 à l'édition 2016, puis labellisée en 2018" in page
    assert "2 arobases sur 5 à l'édition 2016, puis labellisé en 2017" in later.text(
        "departements/59-nord/"
    )
    assert "· 2016, puis labellisée en 2018" in later.text("carte/")
    assert "Label de niveau non connu à l'édition 2017." in later.text("territoires/59350-lille/")


def test_the_table_gives_the_newest_edition_and_the_last_level_with_its_own(later: Small) -> None:
    table = next(t for t in all_tables() if t.name == "territoires")
    rows = {str(row[0]): row for row in table.rows(later.directory, later.site)}
    named = [c.name for c in table.columns]
    at = [named.index(n) for n in ("latest_edition", "latest_level", "latest_level_edition")]
    assert [rows["59512"][i] for i in at] == [2018, 4, 2016]
    assert [rows["59350"][i] for i in at] == [2017, None, None]
