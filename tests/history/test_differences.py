"""One list of changes: a field of a model is in it, and in both wordings, by being in the model."""

from __future__ import annotations

import copy
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from atlaas.history.differences import EntryChange, FieldChange, record_changes
from atlaas.history.feed_wording import record_words
from atlaas.model import Action, Label, Model, Shown, Territory, fields
from atlaas.read import Document
from atlaas.review.wording import Glossary, notes

GLOSSARY = Glossary(lambda code: f"lieu {code}", lambda vocabulary, id_: f"{vocabulary}:{id_}")


class Network(Model):
    """Entries of a list that no wording has heard of."""

    operator: str = Field(title="Opérateur")
    speed: int | None = Field(None, title="Débit")


class Tram(Network):
    """The same, with a name for its entries."""

    named_by: ClassVar[tuple[str, ...]] = ("speed",)


class LaterAction(Action):
    """An action with fields of a version to come."""

    budget: int | None = Field(None, title="Budget")
    report: Annotated[str | None, Shown(changed="bilan publié")] = Field(None, title="Bilan")
    tools: list[str] = Field([], title="Outils")
    awards: Annotated[list[str], Shown(entry="récompense", feminine=True)] = Field(
        [], title="Récompenses"
    )
    networks: list[Network] = Field([], title="Réseaux")
    lines: Annotated[list[Tram], Shown(entry="ligne", feminine=True)] = Field([], title="Lignes")


class LaterLabel(Label):
    """A label with another figure."""

    rank: int | None = Field(None, title="Rang")


class LaterTerritory(Territory):
    """A territory with such labels."""

    labels: Annotated[list[LaterLabel], Shown(entry="label")] = Field([], title="Labels")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fields.MODELS, "action", LaterAction)
    monkeypatch.setitem(fields.MODELS, "territory", LaterTerritory)


def versions(kind: str, old: Any, new: Any) -> tuple[Document, Document]:
    return Document("x", kind, "", old), Document("x", kind, "", new)


@pytest.mark.parametrize(
    ("old", "new", "for_readers", "for_reviewers"),
    [
        ({"budget": "3"}, {"budget": "4"}, "budget mis à jour", "budget : 3 → 4"),
        ({}, {"budget": "4"}, "budget mis à jour", "budget : 4"),
        ({"budget": "3"}, {}, "budget mis à jour", "budget, retrait : 3"),
        ({}, {"report": "fait"}, "bilan publié", "bilan : fait"),
        ({}, {"tools": ["vélo"]}, "outils mis à jour", "outils, ajout : vélo"),
        ({"awards": ["prix"]}, {}, "récompense retirée : prix", "récompense retirée : prix"),
        (
            {},
            {"networks": [{"operator": "Régie"}]},
            "réseaux mis à jour",
            "réseaux, ajout : « Régie »",
        ),
        (
            {"networks": [{"operator": "Régie"}]},
            {"networks": [{"operator": "Régie", "speed": "8"}]},
            "réseaux mis à jour",
            "réseaux « Régie », débit : 8",
        ),
        ({}, {"lines": [{"speed": "8"}]}, "ligne ajoutée : 8", "ligne ajoutée : « 8 »"),
    ],
)
@pytest.mark.usefixtures("later")
def test_a_new_field_is_in_both_wordings(
    old: dict[str, Any], new: dict[str, Any], for_readers: str, for_reviewers: str
) -> None:
    pair = versions("action", old, new)
    assert record_words(*pair, {}) == (for_readers,)
    assert [note.text for note in notes(*pair, GLOSSARY)] == [for_reviewers]


@pytest.mark.usefixtures("later")
def test_a_new_field_of_an_entry_is_in_both_wordings() -> None:
    old, new = ({"labels": [{"edition": "2018", "rank": rank}]} for rank in ("3", "4"))
    pair = versions("territory", old, new)
    assert record_words(*pair, {}) == ("label 2018 : rang mis à jour",)
    assert [note.text for note in notes(*pair, GLOSSARY)] == ["label 2018, rang : 3 → 4"]


def test_changes_stand_in_the_order_of_the_model_and_what_they_rest_on_at_the_end() -> None:
    old = {"doubt": "x", "sources": [{"url": "a"}], "title": "Un", "colour": "red"}
    new = {"themes": ["t"], "title": "Deux", "verified": "2026"}
    before, after = versions("action", old, new)
    before.body, after.body = "Un récit.\n", "Un autre."
    found = [(change.key, change.shape, change.title) for change in record_changes(before, after)]
    assert found == [
        ("title", "value", "titre"),
        ("themes", "items", "thèmes"),
        ("verified", "value", "vérifiée le"),
        ("colour", "unknown", "« colour »"),
        ("story", "story", "« story »"),
        ("sources", "sources", "sources"),
        ("doubt", "doubt", "à vérifier"),
    ]


def test_entries_are_reported_from_each_other_by_what_names_them() -> None:
    first, second = {"label": "prises", "date": "2009"}, {"label": "prises", "date": "2010"}
    old = {"indicators": [first, {"label": "sites"}, {"label": "sites", "value": "2"}]}
    new = {"indicators": [second, {**first, "value": "5"}, {"label": "sites"}]}
    (change,) = record_changes(*versions("territory", old, new))
    value = FieldChange(
        "value", "value", first, {**first, "value": "5"}, change.entries[1].fields[0].field
    )
    assert change.entries == (
        EntryChange("prises", None, second),
        EntryChange("prises", first, {**first, "value": "5"}, (value,)),
        EntryChange("sites", {"label": "sites", "value": "2"}, None),
    )
    assert [entry.verb for entry in change.entries] == ["ajouté", "modifié", "retiré"]


def test_what_is_empty_is_the_same_as_what_is_absent() -> None:
    empty = {"name": "", "labels": [], "doubt": None}
    assert record_changes(*versions("territory", empty, {})) == []
    assert record_changes(*versions("territory", {}, empty)) == []


def test_a_kind_without_a_model_has_no_changes() -> None:
    assert record_changes(*versions("other", {"a": "1"}, {"a": "2"})) == []


KEYS = st.sampled_from(
    "code title name territory themes partners actors labels edition level mentions sources url "
    "doubt memberships through since indicators label value programmes services counts id "
    "verified started website spellings ceremony status lessons kind".split()
)
WORDS = st.sampled_from(
    ["59350", "2018", "5", "x", "en-cours", "https://a.fr/", "", "NaN", "9e999999"]
)
SHAPES = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=16,
)
KINDS = st.sampled_from(["action", "territory", "actor", "edition", "vocabulary", "context"])


@given(KINDS, SHAPES, SHAPES)
@settings(max_examples=400, deadline=None)
def test_any_shape_has_words(kind: str, old: Any, new: Any) -> None:
    before, after = versions(kind, copy.deepcopy(old), copy.deepcopy(new))
    changes = record_changes(before, after)
    said = record_words(before, after, {})
    assert all(note.text for note in notes(before, after, GLOSSARY))
    assert (said is None) == (changes == [])
    assert said is None or all(said)
    assert (before.data, after.data) == (old, new)
    assert record_changes(before, before) == []


@given(st.sampled_from(["action", "territory"]), st.dictionaries(KEYS, SHAPES, max_size=4), KEYS)
@settings(max_examples=200, deadline=None)
def test_a_reviewer_hears_of_every_key_that_differs(kind: str, data: Any, key: str) -> None:
    """Whatever the shape: a key with a word on one side only is never « mise en forme »."""
    pair = versions(kind, {**data, key: "mot"}, {k: v for k, v in data.items() if k != key})
    assert list(notes(*pair, GLOSSARY)) != []
    assert list(notes(*reversed(pair), GLOSSARY)) != []
