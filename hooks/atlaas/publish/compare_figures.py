"""Imported indicators in /comparer/: ``comparer/indicateurs.json``, ``comparer/chiffres/<n>.json``.

The first says what is measured, of when and by whom. The others hold the values of every place
that the reference has, like with like: what is counted as a rate per 10 000 inhabitants, what
communes have or not as a share of them. A place is in the file that ``file_of`` says.
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

from atlaas import text
from atlaas.diagnosis.figure_words import compared, compared_words, short_words
from atlaas.diagnosis.open_figures import OpenFigures, open_figures_of
from atlaas.directory import Directory
from atlaas.directory.indicator_areas import Amount
from atlaas.directory.indicator_sets import IndicatorSet, having
from atlaas.geography.reference import FRANCE
from atlaas.pages.compare import FIGURE_FILES, URL, file_of
from atlaas.pages.page import Asset
from atlaas.publish.formats import as_json
from atlaas.work.cache import cached

_REFERENCE = ("communes.csv.gz", "epci.csv", "ept.csv", "departements.csv", "regions.csv")


def assets(directory: Directory) -> Iterator[Asset]:
    """Every file; none where nothing was imported."""
    if not directory.indicators:
        return
    figures = open_figures_of(directory)
    ordered = sorted(directory.indicators, key=lambda item: (item.head.rank, item.head.id))
    yield Asset(f"{URL}indicateurs.json", lambda: as_json([_head(figures, s) for s in ordered]))
    root, folder = directory.project.root, directory.reference.folder
    tables = [root / item.path for item in ordered]
    inputs = [*(folder / name for name in _REFERENCE), *tables]
    inputs += [path.with_suffix(".yml") for path in tables]

    @cache
    def files() -> dict[str, bytes]:
        make = partial(_files, directory, figures, ordered)
        kept = directory.project.cache
        return cached(dict[str, bytes], kept, "compare-figures", make, *inputs)

    for number in range(FIGURE_FILES):
        yield Asset(f"{URL}chiffres/{number}.json", partial(lambda n: files()[str(n)], number))


def _head(figures: OpenFigures, item: IndicatorSet) -> dict[str, Any]:
    """What is measured, at what level, of when and by whom, and the whole country beside."""
    head = item.head
    country = [one for one in figures.beside(head.id, FRANCE) if one.id == "france"]
    return {
        "id": head.id,
        "label": head.label,
        "level": head.level,
        "source": head.source,
        "dated": ", ".join(filter(None, (head.publisher, *figures.when(head)))),
        "france": country[0].value if country else "",
    }


def _files(
    directory: Directory, figures: OpenFigures, ordered: list[IndicatorSet]
) -> dict[str, bytes]:
    """Number of a file -> ``words``, and ``rows``: by code the place there of each value.

    -1 is what is not known. A value is one to three lines: what is compared, what it is made of.
    """
    files = [_File(figures, ordered) for _ in range(FIGURE_FILES)]
    some = having(ordered)
    populations = directory.reference.populations
    for code in sorted(directory.reference.places):
        file = files[file_of(code, FIGURE_FILES)]
        if code in populations:
            file.add_commune(code, some.get(code, ()))
        else:
            file.add(code)
    return {
        str(number): as_json({"words": file.words, "rows": file.rows})
        for number, file in enumerate(files)
    }


class _File:
    """Values in words, each once, and the rows of places that say which of them are theirs."""

    def __init__(self, figures: OpenFigures, ordered: list[IndicatorSet]) -> None:
        self._figures, self._ordered = figures, ordered
        self.words: list[str] = []
        self.rows: dict[str, list[int]] = {}
        self._index: dict[str, int] = {}
        # Most communes have nothing of what is counted: their rows begin alike.
        self._nothing: list[int] = []
        self._measured: list[int] = []

    def add(self, code: str) -> None:
        """The row of a place, unless nothing is known of it."""
        self._keep(code, [self._value(item, code) for item in self._ordered])

    def add_commune(self, code: str, some: Sequence[int]) -> None:
        """The same of a commune that has some of the indicators of these numbers."""
        if not self._nothing:
            for number, item in enumerate(self._ordered):
                counted = item.head.level == "commune" and item.head.absent == "zero"
                nothing = self._place(self._figures.worded(item.head, Amount(0))) if counted else -1
                self._nothing.append(nothing)
                if item.head.level == "commune" and not counted:
                    self._measured.append(number)
        row = self._nothing.copy()
        for number in (*self._measured, *some):
            row[number] = self._value(self._ordered[number], code)
        self._keep(code, row)

    def _keep(self, code: str, row: list[int]) -> None:
        if max(row) >= 0:
            self.rows[code] = row

    def _place(self, words: str) -> int:
        """Where these words stand in the file."""
        found = self._index.get(words)
        if found is None:
            found = self._index[words] = len(self.words)
            self.words.append(words)
        return found

    def _value(self, item: IndicatorSet, code: str) -> int:
        """Where the lines of a value stand, or -1."""
        amount = item.amount(code)
        if amount is None:
            return -1
        head, area = item.head, code not in item.places
        value = self._figures.worded(head, amount, area)
        lines = [value]
        if head.kind == "somme" and amount.part:
            number = compared(head, amount, self._figures.living(head.id, code))
            if number is not None:
                lines = [short_words(head, number), value]
        elif head.kind == "oui-non" and area:
            lines = [compared_words(head, compared(head, amount, 1)), value]
        if amount.known < amount.of and head.kind != "oui-non":
            lines.append(f"connu pour {text.number(amount.known)} sur {text.number(amount.of)}")
        return self._place("\n".join(lines))
