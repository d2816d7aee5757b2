"""What the explorer of /actions/ fetches: columns in the order of the search's cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from atlaas.publish import explorer, redirects, search
from support import Html, Small, many_actions, tiny_tree


def columns(small: Small, name: str) -> Any:
    made = {asset.url: asset for asset in explorer.assets(small.directory, small.site)}
    return json.loads(made[f"actions/explorer/{name}.json"].content())


def test_the_columns_say_what_the_records_say(tiny: Small) -> None:
    actions, ids = columns(tiny, "actions"), columns(tiny, "adresses")
    assert sorted(ids) == sorted(tiny.directory.actions)
    assert sum(actions["counts"]) == len(ids) == len(actions["status"])
    at = ids.index("59378/la-bonne-appli")
    # reseau-social is the second theme of the tiny vocabulary; 2016 is 26 years after 1990.
    assert columns(tiny, "theme").split(".")[at] == "BA"  # and numerique-educatif
    assert actions["started"][at] == actions["letters"][26]
    names = columns(tiny, "noms")
    whose = [n for n, count in enumerate(actions["counts"]) for _ in range(count)]
    assert names[whose[at]] == ["Marcq-en-Barœul", "territoires/59378-marcq-en-baroeul/"]
    places = columns(tiny, "territoires")
    marcq = tiny.directory.reference.places["59378"]
    assert places["population"][whose[at]] == marcq.population
    assert places["lat"][whose[at]] == round((marcq.lat or 0) * 1000)
    assert places["labelled"][whose[at]] == "1"


def test_a_card_is_that_of_the_search(tiny: Small) -> None:
    actions, ids = columns(tiny, "actions"), columns(tiny, "adresses")
    made = {asset.url: asset for asset in search.assets(tiny.directory, tiny.site)}
    for at, id_ in enumerate(ids):
        number = actions["first"] + at
        name = f"recherche/fiches/{number // actions['per_block']}.json"
        block = json.loads(made[name].content())
        assert block[number % actions["per_block"]][0] == f"actions/{id_}/"


@pytest.mark.parametrize(("name", "field"), [("theme", "themes"), ("usage", "usages")])
def test_choices_opened_later_have_a_column_each(tiny: Small, name: str, field: str) -> None:
    column = columns(tiny, name).split(".")
    ids = columns(tiny, "adresses")
    letters = columns(tiny, "actions")["letters"]
    listed = list(tiny.directory.vocabularies[field])
    for at, id_ in enumerate(ids):
        found = [listed[letters.index(letter)] for letter in column[at]]
        assert found == list(getattr(tiny.directory.actions[id_].record, field))


def test_what_is_fetched_at_once_takes_three_letters_an_action(tmp_path: Path) -> None:
    """State, year, whole or not: of forty more actions, a hundred and twenty bytes more."""

    def size(count: int) -> int:
        small = Small(tiny_tree(tmp_path / str(count), many_actions(count)))
        made = {asset.url: asset for asset in explorer.assets(small.directory, small.site)}
        return len(made["actions/explorer/actions.json"].content())

    assert size(60) - size(20) == 3 * 40


def test_without_script_the_list_stays(tiny: Small) -> None:
    page = Html(tiny.html("actions/"))
    assert "hidden" in page.one("div", id="explorer").attributes
    hrefs = [tag.attributes.get("href", "") for tag in page.all("a")]
    assert any(href and href.endswith("59378/la-bonne-appli/") for href in hrefs)


def test_old_addresses_of_who_does_it_lead_to_the_explorer(tiny: Small) -> None:
    made = {asset.url: asset for asset in redirects.assets(tiny.directory, tiny.site)}
    moved = made["reseau/themes/reseau-social/index.html"].content().decode()
    assert 'href="../../../actions/?theme=reseau-social"' in moved
