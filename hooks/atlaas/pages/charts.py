"""Rows of figures -> the geometry of a chart, its table and its CSV. One question per chart."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from atlaas import text

WIDTH = 720  # of a drawing, in its own units
_LEFT, _TOP, _ROW, _HEIGHT = 235, 8, 26, 220

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

    @property
    def csv_name(self) -> str:
        """The name of its file."""
        return f"{self.id}.csv"

    def csv(self) -> bytes:
        """Its data."""
        return csv_bytes(self.columns, self.rows)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return _HEIGHT + 34 if self.upright else _TOP + _ROW * len(self.rows)

    @property
    def _top(self) -> float:
        values = [_value(row[c]) for row in self.rows for c in (self.drawn, self.behind) if c]
        return max(values, default=0) or 1

    def bars(self) -> list[Bar]:
        """The rectangles, pale ones first."""
        found = []
        for column, kind in ((self.behind, "pale"), (self.drawn, "strong")):
            if column:
                for at, row in enumerate(self.rows):
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
        wide = round(share * (WIDTH - _LEFT - 70), 1)
        return Bar(_LEFT, _TOP + at * _ROW, wide, _ROW - 8, kind)

    def words(self) -> list[Word]:
        """Names and values."""
        found = []
        for at, row in enumerate(self.rows):
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
                found.append(Word(_LEFT - 10, y, name, "end"))
                end = _value(row[self.drawn]) / self._top
                x = round(_LEFT + end * (WIDTH - _LEFT - 70) + 7, 1)
                found.append(Word(x, y, text.number(row[self.drawn] or 0), "start"))
        return found

    def table(self) -> Sequence[tuple[str, list[str]]]:
        """(name, cells in words) of each row."""
        return [
            (str(row[0]), ["non connu" if cell is None else _words(cell) for cell in row[1:]])
            for row in self.rows
        ]


def _value(cell: Datum) -> float:
    return cell if isinstance(cell, (int, float)) else 0


def _words(cell: Datum) -> str:
    return cell if isinstance(cell, str) else text.number(cell)
