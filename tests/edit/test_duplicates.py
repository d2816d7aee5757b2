"""Near duplicates: which pairs are told, which are not, and that large groups stay quick."""

from __future__ import annotations

import pytest

from atlaas.edit import duplicates
from atlaas.edit.duplicates import Item, compare, item, pairs
from atlaas.geography.reference import Reference
from atlaas.project import Project
from support import SAMPLE

STORY = (
    "La ville ouvre un lieu où les habitants viennent apprendre à se servir d'un ordinateur, "
    "avec un animateur deux jours par semaine, dans les locaux de la médiathèque."
)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Project(SAMPLE))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("59350", "Portail famille"), ("59350", "Le portail Famille"), "même titre"),
        (("59350", "Portail des familles"), ("59350", "Portail famille"), "titre proche"),
        (("59350", "Atelier 2019"), ("59350", "Atelier 2020"), ""),
        (("59350", "Atelier du mardi"), ("59350", "Portail famille"), ""),
        (("59350", "Un lieu", STORY), ("59350", "Autre titre", STORY), "même texte"),
        (
            ("59350", "Un lieu", STORY),
            ("59350", "Autre", STORY.replace("ville", "mairie")),
            "texte proche",
        ),
        # a commune and its EPCI
        (
            ("59350", "Bus itinérant pour les quartiers populaires"),
            ("200093201", "Bus itinérant pour les quartiers populaires"),
            "même titre",
        ),
        (("59350", "Portail famille"), ("200093201", "Portail famille"), ""),
        # two communes of one EPCI: alike titles are not enough
        (
            ("59350", "Bus itinérant pour les quartiers populaires", "Trois mots."),
            ("59512", "Bus itinérant pour les quartiers populaires", "Autre chose."),
            "",
        ),
        (
            ("59350", "Bus itinérant pour les quartiers populaires", STORY),
            ("59512", "Bus itinérant pour les quartiers populaires", STORY[:-20]),
            "même titre",
        ),
    ],
)
def test_compare(
    reference: Reference, one: tuple[str, ...], other: tuple[str, ...], reason: str
) -> None:
    def made(code: str, title: str, body: str = "") -> Item:
        return item("x.md", code, title, body, reference)

    assert compare(made(*one), made(*other)) == reason
    assert compare(made(*other), made(*one)) == reason


def test_another_epci_is_not_looked_at(reference: Reference) -> None:
    items = [item(c, c, "Un titre bien à nous", STORY, reference) for c in ("59350", "13055")]
    assert list(pairs(items)) == []


def test_a_large_group_costs_little(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    """3 000 actions of one EPCI, of which two are near: of 4.5 million pairs a few are compared."""
    compared: list[int] = []
    monkeypatch.setattr(
        duplicates, "compare", lambda *pair: (compared.append(1), compare(*pair))[1]
    )
    letters = [chr(97 + n) for n in range(26)]
    words = [f"mot{a}{b}{c}" for a in letters[:5] for b in letters for c in letters][:3000]
    items = [
        item(f"{n}.md", "59350", f"Projet {w} {words[n * 7 % 3000]}", f"{w} {STORY}", reference)
        for n, w in enumerate(words)
    ]
    items.append(items[5]._replace(path="double.md"))
    found = list(pairs(items))
    assert len(compared) <= 5 * len(items)
    assert ("5.md", "double.md") in {(pair.path, pair.other) for pair in found}
