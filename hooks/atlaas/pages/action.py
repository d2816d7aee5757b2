"""The page of an action: everything in its record, then others like it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from atlaas import text
from atlaas.directory import Directory, LinkedAction
from atlaas.pages import territory, views
from atlaas.pages.base import Asset, Page, Site, root_of

BESIDE = 3  # other actions shown of the same territory and of the same theme


def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """One page an action."""
    for action in directory.actions.values():
        yield _page(directory, site, action)


def _page(directory: Directory, site: Site, action: LinkedAction) -> Page:
    return Page(
        action.url,
        "action",
        "actions",
        action.record.title,
        _description(directory, action),
        lambda: values(directory, site, action),
        action.path,
    )


def _description(directory: Directory, action: LinkedAction) -> str:
    theme = directory.term("themes", action.record.themes[0]).label.lower()
    start = f", depuis {action.year}" if action.year else ""
    return f"{action.record.title} : une action de {action.territory.name} ({theme}{start})."


def values(directory: Directory, site: Site, action: LinkedAction) -> dict[str, Any]:
    """What the template « action » shows."""
    root = root_of(action.url)
    record = action.record
    others = [a for a in islice(action.territory.actions, BESIDE + 1) if a is not action]
    return {
        "a": action,
        "crumbs": [
            *territory.crumbs(directory, action.territory, root)[:-1],
            (action.territory.name, root + action.territory.url),
            (record.title, None),
        ],
        "themes": _terms(directory, "themes", record.themes, root),
        "enjeux": _terms(directory, "enjeux", record.enjeux, root),
        "usages": _terms(directory, "usages", record.usages, root),
        "status": directory.term("statuses", record.status).label if record.status else "",
        "started": text.date(record.started) if record.started else "",
        "verified": text.date(record.verified) if record.verified else "",
        "sources": views.sources(record.sources),
        "same_territory": [views.action_card(directory, a, False) for a in others[:BESIDE]],
        "same_theme": [views.action_card(directory, a) for a in _same_theme(directory, action)],
        "upkeep": views.upkeep(
            directory, site, action.path, root,
            f"action/?fiche=actions/{action.id}", f"?territoire={action.territory.code}",
        ),
    }  # fmt: skip


def _terms(
    directory: Directory, vocabulary: str, ids: list[str], root: str
) -> list[tuple[str, str]]:
    return [(directory.term(vocabulary, i).label, f"{root}{vocabulary}/{i}/") for i in ids]


def _same_theme(directory: Directory, action: LinkedAction) -> list[LinkedAction]:
    """The next actions on the first theme after this one, from other territories, in a ring.

    Going round the ring spreads the links over the whole theme, and a new action changes only
    the pages just before it.
    """
    ring = directory.actions_by_theme[action.record.themes[0]]
    start = directory.rank_in_theme[action.id]
    found = []
    for step in range(1, len(ring)):
        other = ring[(start + step) % len(ring)]
        if other.territory is not action.territory:
            found.append(other)
            if len(found) == BESIDE:
                break
        if step > 200:  # one territory carries all the next ones
            break
    return found
