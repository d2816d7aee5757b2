"""Rows of figures -> a chart: its geometry, table, CSV and picture. One question per chart."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import NamedTuple

from atlaas import text
from atlaas.render.image import LIGHT

WIDTH = 720  # of a drawing, in its own units
_TOP, _ROW, _HEIGHT = 8, 26, 220
_LETTER = 8.4  # units that a letter of a name takes at most, on average
_END = 80  # units for the number at the end of a bar

Datum = int | float | str | None


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Datum]]) -> bytes:
    """A table as the other CSV files of the site are: commas, CRLF, UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    return out.getvalue().encode()


class Bar(NamedTuple):
    """A rectangle, and the words at its end or under it."""

    x: float
    y: float
    width: float
    height: float
    kind: str  # "strong", or "pale" for what is behind


class Word(NamedTuple):
    """A word of a drawing."""

    x: float
    y: float
    words: str
    anchor: str  # start, middle or end


@dataclass(frozen=True)
class Chart:
    """A chart as the template « statistics » draws it."""

    id: str
    question: str
    title: str  # the answer
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Datum, ...]]
    drawn: int = 1  # the column that is drawn
    behind: int = 0  # the column drawn pale behind it; 0: none
    upright: bool = False
    zeros: bool = False  # whether zero is a value, not something unknown
    most: int = 0  # rows that are drawn at most; 0: all

    @property
    def csv_name(self) -> str:
        """The name of its file."""
        return f"{self.id}.csv"

    def csv(self) -> bytes:
        """Its data."""
        return csv_bytes(self.columns, self.rows)

    @property
    def svg_name(self) -> str:
        """The name of its picture."""
        return f"{self.id}.svg"

    @property
    def shown(self) -> Sequence[tuple[Datum, ...]]:
        """The rows that are drawn: all of a series, else the first of those that are known."""
        if self.upright:
            return self.rows
        return [row for row in self.rows if self._known(row)][: self.most or None]

    def _known(self, row: tuple[Datum, ...]) -> bool:
        value = row[self.drawn]
        return value is not None if self.zeros else bool(value)

    @property
    def caption(self) -> str:
        """The note, how many rows are drawn, and the names of those that are not known."""
        words = [self.note]
        if not self.upright:
            known = sum(1 for row in self.rows if self._known(row))
            if known > len(self.shown):
                words.append(f"Ici {len(self.shown)} sur {known} ; tous sont dans le tableau.")
            silent = [str(row[0]) for row in self.rows if not self._known(row)]
            if silent:
                words.append(f"Non connu : {', '.join(silent)}.")
        return " ".join(words)

    def flat_rows(self) -> list[tuple[str, Datum, None]]:
        """(name, value, no address) of what is drawn, as the macro « bars » takes it."""
        return [(str(row[0]), row[self.drawn], None) for row in self.shown]

    @property
    def height(self) -> int:
        """Of the drawing."""
        return _HEIGHT + 34 if self.upright else _TOP + _ROW * len(self.shown)

    @property
    def _left(self) -> float:
        """Where the bars begin: after the longest name."""
        longest = max((len(str(row[0])) for row in self.shown), default=0)
        return min(round(longest * _LETTER) + 16, WIDTH // 2)

    @property
    def _top(self) -> float:
        values = [_value(row[c]) for row in self.rows for c in (self.drawn, self.behind) if c]
        return max(values, default=0) or 1

    def bars(self) -> list[Bar]:
        """The rectangles, pale ones first."""
        found = []
        for column, kind in ((self.behind, "pale"), (self.drawn, "strong")):
            if column:
                for at, row in enumerate(self.shown):
                    value = _value(row[column])
                    if value:
                        found.append(self._bar(at, value, kind))
        return found

    def _bar(self, at: int, value: float, kind: str) -> Bar:
        share = value / self._top
        if self.upright:
            step = WIDTH / len(self.rows)
            high = round(share * (_HEIGHT - 24), 1)
            return Bar(round(at * step + 2, 1), _HEIGHT - high, round(step - 4, 1), high, kind)
        wide = round(share * (WIDTH - self._left - _END), 1)
        return Bar(self._left, _TOP + at * _ROW, wide, _ROW - 8, kind)

    def words(self) -> list[Word]:
        """Names and values."""
        found = []
        for at, row in enumerate(self.shown):
            name = str(row[0])
            if self.upright:
                step = WIDTH / len(self.rows)
                middle = round((at + 0.5) * step, 1)
                short = f"’{name[2:]}" if len(self.rows) > 14 else name
                found.append(Word(middle, _HEIGHT + 18, short, "middle"))
                for column in (self.drawn, self.behind):
                    if column and _value(row[column]):
                        high = _HEIGHT - _value(row[column]) / self._top * (_HEIGHT - 24) - 5
                        words = text.number(row[column])
                        found.append(Word(middle, round(high, 1), words, "middle"))
            else:
                y = _TOP + at * _ROW + 14
                lines = wrap(name, round((self._left - 16) / _LETTER) or 1)
                for line, words in enumerate(lines):
                    lower = 14 * line - 7 * (len(lines) - 1)
                    found.append(Word(self._left - 10, y + lower, words, "end"))
                end = _value(row[self.drawn]) / self._top
                x = round(self._left + end * (WIDTH - self._left - _END) + 7, 1)
                found.append(Word(x, y, text.number(row[self.drawn] or 0), "start"))
        return found

    def svg(self, cite: str) -> bytes:
        """The picture, complete by itself: question, answer, drawing, note and how to cite it."""
        lines: list[tuple[str, int, str]] = []  # words, size, weight
        for words, size, weight in ((self.question, 20, "700"), (f"{self.title}.", 15, "400")):
            lines += [(line, size, weight) for line in wrap(words, 1300 // size)]
        parts, y = [], 4
        for line, size, weight in lines:
            y += round(size * 1.35)
            parts.append(_text(0, y, line, size, weight))
        y += 16
        parts.append(f'<g transform="translate(0 {y})" font-size="{13 if self.upright else 15}">')
        for bar in self.bars():
            ink = LIGHT.strong if bar.kind == "strong" else LIGHT.pale
            parts.append(
                f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"'
                f' fill="{ink}"/>'
            )
        parts += [
            f'<text x="{word.x}" y="{word.y}" text-anchor="{word.anchor}">'
            f"{escape(word.words)}</text>"
            for word in self.words()
        ]
        parts.append("</g>")
        y += self.height + 8
        for paragraph in (self.caption, cite):
            for line in wrap(paragraph, 105, break_on_hyphens=False):
                y += 17
                parts.append(_text(0, y, line, 12.5, "400"))
            y += 6
        title = f"<title>{escape(self.question)}</title><desc>{escape(self.title)}</desc>"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 {WIDTH + 32} {y + 10}"'
            f' width="{WIDTH + 32}" height="{y + 10}" role="img">{title}'
            f'<rect x="-16" width="{WIDTH + 32}" height="{y + 10}" fill="#fff"/>'
            f'<g fill="{LIGHT.words}" font-family="system-ui,Liberation Sans,Arial,sans-serif">'
            f"{''.join(parts)}</g></svg>\n"
        ).encode()

    def table(self) -> Sequence[tuple[str, list[str]]]:
        """(name, cells in words) of each row."""
        return [
            (str(row[0]), ["non connu" if cell is None else _words(cell) for cell in row[1:]])
            for row in self.rows
        ]


def _text(x: float, y: float, words: str, size: float, weight: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}">{escape(words)}</text>'


def _value(cell: Datum) -> float:
    return cell if isinstance(cell, (int, float)) else 0


def _words(cell: Datum) -> str:
    return cell if isinstance(cell, str) else text.number(cell)
