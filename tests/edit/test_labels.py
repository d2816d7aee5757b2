"""A territory has one label per edition, and what two sources say of it is kept."""

from __future__ import annotations

from typing import Any

from atlaas.edit.draft import Draft, same_source
from atlaas.edit.labels import add_doubt, add_label, complete_label, former_winner
from atlaas.geography.reference import Reference

URL = {"url": "https://exemple.fr/a"}
PRINTED = {"publisher": "La Voix", "title": "Cinq @", "date": "2018"}


def test_labels_are_in_the_order_of_editions() -> None:
    draft = Draft("territory", {"code": "59350"})
    for year in ("2018", "2010", "2014"):
        assert add_label(draft, {"edition": year}) is None
    assert [label["edition"] for label in draft.data["labels"]] == ["2010", "2014", "2018"]


def test_comments_stay_with_their_labels() -> None:
    draft = Draft("territory", {"labels": [{"edition": "2010"}, {"edition": "2018"}]})
    draft.trailing = {("labels", 0, "edition"): "# un", ("labels", 1, "edition"): "# deux"}
    add_label(draft, {"edition": "2014"})
    assert draft.trailing == {("labels", 0, "edition"): "# un", ("labels", 2, "edition"): "# deux"}


def test_the_label_that_is_there_comes_back_unchanged() -> None:
    mine = {"edition": "2018", "level": "3"}
    draft = Draft("territory", {"labels": [mine]})
    assert add_label(draft, {"edition": 2018, "level": "4"}) is mine
    assert draft.data == {"labels": [{"edition": "2018", "level": "3"}]}


def test_mentions_and_sources_are_added_once() -> None:
    mine: dict[str, Any] = {"mentions": ["a"], "sources": [URL]}
    other = {"mentions": ["a", "b"], "sources": [dict(URL), PRINTED]}
    assert complete_label(mine, other) == (1, 1)
    assert mine == {"mentions": ["a", "b"], "sources": [URL, PRINTED]}
    assert complete_label(mine, other) == (0, 0)
    empty: dict[str, Any] = {}
    assert complete_label(empty, {}) == (0, 0)
    assert empty == {}
    assert complete_label(empty, other) == (2, 2)


def test_sources() -> None:
    assert same_source(URL, {**URL, "title": "autre"})
    assert not same_source(URL, {"url": "https://exemple.fr/b"})
    assert not same_source(URL, PRINTED)
    assert same_source(PRINTED, {**PRINTED, "seen": "2026-11-21"})
    for key in PRINTED:
        assert not same_source(PRINTED, {**PRINTED, key: "autre"})


def test_doubts_are_joined_and_said_once() -> None:
    mine: dict[str, Any] = {}
    for doubt in ("un", "deux", "deux"):
        add_doubt(mine, doubt)
    assert mine == {"doubt": "un ; deux"}


def test_who_won_before_a_merger(reference: Reference) -> None:
    """Lancrans joined Valserhône on 1 January 2019, Arlod Bellegarde in 1971."""
    assert former_winner(reference, "01033", "LANCRANS (01)", "2018") == "01205"
    assert former_winner(reference, "01033", "Lancrans", "2020") == ""
    assert former_winner(reference, "01033", "Arlod", "2018") == ""
    assert former_winner(reference, "01033", "Valserhône", "2018") == ""
