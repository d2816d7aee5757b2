"""What is doubtful in the records, and by what it would be settled."""

from __future__ import annotations

import pytest

from atlaas.diagnosis.doubts import DOUBT_KINDS, doubts, doubts_in, kind_of_doubt
from atlaas.model import Action, Territory
from support import Small


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("La source ne donne pas le niveau.", "niveau"),
        ("La source dit « 4 et 5@ », sans préciser lequel.", "niveau"),
        ("L'adresse du service n'a pas été vue ; l'extrait lu ne donne pas l'année.", "adresse"),
        ("Un syndicat porte l'action, et non la commune.", "porteur"),
        (
            "La source n'en parle qu'en une phrase ; il reste à vérifier qui porte l'action.",
            "porteur",
        ),
        ("Le projet est annoncé, sa réalisation n'a pas été vérifiée.", "fait"),
        ("L'année indiquée est celle de la mention.", "date"),
        ("L'article n'est pas daté.", "date"),
        ("thème déduit du contenu", "classement"),
        ("Le nombre est arrondi.", "chiffre"),
        ("La source n'en parle qu'en une phrase.", "source"),
        ("Une partie est en projet.", "autre"),
        ("Un portable est prêté.", "autre"),
    ],
)
def test_a_doubt_is_of_one_kind(reason: str, kind: str) -> None:
    assert kind_of_doubt(reason).id == kind


def test_each_kind_has_an_id_and_words() -> None:
    assert len({kind.id for kind in DOUBT_KINDS}) == len(DOUBT_KINDS) == 9
    assert all(kind.title and kind.settled.endswith(".") for kind in DOUBT_KINDS)


SOURCE = {"url": "https://exemple.org/a"}


def test_the_doubts_of_a_record_are_its_own_then_those_of_its_entries() -> None:
    record = Territory.model_validate(
        {
            "code": "59350",
            "doubt": "nom à préciser",
            "sources": [{"url": "https://exemple.org/own"}],
            "labels": [
                {"edition": "2019", "level": "4", "sources": [SOURCE]},
                {"edition": "2018", "level": "4", "sources": [SOURCE], "doubt": "niveau lu"},
            ],
            "memberships": [{"level": "membre", "sources": [SOURCE], "doubt": "année non lue"}],
            "services": [
                {
                    "usage": "visioconference",
                    "title": "Rendez-vous",
                    "url": "https://rdv.example.org/",
                    "sources": [SOURCE],
                    "doubt": "adresse non vue",
                }
            ],
        }
    )
    found = [(d.at, d.about, d.reason, [s.url for s in d.sources]) for d in doubts_in(record)]
    assert found == [
        ("", "", "nom à préciser", ["https://exemple.org/own"]),
        ("memberships-0", "adhésion", "année non lue", ["https://exemple.org/a"]),
        ("labels-1", "label 2018", "niveau lu", ["https://exemple.org/a"]),
        (
            "services-0",
            "service en ligne « Rendez-vous »",
            "adresse non vue",
            ["https://exemple.org/a"],
        ),
    ]
    action = Action.model_validate(
        {"title": "Un atelier", "territory": "59350", "themes": ["x"], "sources": [SOURCE]}
    )
    assert list(doubts_in(action)) == []


def test_the_doubts_of_a_directory(tiny: Small) -> None:
    """The three of ``tiny``, each with its record, its page and the form's id of it."""
    found = {item.doubt.reason: (item.named, item.url, item.of) for item in doubts(tiny.directory)}
    assert found == {
        "niveau lu sur une photo": (
            "Aix-les-Bains, label 2018",
            "territoires/73008-aix-les-bains/",
            "territories/73008",
        ),
        "unité à préciser": (
            "Métropole Européenne de Lille, indicateur « réseau de collecte »",
            "territoires/200093201-metropole-europeenne-de-lille/",
            "territories/200093201",
        ),
        "thème déduit du contenu": (
            "Appel à projets « La bonne appli » (Marcq-en-Barœul)",
            "actions/59378/la-bonne-appli/",
            "actions/59378/la-bonne-appli",
        ),
    }
