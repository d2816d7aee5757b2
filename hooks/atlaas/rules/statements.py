"""Rules as data: what the forms of a browser evaluate, and ``check`` too where it can.

A statement says when something is wrong (see ``conditions``), where, and in which words. The
script of the forms, contribute-rules.js, holds no limit, pattern or sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from atlaas.model import PARTIAL_DATE
from atlaas.read import MAX_BYTES
from atlaas.rules.conditions import FIRST_YEAR, Condition, Finds, Heavier, browser_pattern

if TYPE_CHECKING:
    from atlaas.rules.rule import Rule

IN_ADDRESS = re.compile(r"://[^\s\"'<>()\[\]«»]*\Z")  # ends what stands before a place in a URL
# In a story: what Markdown shows as it is written, where a link leads, and what a backslash
# stands before.
VERBATIM = re.compile(r"`[^`\n]*`|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>")
LINK = re.compile(
    r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)"
    r"|(?<![(\w/<])(http://[^\s)>]+)",
    re.MULTILINE,
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Statement:
    """When something is wrong, where, and in which words.

    ``on`` is a part of a record (« action », « labels », « source »: see ``rule.parts``). In a
    form it may also be « value » (each value), « action.started » (that of one field), « list »,
    « missing » (a field to fill in), « story », « link » (an address in the story), « unplaced » (a
    territory without a folder). Of the statements of a rule, the first that holds speaks for a
    place.

    Words in braces stand for values: ``{started}`` for that of a key; in a form also ``{name}`` of
    the field, ``{value}``, ``{match}``, its ``{code}``, ``{count}``, ``{length}`` and the limits.
    """

    on: str
    when: Condition
    form: str = ""  # what the form says; message and advice, where empty
    message: str = ""
    advice: str = ""
    at: str = ""  # the key that `check` points at; the whole part, where empty
    field: str = ""  # the key that the form points at; ``at``, where empty

    def data(self, rule: str, severity: str) -> dict[str, Any]:
        """The statement as a form reads it."""
        message = self.message[:1].upper() + self.message[1:]
        return {
            "rule": rule,
            "severity": severity,
            "on": self.on,
            "when": self.when.data(),
            "say": self.form or f"{message}. {self.advice}".rstrip(),
            "field": self.field or self.at,
        }


_TOO_LONG = Statement(
    "story",
    Heavier(".", MAX_BYTES - 8 * 1024),  # the rest is for what stands above the story
    f"Cette description est trop longue : une fiche pèse {MAX_BYTES // 1024} ko au plus.",
)


def published(rules: Iterable[Rule]) -> dict[str, Any]:
    """What the script of a form evaluates: the statements of its rules, and their patterns."""
    patterns = {"date": PARTIAL_DATE, "verbatim": VERBATIM, "link": LINK, "escaped": ESCAPED}
    return {
        "first_year": FIRST_YEAR,
        **{name: browser_pattern(pattern) for name, pattern in patterns.items()},
        "statements": [
            *(s.data(r.id, r.severity) for r in rules for s in r.statements),
            _TOO_LONG.data("fichier-trop-gros", "error"),
        ],
    }


def everywhere(say: str, *conditions: Finds) -> tuple[Statement, ...]:
    """The statements on what neither a value nor the story may hold, as a reader sees it."""
    return tuple(
        Statement(on, replace(condition, key=key), say)
        for condition in conditions
        for on, key in (("value", "."), ("story", "read"))
    )
