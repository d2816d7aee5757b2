"""Rules as data: what the forms of a browser evaluate, and ``check`` too where it can.

A statement says when something is wrong, where, and in which words. Its condition is made of the
few kinds below, which overrides/assets/js/contribute-rules.js evaluates as well; that script holds
no limit, pattern or sentence of its own. tests/shared/rules.json holds both to the same answers.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from atlaas.model import PARTIAL_DATE
from atlaas.read import MAX_BYTES
from atlaas.read.values import Values

if TYPE_CHECKING:
    from atlaas.rules.rule import Rule

FIRST_YEAR = "1900"  # no fact of the Atlaas is older: an earlier year is a slip of the keyboard
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
_BEFORE = 500  # characters before a match that are looked at
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")  # what a browser lets a backslash stand before


class BrowserPattern(str):
    """A pattern that only a browser can read; Python looks another way."""


def possible(value: object) -> bool:
    """Whether a text is a date of the calendar: 2016, 2016-07 or 2016-07-02."""
    if not isinstance(value, str) or not PARTIAL_DATE.fullmatch(value):
        return False
    if not value.isascii() or value < FIRST_YEAR:
        return False
    if len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


# --------------------------------------------------------------------------------- conditions
#
# A key is that of the part at hand; « ^code » is that of the whole record, and « . » the value
# itself, for a statement on a value or on the story.


@dataclass(frozen=True)
class Condition:
    """Something that is true of a part of a record, or not."""

    def holds(self, part: Values, record: Values) -> bool:
        """Whether it is true. Only of conditions that ask nothing about the form."""
        raise TypeError(f"seul un formulaire évalue {type(self).__name__}")

    def data(self) -> list[Any]:
        """``["is", "status", ["prevue"]]``: as the browser reads it."""
        values = [getattr(self, field.name) for field in dataclasses.fields(self)]
        return [type(self).__name__.lower(), *map(_plain, values)]

    def __and__(self, other: Condition) -> Condition:
        return All((self, other))

    def __invert__(self) -> Condition:
        return Not(self)


def _get(part: Values, record: Values, key: str) -> Any:
    return record.get(key[1:]) if key[0] == "^" else part.get(key)


@dataclass(frozen=True)
class All(Condition):
    """Each of its conditions is true."""

    conditions: tuple[Condition, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return All((*self.conditions, other))

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        return all(condition.holds(part, record) for condition in self.conditions)


@dataclass(frozen=True)
class Not(Condition):
    """Its condition is not true."""

    condition: Condition

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        return not self.condition.holds(part, record)


@dataclass(frozen=True)
class Has(Condition):
    """A key has a value."""

    key: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        return bool(_get(part, record, self.key))


@dataclass(frozen=True)
class Is(Condition):
    """A key has this value."""

    key: str
    value: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        return bool(_get(part, record, self.key) == self.value)


@dataclass(frozen=True)
class Same(Condition):
    """Two keys have the same text."""

    key: str
    other: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        value = _get(part, record, self.key)
        return isinstance(value, str) and value == _get(part, record, self.other)


@dataclass(frozen=True)
class Matches(Condition):
    """The whole text under a key has this shape."""

    key: str
    pattern: re.Pattern[str]

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        value = _get(part, record, self.key)
        return isinstance(value, str) and bool(self.pattern.fullmatch(value))


@dataclass(frozen=True)
class Finds(Condition):
    """A pattern stands in a text; ``after`` and ``unless`` say what has to end before it."""

    key: str
    pattern: re.Pattern[str] | BrowserPattern
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        value = _get(part, record, self.key)
        return isinstance(value, str) and any(self.within(value))

    def within(self, text: str) -> Iterator[tuple[int, str]]:
        """(place, text) of each match, with what ``after`` matches before it."""
        assert isinstance(self.pattern, re.Pattern)
        for match in self.pattern.finditer(text):
            start = match.start()
            before = text[max(0, start - _BEFORE) : start]
            if self.unless and self.unless.search(before):
                continue
            if self.after:
                head = self.after.search(before)
                if not head:
                    continue
                start -= len(head[0])
            yield start, text[start : match.end()]


@dataclass(frozen=True)
class Possible(Condition):
    """A date exists in the calendar."""

    key: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        return possible(_get(part, record, self.key))


@dataclass(frozen=True)
class Before(Condition):
    """The date under a key is before another one, as precisely as it says; both are possible."""

    key: str
    other: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        first, last = _get(part, record, self.key), _get(part, record, self.other)
        return (
            isinstance(first, str)
            and isinstance(last, str)
            and first < last[: len(first)]
            and possible(first)
            and possible(last)
        )


@dataclass(frozen=True)
class Earlier(Condition):
    """The date under a key is before this one, and possible."""

    key: str
    date: str

    def holds(self, part: Values, record: Values) -> bool:
        """See ``Condition``."""
        value = _get(part, record, self.key)
        return possible(value) and value < self.date[: len(value)]


# What only a form is asked.


@dataclass(frozen=True)
class Ahead(Condition):
    """A possible date lies in the future."""

    key: str


@dataclass(frozen=True)
class OfField(Condition):
    """The field at hand has one of these values under a name: key, kind, words, part."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Beyond(Condition):
    """A limit of the field is broken: min_length, max_length, minimum, maximum, max_items."""

    limit: str


@dataclass(frozen=True)
class Listed(Condition):
    """The value is one of the choices of its field."""


@dataclass(frozen=True)
class Twice(Condition):
    """The value under a key stands earlier in the same list already."""

    key: str


@dataclass(frozen=True)
class Named(Condition):
    """The value under a key is that of a key of one of the record's mappings in a list."""

    key: str
    list: str
    inner: str


@dataclass(frozen=True)
class Decodes(Condition):
    """A text holds entities that stand for a character."""

    key: str


@dataclass(frozen=True)
class Heavier(Condition):
    """A text has more bytes than this."""

    key: str
    bytes: int


# --------------------------------------------------------------------------------- statements


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
    f"Ce récit est trop long : une fiche pèse {MAX_BYTES // 1024} ko au plus.",
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
        Statement(on, dataclasses.replace(condition, key=key), say)
        for condition in conditions
        for on, key in (("value", "."), ("story", "read"))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Condition):
        return value.data()
    if isinstance(value, re.Pattern):
        return browser_pattern(value)
    if isinstance(value, BrowserPattern):
        return [str(value), "u"]
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def browser_pattern(pattern: re.Pattern[str]) -> list[str]:
    """[source, flags] of a pattern for a browser, where letters are those of every language too."""
    source, inside, made = iter(pattern.pattern), False, []
    for char in source:
        if char == "\\":
            char = next(source)
            if char == "w":
                made.append(r"\p{L}\p{N}_" if inside else r"[\p{L}\p{N}_]")
            elif char == "d":
                made.append(r"\p{Nd}")
            elif char == "Z":
                made.append("$")
            elif char.isalnum() or char in _SYNTAX or (inside and char == "-"):
                made.append(f"\\{char}")
            else:
                made.append(char)
            continue
        inside = char == "[" or (inside and char != "]")
        made.append(char)
    flags = "".join(
        letter
        for flag, letter in ((re.IGNORECASE, "i"), (re.MULTILINE, "m"))
        if pattern.flags & flag
    )
    return ["".join(made), f"{flags}u"]
