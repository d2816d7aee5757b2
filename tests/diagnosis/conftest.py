"""The areas of the sample that are counted again."""

from __future__ import annotations

import pytest

from diagnosis.recount import MEL, NORD, Recount, of_departement, of_epci


@pytest.fixture(scope="session", params=["métropole", "nord"])
def area(request: pytest.FixtureRequest) -> tuple[str, Recount]:
    """The address of a diagnosis, and the second count of its area."""
    if request.param == "nord":
        return NORD, of_departement("59")
    return MEL, of_epci("200093201")
