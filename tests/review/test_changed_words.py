"""Two versions of a text: the words that changed, and what deserves a look in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.review.changed_words import ChangedSpan, figures, links, spans
from atlaas.review.risk import Risk
from atlaas.review.written import compared


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "le mardi matin, chez nous",
            "le mardi soir, chez nous",
            [
                ("le mardi ", "same"),
                ("matin", "removed"),
                (" ", "same"),
                ("soir", "added"),
                (", chez nous", "same"),
            ],
        ),
        (
            "200 places",
            "20 000 places",
            [("200", "removed"), (" ", "same"), ("20 000", "figure"), (" places", "same")],
        ),
        (
            "Voir la page.",
            "Voir https://a.example/x.",
            [
                ("Voir ", "same"),
                ("la page", "removed"),
                (" ", "same"),
                ("https://a.example/x", "link"),
                (".", "same"),
            ],
        ),
        ("", "un deux", [("un deux", "added")]),
        ("un deux", "", [("un deux", "removed")]),
        ("un  deux\n", "un deux", []),
        (
            "a b c d e f g h",
            "x b c d e f g h",
            [("a", "removed"), (" ", "same"), ("x", "added"), (" b c d e f g", "same")],
        ),
        (
            "a b c d e f g h",
            "a b c d e f g y",
            [
                (" … ", "cut"),
                ("b c d e f g ", "same"),
                ("h", "removed"),
                (" ", "same"),
                ("y", "added"),
            ],
        ),
    ],
)
def test_the_words_that_changed(old: str, new: str, found: list[tuple[str, str]]) -> None:
    shown = [(text, mark) for text, mark in spans(old, new)]
    if shown and shown[-1] == (" … ", "cut"):
        shown.pop()
    assert shown == found


@given(st.text("ab1 .", max_size=40), st.text("ab1 .", max_size=40))
def test_what_is_removed_was_there_and_what_is_added_is(old: str, new: str) -> None:
    """Of texts short enough for nothing to be left out, each side's words are all there."""
    found = spans(old, new)
    if found and all(mark != "cut" for _, mark in found):
        new_side = "".join(text for text, mark in found if mark != "removed")
        assert "".join(new_side.split()) == "".join(new.split())
        old_side = "".join(text for text, mark in found if mark in ("same", "removed"))
        assert "".join(old_side.split()) == "".join(old.split())


def test_a_long_change_is_cut_in_its_middle() -> None:
    """200 words and 199 spaces are 399 tokens; the first and the last 90 are shown."""
    [start, gap, end] = spans("", " ".join(f"m{n}" for n in range(200)))
    assert gap == ChangedSpan(" … ", "cut")
    assert (len(start.text.split()), len(end.text.split())) == (45, 45)
    assert start.text.startswith("m0 ") and end.text.endswith(" m199")


def test_many_equal_words_do_not_take_long() -> None:
    """Above a thousand tokens frequent words are not aligned: both sides come as they are."""
    found = spans("a " * 20_000, "a " * 19_000 + "b")
    assert {mark for _, mark in found} <= {"removed", "added", "cut", "same"}


def test_figures_and_links() -> None:
    text = "En 2021, 1 200,5 places et 40 % ; voir https://a.example/2022?x=3 (www.b.example/9)."
    assert figures(text) == ["2021", "1 200,5", "40 %"]
    assert links(text) == ["https://a.example/2022?x=3", "www.b.example/9"]


@pytest.mark.parametrize(
    ("old", "new", "verb", "look", "risk"),
    [
        ("200 places", "300 places", "modifiée", "chiffre changé, 200 → 300", Risk.FIGURE),
        ("ouvert", "ouvert à 30 élèves", "modifiée", "nouveau chiffre, 30", Risk.FIGURE),
        ("ouvert à 30 élèves", "ouvert aux élèves", "modifiée", "chiffre retiré, 30", Risk.FIGURE),
        ("ouvert", "ouvert en 2020", "modifiée", "", Risk.REMOVED),
        (
            "ouvert en 2020",
            "ouvert en 2021",
            "modifiée",
            "chiffre changé, 2020 → 2021",
            Risk.FIGURE,
        ),
        ("un deux trois", "", "retirée (3 mots)", "texte retiré", Risk.REMOVED),
        ("", "1 2", "ajoutée (2 mots)", "nouveau chiffre, 1 2", Risk.FIGURE),
        ("voir https://a.example", "voir", "modifiée", "lien retiré", Risk.REMOVED),
    ],
)
def test_what_deserves_a_look(old: str, new: str, verb: str, look: str, risk: Risk) -> None:
    found = compared(old, new)
    assert (found.verb, found.risk) == (verb, risk)
    assert found.look == look


def test_few_figures_are_named() -> None:
    many = " ; ".join(str(n) for n in range(10, 18))
    assert compared("", many).look == "nouveaux chiffres, 10, 11, 12, 13, 14, 15, …"
