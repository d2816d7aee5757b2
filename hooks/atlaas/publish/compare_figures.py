"""Imported indicators in /comparer/: ``comparer/indicateurs.json``, ``comparer/chiffres/<n>.json``.

The first says what is measured, of when and by whom. The others hold the values of every place
that the reference has, like with like: what is counted as a rate per 10 000 inhabitants, what
communes have or not as a share of them. A place is in the file that ``file_of`` says.
"""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from atlaas import text
from atlaas.diagnosis.open_figures import (
    OpenFigures,
    compared,
    compared_words,
    open_figures_of,
    short_words,
    words,
)
from atlaas.directory import Directory
from atlaas.directory.indicator_sets import IndicatorSet
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
    """Number of a file -> ``words``, and by code the index there of each indicator's value.

    -1 is what is not known. A value is one to three lines: what is compared, what it is made of.
    """
    worded = _Worded(figures)
    lists: list[list[str]] = [[] for _ in range(FIGURE_FILES)]
    index: list[dict[str, int]] = [{} for _ in range(FIGURE_FILES)]
    rows: list[dict[str, list[int]]] = [{} for _ in range(FIGURE_FILES)]
    for code in sorted(directory.reference.places):
        number = file_of(code, FIGURE_FILES)
        row = []
        for item in ordered:
            value = worded.of(item, code)
            if value and value not in index[number]:
                index[number][value] = len(lists[number])
                lists[number].append(value)
            row.append(index[number][value] if value else -1)
        if any(at >= 0 for at in row):
            rows[number][code] = row
    return {
        str(number): as_json({"words": lists[number], "rows": rows[number]})
        for number in range(FIGURE_FILES)
    }


class _Worded:
    """Values in words; those that many places share are made once."""

    def __init__(self, figures: OpenFigures) -> None:
        self._figures = figures
        self._same: dict[tuple[object, ...], str] = {}

    def of(self, item: IndicatorSet, code: str) -> str:
        """The lines of a value, or nothing."""
        amount = item.amount(code)
        if amount is None:
            return ""
        head, area = item.head, code not in item.places
        people = self._figures.living(head.id, code) if head.kind == "somme" and amount.part else 1
        key = head.id, amount, people, area
        found = self._same.get(key)
        if found is None:
            number = compared(head, amount, people)
            value = words(head, amount, number, area)
            lines = [value]
            if head.kind == "somme" and amount.part and number is not None:
                lines = [short_words(head, number), value]
            elif head.kind == "oui-non" and area:
                lines = [compared_words(head, number), value]
            if amount.known < amount.of and head.kind != "oui-non":
                lines.append(f"connu pour {text.number(amount.known)} sur {text.number(amount.of)}")
            found = self._same[key] = "\n".join(lines)
        return found
