"""Slugs, French order, numbers, dates and plurals; every expected value was written by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.text import date, fold, moment, number, plural, since, slug, sort_key

THIN = "\u202f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Évry-Cœur", "evry-coeur"),
        ("L’Haÿ-les-Roses", "l'hay-les-roses"),
        ("ÆDÈS", "aedes"),
        ("Œuilly", "oeuilly"),
        ("E\u0301vry", "evry"),  # an accent written apart
        ("ABC", "abc"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marcq-en-Barœul", "marcq-en-baroeul"),
        ("L'Haÿ-les-Roses", "l-hay-les-roses"),
        ("Villeneuve-d’Ascq", "villeneuve-d-ascq"),
        ("Appel à projets « La bonne appli »", "appel-a-projets-la-bonne-appli"),
        ("  100 % fibre !  ", "100-fibre"),
        ("Saint-Barthélemy--d'Anjou", "saint-barthelemy-d-anjou"),
        ("Vandœuvre-lès-Nancy", "vandoeuvre-les-nancy"),
        ("…", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_fit_for_an_address_and_is_its_own_slug(text: str) -> None:
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made
    assert slug(made) == made


@pytest.mark.parametrize(
    "ordered",
    [
        # base letters, then accents, then case
        ["cote", "coté", "côte", "côté", "coter"],
        ["abc", "Abc", "abd"],
        ["eté", "été", "etes"],
        # space < hyphen < apostrophe < letters
        ["Le Mans", "Le-Mans", "Le'Mans", "Lemans"],
        ["L'Aigle", "La Baule", "La-Baule", "Laon", "Lyon"],
        ["Ay", "Aÿ-Champagne", "Ayen"],
        # ligatures stand as two letters
        ["Odos", "Œuilly", "Oeyreluy", "Ozan"],
        ["Marcq", "Marcq-en-Barœul", "Marcq-en-Ostrevant", "Marcque"],
        ["Ader", "Æ", "Afa"],
        # both apostrophes are one
        ["L'Abergement", "L’Absie", "L'Aigle"],
        ["Saint Jean", "Saint-Jean", "Sainte"],
    ],
)
def test_french_order(ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=sort_key) == ordered


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (999, "999"),
        (1000, f"1{THIN}000"),
        (1195234, f"1{THIN}195{THIN}234"),
        (-12345, f"-12{THIN}345"),
        (0.5, "0,5"),
        (Decimal("1600.50"), f"1{THIN}600,50"),
        (Decimal("70"), "70"),
        (Decimal("-0.25"), "-0,25"),
    ],
)
def test_number(value: object, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016", "2016"),
        ("2016-07", "juillet 2016"),
        ("2016-08", "août 2016"),
        ("2016-07-02", "2 juillet 2016"),
        ("2016-03-01", "1er mars 2016"),
        ("2018-02-11", "11 février 2018"),
        ("1999-12-31", "31 décembre 1999"),
    ],
)
def test_date(value: str, expected: str) -> None:
    assert date(value) == expected


def test_french_plurals_start_at_two() -> None:
    assert plural(0, "action") == "0 action"
    assert plural(1, "action") == "1 action"
    assert plural(2, "action") == "2 actions"
    assert plural(1500, "action") == f"1{THIN}500 actions"
    assert plural(1, "label connu", "labels connus") == "1 label connu"
    assert plural(3, "label connu", "labels connus") == "3 labels connus"


@pytest.mark.parametrize(
    ("value", "when", "from_then"),
    [
        ("2016", "en 2016", "depuis 2016"),
        ("2016-07", "en juillet 2016", "depuis juillet 2016"),
        ("2016-07-02", "le 2 juillet 2016", "depuis le 2 juillet 2016"),
    ],
)
def test_dates_inside_sentences(value: str, when: str, from_then: str) -> None:
    assert moment(value) == when
    assert since(value) == from_then
