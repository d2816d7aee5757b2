"""What may be true of a record: what rules as data are made of, here and in a browser.

A few kinds, which overrides/assets/js/contribute-rules.js evaluates as well; some of them only a
form can be asked. tests/shared/rules.json holds both to the same answers.

A key is that of the part at hand; « ^code » is that of the whole record, and « . » the value
itself, for a statement on a value or on the story.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeGuard, dataclass_transform

from atlaas.model import PARTIAL_DATE
from atlaas.read.values import Values

FIRST_YEAR = "1900"  # no fact of the Atlaas is older: an earlier year is a slip of the keyboard
_BEFORE = 500  # characters before a match that are looked at
_WORD_ENDS = r"(?:(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]))"
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")  # what a browser lets a backslash stand before


class BrowserPattern(str):
    """A pattern that only a browser can read; Python looks another way."""


def possible(value: object) -> TypeGuard[str]:
    """Whether a text is a date of the calendar: 2016, 2016-07 or 2016-07-02."""
    if not isinstance(value, str) or not PARTIAL_DATE.fullmatch(value):
        return False
    try:
        return (
            value.isascii()
            and value >= FIRST_YEAR
            and bool(len(value) < 10 or date.fromisoformat(value))
        )
    except ValueError:
        return False


@dataclass_transform(frozen_default=True)
class Condition:
    """Something that is true of a part of a record, or not; each kind is a frozen dataclass."""

    def __init_subclass__(cls) -> None:
        dataclasses.dataclass(frozen=True)(cls)

    def holds(self, part: Values, record: Values) -> bool:
        """Whether it is true. Only of conditions that ask nothing about the form."""
        raise TypeError(f"seul un formulaire évalue {type(self).__name__}")

    def data(self) -> list[Any]:
        """``["is", "status", ["prevue"]]``: as the browser reads it."""
        return [type(self).__name__.lower(), *map(_plain, vars(self).values())]

    def __and__(self, other: Condition) -> Condition:
        return All((self, other))

    def __invert__(self) -> Condition:
        return Not(self)


def _get(part: Values, record: Values, key: str) -> Any:
    return record.get(key[1:]) if key[0] == "^" else part.get(key)


class All(Condition):
    """Each of its conditions is true."""

    conditions: tuple[Condition, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return All((*self.conditions, other))

    def holds(self, part: Values, record: Values) -> bool:
        for condition in self.conditions:  # noqa: SIM110 (a generator takes twice the time)
            if not condition.holds(part, record):
                return False
        return True


class Not(Condition):
    """Its condition is not true."""

    condition: Condition

    def holds(self, part: Values, record: Values) -> bool:
        return not self.condition.holds(part, record)


class Has(Condition):
    """A key has a value."""

    key: str

    def holds(self, part: Values, record: Values) -> bool:
        return bool(_get(part, record, self.key))


class Is(Condition):
    """A key has this value."""

    key: str
    value: str

    def holds(self, part: Values, record: Values) -> bool:
        return bool(_get(part, record, self.key) == self.value)


class Same(Condition):
    """Two keys have the same text."""

    key: str
    other: str

    def holds(self, part: Values, record: Values) -> bool:
        value = _get(part, record, self.key)
        return isinstance(value, str) and value == _get(part, record, self.other)


class Matches(Condition):
    """The whole text under a key has this shape."""

    key: str
    pattern: re.Pattern[str]

    def holds(self, part: Values, record: Values) -> bool:
        value = _get(part, record, self.key)
        return isinstance(value, str) and bool(self.pattern.fullmatch(value))


class Finds(Condition):
    """A pattern stands in a text; ``after`` and ``unless`` say what has to end before it."""

    key: str
    pattern: re.Pattern[str] | BrowserPattern
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def holds(self, part: Values, record: Values) -> bool:
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


class Possible(Condition):
    """A date exists in the calendar."""

    key: str

    def holds(self, part: Values, record: Values) -> bool:
        return possible(_get(part, record, self.key))


class Before(Condition):
    """The date under a key is before another one, as precisely as it says; both are possible."""

    key: str
    other: str

    def holds(self, part: Values, record: Values) -> bool:
        first, last = _get(part, record, self.key), _get(part, record, self.other)
        return possible(first) and possible(last) and first < last[: len(first)]


class Earlier(Condition):
    """The date under a key is before this one, and possible."""

    key: str
    date: str

    def holds(self, part: Values, record: Values) -> bool:
        value = _get(part, record, self.key)
        return possible(value) and value < self.date[: len(value)]


# What only a form is asked.


class Ahead(Condition):
    """A possible date lies in the future."""

    key: str


class OfField(Condition):
    """The field at hand has one of these values under a name: key, kind, words, part."""

    name: str
    values: tuple[str, ...]


class Beyond(Condition):
    """A limit of the field is broken: min_length, max_length, minimum, maximum, max_items."""

    limit: str


class Listed(Condition):
    """The value is one of the choices of its field."""


class Twice(Condition):
    """The value under a key stands earlier in the same list, with the same under another key."""

    key: str
    also: str = ""


class Named(Condition):
    """The value under a key is that of a key of one of the record's mappings in a list."""

    key: str
    list: str
    inner: str


class Decodes(Condition):
    """A text holds entities that stand for a character."""

    key: str


class Heavier(Condition):
    """A text has more bytes than this."""

    key: str
    bytes: int


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
            elif char == "b" and not inside:  # in a browser, é would be no letter of a word
                made.append(_WORD_ENDS)
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
