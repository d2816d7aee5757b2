"""Values -> records and problems: the second step of the way. One rule, or one family, per file.

A file of this folder that holds a ``Rule`` is all that a new rule needs, with an example of what
it refuses in tests/examples/invalid/<its id>/.
"""

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from atlaas.read import Document, place_in_text, places
from atlaas.read.problem import Problem
from atlaas.rules import fields
from atlaas.rules.context import make_context
from atlaas.rules.rule import Context, Finding, Rule

_MOST = 50  # findings of a rule in one file: more of the same kind help nobody


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of every file of this folder, in the order of the files' names."""
    modules = (import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return tuple(r for module in modules for r in vars(module).values() if isinstance(r, Rule))


@cache
def _rules_for(kind: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if kind in rule.kinds)


def check(document: Document, context: Context) -> tuple[Any | None, list[Problem]]:
    """The record of a document that could be read, and its problems in their order.

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
    for rule in _rules_for(document.kind):
        if rule is fields.RULE and record is not None:
            continue
        for told, finding in enumerate(rule.check(document, context), 1):
            found.append((rule, finding))
            if told == _MOST:
                break
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
    return sorted(problems)
