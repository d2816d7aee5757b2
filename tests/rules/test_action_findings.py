"""What is reported of a code, a word of a list, a link or a value, by the tables below."""

from __future__ import annotations

import pytest

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.read.problem import Problem
from atlaas.rules import check
from shared.rule_cases import context

ACTION = "data/actions/59/59378-marcq-en-baroeul/un-titre.md"
A_CODE = (
    "Donnez le code INSEE de la commune (5 caractères, pas le code postal), le SIREN de "
    "l'intercommunalité (9 chiffres), dep-59 pour un département ou reg-32 pour une région."
)


def found(
    reference: Reference, head: str = "", body: str = "Un récit.", title: str = "Un titre long"
) -> list[Problem]:
    """All problems of an action of Marcq-en-Barœul, which has none of its own."""
    text = f"---\ntitle: {title}\nterritory: '59378'\nthemes: [reseau-social]\n{head}\n"
    text += f"sources: [{{url: 'https://exemple.fr/'}}]\n---\n{body}\n"
    document = read.read_bytes(text.encode(), ACTION, "action")
    assert document.problems == []
    return check(document, context(reference))[1]


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (
            "Allonnes",
            'Un code est attendu, pas un nom : écrivez "28004" (département 28) ou "49002" '
            '(département 49) ou "72003" (département 72).',
        ),
        ("Lille", 'Un code est attendu, pas un nom : écrivez "59350" (Lille).'),
        (
            "1001",
            'Il manque sans doute le zéro du début : écrivez "01001" (L\'Abergement-Clémenciat).',
        ),
        ("2a004", 'La lettre d\'un code est une majuscule : écrivez "2A004" (Ajaccio).'),
        ("DEP-59", 'Ce code s\'écrit en minuscules : écrivez "dep-59" (Nord).'),
        ("59", 'Pour le département, écrivez "dep-59" (Nord).'),
        ("59 350", 'Un code s\'écrit sans espace : écrivez "59350" (Lille).'),
        (
            "200000000",
            "Vérifiez le SIREN de l'intercommunalité : elle a peut-être changé ou disparu.",
        ),
        ("20000000", A_CODE),
        ("reg-99", A_CODE),
    ],
)
def test_a_code_that_does_not_exist(code: str, advice: str, reference: Reference) -> None:
    [problem] = found(reference, f"partners: ['{code}']")
    assert (problem.rule, problem.advice) == ("code-inconnu", advice)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("status: en cours", "Écrivez « en-cours »."),
        ("status: Prevue", "Écrivez « prevue »."),
        ("enjeux: [vie quotidienne]", "Écrivez « vie-quotidienne »."),
        ("usages: [banque]", "Valeurs possibles : demarches-administratives."),
        (
            "usages: [demarches-administrative]",
            "Vouliez-vous dire « demarches-administratives » ? "
            "Valeurs possibles : demarches-administratives.",
        ),
    ],
)
def test_a_word_that_is_in_no_list(line: str, advice: str, reference: Reference) -> None:
    [problem] = found(reference, line)
    assert (problem.rule, problem.advice) == ("vocabulaire", advice)


HTML = "html-dans-le-texte"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("www.exemple.fr/a", [("lien", 1)]),
        ("Voir www.ville.local.", [("lien", 1)]),
        ("Voir [a](https://exemple.fr/).", []),
        ("Voir [a](//exemple.fr/).", [("lien", 10)]),
        ("[a]: http://exemple.fr/", []),  # no link leads there
        ("`[a](http://exemple.fr)`", []),
        ("![a](https://exemple.fr/a.png)", [("image", 1)]),
        ("<a name='http://exemple.fr/'>x</a>", [(HTML, 1)]),
        ("<a href='http://exemple.fr/'>x</a>", [(HTML, 1), ("lien", 10)]),
        ("<link href='http://exemple.fr/'>", [(HTML, 1)]),
        ("<img alt='https://exemple.fr/'>", [(HTML, 1)]),
        ("<img src='https://exemple.fr/a.png'>", [(HTML, 1), ("image", 1)]),
    ],
)
def test_where_links_lead(body: str, expected: list[tuple[str, int]], reference: Reference) -> None:
    assert sorted((p.rule, p.column) for p in found(reference, body=body)) == expected


@pytest.mark.parametrize(
    ("head", "title", "expected"),
    [
        ('lessons: "\\x41 <b>"', "Un titre long", ["html"]),  # once, though it is read twice
        ("", "[un, titre]", ["champ"]),
        ("themes2: a", "Un titre long", ["champ"]),
        ("", "Un autre long", ["nom-de-fichier"]),
    ],
)
def test_each_mistake_is_reported_once(
    head: str, title: str, expected: list[str], reference: Reference
) -> None:
    assert [p.rule for p in found(reference, head, title=title)] == expected


def test_an_identifier_stands_once_in_its_list(reference: Reference) -> None:
    text = "- id: un\n  label: Un\n- id: deux\n  label: Deux\n- id: un\n  label: Trois\n"
    document = read.read_bytes(text.encode(), "data/vocabulary/usages.yml", "vocabulary")
    problems = check(document, context(reference))[1]
    assert [(p.rule, p.line, p.message) for p in problems] == [
        ("valeur-en-double", 5, "« un » est écrit deux fois")
    ]
