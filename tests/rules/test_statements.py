"""Conditions on small parts, and patterns as a browser reads them."""

from __future__ import annotations

import re

import pytest

from atlaas.rules import all_rules
from atlaas.rules.conditions import (
    Before,
    Condition,
    Earlier,
    Finds,
    Has,
    Is,
    Listed,
    Matches,
    Possible,
    Same,
    browser_pattern,
    possible,
)
from atlaas.rules.statements import Statement, published

PART = {"a": "2020-05", "b": "2020", "c": "2020-06-01", "empty": "", "word": "lu"}
RECORD = {"word": "lu", "a": "1999"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Has("a"), True),
        (Has("empty"), False),
        (Has("absent"), False),
        (Has("^word"), True),
        (Has("^b"), False),
        (Is("b", "2020"), True),
        (Is("a", "2020"), False),
        (Same("word", "^word"), True),
        (Same("a", "^a"), False),
        (Same("absent", "other"), False),
        (Matches("a", re.compile("20.*")), True),
        (Matches("c", re.compile("2020")), False),
        (Finds("c", re.compile("06")), True),
        (Finds("c", re.compile("07")), False),
        (Before("a", "c"), True),
        (Before("c", "a"), False),
        (Before("b", "c"), False),
        (Before("b", "word"), False),
        (Before("^a", "b"), True),
        (Earlier("a", "2020-06"), True),
        (Earlier("a", "2020-05"), False),
        (Earlier("b", "2020-05"), False),
        (Earlier("word", "z"), False),
        (Possible("a"), True),
        (Possible("word"), False),
        (~Has("a"), False),
        (Has("a") & Has("b"), True),
        (Has("a") & Has("b") & Has("absent"), False),
        (Has("absent") & Has("a"), False),
    ],
)
def test_conditions(condition: Condition, expected: bool) -> None:
    assert condition.holds(PART, RECORD) is expected


def test_what_only_a_form_can_be_asked() -> None:
    with pytest.raises(TypeError, match="seul un formulaire évalue Listed"):
        Listed().holds(PART, RECORD)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1900", True),
        ("1899-12-31", False),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2023-12", True),
        ("2023-13", False),
        ("٢٠٢٠", False),
        (2020, False),
    ],
)
def test_possible_dates(value: object, expected: bool) -> None:
    assert possible(value) is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (re.compile(r"\w+\Z"), [r"[\p{L}\p{N}_]+$", "u"]),
        (re.compile(r"[\w.-]"), [r"[\p{L}\p{N}_.-]", "u"]),
        (re.compile(r"[a\-z]\d"), [r"[a\-z]\p{Nd}", "u"]),
        (re.compile(r"a\-\"b"), ['a-"b', "u"]),
        (re.compile(r"\.\[\u00a0\s(\1)".replace(r"(\1)", "")), [r"\.\[\u00a0\s", "u"]),
        (re.compile("[a][b]"), ["[a][b]", "u"]),
        (
            re.compile(r"é\b"),
            [r"é(?:(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]))", "u"],
        ),
        (re.compile("a", re.IGNORECASE), ["a", "iu"]),
        (re.compile("^a", re.MULTILINE), ["^a", "mu"]),
    ],
)
def test_patterns_for_a_browser(pattern: re.Pattern[str], expected: list[str]) -> None:
    assert browser_pattern(pattern) == expected


def test_what_is_found_begins_with_what_stands_before() -> None:
    finds = Finds(".", re.compile("@[a-z]+"), re.compile(r"[a-z]+\Z"), re.compile(r"//[a-z]*\Z"))
    text = "un@deux //trois@quatre @cinq"
    assert list(finds.within(text)) == [(0, "un@deux")]
    assert list(finds.within("x" * 600 + "@a")) == [(100, "x" * 500 + "@a")]


def test_a_statement_as_a_form_reads_it() -> None:
    statement = Statement(
        "action", Has("a"), message="cette page manque", advice="Cherchez-la.", at="a"
    )
    assert statement.data("regle", "error") == {
        "rule": "regle",
        "severity": "error",
        "on": "action",
        "when": ["has", "a"],
        "say": "Cette page manque. Cherchez-la.",
        "field": "a",
    }
    silent = Statement("action", Has("a"), "Dites-le.", "cette page manque", at="a", field="b")
    assert silent.data("regle", "error")["say"] == "Dites-le."
    assert silent.data("regle", "error")["field"] == "b"


def test_what_a_form_is_given() -> None:
    rules = [rule for rule in all_rules() if rule.id in ("caractere-invisible", "texte-vide")]
    given = published(rules)
    assert given["first_year"] == "1900"
    assert given["escaped"] == [r"\\([!-/:-@\[-`{-~])", "u"]
    categories = r"\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}"
    hidden = [rf"(?![\n\t])[{categories}" + "\u115f\u1160\u2800\u3164\uffa0]", "u"]
    assert [(s["rule"], s["severity"], s["on"], s["when"]) for s in given["statements"]] == [
        ("caractere-invisible", "error", "value", ["finds", ".", hidden, None, None]),
        ("caractere-invisible", "error", "story", ["finds", "read", hidden, None, None]),
        ("texte-vide", "warning", "story", ["not", ["has", "."]]),
        ("fichier-trop-gros", "error", "story", ["heavier", ".", 57344]),
    ]


def test_who_fills_a_form_is_told_nothing_of_files() -> None:
    """What it says ends as a sentence, and names no key, file or sign of YAML."""
    of_files = re.compile(
        r"YAML|\bclés?\b|data/|« \w+: |\btrue\b|\bfalse\b|\bpublisher\b|\blignes?\b|\bdoubt\b"
        r"|guillemets|fichier|\.yml|\.md"
    )
    for statement in published(all_rules())["statements"]:
        say = statement["say"]
        assert not of_files.search(say) and say[-1] in ".?" and say[0] in f"{say[0].upper()}«{{", (
            say
        )
