"""The published formula of the self-evaluation: answers to the grid -> a profile.

The formula stands twice, here and in overrides/assets/js/evaluation-formula.js; both run the cases
of tests/shared/evaluation.json. It works in whole numbers only, so that both give the same:

- a statement's points go from 0 to the most that an answer of the grid gives; « sans objet » and
  statements without an answer count for nothing, nor do statements of weight 0 for the class;
- score of an enjeu = 100 x sum(weight x points) / (most x sum(weight)), rounded half up;
- score of the whole = mean of the scores of the enjeux that have one, rounded half up: each enjeu
  counts the same;
- level = the highest step whose ``least`` the whole reaches and whose ``least_each`` every enjeu
  reaches; none where less than ``answered`` percent of the statements have an answer.
"""

from collections.abc import Mapping
from typing import NamedTuple

from atlaas.model import Grid


class EnjeuScore(NamedTuple):
    """An enjeu of a profile."""

    enjeu: str
    score: int | None  # percent, None without any counted answer
    answered: int
    asked: int
    verdict: str  # « force », « piste » or empty


class Profile(NamedTuple):
    """The result of an evaluation."""

    enjeux: tuple[EnjeuScore, ...]  # in the order in which the grid first names them
    score: int | None
    answered: int
    asked: int
    level: int | None  # indicative


def class_of(grid: Grid, kind: str, population: int) -> str:
    """The class of a territory, or an empty text."""
    for found in grid.classes:
        fits = found.least <= population and (found.below is None or population < found.below)
        if kind in found.kinds and fits:
            return found.id
    return ""


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def profile(grid: Grid, class_id: str, answers: Mapping[str, str]) -> Profile:
    """The profile of a class's answers: statement id -> answer id; unknown ids count as none."""
    points = {answer.id: answer.points for answer in grid.answers}
    most = max(value for value in points.values() if value is not None)
    sums: dict[str, list[int]] = {}  # enjeu -> weighted points, weights, answered, asked
    for statement in grid.statements:
        weight = statement.weights.get(class_id, 0)
        if not weight:
            continue
        total = sums.setdefault(statement.enjeu, [0, 0, 0, 0])
        total[3] += 1
        answer = answers.get(statement.id, "")
        if answer in points:
            total[2] += 1
            value = points[answer]
            if value is not None:
                total[0] += weight * value
                total[1] += weight
    enjeux = []
    for enjeu, (gained, weights, answered, asked) in sums.items():
        score = _half_up(100 * gained, most * weights) if weights else None
        verdict = ""
        if score is not None:
            verdict = "force" if score >= grid.strength else "piste" if score < grid.lead else ""
        enjeux.append(EnjeuScore(enjeu, score, answered, asked, verdict))
    scores = [item.score for item in enjeux if item.score is not None]
    whole = _half_up(sum(scores), len(scores)) if scores else None
    answered = sum(item.answered for item in enjeux)
    asked = sum(item.asked for item in enjeux)
    level = _level(grid, scores, whole, answered, asked)
    return Profile(tuple(enjeux), whole, answered, asked, level)


def _level(
    grid: Grid, scores: list[int], whole: int | None, answered: int, asked: int
) -> int | None:
    if whole is None or 100 * answered < grid.answered * asked:
        return None
    reached = [
        step.level for step in grid.steps if whole >= step.least and min(scores) >= step.least_each
    ]
    return max(reached, default=None)
