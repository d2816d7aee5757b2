"""The territory that a person gives: by code of any numbering, or by name."""

from __future__ import annotations

import pytest

from atlaas.edit.given_place import place_given
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from support import SAMPLE


@pytest.fixture(scope="module")
def space() -> Workspace:
    return open_workspace(Project(SAMPLE))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("59350", "59350"),  # also a postcode: a code that is given is that of INSEE
        ("2a004", "2A004"),
        ("1053", "01053"),
        ("200093201", "200093201"),
        ("DEP-59", "dep-59"),
        ("Lille (59350)", "59350"),
        ("Lille (59)", "59350"),
        ("59 000", "59350"),  # the postcode of Lille alone
        ("01018", "01033"),  # Arlod, now in Valserhône
    ],
)
def test_settled(space: Workspace, text: str, code: str) -> None:
    found = place_given(text, space)
    assert (found.status, found.code) == ("settled", code)


@pytest.mark.parametrize(
    ("text", "codes", "why"),
    [
        ("69383", ["69123"], "Lyon 3e Arrondissement (69383), arrondissement de Lyon"),
        ("59355", ["59350"], "Lomme (59355), commune associée de Lille"),
        ("75015", ["75056", "94015"], "code postal"),  # Paris, and the old Seine's Bry-sur-Marne
    ],
)
def test_asked(space: Workspace, text: str, codes: list[str], why: str) -> None:
    found = place_given(text, space)
    assert (found.status, found.code) == ("doubtful", None)
    assert [candidate.code for candidate in found.candidates] == codes
    assert why in found.candidates[0].reason


def test_what_is_no_code(space: Workspace) -> None:
    assert place_given("99999", space).status == "unknown"
