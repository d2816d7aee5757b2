"""Dates and numbers as people type them: the table that the browser runs too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.text import date, number
from atlaas.text.typed import address_typed, date_typed, number_typed, text_pasted

TABLE = json.loads((Path(__file__).parents[1] / "shared" / "typed.json").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "held", "read"), TABLE["dates"])
def test_dates(typed: str, held: str, read: str) -> None:
    assert date_typed(typed) == held
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", held) and held > "0":
        assert held == "0000" or date(held) == read


@pytest.mark.parametrize(("typed", "held", "read"), TABLE["numbers"])
def test_numbers(typed: str, held: str, read: str) -> None:
    assert number_typed(typed) == held
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", held):
        assert number(held) == read


@pytest.mark.parametrize(("typed", "held"), TABLE["addresses"])
def test_addresses(typed: str, held: str) -> None:
    assert address_typed(typed) == held


@pytest.mark.parametrize(("pasted", "clean"), TABLE["pasted"])
def test_what_is_pasted(pasted: str, clean: str) -> None:
    assert text_pasted(pasted) == clean


@given(st.dates())
def test_what_is_read_can_be_typed(day: object) -> None:
    assert date_typed(date(str(day))) == str(day)


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert date_typed(date_typed(text)) == date_typed(text)
    assert number_typed(number_typed(text)) == number_typed(text)
    assert text_pasted(text_pasted(text)) == text_pasted(text)
    assert address_typed(address_typed(text)) == address_typed(text)


@given(st.text('htps:/[]()<>"?&=#~.utm_sourcefbclidgw \u200b« »'))
def test_an_address_twice_is_once(text: str) -> None:
    for url in (text, f"https://{text}", f"https://a.fr/?{text}"):
        assert address_typed(address_typed(url)) == address_typed(url)
