"""The half page that opens a diagnosis, counted by hand in tests/tiny.py."""

from __future__ import annotations

from pathlib import Path

from support import Html, Small, plain, tiny_tree
from tiny import TINY

MEL = "territoires/200093201-metropole-europeenne-de-lille/diagnostic/"
EDITION = "data/editions/2018.yml"


def brief(small: Small, url: str) -> dict[str, str]:
    """Term -> words of the synthesis."""
    page = Html(small.html(url))
    terms, words = ([t.text for t in page.all(name)] for name in ("dt", "dd"))
    return dict(zip(terms, map(plain, words), strict=True))


def test_the_synthesis_of_the_metropole(tiny: Small) -> None:
    """Labels: Marcq and Roubaix 5 @ in 2018, all of whose labels are known, Ascq in 2017. Three
    actions in Lille and Marcq: two name « numérique éducatif », one « réseau social »."""
    found = brief(tiny, MEL)
    assert list(found)[:3] == ["Label", "Adhésion", "Actions"]
    assert found["Label"] == (
        "3 communes sur 95 ont un label connu, dont 2 à 5 arobases. À l'édition 2018 : 2."
    )
    assert found["Actions"] == (
        "3 actions connues, dans 2 communes sur 95. D'abord : Numérique éducatif (3), "
        "Réseau social (1)."
    )
    assert found["Sans action connue"] == "1 thème et 0 usage, sur 3 et 1."
    assert found["À côté des autres"].endswith(
        "trop peu de territoires comparables pour une médiane."
    )
    assert found["À compléter"].startswith("2 actions jamais vérifiées, 2 points à vérifier, 91 ")


def test_a_share_that_is_not_known_is_said_so(tmp_path: Path) -> None:
    changes = {EDITION: TINY[EDITION].replace("value: 3", "value: 213")}
    found = brief(Small(tiny_tree(tmp_path, changes)), MEL)
    assert found["Label"].endswith("À l'édition 2018, la part n'est pas connue.")


def test_of_an_empty_departement_nothing_is_claimed(tiny: Small) -> None:
    found = brief(tiny, "departements/48-lozere/diagnostic/")
    assert found["Label"] == "Aucun label de commune n'est encore connu."
    assert found["Adhésion"] == "Aucune adhésion connue."
    assert found["Actions"] == "Aucune action connue."
