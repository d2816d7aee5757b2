"""One line of a list without columns: the names, and what the line says of each."""

from __future__ import annotations

import pytest

from atlaas.geography.reference import Reference
from atlaas.imports.freeline import names_of
from atlaas.imports.known import KnownNames
from atlaas.names.index import index_of

Said = tuple[str, str, str, str]  # name, département or postcode, level, mention


@pytest.fixture(scope="module")
def known(reference: Reference) -> KnownNames:
    return KnownNames(index_of(reference), reference)


def said(cells: list[str], known: KnownNames) -> list[Said]:
    found, level, sure = names_of(cells, known)
    all_of_them = f"{level}{'' if sure else ' ?'}" if level else ""
    return [
        (
            values["nom"],
            values.get("département", values.get("code postal", "")),
            values.get("niveau", all_of_them),
            values.get("mention", ""),
        )
        for values in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the level at the end
        ("Arras (62) @@@", ("Arras", "62", "3", "")),
        ("Aiglemont (Ardennes) 3@", ("Aiglemont", "Ardennes", "3", "")),
        ("La Garde (83) : 3@", ("La Garde", "83", "3", "")),  # its last word is a verb too
        ("Lille garde 3@", ("Lille", "", "3", "")),
        ("- Les Abymes (@@@@)", ("Les Abymes", "", "4", "")),
        ("Lille (59) : 5@", ("Lille", "59", "5", "")),
        ("Lille 3 arobases", ("Lille", "", "3", "")),
        ("Lille, trois arrobases", ("Lille", "", "3", "")),
        ("Lille, Nord, 5 arobases", ("Lille", "Nord", "5", "")),
        ("Lille (Nord, 5 @)", ("Lille", "Nord", "5", "")),
        ("Lille (5@, Nord)", ("Lille", "Nord", "5", "")),
        ("Lille [59] 5@", ("Lille", "59", "5", "")),
        ("Lille(59)5@", ("Lille", "59", "5", "")),
        ("Lille@@@", ("Lille", "", "3", "")),
        ("Lille (59) 5/5", ("Lille", "59", "5", "")),
        ("Lille ........ 5", ("Lille", "", "5", "")),
        ("Ville de Lille = 5", ("Ville de Lille", "", "5", "")),
        ("Aiguillon (47) – @ @ @", ("Aiguillon", "47", "3", "")),
        ("Lille – niveau 4", ("Lille", "", "4", "")),
        # the level first
        ("@@@@@ Lille (59)", ("Lille", "59", "5", "")),
        ("5 @ Lille", ("Lille", "", "5", "")),
        ("5@ - Lille (Nord)", ("Lille", "Nord", "5", "")),
        ("Label 5@ – Lille (59)", ("Lille", "59", "5", "")),
        # numbers of départements and postcodes
        ("59 - Lille : 5@", ("Lille", "59", "5", "")),
        ("Lille - 59 - 5@", ("Lille", "59", "5", "")),
        ("59000 Lille 5@", ("Lille", "59000", "5", "")),
        ("Lille (59000) 5@", ("Lille", "59000", "5", "")),
        ("Saint-Denis (La Réunion) @@@", ("Saint-Denis", "La Réunion", "3", "")),
        ("Château-Chinon (Ville) 3@", ("Château-Chinon (Ville)", "", "3", "")),
        # Markdown, bullets, numbering
        ("**Lille** (59) — 5 @", ("Lille", "59", "5", "")),
        ("1. Lille : 4@", ("Lille", "", "4", "")),
        ("2) Lille @@", ("Lille", "", "2", "")),
        ("- [x] Lille – 5 arobases.", ("Lille", "", "5", "")),
        ("| Lille | 59 | 5@ |", ("Lille", "59", "5", "")),
        ("> • Lille (59) @", ("Lille", "59", "1", "")),
        # sentences of the press
        ("La commune de Lille (59) obtient 5 arobases", ("La commune de Lille", "59", "5", "")),
        ("Lille (59) a obtenu le label 5@", ("Lille", "59", "5", "")),
        ("Lille (59) est labellisée 4 arobases", ("Lille", "59", "4", "")),
        ("Lille (59) passe de 3@ à 4@", ("Lille", "59", "3@ à 4@", "")),
        # mentions, and what is no level
        (
            "Lille (59) : 5@ + mention Numérique éducatif",
            ("Lille", "59", "5", "Numérique éducatif"),
        ),
        ("Lille (59) @@, mention « arobase verte »", ("Lille", "59", "2", "arobase verte")),
        ("Lille (59) 5@ Numérique éducatif", ("Lille", "59", "5", "Numérique éducatif")),
        ("Lille (59) : mention Numérique éducatif", ("Lille", "59", "", "Numérique éducatif")),
        ("Lille (59) (hors concours)", ("Lille", "59", "hors concours", "")),
        # an EPCI whose name holds « et »
        ("CC du Pays de X et de Y 3@", ("CC du Pays de X et de Y", "", "3", "")),
    ],
)
def test_one_name(known: KnownNames, text: str, expected: Said) -> None:
    assert said([text], known) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["5@ : Lille (59), Douai (59)"], [("Lille", "59", "5", ""), ("Douai", "59", "5", "")]),
        (["Lille (59) 5@, Douai (59) 4@"], [("Lille", "59", "5", ""), ("Douai", "59", "4", "")]),
        (["Lille (59), Douai (59) : 4 @"], [("Lille", "59", "4", ""), ("Douai", "59", "4", "")]),
        # without the colon the level may be that of the last name alone
        (["Lille (59), Douai (59) 4 @"], [("Lille", "59", "4 ?", ""), ("Douai", "59", "4", "")]),
        (
            ["Niveau 5 : Lille, Roubaix et Douai"],
            [("Lille", "", "5", ""), ("Roubaix", "", "5", ""), ("Douai", "", "5", "")],
        ),
        (
            ["Cinq arobases pour Lille (59) et Douai (59)"],
            [("Lille", "59", "5", ""), ("Douai", "59", "5", "")],
        ),
        (["Lille / Douai"], [("Lille", "", "", ""), ("Douai", "", "", "")]),
        (["Lille • Douai"], [("Lille", "", "", ""), ("Douai", "", "", "")]),
        (["Lille (59), Rouba (59)"], [("Lille", "59", "", ""), ("Rouba", "59", "", "")]),
        (["Lille", "59", "5"], [("Lille", "59", "5", "")]),
        (["Lille (59)", "Numérique éducatif"], [("Lille", "59", "", "Numérique éducatif")]),
        (["Lille", "Nord", "@@@", "prix X"], [("Lille", "Nord", "3", "prix X")]),
    ],
)
def test_several_names_or_cells(known: KnownNames, cells: list[str], expected: list[Said]) -> None:
    assert said(cells, known) == expected
