"""A file taken apart for rewriting: its values, and its comments by the path that they explain.

``canonical`` writes drafts out; the imports, ``rename`` and ``merge`` change them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atlaas.read import Document, KeyPath
from atlaas.read.comments import comments_of, yaml_of


@dataclass(slots=True)
class Draft:
    """Values as written (nested dict, list, str, None), comments, and the story of an action.

    ``above`` holds the comment lines before a key or an item, ``trailing`` the comment at the
    end of its line. A path with list indexes moves when an item is inserted: use
    :func:`insert`.
    """

    kind: str
    data: Any
    body: str = ""
    head: list[str] = field(default_factory=list)
    above: dict[KeyPath, list[str]] = field(default_factory=dict)
    trailing: dict[KeyPath, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


def draft_of(document: Document) -> Draft:
    """The draft of a document that could be read."""
    found = comments_of(yaml_of(document), document.data)
    return Draft(
        document.kind,
        document.data,
        document.body,
        found.head,
        found.above,
        found.trailing,
        found.tail,
    )


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def insert(draft: Draft, path: KeyPath, index: int, value: Any) -> None:
    """Insert an item in the list at ``path``, and move the comments of those that follow."""
    _at(draft.data, path).insert(index, value)
    depth = len(path)

    def moved(key: KeyPath) -> KeyPath:
        if len(key) > depth and key[:depth] == path:
            step = key[depth]
            if isinstance(step, int) and step >= index:
                return (*path, step + 1, *key[depth + 1 :])
        return key

    draft.above = {moved(key): lines for key, lines in draft.above.items()}
    draft.trailing = {moved(key): words for key, words in draft.trailing.items()}


def same_source(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sources are the same page, or the same printed document."""
    if one.get("url") or other.get("url"):
        return bool(one.get("url") == other.get("url"))
    keys = ("publisher", "title", "date")
    return [one.get(key) for key in keys] == [other.get(key) for key in keys]
