"""Records that forget which of their fields were given: what is private in pydantic for that."""

from __future__ import annotations

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
