"""/evaluation/: the grid as a form filled in the browser, and what it may start from.

The answers never leave the browser. ``evaluation/grille.json`` is the grid for the script and for
reuse; ``evaluation/depart/<dep>.json`` holds what the Atlaas already knows of each territory.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic_core import to_json

from atlaas.diagnosis.usages import STOPPED
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Grid, GridStatement
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "evaluation/"
PROOFS = 3  # records given for an answer
# What an action's status lets one answer; a status that is not known says « in part » at most.
STATUS_ANSWERS = {"en-cours": "oui", "realisee": "oui", "prevue": "prevu", None: "partiel"}
_STRENGTH = {"oui": 3, "partiel": 2, "prevu": 1}


@page_kind(order=40, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, the grid, and a file per département."""
    grid = directory.grid
    if grid is None:
        return
    yield Page(
        URL,
        "evaluation",
        "territoires",
        "Auto-évaluation",
        "Évaluer son territoire avec une grille ouverte, dans son navigateur : rien n'est envoyé.",
        partial(_values, directory, site, grid),
        "data/evaluation/grille.yml",
        scripts=(
            "assets/js/finder.js",
            "assets/js/evaluation-formula.js",
            "assets/js/evaluation.js",
        ),
    )
    yield Asset(f"{URL}grille.json", partial(_grid_json, directory, grid))
    folders = sorted({t.departement for t in directory.territories.values() if t.departement})
    for departement in folders:
        yield Asset(f"{URL}depart/{departement}.json", partial(_known, directory, departement))


def _values(directory: Directory, site: Site, grid: Grid) -> dict[str, Any]:
    groups: dict[str, list[GridStatement]] = {}
    for statement in grid.statements:
        groups.setdefault(statement.enjeu, []).append(statement)
    return {
        "crumbs": [("Accueil", root_of(URL)), ("Auto-évaluation", None)],
        "grid": grid,
        "groups": [
            (directory.term("enjeux", id_), statements) for id_, statements in groups.items()
        ],
        "themes": {id_: term.label for id_, term in directory.vocabularies["themes"].items()},
        "sources": views.sources(grid.sources),
        "class_sources": views.sources([s for c in grid.classes for s in c.sources or ()]),
        "upkeep": views.upkeep(directory, site, "data/evaluation/grille.yml", root_of(URL)),
    }


def _grid_json(directory: Directory, grid: Grid) -> bytes:
    content = grid.model_dump(
        mode="json", exclude={"sources": True, "classes": {"__all__": {"sources"}}}
    )
    content["enjeux"] = {s.enjeu: directory.term("enjeux", s.enjeu).label for s in grid.statements}
    return to_json(content)


class GridIndex:
    """The statements by theme and by usage, to meet each record with few of them."""

    def __init__(self, grid: Grid) -> None:
        self.order = [statement.id for statement in grid.statements]
        self.themes: dict[str, list[tuple[str, str]]] = defaultdict(list)  # -> (id, enjeu)
        self.usages: dict[str, list[str]] = defaultdict(list)
        for statement in grid.statements:
            self.themes[statement.theme].append((statement.id, statement.enjeu))
            for usage in statement.usages:
                self.usages[usage].append(statement.id)

    def of(self, action: LinkedAction) -> set[str]:
        """The statements for which an action speaks."""
        record = action.record
        found = {id_ for usage in record.usages for id_ in self.usages.get(usage, ())}
        for theme in record.themes:
            for id_, enjeu in self.themes.get(theme, ()):
                if not record.enjeux or enjeu in record.enjeux:
                    found.add(id_)
        return found


def _known(directory: Directory, departement: str) -> bytes:
    """``{code: {statement id: [answer id, [[title, address], …]]}}`` of a département."""
    assert directory.grid is not None
    index = GridIndex(directory.grid)
    found = {}
    for t in directory.inside(f"dep-{departement}"):
        answers = known_answers(index, t)
        if answers:
            found[t.code] = answers
    return to_json(found)


def known_answers(
    index: GridIndex, t: LinkedTerritory
) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """What the records of a territory let it answer: statement id -> (answer, records).

    A record speaks for a statement where it names one of its usages, or its theme, and its enjeu
    too where the record names enjeux. A stopped action speaks for nothing.
    """
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for action in t.actions:
        if action.record.status != STOPPED:
            answer = STATUS_ANSWERS.get(action.record.status, "partiel")
            for id_ in index.of(action):
                found[id_].append((answer, action.record.title, action.url))
    for service in t.record.services:
        for id_ in index.usages.get(service.usage, ()):
            found[id_].append(("oui", service.title, f"{t.url}#services"))
    result = {}
    for id_ in index.order:
        if records := found.get(id_):
            best = max((answer for answer, _, _ in records), key=_STRENGTH.__getitem__)
            result[id_] = (best, [(title, url) for _, title, url in records[:PROOFS]])
    return result
