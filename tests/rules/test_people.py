"""Names beside a title or a function: tests/shared/people.json, which the form judges as well."""

from __future__ import annotations

import pytest

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.read.problem import Problem
from atlaas.rules import check
from shared.rule_cases import PEOPLE, context

PATH = "data/actions/59/59378-marcq-en-baroeul/un-titre.md"


SOURCE = "sources:\n  - publisher: Le Journal\n    title: {source}\n    date: 2019\n"
ACTION = 'title: Un titre\nterritory: "59378"\nthemes:\n  - reseau-social\nlessons: "{lessons}"\n'


def problems(
    reference: Reference, lessons: str, story: str, source: str = "Un article"
) -> list[Problem]:
    """What is said of an action."""
    head = (ACTION + SOURCE).format(lessons=lessons, source=source)
    document = read.read_bytes(f"---\n{head}---\n\n{story}\n".encode(), PATH, "action")
    assert document.problems == []
    return check(document, context(reference))[1]


@pytest.mark.parametrize(("text", "name"), PEOPLE["named"].items())
def test_a_name_is_pointed_out(reference: Reference, text: str, name: str) -> None:
    for lessons, story, line in ((text, "Un récit.", 6), ("Rien.", text, 13)):
        found = problems(reference, lessons, story)
        assert {(p.rule, p.severity, p.line) for p in found} == {
            ("nom-de-personne", "warning", line)
        }
        assert f"nom de personne possible : « {name} »" in {p.message for p in found}


@pytest.mark.parametrize("text", PEOPLE["nobody"])
def test_nobody_is_named(reference: Reference, text: str) -> None:
    assert problems(reference, text, text) == []


def test_the_title_of_a_source_is_quoted_as_it_is(reference: Reference) -> None:
    assert problems(reference, "Rien.", "Un récit.", "Rencontre avec Mme Martin") == []
