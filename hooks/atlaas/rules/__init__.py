"""Values -> records and problems: the second step of the way. One rule, or one family, a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from atlaas.read import Document, place_in_text, places
from atlaas.read.problem import Problem
from atlaas.rules import (
    addresses,
    body,
    characters,
    codes,
    dates,
    fields,
    filing,
    html,
    labels,
    numbers,
    personal,
    references,
    relations,
    repeats,
    self_named,
    sources,
    vocabulary,
)
from atlaas.rules.context import make_context
from atlaas.rules.rule import RECORD_KINDS, Context, Finding, Rule

__all__ = ["RULES", "Context", "Finding", "Rule", "check", "make_context"]

RULES: tuple[Rule, ...] = (
    fields.RULE,
    codes.KNOWN,
    codes.QUOTED,
    filing.FOLDER,
    filing.NAME,
    filing.TWINS,
    self_named.RESERVED,
    self_named.NAMED,
    self_named.DEPARTEMENT,
    vocabulary.RULE,
    vocabulary.NAMES,
    references.ACTORS,
    references.PROGRAMMES,
    sources.PRESENT,
    sources.COMPLETE,
    dates.POSSIBLE,
    dates.FUTURE,
    dates.ORDER,
    labels.EDITION,
    labels.SINGLE,
    labels.LEVEL,
    numbers.RULE,
    addresses.RULE,
    addresses.HTTPS,
    relations.ITSELF,
    relations.EPCI,
    relations.LESSONS,
    repeats.RULE,
    personal.EMAIL,
    personal.PHONE,
    characters.RULE,
    html.VALUES,
    html.BODY,
    body.EMPTY,
    body.LINKS,
    body.IMAGES,
)


_BY_KIND = {kind: tuple(r for r in RULES if kind in r.kinds) for kind in RECORD_KINDS}


def check(
    document: Document, context: Context, rules: Iterable[Rule] = RULES
) -> tuple[Any | None, list[Problem]]:
    """The record of a document that could be read, and its problems by line and column.

    The record is a model (a list of them for a list file), or None where a field is not valid.
    A document that could not be read has neither: its problems are its own.
    """
    if document.problems:
        return None, []
    try:
        record = fields.validate(document)
    except ValidationError:
        record = None
    found: list[tuple[Rule, Finding]] = []
    mine = _BY_KIND[document.kind] if rules is RULES else rules
    for rule in mine:
        if (rule is fields.RULE and record is not None) or document.kind not in rule.kinds:
            continue
        for finding in rule.check(document, context):
            found.append((rule, finding))
    return record, _problems(document, found) if found else []


def _problems(document: Document, found: list[tuple[Rule, Finding]]) -> list[Problem]:
    """The findings with their places; the file is read again once for all of them."""
    at = places(document)
    problems = []
    for rule, (where, message, advice, on_key) in found:
        if isinstance(where, int):
            line, column = place_in_text(document.text, where)
        else:
            line, column = at(where, on_key)
        problems.append(
            Problem(document.path, line, column, rule.id, message, advice, rule.severity)
        )
    return sorted(problems, key=lambda problem: (problem.line, problem.column))
