"""The canonical form of a file: one way to write the same facts, so that a diff shows only facts.

Keys are in the order of the models, codes in quotes and other values in quotes only where
another reader would misread them, lists one item a line, characters in their normal form, one
blank line between the front matter and the story. Comments stay with what they explain.

ruamel.yaml writes the values; comments are then put back at the places which the reader finds.
"""

import io
import re
import sys
import unicodedata
from functools import cache
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from atlaas.edit.draft import Draft, draft_of
from atlaas.model.fields import ModelField, fields_of_kind
from atlaas.read import Document, Marks, parse, read_bytes
from atlaas.read.problem import Problem
from atlaas.rules import Context, all_rules
from atlaas.text import commonmark
from atlaas.text.typed import address_typed, bulleted, date_typed, number_typed

_BARE = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d(-\d\d)?|true|false")
_NUMBERS = frozenset({"integer", "number", "boolean"})
_MAX_ROUNDS = 5


class _Bare(str):
    """A number, date or truth value written without quotes, though it is kept as text."""

    __slots__ = ()


class _Emitter(Emitter):
    """Quotes, where they are needed, are always double ones, as contributors type them."""

    def choose_scalar_style(self) -> Any:
        """The style of the next scalar: plain, double quotes or literal."""
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


class _Representer(RoundTripRepresenter):
    """Knows the values that are written without quotes."""


def _represent_bare(representer: Any, value: _Bare) -> ScalarNode:
    tag = _resolver_1_2().resolve(ScalarNode, str(value), (True, False))
    node: ScalarNode = representer.represent_scalar(tag, str(value))
    return node


_Representer.add_representer(_Bare, _represent_bare)


@cache
def _resolver_1_2() -> Any:
    return YAML().resolver


@cache
def _resolver_1_1() -> Any:
    return yaml.resolver.Resolver()


def _misread(value: str) -> bool:
    """Whether some reader of YAML 1.1 or 1.2 would take this plain text for something else."""
    text = "tag:yaml.org,2002:str"
    tags = (
        _resolver_1_1().resolve(yaml.ScalarNode, value, (True, False)),
        _resolver_1_2().resolve(ScalarNode, value, (True, False)),
    )
    return any(tag != text for tag in tags)


def normal(value: str) -> str:
    """Normal characters: NFC, plain spaces, none at the ends, line by line."""
    if value.isascii() and "  " not in value and value.isprintable() and value == value.strip():
        return value
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", value).split("\n")]
    return "\n".join(lines).strip()


def _scalar(value: str, field: ModelField | None) -> str:
    value = address_typed(value).strip() if field and field.kind == "url" else normal(value)
    if field and field.kind == "date":
        value = date_typed(value)
    elif field and field.json_type in _NUMBERS:
        value = number_typed(value)
    if field and field.coded:
        return str.__new__(DoubleQuotedScalarString, value)
    if field and (field.kind == "date" or field.json_type in _NUMBERS) and _BARE.fullmatch(value):
        return _Bare(value)
    if "\n" in value:
        return str.__new__(LiteralScalarString, value)
    return str.__new__(DoubleQuotedScalarString, value) if _misread(value) else value


def _ordered(value: Any, fields: tuple[ModelField, ...], field: ModelField | None = None) -> Any:
    """The values in canonical order, each scalar with the style in which it is written."""
    if isinstance(value, dict):
        known = {field.key: field for field in fields}
        keys = [k for k in known if k in value] + [k for k in value if k not in known]
        return {
            k: _ordered(value[k], known[k].fields if k in known else (), known.get(k)) for k in keys
        }
    if isinstance(value, list):
        return [_ordered(item, fields, field) for item in value]
    return None if value is None else _scalar(str(value), field)


def _emitter() -> YAML:
    writer = YAML()
    writer.Emitter = _Emitter
    writer.Representer = _Representer
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = sys.maxsize
    writer.allow_unicode = True
    writer.default_flow_style = False
    return writer


def _dump(value: Any) -> str:
    out = io.StringIO()
    writer = _emitter()
    if isinstance(value, list):  # at the top, its dashes are at the margin
        writer.dump({"list": value}, out)
        lines = out.getvalue().split("\n")[1:]
        return "\n".join(line.removeprefix("  ") for line in lines)
    writer.dump(value, out)
    return out.getvalue()


def _with_comments(text: str, draft: Draft) -> str:
    """The comments back at the places of what they explain."""
    if not (draft.head or draft.above or draft.trailing or draft.tail):
        return text
    marks: Marks = {}
    parse(text, None, marks)
    lines = text.split("\n")
    for path, words in draft.trailing.items():
        if path in marks:
            lines[marks[path][0][0] - 1] += f"  {words}"
    above: dict[int, list[str]] = {}
    for path in sorted((p for p in draft.above if p in marks), key=lambda p: (marks[p][0], len(p))):
        line, column = marks[path][0]
        # The comment of an item's first key goes before the dash, as if it were the item's.
        dash = isinstance(path[-1], int) or (
            len(path) > 1 and marks[path[:-1]][0] == marks[path][0]
        )
        margin = " " * (column - 1 - (2 if dash else 0))
        above.setdefault(line - 1, []).extend(margin + words for words in draft.above[path])
    for at in sorted(above, reverse=True):
        lines[at:at] = above[at]
    return "\n".join([*draft.head, *lines[:-1], *draft.tail, ""])


def render(draft: Draft) -> str:
    """The text of a draft in canonical form, with a final newline."""
    value = _ordered(draft.data, fields_of_kind(draft.kind))
    text = _with_comments(_dump(value), draft)
    if draft.kind != "action":
        return text
    body = story(draft.body)
    return f"---\n{text}---\n\n{body}\n" if body else f"---\n{text}---\n"


def story(body: str) -> str:
    """A Markdown text in normal characters: no spaces at the ends of lines, bullets of Markdown.

    A hard line break written with two spaces becomes a backslash where it would else be lost.
    """
    body = (
        bulleted(unicodedata.normalize("NFC", body)).replace("\u00a0", " ").replace("\u202f", " ")
    )
    written = body.split("\n")
    lines = [line.rstrip() for line in written]
    for number, line in enumerate(written[:-1]):
        if line.endswith("  ") and lines[number] and lines[number + 1]:
            trial = [*lines[:number], f"{lines[number]}\\", *lines[number + 1 :]]
            if _breaks(trial) > _breaks(lines):
                lines = trial
    return "\n".join(lines).strip("\n")


def _breaks(lines: list[str]) -> int:
    html = commonmark.to_html("\n".join(lines))
    return html.count("<br")


def canonical(document: Document) -> str:
    """The canonical text of a document that could be read.

    Raises ValueError if what was written would not read back as the same values: nothing is ever
    lost for the sake of its form.
    """
    draft = draft_of(document)
    text = render(draft)
    again = read_bytes(text.encode(), document.path, document.kind)
    wanted = _plain(_ordered(draft.data, fields_of_kind(draft.kind)))
    if again.problems or again.data != wanted or again.body != story(draft.body).strip():
        raise ValueError(f"{document.path}: la mise en forme commune ne se relit pas")
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if value is None else str(value)


def fix(document: Document, context: Context) -> tuple[str, list[Problem]]:
    """The text after every fix that a rule can make, in canonical form.

    A document that cannot be read, before or after, is left alone: its own text comes back, with
    its problems.
    """
    original = document
    for _ in range(_MAX_ROUNDS):
        if document.problems:
            return original.text, document.problems
        text = document.text
        for rule in all_rules():
            if rule.fix and document.kind in rule.kinds:
                text = rule.fix(document, context)
                if text != document.text:
                    document = read_bytes(text.encode(), document.path, document.kind)
                    if document.problems:
                        return original.text, document.problems
        text = canonical(document)
        if text == document.text:
            return text, []
        document = read_bytes(text.encode(), document.path, document.kind)
    return document.text, document.problems
