"""Nothing is said twice: no value twice in a list, no source twice for a fact."""

from collections.abc import Iterator

from atlaas.read import Document, KeyPath
from atlaas.rules.conditions import Twice
from atlaas.rules.rule import Context, Finding, Rule, entries, parts, shown
from atlaas.rules.statements import Statement

_LISTS = ("themes", "enjeux", "usages", "actors", "partners", "audience", "tools")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """No value stands twice in a list, no address twice in the sources of a fact."""
    data = document.data
    if document.kind == "action":
        for key in _LISTS:
            if key in data:
                yield from _twice(data[key], (key,))
    elif document.kind == "territory":
        for index, label in entries(data, "labels"):
            if "mentions" in label:
                yield from _twice(label["mentions"], ("labels", index, "mentions"))
        if "programmes" in data:
            yield from _twice(data["programmes"], ("programmes",), "title")
    elif document.kind == "collection":
        for key in ("actions", "territories"):
            yield from _twice(data.get(key), (key,))
    elif document.kind == "vocabulary":
        yield from _twice(data, (), "id")
    for path, part, what in parts(document):
        if what != "source":
            yield from _twice(part.get("sources"), (*path, "sources"), "url")


def _twice(values: object, path: KeyPath, key: str = "") -> Iterator[Finding]:
    """The texts that come again in a list, or the texts under a key of its mappings."""
    if not isinstance(values, list) or len(values) < 2:
        return
    seen = set()
    for index, item in enumerate(values):
        value = item.get(key) if key and isinstance(item, dict) else item
        if not isinstance(value, str):
            continue
        if value in seen:
            where = (*path, index, key) if key else (*path, index)
            yield Finding(
                where, f"« {shown(value)} » est écrit deux fois", "Supprimez l'une des deux lignes."
            )
        seen.add(value)


_TWICE = "est écrit deux fois : retirez l'un des deux."
RULE = Rule(
    "valeur-en-double",
    "Une liste ne contient pas deux fois la même valeur.",
    check,
    statements=(
        Statement("value", Twice("."), f"« {{value}} » {_TWICE}"),
        Statement("source", Twice("url"), f"« {{url}} » {_TWICE}", field="url"),
        Statement("programmes", Twice("title"), f"« {{title}} » {_TWICE}", field="title"),
    ),
)
