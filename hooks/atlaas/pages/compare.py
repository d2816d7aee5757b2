"""The page /comparer/: two to four territories side by side, chosen by the finder."""

from typing import Any

from atlaas.directory import Directory, LinkedTerritory
from atlaas.pages.page import Page, root_of

URL = "comparer/"
MOST = 4
FIGURE_FILES = 128  # files of the values of imported indicators, some 290 places each
_PER_FILE = 32  # territories of a file, about


def comparable(directory: Directory) -> list[LinkedTerritory]:
    """The territories of which more is known than what the finder knows."""
    return list(directory.territories.values())


def file_count(territories: int) -> int:
    """How many files hold them: a power of two, so that few territories move as their number grows.

    Every doubling moves half of them; in between none moves.
    """
    count = 16
    while count * _PER_FILE < territories:
        count *= 2
    return count


def file_of(code: str, count: int) -> int:
    """The number of the file that holds a territory; compare.js counts the same."""
    total = 0
    for letter in code:
        total = (total * 31 + ord(letter)) % 65521
    return total % count


def page(directory: Directory) -> Page:
    """The one page; its files are made by ``publish.compare_data``."""

    def values() -> dict[str, Any]:
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Comparer", None)],
            "files": file_count(len(comparable(directory))),
            "most": MOST,
            "figures": FIGURE_FILES if directory.indicators else 0,
        }

    return Page(
        URL,
        "compare",
        "territoires",
        "Comparer des territoires",
        "Deux à quatre territoires côte à côte : label, actions, services et indicateurs.",
        values,
        scripts=("assets/js/finder.js", "assets/js/compare.js"),
    )
