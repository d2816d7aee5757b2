"""Social cards and icons, by Pillow: the sign, a title, a line, in one ink of few strengths.

Next to ``render.image``, whose @ they take. Few shades from the start make a card a tenth of the
work of one in full colours: of four, what is this large has smooth edges in four kilobytes.
"""

import struct
from pathlib import Path
from typing import Any

from atlaas.render.image import LIGHT, Painter, as_png

WIDTH, HEIGHT = 800, 420  # pixels of a card; what shows one large asks for 600 by 315
_INK, _PALE = 3, 1  # of the four shades of a card
_ICON = 15  # of the sixteen of an icon, which may be small
_MISSING = str.maketrans("\u202f", "\u00a0")  # a space that the font does not have
_LEFT, _ROOM = 52, 696
_SIZES = (60, 50, 42, 34)  # of a title, the largest in which it takes two lines at most
_LINE = 28


class CardPainter(Painter):
    """Draws cards and icons; what they all show is drawn once."""

    def __init__(self, font: Path) -> None:
        super().__init__(font)
        self._blank = self._image.new("P", (WIDTH, HEIGHT), 0)
        self._blank.putpalette(_palette(LIGHT.edge, _INK))
        draw = self._draw.Draw(self._blank)
        draw.rectangle((0, 0, WIDTH, 12), fill=_INK)
        self._blank.paste(_INK, (_LEFT - 8, 46), self.stamp(72))
        draw.fontmode = "L"
        draw.text((_LEFT + 76, 100), "Atlaas", _INK, self.font(46), anchor="ls")

    def card(self, title: str, line: str, level: int | None = None) -> bytes:
        """A card as PNG; ``level`` @ of five are strong, or there are none without it."""
        title, line = title.translate(_MISSING), line.translate(_MISSING)
        picture = self._blank.copy()
        draw = self._draw.Draw(picture)
        draw.fontmode = "L"
        size, rows = self._fitted(title)
        top, step = 204 if len(rows) == 1 else 184, round(size * 1.15)
        for number, row in enumerate(rows):
            draw.text((_LEFT, top + number * step), row, _INK, self.font(size), anchor="ls")
        small = _LINE
        while small > 16 and self.font(small).getlength(line) > _ROOM:
            small -= 2
        below = top + (len(rows) - 1) * step + 50
        draw.text((_LEFT, below), self._cut(line, small), _INK, self.font(small), anchor="ls")
        for place in range(5 if level is not None else 0):
            ink = _INK if place < (level or 0) else _PALE
            picture.paste(ink, (_LEFT - 6 + place * 68, 330), self.stamp(56))
        return as_png(picture, bits=2)

    def _fitted(self, title: str) -> tuple[int, list[str]]:
        """The size of a title and its lines: of the largest size in which it fits."""
        for size in _SIZES:
            rows = self._rows(title, size)
            if len(rows) < 3:
                break
        rest = " ".join(rows[1:])
        return size, [self._cut(row, size) for row in (rows[0], rest) if row]

    def _cut(self, words: str, size: int) -> str:
        """The words as far as there is room for them."""
        width = self.font(size).getlength
        shown = words
        while width(shown) > _ROOM:
            shown = f"{shown[:-2]}…"
        return shown

    def _rows(self, title: str, size: int) -> list[str]:
        width = self.font(size).getlength
        rows = [""]
        for word in title.split():
            longer = f"{rows[-1]} {word}".strip()
            if width(longer) <= _ROOM or not rows[-1]:
                rows[-1] = longer
            else:
                rows.append(word)
        return rows

    def icon(self, side: int) -> bytes:
        """The @ as in assets/img/logo.svg, on a whole square: systems crop it as they like."""
        return as_png(self._icon(side), bits=4)

    def favicon(self) -> bytes:
        """The same for old ways of asking, in three sizes, as ICO: a table of places, then PNG."""
        pictures = {side: self.icon(side) for side in (16, 32, 48)}
        table, at = b"", 6 + 16 * len(pictures)
        for side, png in pictures.items():
            table += struct.pack("<BBBBHHII", side, side, 16, 0, 1, 4, len(png), at)
            at += len(png)
        return struct.pack("<HHH", 0, 1, len(pictures)) + table + b"".join(pictures.values())

    def _icon(self, side: int) -> Any:
        picture = self._image.new("P", (side, side), _ICON)
        picture.putpalette(_palette(LIGHT.edge, _ICON))
        picture.paste(0, (0, 0), self.stamp(side))
        return picture


def _palette(ink: str, last: int) -> list[int]:
    """White to the ink in ``last`` steps, as red, green and blue one after the other."""
    whole = [int(ink[at : at + 2], 16) for at in (1, 3, 5)]
    return [round(255 + (c - 255) * step / last) for step in range(last + 1) for c in whole]
