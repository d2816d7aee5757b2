"""A page, a CSV and a picture for each chart of a page of charts."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from atlaas.pages.charts import Chart
from atlaas.pages.page import Asset, Dates, Page, Site, root_of


class Asked(NamedTuple):
    """A question that a chart answers."""

    question: str
    make: Callable[[], Chart]
    dated: str  # of when the figures are, and whose: « données au 21 novembre 2026 », or empty
    licence: str


class ChartGroup(NamedTuple):
    """Where the page of all of them stands."""

    url: str
    title: str  # in breadcrumbs
    about: str  # begins the description of each page
    dates: Dates | None = None  # of which files the citation of each says when they changed


def chart_pages(
    group: ChartGroup, asked: Mapping[str, Asked], site: Site
) -> Iterator[Page | Asset]:
    """The address of each chart is ``<group>/<id>/``; its files stand next to it."""
    for name, one in asked.items():
        yield Page(
            f"{group.url}{name}/",
            "chart",
            "donnees",
            one.question,
            f"{one.question} {group.about}, avec son tableau, ses données et son image.",
            partial(_values, group, asked, site, name),
            dates=group.dates,
        )
        yield Asset(f"{group.url}{name}.csv", partial(lambda one: one.make().csv(), one))
        picture = partial(_picture, group, one, site, name)
        yield Asset(f"{group.url}{name}.svg", picture, dates=group.dates)


def _values(group: ChartGroup, asked: Mapping[str, Asked], site: Site, name: str) -> dict[str, Any]:
    """What the template « chart » shows."""
    root = root_of(f"{group.url}{name}/")
    one = asked[name]
    trail = [("Accueil", root), (group.title, f"{root}{group.url}"), (one.question, None)]
    return {
        "crumbs": trail,
        "c": one.make(),
        "cite": _citation(group, one, site, name),
        "others": [(other, asked[other].question) for other in asked if other != name],
    }


def _picture(group: ChartGroup, one: Asked, site: Site, name: str) -> bytes:
    return one.make().svg(_citation(group, one, site, name))


def _citation(group: ChartGroup, one: Asked, site: Site, name: str) -> str:
    """« Atlaas, « … », données au 21 novembre 2026, https://…, Licence Ouverte 2.0. »."""
    words = ["Atlaas", f"« {one.question} »", one.dated]
    words += [f"{site.url}{group.url}{name}/"] if site.url else []
    return f"{', '.join([*filter(None, words), one.licence])}."
