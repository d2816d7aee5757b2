"""Labels won by communes that merged since: who won them is said wherever the label is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlaas.pages import palmares
from atlaas.publish import api
from atlaas.publish.action_tables import all_tables
from support import Small, tiny_tree

CULOZ = "territoires/01138-culoz-beon/"
SAID = "reçu par Béon, avant la fusion"
SOURCES = "    sources:\n      - url: https://exemple.org/x\n"
# In 2018 Culoz-Béon has a label of its own, and one that Béon (01039) won; in 2015 Béon alone.
FILE = (
    'code: "01138"\nlabels:\n'
    f'  - edition: 2015\n    level: 5\n    won_by: "01039"\n{SOURCES}'
    f"  - edition: 2018\n    level: 3\n    mentions: [arobase-verte]\n{SOURCES}"
    '  - edition: 2018\n    level: 4\n    won_by: "01039"\n    mentions: [arobase-verte]\n'
    f"{SOURCES}"
)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Small:
    root = tmp_path_factory.mktemp("merged")
    return Small(tiny_tree(root, {"data/territories/01/01138-culoz-beon.yml": FILE}))


def test_both_labels_of_an_edition_stand(merged: Small) -> None:
    territory = merged.directory.territories["01138"]
    assert [(label.edition, label.level, label.won_by) for label in territory.labels] == [
        (2015, 5, "01039"),
        (2018, 4, "01039"),
        (2018, 3, None),
    ]
    # Its own label stands for it, though the other one is higher.
    assert territory.latest is territory.by_edition[2018]
    assert territory.by_edition[2018].level == 3
    assert territory.by_edition[2015].level == 5


def test_the_pages_say_who_won(merged: Small) -> None:
    page = merged.text(CULOZ)
    assert page.count(SAID) == 4  # under the timeline and with the sources, twice each
    assert "3 arobases sur 5 à l'édition 2018." in page
    edition = merged.text("label/2018/")
    assert f"Culoz-Béon {SAID}" in edition
    assert edition.count("Culoz-Béon") == 3  # two labels, and the mention once
    assert merged.text("label/mentions/arobase-verte/").count(SAID) == 1
    assert f"Culoz-Béon {SAID}" in merged.text("label/5-arobases/")
    assert SAID not in merged.text("carte/")  # its latest label is its own


def test_a_latest_label_that_another_commune_won(tmp_path: Path) -> None:
    alone = FILE.partition("  - edition: 2018")[0]
    small = Small(tiny_tree(tmp_path, {"data/territories/01/01138-culoz-beon.yml": alone}))
    assert f"5 arobases sur 5 à l'édition 2015, {SAID}." in small.text(CULOZ)
    assert f"Ain, dernier label {SAID} · 2015" in small.text("carte/")


def test_a_name_where_no_code_is_known(tmp_path: Path) -> None:
    named = FILE.replace('"01039"', "Ancienne-Paroisse")
    small = Small(tiny_tree(tmp_path, {"data/territories/01/01138-culoz-beon.yml": named}))
    assert "reçu par Ancienne-Paroisse, avant la fusion" in small.text(CULOZ)


def test_levels_of_two_winners_are_not_compared(merged: Small) -> None:
    editions = merged.directory.editions
    found = palmares.moves(editions[2018], editions[2015])
    assert found is not None
    mine = [move for move in (*found.rises, *found.falls) if move.territory.code == "01138"]
    assert [(move.before, move.now) for move in mine] == [(5, 4)]  # of Béon alone
    assert [t.code for t in found.first if t.code == "01138"] == []  # 2015 was its first


def test_tables_and_api_hold_who_won(merged: Small) -> None:
    table = next(table for table in all_tables() if table.name == "labels")
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows(merged.directory, merged.site)]
    mine = [row for row in rows if row["territory"] == "01138"]
    assert [(row["edition"], row["level"], row["won_by"]) for row in mine] == [
        (2015, 5, "01039"),
        (2018, 4, "01039"),
        (2018, 3, "01138"),
    ]
    documents = {asset.url: asset for asset in api.assets(merged.directory, merged.site)}
    document = json.loads(documents["api/v1/editions/2018.json"].content())
    assert [
        (label["level"], label.get("won_by"))
        for label in document["labels"]
        if label["territory"] == "01138"
    ] == [(4, "01039"), (3, None)]
