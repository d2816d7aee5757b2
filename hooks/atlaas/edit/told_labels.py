"""Labels that the story of an action tells and that its territory's file does not have."""

import re
from collections.abc import Container, Iterable, Iterator

from atlaas.model import Action, Territory
from atlaas.read.problem import Problem
from atlaas.work.text_file import Text

_LEVELS = {"une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
# « cinq arobases en 2024 », « 4@ en janvier 2019 »: a level, then at once its year.
_TOLD = re.compile(
    rf"\b([1-5]|{'|'.join(_LEVELS)})\s*(?:@|arobases?)[^.;!?\n\d]{{0,40}}?"
    r"\b(?:en|de|depuis)\s+(?:\w+\s+)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def told(text: str) -> Iterator[tuple[int, int]]:
    """(edition, level) of each label that a text tells with its year."""
    for level, year in _TOLD.findall(text):
        yield int(year), _LEVELS.get(level.lower()) or int(level)


def warnings(
    actions: Iterable[tuple[str, Action, Text]],
    territories: Iterable[tuple[str, Territory]],
    touched: Container[str] | None = None,
) -> list[Problem]:
    """A warning for each action that tells of its territory a label which no file has.

    ``actions`` holds (path, record, story), ``territories`` (path, record); with ``touched``, only
    actions of these paths are looked at.
    """
    known = {r.code: {label.edition for label in r.labels} for _, r in territories}
    problems = []
    for path, record, body in actions:
        if touched is not None and path not in touched:
            continue
        texts = [body.decode(), *(result.text for result in record.results)]
        for edition, level in dict.fromkeys(pair for text in texts for pair in told(text)):
            if edition not in known.get(record.territory, ()):
                problems.append(
                    Problem(
                        path,
                        1,
                        1,
                        "label-a-reporter",
                        f"la description dit {level} @ en {edition}, la fiche du territoire n'a "
                        "pas ce label",
                        f"Ajoutez-le à la fiche de « {record.territory} », avec sa source ; si "
                        "c'est un autre label, nommez-le.",
                        "warning",
                    )
                )
    return problems
