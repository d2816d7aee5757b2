"""Values as written, whatever their shape: what is asked for, or nothing."""

from collections.abc import Mapping
from typing import Any

from atlaas.read.document import Document

Values = Mapping[str, Any]


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
