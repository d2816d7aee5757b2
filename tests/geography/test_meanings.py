"""What a code of five characters is: expected values are read from the tables of the sample."""

from __future__ import annotations

import pytest

from atlaas.geography.meanings import meaning_of, said_of_part, tidy, whole_of
from atlaas.geography.reference import CommunePart, Movement, Reference

PARIS = "75056"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("59 000", "59000"),
        ("2a004", "2A004"),
        ("1053", "01053"),
        (" 59350 ", "59350"),
        ("200093201", "200093201"),
        ("²³⁴⁵", "²³⁴⁵"),
    ],
)
def test_codes_are_tidied(text: str, code: str) -> None:
    assert tidy(text) == code


def test_a_postcode_that_is_a_dead_code(reference: Reference) -> None:
    """75015: the code of Bry-sur-Marne in the old Seine, and the postcode of a part of Paris."""
    found = meaning_of("75015", reference)
    assert found.commune is None
    assert [place.code for place in found.postal] == [PARIS]
    assert [place.code for place in found.successors] == ["94015"]
    assert found.part is None
    assert not found.is_split


def test_a_postcode_that_is_an_insee_code(reference: Reference) -> None:
    """13001: Aix-en-Provence, and the postcode of Marseille 1er."""
    found = meaning_of("13001", reference)
    assert found.commune is not None
    assert found.commune.name == "Aix-en-Provence"
    assert [place.code for place in found.postal] == ["13055"]
    assert (found.successors, found.part) == ((), None)


def test_an_arrondissement_is_a_part_only(reference: Reference) -> None:
    found = meaning_of("69383", reference)
    assert found.part == CommunePart("69383", "Lyon 3e Arrondissement", "ARM", "69123")
    assert found.is_part_only
    assert found.commune is None
    assert found.successors == ()  # a part is no dead code
    assert said_of_part(found.part, reference) == (
        "Lyon 3e Arrondissement (69383), arrondissement de Lyon"
    )


def test_75116_is_a_postcode_and_a_part(reference: Reference) -> None:
    found = meaning_of("75116", reference)
    assert [place.code for place in found.postal] == [PARIS]
    assert found.is_part_only


def test_the_chief_part_has_the_code_of_its_commune(reference: Reference) -> None:
    found = meaning_of("01138", reference)
    assert found.commune is not None
    assert found.commune.name == "Culoz-Béon"
    assert found.part == CommunePart("01138", "Culoz", "COMD", "01138")
    assert not found.is_part_only


def test_no_code_and_the_code_of_an_epci(reference: Reference) -> None:
    for text in ("99999", "200093201", "Lille"):
        found = meaning_of(text, reference)
        assert (found.commune, found.postal, found.successors, found.part) == (None, (), (), None)


def test_a_split_commune_leads_to_several(reference: Reference) -> None:
    mine = Reference(reference.project)
    mine.__dict__["former"] = {"59998": ("59350", "59512")}
    found = meaning_of("59998", mine)
    assert [place.name for place in found.successors] == ["Lille", "Roubaix"]
    assert found.is_split


def test_a_commune_that_came_in_without_becoming_a_part(reference: Reference) -> None:
    mine = Reference(reference.project)
    mine.movements.append(
        Movement("01999", "Ailleurs", "01033", "Valserhône", "code disparu", "", "2019-01-01", "")
    )
    assert whole_of("01033", mine) == frozenset()


def test_which_parts_make_a_whole(reference: Reference) -> None:
    assert whole_of("69123", reference) == {f"6938{n}" for n in range(1, 10)}
    assert len(whole_of(PARIS, reference)) == 20
    assert whole_of("01138", reference) == {"01138", "01039"}
    # Arlod (1971) and Coupy (1966) had long been parts of Bellegarde when Valserhône came in 2019.
    assert whole_of("01033", reference) == {"01033", "01091", "01205"}
    # Pierrefitte and Saint-Denis, of which the old Seine's codes are no parts.
    assert whole_of("93066", reference) == {"93059", "93066"}
    # Lomme and Hellemmes are parts of Lille, and not all of it.
    assert whole_of("59350", reference) == frozenset()
    # Brottes alone is not Chaumont.
    assert whole_of("52121", reference) == frozenset()
    assert whole_of("59512", reference) == frozenset()  # Roubaix has no parts
