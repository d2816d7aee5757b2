"""/evaluation/: the grid as a form filled in the browser, and what it may start from.

The answers never leave the browser. ``evaluation/grille.json`` is the grid for the script and for
reuse; ``evaluation/depart/<dep>.json`` holds what the Atlaas already knows of each territory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from pydantic_core import to_json

from atlaas.diagnosis.usages import STOPPED
from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Action, Grid, GridStatement, Term
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "evaluation/"
PROOFS = 3  # records given for an answer
# What records let one propose: « in part » at most, for a statement asks more than one record says.
PLANNED, PARTLY = "prevu", "partiel"
_JOINED = (" et ", " ou ", ", ")  # in the name of a usage that is several: it proposes nothing


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
        "sources": views.sources(directory, grid.sources),
        "class_sources": views.sources(
            directory, [s for c in grid.classes for s in c.sources or ()]
        ),
        "upkeep": views.upkeep(directory, site, "data/evaluation/grille.yml", root_of(URL), add=""),
    }


def _grid_json(directory: Directory, grid: Grid) -> bytes:
    content = grid.model_dump(
        mode="json", exclude={"sources": True, "classes": {"__all__": {"sources"}}}
    )
    content["enjeux"] = {s.enjeu: directory.term("enjeux", s.enjeu).label for s in grid.statements}
    return to_json(content)


class GridIndex:
    """The statements by theme and by usage, to meet each record with few of them."""

    def __init__(self, grid: Grid, usages: Mapping[str, Term]) -> None:
        self.order = [statement.id for statement in grid.statements]
        self._single = {
            id_ for id_, term in usages.items() if not any(word in term.label for word in _JOINED)
        }
        self._themes: dict[str, list[tuple[str, str]]] = defaultdict(list)  # -> (id, enjeu)
        self._usages: dict[str, list[str]] = defaultdict(list)
        for statement in grid.statements:
            self._themes[statement.theme].append((statement.id, statement.enjeu))
            for usage in statement.usages:
                self._usages[usage].append(statement.id)

    def of(self, usages: Iterable[str], record: Action | None = None) -> dict[str, bool]:
        """The statements to which a record belongs: id -> whether it lets one propose an answer.

        Only a usage that is one thing does: a theme is wider than any statement.
        """
        found: dict[str, bool] = {}
        for theme in record.themes if record else ():
            for id_, enjeu in self._themes.get(theme, ()):
                if record and (not record.enjeux or enjeu in record.enjeux):
                    found[id_] = False
        for usage in usages:
            for id_ in self._usages.get(usage, ()):
                found[id_] = found.get(id_, False) or usage in self._single
        return found


def _known(directory: Directory, departement: str) -> bytes:
    """``{code: {statement id: [answer id or "", [[title, address], …]]}}`` of a département."""
    assert directory.grid is not None
    index = GridIndex(directory.grid, directory.vocabularies["usages"])
    found = {}
    for t in directory.inside(f"dep-{departement}"):
        answers = known_answers(index, t)
        if answers:
            found[t.code] = answers
    return to_json(found)


def known_answers(
    index: GridIndex, t: LinkedTerritory
) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """What the records of a territory say of each statement: id -> (proposed answer, records).

    A record belongs to a statement where it names one of its usages, or its theme, and its enjeu
    too where the record names enjeux. A stopped action says nothing. The answer is empty where no
    record lets one propose any.
    """
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for action in t.actions:
        if action.record.status != STOPPED:
            answer = PLANNED if action.record.status == "prevue" else PARTLY
            for id_, proposes in index.of(action.record.usages, action.record).items():
                found[id_].append((answer if proposes else "", action.record.title, action.url))
    for service in t.record.services:
        for id_, proposes in index.of([service.usage] if service.usage else []).items():
            answer = PARTLY if proposes and service.url else ""  # without one, it may be gone
            found[id_].append((answer, views.service(service), f"{t.url}#services"))
    result = {}
    for id_ in index.order:
        if records := found.get(id_):
            answers = [answer for answer, _, _ in records]
            best = next((answer for answer in (PARTLY, PLANNED) if answer in answers), "")
            result[id_] = (best, [(title, url) for _, title, url in records[:PROOFS]])
    return result
