"""Labels told in the story of an action, next to those of its territory's file."""

from __future__ import annotations

import pytest

from atlaas.edit.told_labels import told, warnings
from atlaas.model import Action, Label, Source, Territory

SOURCE = Source(url="https://exemple.fr/")
PATH = "data/actions/59/59350-lille/une-action.md"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("La commune a reçu cinq arobases en 2024.", [(2024, 5)]),
        ("Elle a 4@ depuis 2015, puis 5 @ en janvier 2019.", [(2015, 4), (2019, 5)]),
        ("Une arobase au label Villes Internet de 2018", [(2018, 1)]),
        ("Elle a cinq arobases. En 2019, elle ouvre un lieu.", []),
        ("Quinze arobases peintes en 2019", []),
        ("Le niveau 5 du label Territoire numérique libre en 2019", []),
    ],
)
def test_levels_with_their_year(text: str, labels: list[tuple[int, int]]) -> None:
    assert list(told(text)) == labels


def problems(story: str, edition: int, touched: set[str] | None = None) -> list[str]:
    action = Action(
        title="Une action", territory="59350", themes=["reseau-social"], sources=[SOURCE]
    )
    lille = Territory(code="59350", labels=[Label(edition=edition, level=5, sources=[SOURCE])])
    found = warnings([(PATH, action, story.encode())], [("x.yml", lille)], touched)
    assert all(problem.severity == "warning" for problem in found)
    return [problem.message for problem in found]


def test_a_label_that_the_territory_has_not_is_told() -> None:
    story = "La ville a cinq arobases en 2024."
    assert problems(story, 2024) == []
    assert problems(story, 2023) == [
        "la description dit 5 @ en 2024, la fiche du territoire n'a pas ce label"
    ]


def test_only_what_a_proposal_touches() -> None:
    story = "La ville a cinq arobases en 2024."
    assert problems(story, 2023, set()) == []
    assert len(problems(story, 2023, {PATH})) == 1
