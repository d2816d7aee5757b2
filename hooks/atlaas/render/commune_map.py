"""The map of an area with one mark per commune: its shape says the label, its size the actions."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from atlaas.render.outline import Outlines
from atlaas.text.typography import typeset

SIZES = (3.2, 4.6, 6.2, 8.0)  # half the side: no action, 1 or 2, 3 to 9, 10 and more
_MARGIN = 8


class Mark(NamedTuple):
    """A commune on the map."""

    name: str
    point: tuple[float, float]  # latitude, longitude
    labelled: bool
    actions: int
    words: str  # « Lille : 4 arobases en 2014, 1 action »


def size_of(actions: int) -> int:
    """Which of the four sizes a number of actions has."""
    return 0 if not actions else 1 if actions < 3 else 2 if actions < 10 else 3


def marked_map(outlines: Outlines) -> Callable[[str, str, Iterable[Mark]], Markup]:
    """The template function ``marked_map(area, title, marks)``."""

    def draw(area: str, title: str, marks: Iterable[Mark]) -> Markup:
        drawn = outlines.drawing(area)
        if drawn is None:
            return Markup("")
        frame, paths = drawn
        width, height = frame.width + 2 * _MARGIN, frame.height + 2 * _MARGIN
        parts = []
        # Larger ones first, so that a small one is never hidden.
        for mark in sorted(marks, key=lambda m: (-size_of(m.actions), m.name)):
            lat, lon = mark.point
            x, y = frame.project(lon, lat)
            if 0 <= x <= width and 0 <= y <= height:
                parts.append(_shape(x, y, SIZES[size_of(mark.actions)], mark))
        return Markup(
            f'<svg class="outline-map marked" viewBox="0 0 {width} {height}" role="img" '
            f'fill="none" stroke="currentColor" stroke-linejoin="round">'
            f"<title>{escape(typeset(title))}</title>{paths}{''.join(parts)}</svg>"
        )

    return draw


def _shape(x: float, y: float, half: float, mark: Mark) -> str:
    title = f"<title>{escape(typeset(mark.words))}</title>"
    if mark.labelled:
        half *= 0.89  # a square of the same area as the circle
        return (
            f'<rect class="mark" x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" '
            f'height="{2 * half:.1f}">{title}</rect>'
        )
    return f'<circle class="mark open" cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}">{title}</circle>'
