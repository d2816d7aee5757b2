"""The other files of data/: the grid of self-evaluation, imported indicators, what is of the whole.

Read by the same strict reader as records, and reported with the same problems.
"""

import os
from collections.abc import Callable

from atlaas.directory.indicator_sets import IndicatorSet, read_sets
from atlaas.model import Grid
from atlaas.read import MAX_BYTES, read_bytes
from atlaas.read.problem import Problem, count_errors
from atlaas.rules import check
from atlaas.rules.rule import Context

GRID = "data/evaluation/grille.yml"
INDICATORS = "data/indicators"


def read_companions(
    root: str, context: Context, only: Callable[[str], bool] | None = None
) -> tuple[Grid | None, list[IndicatorSet], list[Problem]]:
    """The grid, the indicators, and their problems, of the paths that ``only`` wants."""
    found, problems = _grid(root, context)
    sets, more = read_sets(f"{root}/{INDICATORS}", INDICATORS, context.reference)
    kept = [p for p in (*problems, *more) if only is None or only(p.path)]
    return found, sets, kept


def _grid(root: str, context: Context) -> tuple[Grid | None, list[Problem]]:
    path = f"{root}/{GRID}"
    if not os.path.isfile(path) or os.path.islink(path):
        return None, []
    with open(path, "rb") as file:
        document = read_bytes(file.read(MAX_BYTES + 1), GRID, "evaluation")
    if document.problems:
        return None, document.problems
    record, problems = check(document, context)
    return (None if count_errors(problems) else record), problems
