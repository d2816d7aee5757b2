"""Values as written, whatever their shape: what is asked for, or nothing."""

from collections.abc import Mapping
from typing import Any, TypeGuard

from atlaas.read.document import Document
from atlaas.read.strict import KeyPath

Values = Mapping[str, Any]


def at_path(data: Any, path: KeyPath) -> Any:
    """What stands at a path, which is there."""
    for step in path:
        data = data[step]
    return data


def last_key(path: KeyPath) -> str:
    """The innermost key of a path; empty where it has none."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def is_year(text: object) -> TypeGuard[str]:
    """Whether this is a text of four digits."""
    return isinstance(text, str) and len(text) == 4 and text.isascii() and text.isdigit()


def word(data: Values, key: str) -> str:
    """A text value, or an empty text."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def texts(data: Values, key: str) -> list[str]:
    """The texts of a list, none for another shape."""
    value = data.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def entries_of(value: object) -> list[Values]:
    """The mappings of a list, none for another shape."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def mappings(data: Values, key: str) -> list[Values]:
    """The mappings of the list under a key."""
    return entries_of(data.get(key))


def values_of(document: Document | None) -> Values:
    """The mapping of a record; empty where there is none."""
    return document.data if document and isinstance(document.data, dict) else {}
