"""Values -> records and problems: the second step of the way. One rule a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from atlaas.problem import Problem
from atlaas.read import Document, locate, place_in_text
from atlaas.rules import codes, fields
from atlaas.rules.base import Context, Rule

RULES: tuple[Rule, ...] = (
    fields.RULE,
    codes.KNOWN,
    codes.QUOTED,
)


def check(
    document: Document, context: Context, rules: Iterable[Rule] = RULES
) -> tuple[Any | None, list[Problem]]:
    """The record of a document that could be read, and its problems in the order of the rules.

    The record is a model (a list of them for a list file), or None where a field is not valid.
    """
    try:
        record = fields.validate(document)
    except ValidationError:
        record = None
    problems = []
    for rule in rules:
        if document.kind not in rule.kinds or (rule is fields.RULE and record is not None):
            continue
        for finding in rule.check(document, context):
            where = finding.where
            line, column = (
                place_in_text(document.text, where)
                if isinstance(where, int)
                else locate(document, where, finding.on_key)
            )
            problems.append(
                Problem(
                    document.path,
                    line,
                    column,
                    rule.id,
                    finding.message,
                    finding.advice,
                    rule.severity,
                )  # fmt: skip
            )
    return record, problems
