"""What a reviewer reads of each value that changed, and why it deserves a look."""

from __future__ import annotations

from typing import Any

import pytest

from atlaas.read import Document
from atlaas.review.wording import Glossary, label_words, notes, short

PLACES = {"59350": "Lille", "200093201": "Métropole de Lille"}
TERMS = {
    ("themes", "mediation"): "Médiation",
    ("statuses", "en-cours"): "En cours",
    ("mentions", "arobase-verte"): "Arobase verte",
    ("membership-levels", "praemium"): "Membre praemium",
    ("membership-levels", "membre"): "Membre",
    ("enjeux", "emploi"): "Emploi",
}
GLOSSARY = Glossary(
    lambda code: PLACES.get(code, code), lambda name, id_: TERMS.get((name, id_), id_)
)
WEB, OTHER = {"url": "https://a.example/"}, {"url": "https://b.example/"}
PRINTED = {"publisher": "Le Journal", "title": "Palmarès", "date": "2015-02"}


def said(kind: str, old: Any, new: Any, *bodies: str) -> list[tuple[str, str]]:
    """(sentence, why it deserves a look) of every change between two versions."""
    before, after = (
        Document("x", kind, "", data, body)
        for data, body in zip((old, new), bodies or ("", ""), strict=True)
    )
    return [(note.text, note.look) for note in notes(before, after, GLOSSARY)]


@pytest.mark.parametrize(
    ("kind", "old", "new", "sentence"),
    [
        ("action", {"title": "Un"}, {"title": "Deux"}, "titre : « Un » → « Deux »"),
        ("action", {}, {"status": "en-cours"}, "état d'avancement : en cours"),
        ("action", {}, {"themes": ["mediation"]}, "thème ajouté : Médiation"),
        ("action", {"enjeux": ["emploi"]}, {}, "enjeu retiré : Emploi"),
        ("action", {}, {"partners": ["59350"]}, "territoires partenaires, ajout : Lille"),
        ("action", {"actors": ["adico"]}, {}, "acteurs, retrait : adico"),
        ("action", {"themes": ["a", "b"]}, {"themes": ["b", "a"]}, "thèmes dans un autre ordre"),
        ("action", {"actors": ["a", "b"]}, {"actors": ["b", "a"]}, "acteurs dans un autre ordre"),
        ("action", {"themes": ["a", "a"]}, {"themes": ["a"]}, "thèmes : liste modifiée"),
        ("action", {"themes": "a"}, {"themes": ["b"]}, "thèmes : a → b"),
        ("action", {"lessons": "Un."}, {"lessons": "Deux."}, "enseignements : texte modifié"),
        ("action", {}, {"lessons": "Un."}, "enseignements : Un."),
        (
            "action",
            {"cost": {"amount": "40000", "date": "2020"}},
            {"cost": {"amount": "40000", "date": "2021", "funding": "DETR"}},
            "coût : montant 40000, année du coût 2020 → montant 40000, année du coût 2021, "
            "financement DETR",
        ),
        ("action", {}, {"tools": ["Decidim"]}, "outil ajouté : Decidim"),
        (
            "action",
            {},
            {"results": [{"text": "312 personnes", "date": "2023"}]},
            "résultat ajouté : « 312 personnes »",
        ),
        ("action", {}, {"colour": "red"}, "« colour » : red"),
        ("territory", {"kind": "x"}, {"kind": "syndicat"}, "type : x → syndicat"),
        ("territory", {"code": "59350"}, {"code": "59"}, "code : Lille → 59"),
        ("territory", {"departement": "07"}, {"departement": "59"}, "département : 07 → 59"),
        (
            "territory",
            {},
            {"memberships": [{"level": "praemium", "since": "2016", "through": "200093201"}]},
            "adhésion ajoutée : « Membre praemium », depuis 2016, par Métropole de Lille",
        ),
        (
            "territory",
            {"memberships": [{"level": "praemium"}]},
            {"memberships": [{"level": "praemium", "offers": "membre"}]},
            "adhésion « Membre praemium », niveau offert aux communes : membre",
        ),
        (
            "territory",
            {},
            {"indicators": [{"label": "prises", "value": "210000", "unit": "prises"}]},
            "indicateur ajouté : « prises », 210000 prises",
        ),
        (
            "territory",
            {"services": [{"title": "Un"}, {"title": "Deux"}]},
            {"services": [{"title": "Deux"}, {"title": "Un"}]},
            "services en ligne dans un autre ordre",
        ),
        ("edition", {}, {"notes": ["Vu."]}, "remarques, ajout : Vu."),
        (
            "edition",
            {"ceremony": {"place": "Paris"}},
            {"ceremony": {"place": "Pau", "date": "2017"}},
            "remise des labels : lieu Paris → lieu Pau, date 2017",
        ),
        (
            "edition",
            {},
            {"counts": [{"label": "villes", "value": "331"}]},
            "chiffre publié ajouté : « villes », 331",
        ),
        ("actor", {"kind": "a"}, {"kind": "b"}, "type : a → b"),
        (
            "vocabulary",
            [{"id": "a", "label": "A"}],
            [{"id": "a", "label": "B"}],
            "a, libellé : A → B",
        ),
        ("vocabulary", [], [{"id": "a", "label": "A"}], "entrée ajoutée : « A » (a)"),
        (
            "vocabulary",
            [{"id": "a"}],
            [{"id": "a", "enjeu": "emploi"}],
            "a, enjeu de même nom (thèmes) : emploi",
        ),
    ],
)
def test_what_needs_no_look(kind: str, old: Any, new: Any, sentence: str) -> None:
    assert said(kind, old, new) == [(sentence, "")]


def test_an_entry_that_leaves_a_list_deserves_a_look() -> None:
    assert said("vocabulary", [{"id": "a", "label": "A"}], []) == [
        ("entrée retirée : « A » (a)", "entrée retirée d'une liste")
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new", "sentence", "look"),
    [
        ("action", {"territory": "59350"}, {}, "territoire, retrait : Lille", "fait retiré"),
        (
            "territory",
            {"programmes": [{"title": "Schéma", "started": "2009"}]},
            {},
            "programme retiré : « Schéma », depuis 2009",
            "programme retiré",
        ),
        (
            "action",
            {"cost": {"amount": "40000"}},
            {"cost": {"amount": "42000"}},
            "coût : montant 40000 → montant 42000",
            "chiffre changé",
        ),
    ],
)
def test_a_fact_that_leaves_or_a_figure_that_changes_deserves_a_look(
    kind: str, old: Any, new: Any, sentence: str, look: str
) -> None:
    assert said(kind, old, new) == [(sentence, look)]


def test_the_date_of_a_look_may_leave() -> None:
    assert said("action", {"verified": "2026-01-02"}, {}) == [
        ("vérifiée le, retrait : 2026-01-02", "")
    ]


def figure(value: str) -> dict[str, Any]:
    return {"indicators": [{"label": "prises", "value": value}]}


@pytest.mark.parametrize(
    ("old", "new", "look"),
    [
        ("100", "150", "chiffre changé"),
        ("100", "151", "chiffre changé de plus de moitié"),
        ("100", "50", "chiffre changé"),
        ("100", "49", "chiffre changé de plus de moitié"),
        ("-100", "-151", "chiffre changé de plus de moitié"),
        ("0", "1", "chiffre changé de plus de moitié"),
        ("1", "1.0", ""),
        ("1", "beaucoup", "chiffre changé de plus de moitié"),
        ("9e999999", "-9e999999", "chiffre changé de plus de moitié"),
    ],
)
def test_a_figure_that_changed_and_by_how_much(old: str, new: str, look: str) -> None:
    assert said("territory", figure(old), figure(new)) == [
        (f"indicateur « prises », valeur : {old} → {new}", look)
    ]


def label(edition: str = "2018", **more: Any) -> dict[str, Any]:
    return {"labels": [{"edition": edition, **more}]}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            {},
            label(level="5", mentions=["arobase-verte"]),
            [("label 2018 ajouté, 5 @ (mention Arobase verte)", "")],
        ),
        (label(), {}, [("label 2018 retiré", "label retiré")]),
        (
            label(level="4", sources=[WEB]),
            label(level="5", sources=[WEB]),
            [("label 2018, 4 → 5 @", "niveau changé sans seconde source")],
        ),
        (
            label(level="4", sources=[WEB, OTHER]),
            label(level="5", sources=[WEB, OTHER]),
            [("label 2018, 4 → 5 @", "")],
        ),
        (
            label(level="5", sources=[WEB, OTHER]),
            label(level="3", sources=[WEB, OTHER]),
            [("label 2018, 5 → 3 @", "niveau changé de plus d'une arobase")],
        ),
        (
            label(sources=[WEB, OTHER]),
            label(level="3", sources=[WEB, OTHER]),
            [("label 2018, ? → 3 @", "")],
        ),
        (
            label(mentions=["arobase-verte"]),
            label(mentions=["autre"]),
            [
                ("label 2018, mention ajoutée : autre", ""),
                ("label 2018, mention retirée : Arobase verte", ""),
            ],
        ),
        (
            label(doubt="à voir"),
            label(sources=[WEB]),
            [
                ("label 2018, source ajoutée : https://a.example/", ""),
                ("label 2018, doute levé (« à voir »)", ""),
            ],
        ),
    ],
)
def test_labels(old: Any, new: Any, found: list[tuple[str, str]]) -> None:
    assert said("territory", old, new) == found


def test_labels_stand_by_edition() -> None:
    new = {"labels": [{"edition": "2019"}, {"edition": "2017"}]}
    assert [text for text, _ in said("territory", label("2018"), new)] == [
        "label 2017 ajouté",
        "label 2018 retiré",
        "label 2019 ajouté",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([WEB], [WEB, PRINTED], [("source ajoutée : Le Journal, Palmarès, 2015-02", "")]),
        ([WEB, OTHER], [WEB], [("source retirée : https://b.example/", "source retirée")]),
        ([WEB], [{**WEB, "title": "Page"}], [("sources précisées", "")]),
        ([PRINTED], [{**PRINTED, "seen": "2026"}], [("sources précisées", "")]),
        ([WEB, OTHER], [OTHER, WEB], [("sources précisées", "")]),
        (
            [WEB, OTHER],
            [{**WEB, "seen": "2026"}],
            [("source retirée : https://b.example/", "source retirée")],
        ),
    ],
)
def test_sources(old: Any, new: Any, found: list[tuple[str, str]]) -> None:
    assert said("actor", {"sources": old}, {"sources": new}) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({}, {"doubt": "a"}, [("doute ajouté : « a »", "")]),
        ({"doubt": "a"}, {"doubt": "b"}, [("doute changé : « b »", "")]),
        ({"doubt": "a"}, {}, [("doute levé (« a »)", "doute levé sans nouvelle source")]),
        (
            {"doubt": "a", "sources": [WEB]},
            {},
            [
                ("source retirée : https://a.example/", "source retirée"),
                ("doute levé (« a »)", "doute levé sans nouvelle source"),
            ],
        ),
    ],
)
def test_doubts(old: Any, new: Any, found: list[tuple[str, str]]) -> None:
    assert said("actor", old, new) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "un deux", ("description ajoutée (2 mots)", "")),
        ("un deux trois", "", ("description retirée (3 mots)", "texte retiré")),
        ("un deux", "un deux trois", ("description modifiée", "")),
        ("un deux trois quatre", "cinq six", ("description modifiée", "")),
        ("un deux trois", "quatre", ("description modifiée", "texte réduit de plus de moitié")),
    ],
)
def test_stories(old: str, new: str, found: tuple[str, str]) -> None:
    assert said("action", {}, {}, old, new) == [found]


def test_quotes_are_short_and_on_one_line() -> None:
    assert short("un\n  deux") == "un deux"
    assert short("x" * 161) == "x" * 159 + "…"
    assert label_words({"level": "5"}, GLOSSARY) == ", 5 @"
    assert label_words({"mentions": ["arobase-verte"]}, GLOSSARY) == " (mention Arobase verte)"
