"""/fracture/: the digital divide, by imported indicators whose heads give it a topic.

Every figure stands with its date and source: none is that of today.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis.digital_divide import FAR, AreaFigure, DigitalDivide, inhabited
from atlaas.diagnosis.figure_words import compared_words, plain_number, short_words, words
from atlaas.directory import Directory, territory_url
from atlaas.geography.reference import FRANCE
from atlaas.model.indicator_head import IndicatorHead
from atlaas.pages import divide_charts, indicator_map, views
from atlaas.pages.chart_pages import ChartGroup, chart_pages
from atlaas.pages.charts import csv_bytes
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "fracture/"
TITLE = "La fracture numérique"
THEME = "mediation-numerique"  # of the actions that answer it
_CARDS = 3
_FARTHEST = 15  # communes that are named
OVERSEAS = "Collectivités d'outre-mer"
_COUNTED = (("département",), ("collectivité",))
_LEVELS = (("regions", "region", "Région"), ("departements", "departement", "Département"))


class Measured(NamedTuple):
    """What is measured, in words."""

    label: str
    layer: str  # address of its layer of the map
    publisher: str
    source: str
    date: str
    age: str
    licence: str
    france: str  # « 2 578 lieux, 0,4 lieu pour 10 000 habitants », or empty
    known: str  # « connu pour 96 départements sur 107 », or empty
    note: str


class AreaTable(NamedTuple):
    """The indicators by région or département."""

    name: str  # of the column of names
    columns: list[tuple[str, str]]  # (label, date)
    rows: list[tuple[str, str, list[str]]]  # name, address or empty, values in words
    csv: str  # address of the same, relative to the page


class FarCommune(NamedTuple):
    """A commune far from any place."""

    name: str
    url: str
    departement: str
    km: str
    nearest: str


@page_kind(order=81, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, that of the départements, and those of the charts; nothing without indicators."""
    if not any(item.head.topic for item in directory.indicators):
        return
    divide = DigitalDivide(directory)
    charts = divide_charts.asked(divide)

    def values() -> dict[str, Any]:
        root = root_of(URL)
        answers = directory.actions_by["themes"].get(THEME, ())
        return {
            "crumbs": [("Accueil", root), (TITLE, None)],
            "measured": [_measured(divide, head) for head in divide.heads],
            "charts": [(one.make(), one.dated) for one in charts.values()],
            "regions": _table(directory, divide, "regions"),
            "far": [
                (head.label, divide_charts.said(divide, head), _farthest(directory, divide, head))
                for head in divide.about("accueil")
            ],
            "far_km": FAR,
            "theme": directory.vocabularies["themes"].get(THEME),
            "answers": len(answers),
            "cards": [views.action_card(directory, a) for a in views.newest(answers, _CARDS)],
        }

    yield Page(
        URL,
        "fracture",
        "donnees",
        TITLE,
        "La fracture numérique en chiffres datés : fibre, zones blanches, médiation et lieux "
        "d'accueil, par région, département et densité, et les actions qui y répondent.",
        values,
    )
    for name, level, _ in _LEVELS:
        yield Asset(f"{URL}{name}.csv", partial(_csv, directory, divide, level))
    yield Page(
        f"{URL}departements/",
        "fracture-departements",
        "donnees",
        f"{TITLE} par département",
        "Fibre, zones blanches, médiation et lieux d'accueil dans chaque département, avec la date "
        "et la source de chaque chiffre.",
        lambda: {
            "crumbs": [
                ("Accueil", root_of(f"{URL}departements/")),
                (TITLE, root_of(f"{URL}departements/") + URL),
                ("Départements", None),
            ],
            "csv": "departements.csv",
            "regions": _by_region(directory, divide),
        },
    )
    yield from chart_pages(ChartGroup(URL, TITLE, "Un graphique de l'Atlaas"), charts, site)


def _measured(divide: DigitalDivide, head: IndicatorHead) -> Measured:
    date, age = divide.figures.when(head)
    france, known = "", ""
    figure = next((f for f in divide.figures.of(FRANCE) if f.head.id == head.id), None)
    if figure:
        france, known = ", ".join(filter(None, [figure.value, figure.per])), figure.made_of
    elif head.level == "departement":  # a percentage alone does not add up
        values = [one.value for one in divide.areas(head.id, head.level) if one.value is not None]
        if values:
            france = f"médiane de {text.plural(len(values), 'département')} : "
            france += compared_words(head, median(values))
    return Measured(
        head.label,
        f"{indicator_map.URL}{head.id}/",
        ", ".join(filter(None, [head.publisher, head.dataset])),
        head.source,
        date,
        age,
        head.licence,
        france,
        known,
        head.note or "",
    )


def _shown(divide: DigitalDivide, level: str) -> list[IndicatorHead]:
    """The indicators that have a value at a level: a number per département makes no région."""
    return [head for head in divide.heads if head.level == level or head.kind != "nombre"]


def _table(directory: Directory, divide: DigitalDivide, name: str) -> AreaTable:
    level, column = next((level, word) for id_, level, word in _LEVELS if id_ == name)
    heads = _shown(divide, level)
    by_area = zip(*(divide.areas(head.id, level) for head in heads), strict=True)
    rows = []
    for figures in by_area:
        place = figures[0].place
        page = directory.territories.get(place.code)
        cells = [_cell(head, one) for head, one in zip(heads, figures, strict=True)]
        rows.append((place.name, page.url if page else "", cells))
    columns = [(head.label, divide.figures.when(head)[0]) for head in heads]
    return AreaTable(column, columns, rows, f"{name}.csv")


def _by_region(directory: Directory, divide: DigitalDivide) -> list[tuple[str, AreaTable]]:
    """The départements of each région, by name, and how many; the overseas bodies last."""
    table = _table(directory, divide, "departements")
    rows: dict[tuple[bool, str], list[tuple[str, str, list[str]]]] = {}
    for place, row in zip(inhabited(directory, "departement"), table.rows, strict=True):
        overseas = place.zone == "com"
        name = OVERSEAS if overseas else directory.reference.regions[place.region].name
        rows.setdefault((overseas, name), []).append(row)
    ordered = sorted(rows, key=lambda one: (one[0], text.sort_key(one[1])))
    return [
        (
            f"{name} ({text.plural(len(rows[overseas, name]), *_COUNTED[overseas])})",
            table._replace(rows=rows[overseas, name]),
        )
        for overseas, name in ordered
    ]


def _cell(head: IndicatorHead, figure: AreaFigure) -> str:
    """« 23 lieux (0,4 pour 10 000) », « 78,0 % »."""
    if figure.amount is None:
        return "non connu"
    value = words(head, figure.amount, True)
    if head.kind == "somme" and figure.amount.part and figure.value is not None:
        return f"{value} ({short_words(head, figure.value)})"
    return value


def _csv(directory: Directory, divide: DigitalDivide, level: str) -> bytes:
    """A line per area and indicator: everything that a reader needs to cite it."""
    columns = ("code", "nom", "indicateur", "libellé", "valeur", "comparé", "unité", "date")
    rows: list[Sequence[str]] = []
    for head in _shown(divide, level):
        unit = "%" if head.kind != "somme" else f"{head.plural or head.unit} pour 10 000 habitants"
        for one in divide.areas(head.id, level):
            counted = head.kind == "somme" and one.amount is not None
            rows.append(
                (
                    one.place.code,
                    one.place.name,
                    head.id,
                    head.label,
                    str(one.amount.part) if counted and one.amount else "",
                    "" if one.value is None else plain_number(one.value),
                    unit,
                    head.date,
                )
            )
    return csv_bytes((*columns, "source"), [(*row, _source(divide, row[2])) for row in rows])


def _source(divide: DigitalDivide, id_: str) -> str:
    return next(head.source for head in divide.heads if head.id == id_)


def _farthest(directory: Directory, divide: DigitalDivide, head: IndicatorHead) -> list[FarCommune]:
    places, departements = directory.reference.places, directory.reference.departements
    found = sorted(divide.distances(head.id), key=lambda one: (-one.km, one.code))
    far = [one for one in found if one.km > FAR and places[one.code].population][:_FARTHEST]
    rows = []
    for one in far:
        place = places[one.code]
        above = departements.get(place.departement)
        rows.append(
            FarCommune(
                place.name,
                territory_url(place.code, place.name),
                above.name if above else "",
                text.number(one.km),
                places[one.nearest].name,
            )
        )
    return rows
