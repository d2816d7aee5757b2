"""Printing problems: nothing that a file holds can forge or hide a line."""

from __future__ import annotations

import json

from atlaas.read.problem import FORMATS, Problem, as_github, as_json, as_text, count_errors

PROBLEM = Problem("data/a.yml", 3, 7, "niveau", "le niveau « 6 » n'existe pas", "De 1 à 5.")
WARNING = Problem("data/b.md", 1, 1, "texte-vide", "pas de texte", severity="warning")
FORGED = Problem(
    "data/a,b:c.yml",
    1,
    2,
    "champ",
    "100 %\r\n::set-output name=x::y",
    "\n::error file=z::faux\u202e\x1b[2J",
)


def test_text() -> None:
    assert as_text([PROBLEM, WARNING]) == (
        "data/a.yml:3:7: niveau: le niveau « 6 » n'existe pas\n"
        "    De 1 à 5.\n"
        "data/b.md:1:1: texte-vide: avertissement : pas de texte"
    )
    assert as_text([]) == ""


def test_text_can_not_be_forged() -> None:
    lines = as_text([FORGED]).split("\n")
    assert lines == [
        "data/a,b:c.yml:1:2: champ: 100 %\\u000d\\u000a::set-output name=x::y",
        "    \\u000a::error file=z::faux\\u202e\\u001b[2J",
    ]


def test_text_keeps_french_spaces() -> None:
    problem = PROBLEM._replace(message="« 6\u00a0» existe\u202f?", advice="")
    assert as_text([problem]) == "data/a.yml:3:7: niveau: « 6\u00a0» existe\u202f?"


def test_github() -> None:
    assert as_github([PROBLEM, WARNING]).split("\n") == [
        "::error file=data/a.yml,line=3,col=7,title=niveau::"
        "le niveau « 6 » n'existe pas. De 1 à 5.",
        "::warning file=data/b.md,line=1,col=1,title=texte-vide::pas de texte.",
    ]


def test_github_can_not_be_forged() -> None:
    (line,) = as_github([FORGED]).splitlines()
    assert line == (
        "::error file=data/a%2Cb%3Ac.yml,line=1,col=2,title=champ"
        "::100 %25\\u000d\\u000a::set-output name=x::y. "
        "\\u000a::error file=z::faux\\u202e\\u001b[2J"
    )


def test_json() -> None:
    assert json.loads(as_json([PROBLEM, FORGED])) == [
        {
            "path": "data/a.yml",
            "line": 3,
            "column": 7,
            "rule": "niveau",
            "message": "le niveau « 6 » n'existe pas",
            "advice": "De 1 à 5.",
            "severity": "error",
        },
        FORGED._asdict(),
    ]
    assert json.loads(as_json([])) == []


def test_formats_and_counts() -> None:
    assert sorted(FORMATS) == ["github", "json", "text"]
    assert count_errors([PROBLEM, WARNING, FORGED]) == 2
