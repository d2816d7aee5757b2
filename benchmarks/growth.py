"""How time, bytes and memory of a page grow with the records, of the Atlaas and of Hugo, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any, NamedTuple

TOOLS = {"atlaas": "Atlaas", "hugo": "Hugo"}
PANELS = (
    ("time", "Temps, µs par page"),
    ("bytes", "Octets par page"),
    ("memory", "Mémoire, ko par page"),
)
WIDTH, HEIGHT = 300, 280  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 62, 44, 46  # around what it draws
STYLE = """
svg { background: #fff; color: #1b1b1b; font: 14px system-ui, sans-serif; }
text { fill: currentColor; } .axis { stroke: #767676; } .grid { stroke: #ddd; }
.atlaas { stroke: #000091; fill: #000091; } .hugo { stroke: #8a3c00; fill: #8a3c00; }
polyline { fill: none !important; stroke-width: 2; } polyline.hugo { stroke-dasharray: 6 4; }
text.atlaas, text.hugo { stroke: none; font-weight: bold; } .name { font-weight: bold; }
@media (prefers-color-scheme: dark) {
svg { background: #161616; color: #eee; } .axis { stroke: #929292; } .grid { stroke: #3a3a3a; }
.atlaas { stroke: #a6a6ff; fill: #a6a6ff; } .hugo { stroke: #ffb37a; fill: #ffb37a; }
}
"""


class PerPage(NamedTuple):
    """What a page costs at one size."""

    time: float  # µs of the clock
    bytes: float
    memory: float  # kB of the highest memory


def figures(part: dict[str, Any], tool: str) -> PerPage:
    """What a page costs a tool, of the pages alone."""
    wall, _, memory = part["builds"][tool]
    tree = part["pages"].get(tool, part["tree"])
    pages = tree["pages"]
    return PerPage(1e6 * wall / pages, tree["bytes"] / pages, 1000 * memory / pages)


def short(value: float) -> str:
    """« 20k », « 1M »: a number of actions."""
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"


def rounded_up(value: float) -> float:
    """The next of 1, 2 or 5 times a power of ten."""
    unit = 10 ** floor(log10(value)) if value > 0 else 1
    return float(next(unit * step for step in (1, 2, 5, 10) if unit * step >= value))


def chart(parts: Sequence[dict[str, Any]]) -> str:
    """Three panels over the numbers of actions; lines differ in dash, mark, colour and name."""
    width = WIDTH * len(PANELS)
    title = "Temps, octets et mémoire par page selon le nombre d'actions : Atlaas et Hugo"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}" role="img" aria-labelledby="t">',
        f'<title id="t">{title}</title>',
        f"<style>{STYLE}</style>",
    ]
    for index, (measure, name) in enumerate(PANELS):
        points = {
            tool: [
                (part["actions"], getattr(figures(part, tool), measure))
                for part in parts
                if tool in part["builds"]
            ]
            for tool in TOOLS
        }
        lines += [f'<g transform="translate({WIDTH * index} 0)">', *_panel(name, points), "</g>"]
    return "\n".join([*lines, "</svg>", ""])


def _panel(name: str, points: dict[str, list[tuple[int, float]]]) -> list[str]:
    sizes = sorted({x for line in points.values() for x, _ in line})
    top = rounded_up(max((y for line in points.values() for _, y in line), default=1))
    low, high = log10(min(sizes, default=1)), log10(max(sizes, default=10))

    def x_of(actions: float) -> float:
        share = (log10(actions) - low) / (high - low) if high > low else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    right, base = WIDTH - RIGHT, HEIGHT - BOTTOM
    lines = [f'<text class="name" x="{LEFT}" y="20">{name}</text>']
    for value in (0, top / 2, top):
        y = y_of(value)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        told = f"{value:,.10g}".replace(",", " ")
        lines.append(f'<text x="{LEFT - 6}" y="{y + 5:.1f}" text-anchor="end">{told}</text>')
    lines.append(f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{base}" y2="{base}"/>')
    told_up_to = 0.0
    for actions in sizes:
        x = x_of(actions)
        lines.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 4}"/>')
        if x >= told_up_to:  # else it would stand on its neighbour
            words = short(actions)
            lines.append(f'<text x="{x:.1f}" y="{base + 19}" text-anchor="middle">{words}</text>')
            told_up_to = x + 34
    lines.append(
        f'<text x="{(LEFT + right) / 2:g}" y="{base + 38}" text-anchor="middle">actions</text>'
    )
    return [*lines, *_lines(points, x_of, y_of)]


def _lines(points: dict[str, list[tuple[int, float]]], x_of: Any, y_of: Any) -> list[str]:
    lines, taken = [], []
    for tool, line in points.items():
        if not line:
            continue
        places = [(x_of(x), y_of(y)) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        lines.append(f'<polyline class="{tool}" points="{path}"/>')
        for x, y in places:
            if tool == "atlaas":
                lines.append(f'<circle class="{tool}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
            else:
                square = f'x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
                lines.append(f'<rect class="{tool}" {square}/>')
        x, y = places[-1]
        while any(abs(x - a) < 60 and abs(y - b) < 16 for a, b in taken):
            y -= 16
        taken.append((x, y))
        lines.append(f'<text class="{tool}" x="{x + 9:.1f}" y="{y + 5:.1f}">{TOOLS[tool]}</text>')
    return lines
