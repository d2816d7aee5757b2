"""Which keys of a record take their value from a vocabulary of data/vocabulary/."""

from __future__ import annotations

# kind -> key at the top, or (list, key) one level down -> name of the vocabulary
TOP = {"action": {"status": "statuses"}, "territory": {"kind": "kinds"}}
TOP_LISTS = {"action": {"themes": "themes", "enjeux": "enjeux", "usages": "usages"}}
NESTED_WORDS = {
    "territory": (
        ("memberships", "level", "membership-levels"),
        ("memberships", "offers", "membership-levels"),
        ("services", "usage", "usages"),
        ("indicators", "nature", "natures"),
    )
}
IN_LISTS = {
    "vocabulary": {"category": "categories", "theme": "themes", "enjeu": "enjeux"},
    "context": {"nature": "natures"},
}


def list_of(kind: str, path: tuple[str | int, ...]) -> str | None:
    """The vocabulary that the value at this path is taken from, if any."""
    keys = [step for step in path if isinstance(step, str)]
    if len(keys) == 2 and keys == ["labels", "mentions"]:
        return "mentions"
    if len(keys) == 2:
        return next((n for a, b, n in NESTED_WORDS.get(kind, ()) if keys == [a, b]), None)
    if len(keys) != 1:
        return None
    tables = (TOP, TOP_LISTS, IN_LISTS)
    return next((t[kind][keys[0]] for t in tables if keys[0] in t.get(kind, {})), None)
