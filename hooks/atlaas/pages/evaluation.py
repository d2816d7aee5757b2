"""/evaluation/: the grid as a form filled in the browser, and what it may start from.

The answers never leave the browser. ``evaluation/grille.json`` is the grid for the script and for
reuse; ``evaluation/depart/<dep>.json`` holds what the Atlaas already knows of each territory.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from atlaas.diagnosis.usages import STOPPED
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.evaluation import Grid, Statement
from atlaas.pages import views
from atlaas.pages.base import Asset, Page, Site, root_of

URL = "evaluation/"
PROOFS = 3  # records given for an answer
# What an action's status lets one answer; a status that is not known says « in part » at most.
STATUS_ANSWERS = {"en-cours": "oui", "realisee": "oui", "prevue": "prevu", None: "partiel"}
_STRENGTH = {"oui": 3, "partiel": 2, "prevu": 1}


def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, the grid, and a file a département."""
    grid = directory.grid
    if grid is None:
        return
    yield Page(
        URL, "evaluation", "territoires", "Auto-évaluation",
        "Évaluer son territoire avec une grille ouverte, dans son navigateur : rien n'est envoyé.",
        partial(_values, directory, site, grid), "data/evaluation/grille.yml",
        scripts=(
            "assets/js/finder.js", "assets/js/evaluation-formula.js", "assets/js/evaluation.js",
        ),
    )  # fmt: skip
    yield Asset(f"{URL}grille.json", partial(_grid_json, directory, grid))
    folders = sorted({t.departement for t in directory.territories.values() if t.departement})
    for departement in folders:
        yield Asset(f"{URL}depart/{departement}.json", partial(_known, directory, departement))


def _values(directory: Directory, site: Site, grid: Grid) -> dict[str, Any]:
    groups: dict[str, list[Statement]] = {}
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


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _grid_json(directory: Directory, grid: Grid) -> bytes:
    content = grid.model_dump(
        mode="json", exclude={"sources": True, "classes": {"__all__": {"sources"}}}
    )
    content["enjeux"] = {s.enjeu: directory.term("enjeux", s.enjeu).label for s in grid.statements}
    return _dump(content)


def _known(directory: Directory, departement: str) -> bytes:
    """``{code: {statement id: [answer id, [[title, address], …]]}}`` of a département."""
    assert directory.grid is not None
    found = {}
    for t in directory.by_departement.get(departement, ()):
        answers = known_answers(directory.grid, t)
        if answers:
            found[t.code] = answers
    return _dump(found)


def known_answers(grid: Grid, t: LinkedTerritory) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """What the records of a territory let it answer: statement id -> (answer, records).

    A record speaks for a statement where it names one of its usages, or its theme, and its enjeu
    too where the record names enjeux. A stopped action speaks for nothing.
    """
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for action in t.actions:
        if action.record.status != STOPPED:
            answer = STATUS_ANSWERS.get(action.record.status, "partiel")
            for statement in grid.statements:
                if _speaks(action, statement):
                    found[statement.id].append((answer, action.record.title, action.url))
    for service in t.record.services:
        for statement in grid.statements:
            if service.usage in statement.usages:
                found[statement.id].append(("oui", service.title, f"{t.url}#services"))
    result = {}
    for statement in grid.statements:
        if records := found.get(statement.id):
            best = max((answer for answer, _, _ in records), key=lambda a: _STRENGTH[a])
            result[statement.id] = (best, [(title, url) for _, title, url in records[:PROOFS]])
    return result


def _speaks(action: LinkedAction, statement: Statement) -> bool:
    record = action.record
    if any(usage in statement.usages for usage in record.usages):
        return True
    return statement.theme in record.themes and (
        not record.enjeux or statement.enjeu in record.enjeux
    )
