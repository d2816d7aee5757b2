"""Small outline maps as static SVG: data/reference/*.geojson in, markup out, at build time.

``drawing`` makes the lines of a picture, this chooses what stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from markupsafe import Markup, escape

from atlaas.project import Project
from atlaas.render.drawing import Box, Projection, Ring, bounds, dots, path, rings
from atlaas.text.typography import typeset
from atlaas.work.cache import cached

_SIDE = 200  # units on the longer side of a small map
_MARGIN = 8  # units around it, for strokes and for a point at the edge

_FRANCE_WIDTH = 560
_FRANCE_TOLERANCE = 0.9
_INSET_SIDE = 76
_INSET_ROW = 130
# Drawn right without any style sheet; the classes let one change it.
_PEN = 'fill="none" stroke="currentColor" stroke-linejoin="round" stroke-linecap="round"'


class Area(NamedTuple):
    """A feature of the geographic files."""

    name: str
    zone: str  # metro, drom or com; empty for an EPCI
    rings: list[Ring]


_Drawn = tuple[tuple[str, str], tuple[Projection, str]]  # (code, context), (frame, paths)


class Outlines:
    """The outlines of régions, départements and EPCI, each drawn once and then kept.

    With ``contexts``, which names the areas inside which an EPCI is drawn, all outlines of a file
    are drawn when one is asked for, and kept between builds.
    """

    def __init__(self, project: Project, contexts: Mapping[str, str] | None = None) -> None:
        self._project = project
        self._contexts = contexts
        self._drawn: dict[tuple[str, str], tuple[Projection, str] | None] = {}
        self._restored: set[str] = set()

    def _load(self, name: str, key: str) -> dict[str, Area]:
        data = json.loads((self._project.reference / f"{name}.geojson").read_bytes())
        return {
            f["properties"][key]: Area(
                f["properties"]["nom"], f["properties"].get("zone", ""), rings(f["geometry"])
            )
            for f in data["features"]
        }

    @cached_property
    def regions(self) -> dict[str, Area]:
        """The régions by bare code."""
        return self._load("regions", "code")

    @cached_property
    def departements(self) -> dict[str, Area]:
        """The départements and overseas collectivities by bare code."""
        return self._load("departements", "code")

    @cached_property
    def epci(self) -> dict[str, Area]:
        """The EPCI by SIREN: 1.4 MB of text, read only when one is asked for."""
        return self._load("epci", "siren")

    def area(self, code: str) -> Area | None:
        """The area of an Atlaas code (``dep-59``, ``reg-32``, a SIREN), or None."""
        if code.startswith("dep-"):
            return self.departements.get(code[4:])
        if code.startswith("reg-"):
            # An overseas collectivity is its own région, known under its code as a département.
            return self.regions.get(code[4:]) or self.departements.get(code[4:])
        return self.epci.get(code) if len(code) == 9 and code.isdigit() else None

    def _draw(self, area: str, context: str) -> tuple[Projection, str] | None:
        """The frame and the paths of an area within its context, or None where not known."""
        key = (area, context)
        if key not in self._drawn:
            self._restore(area)
        if key not in self._drawn:
            if self._contexts is None or context != self._contexts.get(area, ""):
                self._drawn[key] = self._paths(area, context)
            elif area.startswith("reg-"):  # an overseas collectivity, see ``area``
                self._drawn[key] = self._draw(f"dep-{area[4:]}", context)
            else:  # the file, drawn whole, does not have it
                self._drawn[key] = None
        return self._drawn[key]

    def _restore(self, area: str) -> None:
        """Take the outlines of the file that has ``area`` out of the cache, drawn if need be."""
        name = {"dep": "departements", "reg": "regions"}.get(area[:3], "epci")
        if self._contexts is None or name in self._restored:
            return
        self._restored.add(name)
        files = sorted(self._project.reference.glob("*.geojson"))
        make = partial(self._draw_all, name, self._contexts)
        contexts = repr(sorted(self._contexts.items()))
        cache, kind = self._project.cache, list[_Drawn]
        self._drawn |= dict(cached(kind, cache, f"outlines-{name}", make, contexts, *files))

    def _draw_all(self, name: str, contexts: Mapping[str, str]) -> list[_Drawn]:
        """The frame and the paths of every area of a file."""
        prefix = {"departements": "dep-", "regions": "reg-"}.get(name, "")
        drawn: list[_Drawn] = []
        for bare in getattr(self, name):
            code = prefix + bare
            context = contexts.get(code, "")
            found = self._paths(code, context)
            if found:
                drawn.append(((code, context), found))
        return drawn

    def _paths(self, code: str, context: str) -> tuple[Projection, str] | None:
        area = self.area(code)
        if area is None:
            return None
        around = [found.rings for name in context.split() if (found := self.area(name))]
        frame = Projection.of(bounds(chain(area.rings, *around)), _SIDE, _MARGIN, _MARGIN)
        behind = "".join(path(shapes, frame) for shapes in around)
        text = f'<path class="outline-context" d="{behind}" opacity=".5"/>' if behind else ""
        fill = ' fill="currentColor" fill-opacity=".14"'
        return frame, f'{text}<path class="outline-area" d="{path(area.rings, frame)}"{fill}/>'

    def drawing(self, area: str) -> tuple[Projection, str] | None:
        """The frame and the paths of an area alone, for a picture that adds marks of its own."""
        return self._draw(area, "")

    def svg(
        self,
        area: str,
        title: str,
        points: Sequence[tuple[float, float]] = (),
        *,
        context: str = "",
    ) -> Markup:
        """The outline of ``area`` with points (latitude, longitude); empty where not known.

        ``context`` names, separated by spaces, the areas inside which it is drawn: the
        départements of an EPCI, or those that make up a région. An empty ``title`` makes the
        picture an ornament that assistive technology passes over.
        """
        drawn = self._draw(area, context)
        if drawn is None:
            return Markup("")
        frame, paths = drawn
        width, height = frame.width + 2 * _MARGIN, frame.height + 2 * _MARGIN
        spots = [
            (x, y)
            for x, y in (frame.project(lon, lat) for lat, lon in points)
            if 0 <= x <= width and 0 <= y <= height
        ]
        marks = _point(spots, 11 if len(spots) < 2 else 7)
        return Markup(
            f'<svg class="outline-map" viewBox="0 0 {width} {height}" {_PEN}{_name(title)}'
            f"{paths}{marks}</svg>"
        )

    def france_svg(self, points: Iterable[tuple[float, float]], title: str) -> Markup:
        """Metropolitan France over its overseas territories, with points (latitude, longitude).

        The home page puts it inside the link to the map, whose name is then ``title``. An
        overseas collectivity is shown when it has a point.
        """
        places = list(points)
        metropolis = [area for area in self.regions.values() if area.zone == "metro"]
        box = bounds(chain.from_iterable(area.rings for area in metropolis))
        frame = Projection.of(box, _FRANCE_WIDTH - 2 * _MARGIN, _MARGIN, _MARGIN)
        outlines = [path(area.rings, frame, _FRANCE_TOLERANCE) for area in metropolis]
        spots = _inside(places, box, frame)
        insets = {"drom": [area for area in self.regions.values() if area.zone == "drom"]}
        insets["com"] = [
            area
            for area in self.departements.values()
            if area.zone == "com" and _inside(places, bounds(area.rings), frame)
        ]
        y = frame.height + 2 * _MARGIN
        names = []
        for row in (*_rows(insets["drom"], 5), *_rows(insets["com"], 3)):
            for column, area in enumerate(row):
                box = bounds(area.rings)
                x = round(_FRANCE_WIDTH / len(row) * (column + 0.5))
                size = Projection.of(box, _INSET_SIDE)
                frame = Projection.of(
                    box, _INSET_SIDE, x - size.width / 2, y + 50 - size.height / 2
                )
                outlines.append(path(area.rings, frame, _FRANCE_TOLERANCE))
                spots += _inside(places, box, frame)
                names.append(f'<text x="{x}" y="{y + 112}">{escape(area.name)}</text>')
            y += _INSET_ROW
        areas = "".join(f'<path d="{d}"/>' for d in outlines)
        return Markup(
            f'<svg class="france-map" viewBox="0 0 {_FRANCE_WIDTH} {y}" {_PEN}{_name(title)}'
            f'<g class="outline-area" fill="currentColor" fill-opacity=".14">{areas}</g>'
            f"{_point(spots, 7)}"
            '<g class="outline-names" fill="currentColor" stroke="none" font-size="19" '
            f'text-anchor="middle">{"".join(names)}</g></svg>'
        )


def _rows(areas: Sequence[Area], length: int) -> Iterator[Sequence[Area]]:
    return (areas[start : start + length] for start in range(0, len(areas), length))


def _inside(
    places: Iterable[tuple[float, float]], box: Box, frame: Projection
) -> list[tuple[float, float]]:
    """Where the places (latitude, longitude) of a box lie in the picture."""
    west, south, east, north = box
    return [
        frame.project(lon, lat)
        for lat, lon in places
        if west <= lon <= east and south <= lat <= north
    ]


def _name(title: str) -> str:
    """The end of the opening tag, and the picture's name; without one it is an ornament."""
    if not title:
        return ' aria-hidden="true">'
    return f' role="img"><title>{escape(typeset(title))}</title>'


def _point(spots: Iterable[tuple[float, float]], width: int) -> str:
    d = dots(spots)
    return f'<path class="outline-point" d="{d}" stroke-width="{width}"/>' if d else ""
