"""The names in use of data/vocabulary/aliases.yml, on the whole reference."""

from __future__ import annotations

import pytest
import yaml

from atlaas.geography.reference import Reference
from atlaas.names.index import Index, index_of
from atlaas.names.resolve import resolve
from atlaas.project import Project
from support import PROJECT

TERMS = yaml.safe_load((PROJECT / "data" / "vocabulary" / "aliases.yml").read_text("utf-8"))
NAMES = [(name, term["id"]) for term in TERMS for name in term["spellings"]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Project(PROJECT))


@pytest.fixture(scope="module")
def plain(reference: Reference) -> Index:
    return index_of(reference)


@pytest.fixture(scope="module")
def index(reference: Reference) -> Index:
    return index_of(reference, (), {term["id"]: term["spellings"] for term in TERMS})


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_name_in_use_leads_to_its_territory_and_nowhere_else(
    name: str, code: str, index: Index
) -> None:
    found = resolve(name, index=index)
    assert (found.status, found.code) == ("settled", code)


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_no_name_in_use_is_listed_that_official_names_lead_to(
    name: str, code: str, plain: Index
) -> None:
    assert resolve(name, index=plain).code is None, f"{code} answers to it already"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MEL", "200093201"),
        ("Métropole lilloise", "200093201"),
        ("Grand Lyon", "200046977"),
        ("GPSO", "200057974"),  # Hauts-de-Seine
        ("GPS&O", "200059889"),  # Yvelines
    ],
)
def test_names_that_people_write_most(name: str, code: str) -> None:
    assert (name, code) in NAMES


@pytest.mark.parametrize("name", ["CUB", "CUA", "CAMVS"])
def test_an_acronym_of_two_bodies_is_asked(name: str, index: Index) -> None:
    """Bordeaux and Brest; Arras and Alençon; Maubeuge-Val de Sambre and Melun Val de Seine."""
    assert resolve(name, index=index).status != "settled"
