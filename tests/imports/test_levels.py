"""Levels as palmarès write them, in a cell and in the title of a section."""

from __future__ import annotations

import pytest

from atlaas.imports.levels import is_title_words, level_of, says_level, title_of


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("4", 4),
        ("4@", 4),
        ("@@@@", 4),
        ("@ @ @", 3),
        ("4 arobases", 4),
        ("Niveau 2", 2),
        ("cinq arobases", 5),
        ("", 0),
        ("–", 0),
        ("6", None),
        ("@@@@@@", None),
        ("4 ?", None),
    ],
)
def test_cells(text: str, level: int | None) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("text", "level", "year", "kind"),
    [
        ("5 @", 5, "", ""),
        ("5@", 5, "", ""),
        ("@@@@@", 5, "", ""),
        ("@ @ @", 3, "", ""),
        ("Villes 5@", 5, "", ""),
        ("VILLES ET VILLAGES – 1 AROBASE", 1, "", ""),
        ("Label 2025 - 4 arobases", 4, "2025", ""),
        ("Cinq arobases", 5, "", ""),
        ("Niveau 2", 2, "", ""),
        ("Les collectivités labellisées 3 @ (12 communes)", 3, "", ""),
        ("5 @ : 3 villes", 5, "", ""),
        ("Intercommunalités 4@", 4, "", "epci"),
        ("Villes et intercommunalités 4@", 4, "", ""),
        ("Départements : 5 arobases", 5, "", "departement"),
    ],
)
def test_titles(text: str, level: int, year: str, kind: str) -> None:
    found = title_of(text)
    assert found is not None
    assert (found.level, found.year, found.kind) == (level, year, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Lille 5 @",  # a name with its level
        "De 1 à 5 @",  # a number that counts nothing
        "4 et 5 arobases",
        "@@@@ ou @@@@@",
        "Villes 6@",
        "12@",
        "@@@@@@",
        "5",
        "Villes",
        "contact@villes.fr",
        "@villes",
        "",
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert title_of(text) is None


def test_a_level_is_seen_among_words() -> None:
    assert says_level("Lille 5 @") and says_level("De 1 à 5 arobases")
    assert not says_level("contact@villes.fr") and not says_level("Suivez @villes")
    assert not says_level("Cinq-Mars-la-Pile")


def test_words_of_titles() -> None:
    assert is_title_words("Villes et villages") and is_title_words("Palmarès 2025")
    assert not is_title_words("Lille") and not is_title_words("12")
