"""What changed between two versions of a record, as readers of feeds get it."""

from __future__ import annotations

from typing import Any

import pytest

from atlaas.history.feed_wording import new_words, record_words
from atlaas.read import Document

LABELS = {
    "statuses": {"en-cours": "En cours", "arretee": "Arrêtée"},
    "themes": {"numerique-educatif": "Numérique éducatif"},
    "audiences": {"seniors": "Seniors"},
    "usages": {"demarches": "Démarches"},
    "mentions": {"arobase-verte": "Arobase verte"},
    "membership-levels": {"praemium": "Membre praemium"},
}
ACTION = {"title": "La bonne appli", "territory": "59378", "themes": ["numerique-educatif"]}
WEB = {"url": "https://a.example/"}


def action(old: dict[str, Any], new: dict[str, Any], *bodies: str) -> tuple[str, ...] | None:
    """The words for two versions of an action, given what they hold besides its title."""
    before, after = (
        Document("a.md", "action", "", {**ACTION, **data}, body)
        for data, body in zip((old, new), bodies or ("", ""), strict=True)
    )
    return record_words(before, after, LABELS)


def territory(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...] | None:
    before, after = (
        Document("t.yml", "territory", "", {"code": "59512", **data}) for data in (old, new)
    )
    return record_words(before, after, LABELS)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({}, {"title": "Autre titre"}, "nouveau titre (était « La bonne appli »)"),
        ({}, {"status": "en-cours"}, "état d'avancement : en cours"),
        ({"status": "en-cours"}, {"status": "arretee"}, "passe de « en cours » à « arrêtée »"),
        ({"status": "en-cours"}, {}, "fiche modifiée"),
        ({}, {"usages": ["demarches"]}, "usage ajouté : Démarches"),
        ({"enjeux": ["inconnu"]}, {}, "enjeu retiré : inconnu"),
        ({"lessons": "Un."}, {"lessons": "Deux."}, "enseignements mis à jour"),
        ({}, {"audience": ["seniors"]}, "public ajouté : Seniors"),
        ({}, {"cost": {"amount": "10", "date": "2021"}}, "coût mis à jour"),
        ({"tools": ["Decidim"]}, {}, "outil retiré : Decidim"),
        (
            {},
            {"results": [{"text": "312 personnes", "date": "2023"}]},
            "résultat ajouté : 312 personnes",
        ),
        ({}, {"started": "2016"}, "date de début mise à jour"),
        ({"website": "https://a.example/"}, {}, "page de l'action mise à jour"),
        ({}, {"partners": ["59350"]}, "territoires partenaires mis à jour"),
        ({}, {"actors": ["adico"]}, "acteurs mis à jour"),
        ({}, {"verified": "2026-03-01"}, "vérifiée le 1er mars 2026"),
        ({}, {"verified": "2026-13"}, "vérifiée le 2026-13"),
        ({"verified": "2026"}, {}, "fiche modifiée"),
        ({"doubt": "à voir"}, {}, "doute levé"),
        ({"doubt": "à voir"}, {"doubt": "à revoir"}, "à vérifier : à revoir"),
        ({"sources": [WEB]}, {"sources": [WEB, {"url": "https://b.example/"}]}, "source ajoutée"),
        ({"sources": [WEB]}, {"sources": [{"url": "https://b.example/"}]}, "sources modifiées"),
        ({}, {"territory": "59350"}, "fiche modifiée"),
        ({}, {"colour": "red"}, "fiche modifiée"),
        ({"themes": ["a", "b"]}, {"themes": ["b", "a"]}, "fiche modifiée"),
    ],
)
def test_an_action(old: dict[str, Any], new: dict[str, Any], words: str) -> None:
    assert action(old, new) == (words,)


def test_what_readers_want_first_stands_first() -> None:
    new = {
        "title": "Nouvelle appli",
        "status": "en-cours",
        "sources": [WEB],
        "verified": "2026",
        "doubt": "à voir",
        "lessons": "Un.",
        "website": "https://a.example/",
    }
    assert action({}, new, "Début.", "Début. Fin.") == (
        "nouveau titre (était « La bonne appli »)",
        "état d'avancement : en cours",
        "description complétée",
        "enseignements mis à jour",
        "page de l'action mise à jour",
        "vérifiée le 2026",
        "à vérifier : à voir",
        "source ajoutée",
    )


def test_stories() -> None:
    assert action({}, {}, "Un récit.", "Un autre récit.") == ("description modifiée",)
    assert action({}, {}, "Un récit.", "Un récit.\n\nSa suite.") == ("description complétée",)
    assert action({}, {}, "Un récit.", "Un récit.\n") is None


def test_long_words_are_cut() -> None:
    (words,) = action({"title": "x" * 130}, {}) or ("",)
    assert words == f"nouveau titre (était « {'x' * 119}… »)"


def labels(*items: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"labels": [{"edition": edition, "level": level, **more} for edition, level in items]}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({}, labels(("2018", "5")), ["label 2018 ajouté (5 @)"]),
        ({}, {"labels": [{"edition": "2018"}]}, ["label 2018 ajouté"]),
        (labels(("2018", "5")), {}, ["label 2018 retiré"]),
        (
            labels(("2016", "3")),
            labels(("2016", "3"), ("2017", "3"), ("2018", "5")),
            ["label 2017 ajouté (3 @)", "label 2018 ajouté : passe de 3 à 5 @"],
        ),
        (labels(("2018", "5")), labels(("2018", "5"), ("2015", "4")), ["label 2015 ajouté (4 @)"]),
        (labels(("2018", "5")), labels(("2018", "3")), ["label 2018 : passe de 5 à 3 @"]),
        (labels(("2018", "")), labels(("2018", "3")), ["label 2018 : niveau connu, 3 @"]),
        (labels(("2018", "3")), labels(("2018", "")), ["label 2018 : niveau retiré"]),
        (
            labels(("2018", "3")),
            labels(("2018", "3"), mentions=["arobase-verte"]),
            ["label 2018 : mention « Arobase verte » ajoutée"],
        ),
        (
            labels(("2018", "3"), mentions=["arobase-verte"]),
            labels(("2018", "3")),
            ["label 2018 modifié"],
        ),
        (
            labels(("2018", "3"), doubt="à voir"),
            labels(("2018", "3"), sources=[WEB]),
            ["label 2018 : doute levé", "label 2018 : source ajoutée"],
        ),
        ({}, {"memberships": [{"level": "praemium"}]}, ["adhésion ajoutée : Membre praemium"]),
        (
            {"services": [{"title": "Portail"}]},
            {"services": [{"title": "Portail", "url": "https://a.example/"}]},
            ["service en ligne modifié : Portail"],
        ),
        ({"programmes": [{"title": "Schéma"}]}, {}, ["programme retiré : Schéma"]),
        (
            {"indicators": [{"label": "prises", "date": "2009"}]},
            {"indicators": [{"label": "prises", "date": "2010"}]},
            ["chiffre modifié : prises"],
        ),
        (
            {"website": "https://a.example/", "name": "Syndicat"},
            {"successor": "59350", "name": "Agence", "kind": "syndicat", "country": "Canada"},
            [
                "site officiel mis à jour",
                "successeur mis à jour",
                "nouveau nom : Agence",
                "type mis à jour",
                "pays mis à jour",
            ],
        ),
    ],
)
def test_a_territory(old: dict[str, Any], new: dict[str, Any], words: list[str]) -> None:
    assert territory(old, new) == tuple(words)


def test_a_new_record() -> None:
    data = labels(("2018", "5"), ("2019", ""))
    new = Document("t.yml", "territory", "", {"code": "59512", **data})
    assert record_words(None, new, LABELS) == ("label 2018 (5 @)", "label 2019")
    assert record_words(None, Document("a.md", "action", "", ACTION), LABELS) == ()
    assert record_words(new, new, LABELS) is None


def test_many_new_records() -> None:
    counts = {"territory": 103, "action": 1060}
    assert new_words(counts) == ("1\u202f060 actions ajoutées", "103 territoires ajoutés")
    assert new_words({"territory": 1}) == ("1 territoire ajouté",)
