"""The page of an action: everything in its record, then others like it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from atlaas import text
from atlaas.diagnosis.recipe import is_full, missing
from atlaas.diagnosis.similar import Similar
from atlaas.directory import Directory, LinkedAction
from atlaas.pages import recipe, territory, views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

OTHERS = 3  # other actions shown of the same territory, and like it elsewhere


@page_kind(order=40)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """A page per action, by file: as records lie in memory, so that two processes share little."""
    shared = directory, site, Similar(directory)
    for action in sorted(directory.actions.values(), key=attrgetter("path")):
        made = _ValuesOf(shared, action)
        yield Page(action.url, "action", "actions", "", "", made, action.path, about=action)


@dataclass(frozen=True, slots=True)
class _ValuesOf:
    """Makes the values of one page; of all callables, this one takes the least memory."""

    shared: tuple[Directory, Site, Similar]
    action: LinkedAction

    def __call__(self) -> dict[str, Any]:
        directory, site, similar = self.shared
        found = values(directory, site, self.action, similar)
        found["page_title"] = f"{self.action.record.title}, {self.action.territory.name}"
        found["page_description"] = _description(directory, self.action)
        return found


def _description(directory: Directory, action: LinkedAction) -> str:
    """One sentence for search engines; the title is next to it there, and is not repeated."""
    themes = [directory.term("themes", id_).label.lower() for id_ in action.record.themes]
    start = f", {_start(action, action.year)}" if action.year else ""
    words = "Thème" if len(themes) == 1 else "Thèmes"
    return f"{action.territory.headed('Action numérique')}{start}. {words} : {', '.join(themes)}."


def _start(action: LinkedAction, value: str) -> str:
    """« depuis 2016 » where the action is known to go on, else « commencée en 2016 »."""
    match action.record.status:
        case "en-cours":
            return text.since(value)
        case "prevue":
            return f"début prévu {text.moment(value)}"
    return f"commencée {text.moment(value)}"


def values(
    directory: Directory, site: Site, action: LinkedAction, similar: Similar
) -> dict[str, Any]:
    """What the template « action » shows."""
    root = root_of(action.url)
    record = action.record
    others = [a for a in islice(action.territory.actions, OTHERS + 1) if a is not action]
    return {
        "a": action,
        "crumbs": [
            *territory.crumbs(directory, action.territory, root)[:-1],
            (action.territory.name, root + action.territory.url),  # the title follows as heading
        ],
        "themes": _terms(directory, "themes", record.themes, root),
        "enjeux": _terms(directory, "enjeux", record.enjeux, root),
        "usages": _terms(directory, "usages", record.usages, root),
        "status": directory.term("statuses", record.status).label if record.status else "",
        "started": text.date(record.started) if record.started else "",
        "start": _start(action, record.started) if record.started else "",
        "verified": text.date(record.verified) if record.verified else "",
        "recipe": recipe.rows(directory, action, root),
        "full": is_full(record),
        "facts": views.facts(directory, record, root),
        "sources": views.sources(directory, record.sources),
        "same_territory": [views.action_card(directory, a, False) for a in others[:OTHERS]],
        "similar": [views.action_card(directory, a) for a in similar.actions(action, OTHERS)],
        "upkeep": views.upkeep(
            directory,
            site,
            action.path,
            root,
            f"action/?fiche=actions/{action.id}",
            f"action/?territoire={action.territory.code}",
            missing(record),
        ),
    }


def _terms(
    directory: Directory, vocabulary: str, ids: list[str], root: str
) -> list[tuple[str, str]]:
    return [(directory.term(vocabulary, i).label, f"{root}{vocabulary}/{i}/") for i in ids]
