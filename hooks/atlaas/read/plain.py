"""The YAML that nearly all records are written in, read line by line: a third of libyaml's time.

Only block mappings and lists in the form that ``check --fix`` writes: two spaces per level, a value
on the line of its key, plain or in simple quotes. Whatever is otherwise, or may be, is left to
``strict``, which alone refuses anything: where this module answers, both give the same values
(``tests/read/test_read.py`` compares them).
"""

import re
from sys import intern
from typing import Any

from atlaas.model.fields import code_keys, number_keys

SHORT = 32  # characters of a value of which one copy is kept: keys, codes, words of lists, dates
_DEEPEST = 6  # containers within each other; ``strict`` refuses more than eight
# Indentation, dash of a list, key, and a value in double quotes, single quotes or none.
_LINE = re.compile(
    r"""( *)(- )?(?:([a-z_]+):(?:[ ]|$))?(?:"([^"\\]*)"|'([^']*)'|([^\W_].*))?"""
).fullmatch


def read_plain(text: str) -> dict[str, Any] | None:
    """The mapping that a text holds, or None where ``strict`` has to look at it."""
    lines = text.strip("\n").split("\n")
    if not "".join(lines).isprintable():
        return None
    root: dict[str, Any] = {}
    # The open containers: their column, themselves, and for a list the key that holds it.
    stack: list[tuple[int, Any, str]] = [(0, root, "")]
    waiting: tuple[dict[str, Any], str, int] | None = None  # a key without a value, its column
    for line in lines:
        found = _LINE(line)
        if found is None:
            return None
        spaces, dash, key, double, single, plain = found.groups()
        column = len(spaces)
        value = _value(double, single, plain)
        if value is None:
            return None
        # Where the line belongs: in a container that begins here, or in one that is open.
        if waiting and (dash or key) and column == waiting[2] + 2:
            holder, name, _ = waiting
            holder[name] = [] if dash else {}
            stack.append((column, holder[name], name))
            waiting = None
        elif waiting:
            waiting[0][waiting[1]] = None
            waiting = None
        while stack and stack[-1][0] > column:
            stack.pop()
        if not stack or stack[-1][0] != column or len(stack) > _DEEPEST:
            return None
        _, container, owner = stack[-1]
        if dash:
            if type(container) is not list:
                return None
            if key is None:
                if not value or _is_misquoted(owner, plain):
                    return None
                container.append(_kept(value, plain))
                continue
            container.append({})
            container, column = container[-1], column + 2
            stack.append((column, container, ""))
        elif key is None or type(container) is not dict or key in container:
            return None
        if double is None and single is None and plain is None:
            waiting = container, intern(key), column
            container[waiting[1]] = None
        elif _is_misquoted(key, plain):
            return None
        else:
            container[intern(key)] = _kept(value, plain)
    return root or None


def _value(double: str | None, single: str | None, plain: str | None) -> str | None:
    """The text of a value, empty where there is none; None where a plain one is not that plain."""
    if plain is None:
        return double if double is not None else single or ""
    if ": " in plain or " #" in plain or plain[-1] in ": ":
        return None
    return plain


def _kept(value: str, plain: str | None) -> str | None:
    if plain == "null":
        return None
    return intern(value) if len(value) < SHORT else value


def _is_misquoted(key: str, plain: str | None) -> bool:
    """Whether a code has no quotes, or a number has some: two rules want its place."""
    if plain is None:
        return key in number_keys()
    return plain[0].isdigit() and key in code_keys()
