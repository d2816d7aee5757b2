"""Signs as pictures: the same strokes as SVG and, by Pillow, as PNG.

Next to the other renderers. Nothing of a record enters these pictures but a level and a
year. Words of PNG files are drawn with the committed font.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.text import plural

# One @ in a square of 32, strokes 2.6 wide: the circle and the tail of assets/img/logo.svg.
_CIRCLE = '<circle cx="16" cy="16" r="4.3"/>'
_TAIL = '<path d="M20.3 11.8v5.6a2.75 2.75 0 0 0 5.5 0V16a9.8 9.8 0 1 0-4.1 8"/>'
_STROKE = 2.6
WIDTH, HEIGHT = 320, 132  # of a panel, in its own units
_SCALE = 2  # pixels of a PNG for one of these
_FINER = 3  # drawn so many times larger, then reduced: smooth edges


class Inks(NamedTuple):
    """Colours of a panel."""

    edge: str
    strong: str
    pale: str
    green: str
    words: str


LIGHT = Inks("#0a5f66", "#0a5f66", "#c2d1d0", "#3f7a06", "#16211f")
PRINT = Inks("#000000", "#000000", "#c8c8c8", "#000000", "#000000")


def panel_svg(level: int, year: int, green: bool, inks: Inks) -> bytes:
    """A panel: five places, as many strong @ as the level, and the year."""
    count = f"{plural(level, 'arobase')} sur 5"
    title = f"Territoires, Villes et Villages Internet, {year} : {count}"
    places = "".join(
        f'<g transform="translate({x:g} 14) scale(1.75)" stroke="{ink}">{_CIRCLE}{_TAIL}{rule}</g>'
        for x, ink, rule in _places(level, green, inks)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" role="img"><title>{title}</title>'
        f'<rect x="3" y="3" width="{WIDTH - 6}" height="{HEIGHT - 6}" rx="14" fill="#fff"'
        f' stroke="{inks.edge}" stroke-width="6"/>'
        f'<g fill="none" stroke-width="{_STROKE}" stroke-linecap="round">{places}</g>'
        f'<g fill="{inks.words}" font-family="Inter,system-ui,Arial,sans-serif" font-weight="700">'
        f'<text x="22" y="91" font-size="15">Territoires, Villes</text>'
        f'<text x="22" y="110" font-size="15">et Villages Internet</text>'
        f'<text x="{WIDTH - 22}" y="108" font-size="34" text-anchor="end">{year}</text></g></svg>\n'
    ).encode()


def known_svg(words: str, inks: Inks) -> bytes:
    """The same frame for a territory without a known level: what the Atlaas knows of it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" role="img"><title>{words} dans l’Atlaas</title>'
        f'<rect x="3" y="3" width="{WIDTH - 6}" height="{HEIGHT - 6}" rx="14" fill="#fff"'
        f' stroke="{inks.edge}" stroke-width="6"/>'
        f'<g transform="translate(22 38) scale(1.75)" fill="none" stroke="{inks.strong}"'
        f' stroke-width="{_STROKE}" stroke-linecap="round">{_CIRCLE}{_TAIL}</g>'
        f'<g fill="{inks.words}" font-family="Inter,system-ui,Arial,sans-serif" font-weight="700">'
        f'<text x="92" y="62" font-size="26">{words}</text>'
        f'<text x="92" y="92" font-size="20">dans l’Atlaas</text></g></svg>\n'
    ).encode()


def _places(level: int, green: bool, inks: Inks) -> Sequence[tuple[float, str, str]]:
    """(x, ink, underline) of the five places; the first is the green one, underlined too."""
    found = []
    for place in range(5):
        first = green and place == 0
        ink = inks.green if first else inks.strong if place < level else inks.pale
        found.append((19 + place * 56.5, ink, '<path d="M8 30h16"/>' if first else ""))
    return found


class Painter:
    """Draws PNG files with a font; Pillow is imported and the font read when one is asked for."""

    def __init__(self, font: Path) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self._image, self._draw = Image, ImageDraw
        self._truetype, self._layout = ImageFont.truetype, ImageFont.Layout.BASIC
        self._file = font
        self._stamps: dict[int, Any] = {}
        self._fonts: dict[int, Any] = {}

    def font(self, size: float) -> Any:
        """The font at a size in pixels, in the plain layout: the other one needs a library that
        some systems have."""
        pixels = round(size)
        if pixels not in self._fonts:
            made = self._truetype(str(self._file), pixels, layout_engine=self._layout)
            self._fonts[pixels] = made
        return self._fonts[pixels]

    def stamp(self, side: int) -> Any:
        """One @ as a mask of ``side`` pixels."""
        if side not in self._stamps:
            mask = self._image.new("L", (side * _FINER, side * _FINER), 0)
            draw = self._draw.Draw(mask)
            unit = side * _FINER / 32
            reach = _STROKE / 2 * unit
            for x, y in _strokes():
                draw.ellipse(
                    (x * unit - reach, y * unit - reach, x * unit + reach, y * unit + reach),
                    fill=255,
                )
            self._stamps[side] = mask.resize((side, side), self._image.Resampling.LANCZOS)
        return self._stamps[side]

    def panel(self, level: int, year: int, green: bool, inks: Inks) -> bytes:
        """The panel of ``panel_svg`` as PNG."""
        k = _SCALE
        picture = self._image.new("RGB", (WIDTH * k, HEIGHT * k), "#ffffff")
        draw = self._draw.Draw(picture)
        draw.rounded_rectangle(
            (0, 0, WIDTH * k - 1, HEIGHT * k - 1),
            17 * k,
            fill="#ffffff",
            outline=inks.edge,
            width=6 * k,
        )
        for x, ink, rule in _places(level, green, inks):
            picture.paste(ink, (round(x * k), 14 * k), self.stamp(56 * k))
            if rule:
                draw.rectangle((round((x + 14) * k), 64 * k, round((x + 42) * k), 68 * k), fill=ink)
        small, large = self.font(15 * k), self.font(34 * k)
        draw.text((22 * k, 91 * k), "Territoires, Villes", inks.words, small, anchor="ls")
        draw.text((22 * k, 110 * k), "et Villages Internet", inks.words, small, anchor="ls")
        draw.text(((WIDTH - 22) * k, 108 * k), str(year), inks.words, large, anchor="rs")
        return as_png(picture.quantize(32, self._image.Quantize.FASTOCTREE))


def _strokes() -> list[tuple[float, float]]:
    """Points along the strokes of the @, close enough to run together."""
    around = [(16 + 4.3 * math.cos(a), 16 + 4.3 * math.sin(a)) for a in _angles(0, 360)]
    down = [(20.3, 11.8 + step * 0.1) for step in range(57)]
    hook = [(23.05 + 2.75 * math.cos(a), 17.4 + 2.75 * math.sin(a)) for a in _angles(180, 0)]
    up = [(25.8, 17.4 - step * 0.1) for step in range(15)]
    tail = [(16 + 9.8 * math.cos(a), 16 + 9.8 * math.sin(a)) for a in _angles(0, -305.5)]
    return [*around, *down, *hook, *up, *tail]


def _angles(start: float, end: float) -> list[float]:
    steps = max(2, round(abs(end - start) / 1.5))
    return [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]


def as_png(picture: Any, bits: int = 8) -> bytes:
    """A picture of at most 256 colours, of 16 where ``bits`` is 4, of 4 where it is 2, as PNG.

    Not by Pillow, which brings a zlib of its own that packs otherwise from one wheel to the next:
    the same picture has the same bytes wherever Python's zlib is the usual one. Of a panel, level
    9 would save a tenth of the bytes, for ten times the work.
    """
    palette = bytes(picture.getpalette("RGB"))
    size = struct.pack(">IIBBBBB", *picture.size, bits, 3, 0, 0, 0)  # indexes of a palette
    wide = picture.width * bits // 8
    points = picture.tobytes("raw", "P" if bits == 8 else f"P;{bits}")
    lines = b"".join(b"\0" + points[at : at + wide] for at in range(0, len(points), wide))
    parts = ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
