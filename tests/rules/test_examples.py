"""Every rule has bad files under tests/examples/invalid/<rule id>/, with the exact messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas import read
from atlaas.directory.companions import read_companions
from atlaas.geography.reference import Reference
from atlaas.read.problem import Problem, as_text
from atlaas.rules import all_rules, check, make_context

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests/examples"
INVALID = EXAMPLES / "invalid"
TODAY = "2026-11-21"
# What Git cannot hold, or should not: tests/read/test_read.py makes these.
GENERATED = {
    "encodage",
    "fichier-executable",
    "fichier-fabrique",
    "fichier-special",
    "fichier-trop-gros",
    "fichier-vide",
    "lien-symbolique",
    "nom-illisible",
    "nom-reserve",
    "sous-module",
    "trop-de-fichiers",
}


def problems_of(root: Path, reference: Reference) -> list[Problem]:
    """All problems of a tree, read and checked next to the vocabularies of the base tree."""
    base, problems = read.inventory(str(EXAMPLES / "base"))
    assert not problems
    entries, problems = read.inventory(str(root))
    own = {entry.path for entry in entries}
    entries = [entry for entry in base if entry.path not in own] + entries
    documents = {entry.path: read.read_entry(entry) for entry in entries}
    context = make_context(reference, entries, documents.values(), TODAY)
    for path, document in documents.items():
        if path in own:
            problems += document.problems
            problems += check(document, context)[1]
    return problems + read_companions(str(root), context)[2]


@pytest.mark.parametrize("name", sorted(path.name for path in INVALID.iterdir()))
def test_example_gives_its_exact_message(name: str, reference: Reference) -> None:
    problems = problems_of(INVALID / name, reference)
    expected = (INVALID / name / "expected.txt").read_text(encoding="utf-8")
    assert as_text(problems) + "\n" == expected
    assert name in {problem.rule for problem in problems}


def test_every_advice_ends_as_a_sentence() -> None:
    for expected in INVALID.glob("*/expected.txt"):
        for line in expected.read_text(encoding="utf-8").splitlines():
            if line.startswith("    "):
                assert line.endswith((".", "?", "…")), (expected.parent.name, line)


def test_base_is_good(reference: Reference) -> None:
    root = EXAMPLES / "base"
    entries, _ = read.inventory(str(root))
    documents = [read.read_entry(entry) for entry in entries]
    context = make_context(reference, entries, documents, TODAY)
    assert [check(document, context)[1] for document in documents] == [[]] * len(documents)


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    ids = {rule.id for rule in all_rules()} | read.RULES.keys()
    folders = {path.name for path in INVALID.iterdir()}
    assert folders | GENERATED == ids
    assert not folders & GENERATED


def test_rules_have_one_id_each_and_a_french_sentence() -> None:
    ids = [rule.id for rule in all_rules()] + list(read.RULES)
    assert len(ids) == len(set(ids))
    for summary in [rule.summary for rule in all_rules()] + list(read.RULES.values()):
        assert summary[0].isupper() and summary.endswith(".")
