"""Where a term comes from, in a sentence, and titles that do not say a word twice."""

from __future__ import annotations

import pytest

from atlaas.model import Term
from atlaas.pages.terms import mention_title, origin_words


def term(label: str = "X", **values: object) -> Term:
    return Term.model_validate({"id": "x", "label": label, **values})


@pytest.mark.parametrize(
    ("origin", "one", "words"),
    [
        ("label 2017", "Thème", "Ce thème vient du label (2017)."),
        ("mention 2021", "Thème", "Ce thème vient d'une mention du label (2021)."),
        ("ajout", "Thème", "Ce thème a été ajouté par l'Atlaas."),
        ("enjeu de l'Atlaas officiel", "Enjeu", "Cet enjeu vient de l'Atlaas officiel."),
        ("règlement du label", "Enjeu", "Cet enjeu est nommé par le règlement du label."),
        ("mention 2006", "Mention", "Mention citée dès l'édition 2006."),
        (
            "usage cité pour la Métropole européenne de Lille",
            "Usage",
            "Cet usage est cité par Villes Internet à propos de la Métropole européenne de Lille "
            "(2016).",
        ),
        ("une enquête", "Thème", "Ce thème vient de : une enquête."),
        (None, "Thème", ""),
    ],
)
def test_where_a_term_comes_from(origin: str | None, one: str, words: str) -> None:
    assert origin_words(term(origin=origin), one) == words


def test_the_title_of_a_mention() -> None:
    assert mention_title(term("Mention simple")) == "Mention simple"
    assert mention_title(term("Internet citoyen")) == "Mention Internet citoyen"
