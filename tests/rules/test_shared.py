"""The shared table on the side of Python; tests/browser/test_contribute_twins.py has the other."""

from __future__ import annotations

import pytest

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.rules import all_rules, check
from shared.rule_cases import Case, cases, context


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}-{'-'.join(case.rules)}")
def test_check_finds_what_the_table_says(case: Case, reference: Reference) -> None:
    asked = {rule.id for rule in all_rules() if rule.statements}
    document = read.read_bytes(case.text.encode(), case.path, case.kind)
    assert document.problems == []
    problems = check(document, context(reference))[1]
    assert sorted({p.rule for p in problems if p.rule in asked}) == case.rules
