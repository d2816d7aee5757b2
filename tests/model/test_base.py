"""Records that are held in few bytes: what is private in pydantic and in Python for that."""

from __future__ import annotations

import sys

from atlaas.model import Action, lighten


def action() -> Action:
    return Action.model_validate(
        {
            "title": "La bonne appli",
            "territory": "59378",
            "themes": ["lien"],
            "sources": [{"url": "https://ville.fr/"}],
        }
    )


def test_only_the_fields_that_were_given_are_forgotten() -> None:
    light = action()
    lighten(light)
    assert light.model_fields_set == set() and light.sources[0].model_fields_set == set()
    assert light == action() and light.model_dump() == action().model_dump()


def test_all_records_share_one_empty_set() -> None:
    first, second = action(), action()
    lighten(first)
    lighten(second)
    assert first.__pydantic_fields_set__ is second.__pydantic_fields_set__


def test_records_share_their_keys_and_equal_lists_of_words() -> None:
    records = [action() for _ in range(100)]  # Python learns how many keys there are from some
    before = sys.getsizeof(vars(records[0]))
    for record in records:
        lighten(record)
    first, last = records[0], records[-1]
    assert first.themes is last.themes and first.partners is last.partners is first.tools
    assert sys.getsizeof(vars(last)) < 0.7 * before
    assert last == action() and last.model_dump_json() == action().model_dump_json()
