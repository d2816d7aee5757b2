"""What a problem is, and how it prints: text for a terminal, annotations for a forge, JSON."""

import json
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One problem of one file, with its place (1-based) and its fix."""

    path: str  # relative to the project, with forward slashes
    line: int
    column: int
    rule: str
    message: str
    advice: str = ""
    severity: Severity = "error"


class DataError(Exception):
    """The data hold errors: a site is never made from them. ``problems`` lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{count_errors(problems)} erreur(s) dans les données")


def count_errors(problems: Iterable[Problem]) -> int:
    """How many of the problems are errors, not warnings."""
    return sum(problem.severity == "error" for problem in problems)


def visible(text: str) -> str:
    """One line in which nothing is hidden: no line break, control or direction character.

    What a file holds can then neither forge a line of the output nor steer a terminal.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else f"\\u{ord(c):04x}"
        for c in text
    )


def sentences(problem: Problem) -> str:
    """What is wrong, then what to do about it, as sentences that end."""
    return f"{problem.message}. {problem.advice}".rstrip()


def as_text(problems: Iterable[Problem]) -> str:
    """``path:line:column: rule: message``, then what to do about it, indented."""
    lines = []
    for p in problems:
        mark = "" if p.severity == "error" else "avertissement : "
        text = f"{p.path}:{p.line}:{p.column}: {p.rule}: {mark}{p.message}"
        lines.append(visible(text))
        if p.advice:
            lines.append(f"    {visible(p.advice)}")
    return "\n".join(lines)


def _escape(text: str, property_: bool = False) -> str:
    """Escape for a workflow command, so that data cannot forge one.

    Source: the rules of GitHub's workflow commands (%, CR, LF; and : , in properties).
    """
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text


def as_github(problems: Iterable[Problem]) -> str:
    """One annotation per problem, for GitHub's workflow logs."""
    lines = []
    for p in problems:
        place = (
            f"file={_escape(p.path, True)},line={p.line},col={p.column},"
            f"title={_escape(p.rule, True)}"
        )
        text = visible(sentences(p))
        lines.append(f"::{p.severity} {place}::{_escape(text)}")
    return "\n".join(lines)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list of objects with the fields of ``Problem``."""
    return json.dumps([p._asdict() for p in problems], ensure_ascii=False, indent=2)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}


def first_error(problems: list[Problem]) -> str:
    """The first error among problems, in one line; an empty text where there is none."""
    found = next((p for p in problems if p.severity == "error"), None)
    return sentences(found) if found else ""
