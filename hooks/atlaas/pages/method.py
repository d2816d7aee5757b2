"""/methode/: every formula in French, with an example worked out from the real records."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from atlaas import text
from atlaas.diagnosis import mosaic
from atlaas.diagnosis.area import Diagnosis
from atlaas.diagnosis.comparable import LADDER, comparables_of
from atlaas.diagnosis.evaluation import profile
from atlaas.diagnosis.figure_words import dates
from atlaas.diagnosis.sizes import FEWEST, decimal, percent
from atlaas.diagnosis.studies import Studies
from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Grid
from atlaas.pages.diagnosis import url_of
from atlaas.pages.page import Asset, Page, PageValues, Site, page_kind, root_of

URL = "methode/"
_NAMED = 12  # comparable territories that the example names, where they are no more
MODEL = "200093201"  # the model case of the project: the Métropole européenne de Lille


@page_kind(order=50, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page of method."""
    yield Page(
        URL,
        "method",
        "donnees",
        "Méthode",
        "Comment sont calculés les chiffres de l'Atlaas : formules, exemples, comparaisons, "
        "limites.",
        partial(_values, directory),
    )


def _values(directory: Directory) -> dict[str, Any]:
    studies = Studies(directory)
    area = _example_area(studies)
    grid = directory.grid
    return {
        "crumbs": [("Accueil", root_of(URL)), ("Méthode", None)],
        "area": area,
        "area_url": url_of(area) if area else "",
        "example": _example(studies, area) if area else {},
        "fewest": FEWEST,
        "divide": any(item.head.topic for item in directory.indicators),
        "ladder": [text.number(step) for step in LADDER],
        "indicators": _indicators(directory),
        "group": _group(directory, area) if area else None,
        "ideas": mosaic.IDEAS,
        "grid": grid,
        "enjeux": {id_: term.label for id_, term in directory.vocabularies["enjeux"].items()},
        "grid_example": _grid_example(directory, grid) if grid else {},
    }


def _indicators(directory: Directory) -> list[dict[str, Any]]:
    """The imported indicators: what, when, by whom, under which licence, from where."""
    heads = sorted((item.head for item in directory.indicators), key=lambda h: (h.rank, h.id))
    return [PageValues(head=head, date=dates(head)) for head in heads]


def _group(directory: Directory, area: LinkedTerritory) -> dict[str, Any] | None:
    """The comparable territories of an area, with their inhabitants."""
    group = comparables_of(directory).of(area.code)
    if group is None or not group.enough:
        return None
    places = [directory.reference.places[code] for code in group.codes[:_NAMED]]
    return PageValues(
        words=group.words,
        n=text.number(len(group.codes)),
        names=[f"{p.name} : {text.number(p.population)} habitants" for p in places]
        if len(places) == len(group.codes)
        else [],
    )


def _example_area(studies: Studies) -> LinkedTerritory | None:
    """The model case where it has actions, else the EPCI with most of them."""
    model = studies.directory.territories.get(MODEL)
    if model and studies.areas.has_diagnosis(MODEL) and studies.areas.actions_count(model):
        return model
    found = [t for t in studies.areas.diagnosed if t.kind == "epci"]
    return max(found, key=studies.areas.actions_count, default=None)


def _example(studies: Studies, area: LinkedTerritory) -> dict[str, Any]:
    study = studies.of(area)
    d = study.diagnosis
    ever = d.labelled_ever
    return PageValues(
        {
            "communes": text.number(ever.of),
            "labelled": text.number(ever.n),
            "names": [t.name for t in ever.communes[:12]],
            "share": text.number(percent(ever.n, ever.of)),
            "people": text.number(ever.population),
            "population": text.number(ever.of_population),
            "people_share": text.number(percent(ever.population, ever.of_population)),
            "inhabitants": text.number(d.population),
            "actions": text.number(len(d.actions)),
            "rate": text.number(decimal(d.rate)),
            "cell": _cell(studies.directory, d),
            "quartiles": _quartiles(d),
            "size": d.compared.words,
            "areas": text.number(d.compared.areas),
            "verified": text.plural(len(study.quality.never_verified), "action"),
        }
    )


def _cell(directory: Directory, d: Diagnosis) -> tuple[str, str, int, list[str]] | None:
    """The fullest cell of the matrix of themes: (line, theme, count, titles)."""
    best: tuple[int, str, str, list[str]] | None = None
    for row in d.themes.rows:
        for id_ in d.themes.columns:
            count = row.cells.get(id_, 0)
            if row.territory and count and (best is None or count > best[0]):
                titles = [a.record.title for a in row.territory.actions if id_ in a.record.themes]
                best = (count, row.name, directory.term("themes", id_).label, titles)
    return (best[1], best[2], best[0], best[3][:5]) if best else None


def _quartiles(d: Diagnosis) -> dict[str, Any] | None:
    """The median worked out: how many values, at which place, between which two."""
    found = d.compared.spread
    if found.median is None or found.low is None or found.high is None:
        return None
    values = sorted(peer.rate for peer in d.compared.peers)
    place = Fraction(len(values) - 1, 2)
    index = int(place)
    around = values[index : index + 2] if place != index else values[index : index + 1]
    return PageValues(
        {
            "n": found.n,
            "place": text.number(decimal(place + 1, 1)),
            "around": [text.number(decimal(value)) for value in around],
            "low": text.number(decimal(found.low)),
            "median": text.number(decimal(found.median)),
            "high": text.number(decimal(found.high)),
        }
    )


def _grid_example(directory: Directory, grid: Grid) -> dict[str, Any]:
    """One enjeu answered with the best and the middle answer, in the first class asked of it."""
    class_id = grid.classes[-2 if len(grid.classes) > 1 else 0].id
    asked = [s for s in grid.statements if s.weights.get(class_id, 0)]
    mine = [s for s in asked if s.enjeu == asked[0].enjeu]
    scored = [answer for answer in grid.answers if answer.points is not None]
    order = sorted(scored, key=lambda a: -(a.points or 0))
    chosen = [(s, order[min(i, len(order) - 1)]) for i, s in enumerate(mine)]
    result = profile(grid, class_id, {s.id: answer.id for s, answer in chosen})
    most = order[0].points or 1
    return PageValues(
        {
            "class": next(c.label for c in grid.classes if c.id == class_id),
            "enjeu": directory.term("enjeux", mine[0].enjeu).label,
            "rows": [
                (s.texts.get(class_id, s.text), answer.label, answer.points, s.weights[class_id])
                for s, answer in chosen
            ],
            "gained": sum(s.weights[class_id] * (answer.points or 0) for s, answer in chosen),
            "possible": most * sum(s.weights[class_id] for s, _ in chosen),
            "score": result.enjeux[0].score,
            "most": most,
        }
    )
