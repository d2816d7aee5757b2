"""Degrees -> the words of SVG paths, as few as will do: projections, simplified rings, points.

Each picture has a projection of its own, equirectangular and shrunk by the cosine of its middle
latitude: within the bounds of one French région the error is far below a pixel. Coordinates are
whole numbers of a small viewBox.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Ring = list[tuple[float, float]]  # longitude and latitude in degrees; first point given again
Box = tuple[float, float, float, float]  # west, south, east, north

TOLERANCE = 1.1  # units by which a simplified outline may leave the true one
_SPECK = 4.0  # square units below which an island is left out, unless there is nothing larger


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a box of degrees lies in a picture: ``x = (lon - west) * across``, y downwards."""

    west: float
    north: float
    across: float  # units for a degree of longitude
    down: float  # units for a degree of latitude
    left: float
    top: float
    width: int
    height: int

    @classmethod
    def of(cls, box: Box, side: float, left: float = 0, top: float = 0) -> Projection:
        """The frame in which the longer side of ``box`` takes ``side`` units."""
        west, south, east, north = box
        shrink = math.cos(math.radians((south + north) / 2))
        across, down = (east - west) * shrink, north - south
        scale = side / (max(across, down) or 1)
        width, height = round(across * scale), round(down * scale)
        return cls(west, north, scale * shrink, scale, left, top, width, height)

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees to units of the picture."""
        return (
            self.left + (lon - self.west) * self.across,
            self.top + (self.north - lat) * self.down,
        )


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """All rings of a GeoJSON polygon or multipolygon, holes among them."""
    shape = geometry["coordinates"]
    polygons = shape if geometry["type"] == "MultiPolygon" else [shape]
    return [[(p[0], p[1]) for p in ring] for polygon in polygons for ring in polygon]


def bounds(shapes: Iterable[Ring]) -> Box:
    """The smallest box around all rings."""
    points = [point for ring in shapes for point in ring]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def simplify(points: Ring, tolerance: float) -> Ring:
    """Leave out the points of a line that lie within ``tolerance`` of the rest.

    Douglas and Peucker 1973. A closed ring is cut at the point farthest from its first one.
    """
    last = len(points) - 1
    stack = [(0, last)]
    if points[0] == points[last]:
        x, y = points[0]
        far = max(range(last), key=lambda i: (points[i][0] - x) ** 2 + (points[i][1] - y) ** 2)
        stack = [(0, far), (far, last)]
    kept = {index for pair in stack for index in pair}
    while stack:
        start, end = stack.pop()
        (x1, y1), (x2, y2) = points[start], points[end]
        dx, dy = x2 - x1, y2 - y1
        length = math.hypot(dx, dy)
        worst, index = tolerance * (length or 1), 0
        for i in range(start + 1, end):
            x, y = points[i]
            # Twice the area of the triangle: the distance to the line, times its length.
            off = abs(dx * (y - y1) - dy * (x - x1)) if length else math.hypot(x - x1, y - y1)
            if off > worst:
                worst, index = off, i
        if index:
            kept.add(index)
            stack += [(start, index), (index, end)]
    return [points[i] for i in sorted(kept)]


def _area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def _steps(points: Iterable[tuple[int, int]]) -> str:
    """Relative line segments, as short as SVG's grammar allows: ``l5 6-3 2``."""
    text, previous = "", None
    for x, y in points:
        if previous is None:
            text = f"M{x} {y}l"
        else:
            dx, dy = x - previous[0], y - previous[1]
            if dx == dy == 0:
                continue
            gap = "" if dx < 0 or text[-1] == "l" else " "
            text += f"{gap}{dx}{'' if dy < 0 else ' '}{dy}"
        previous = (x, y)
    return text


def path(shapes: Iterable[Ring], frame: Projection, tolerance: float = TOLERANCE) -> str:
    """The rings as the ``d`` of an SVG path in whole units; specks are left out."""
    projected = [[frame.project(lon, lat) for lon, lat in ring] for ring in shapes]
    sizes = [_area(ring) for ring in projected]
    # An archipelago has nothing but specks at the scale of its box: there they stay, as dots.
    least = _SPECK if max(sizes, default=0) > 50 * _SPECK else 0.0
    parts = []
    for ring, size in zip(projected, sizes, strict=True):
        if size < least:
            continue
        corners = [(round(x), round(y)) for x, y in simplify(ring, tolerance)[:-1]]
        text = _steps(corners)
        if not text.endswith("l"):
            parts.append(f"{text}z")
        elif not least:
            parts.append(f"{text[:-1]}h0")
    return "".join(parts)


def dots(points: Iterable[tuple[float, float]]) -> str:
    """Points of the picture as the ``d`` of one path, a round-capped segment of no length each.

    Sorted and deduplicated by whole units, so that a step takes some six bytes.
    """
    spots = sorted({(round(y), round(x)) for x, y in points})
    text, at = "", (0, 0)
    for y, x in spots:
        dx, dy = x - at[1], y - at[0]
        text += f"{'m' if text else 'M'}{dx}{'' if dy < 0 else ' '}{dy}h0"
        at = (y, x)
    return text
