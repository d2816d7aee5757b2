"""What who filled a form is told of what the rules refuse: nothing of files."""

from __future__ import annotations

import re

import pytest

from atlaas import read
from atlaas.contribute.request_words import in_words
from atlaas.geography.reference import Reference
from atlaas.read.problem import Problem
from atlaas.rules import check
from shared.rule_cases import Case, cases, context

OF_FILES = re.compile(
    r"YAML|\bclés?\b|data/|« [a-z_]+: |\btrue\b|\bfalse\b|\bpublisher\b|\blignes?\b|\bdoubt\b"
    r"|guillemets|fichier|\.yml|\.md\b|\(url\)|« (?:title|themes|sources|date|value|level) »"
)
# What a file made by the forms never has: numbers in quotes, another name or folder.
NEVER = {"nombre-entre-guillemets", "nom-de-fichier", "dossier"}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}-{'-'.join(case.rules)}")
def test_no_case_is_told_in_words_of_files(case: Case, reference: Reference) -> None:
    document = read.read_bytes(case.text.encode(), case.path, case.kind)
    for problem in check(document, context(reference))[1]:
        said = in_words(problem)
        assert problem.rule in NEVER or not OF_FILES.search(said), said
        assert said[0] in f"«{said[0].upper()}" and said[-1] in ".?…"


@pytest.mark.parametrize(
    ("rule", "message", "advice", "said"),
    [
        ("champ", "la clé « themes » manque", "Ajoutez…", "« Thèmes » : à compléter."),
        (
            "source-incomplete",
            "il manque la date à cette source sans adresse",
            "Ajoutez « date: … », ou l'adresse de la page (url).",
            "Sans adresse, il faut aussi la date.",
        ),
        (
            "adresse-https",
            "l'adresse « http://a.fr/ » n'est pas en https",
            "Écrivez https://a.fr/ si la page s'ouvre ainsi, sinon supprimez la ligne (http n'est "
            "accepté que dans les sources).",
            "L'adresse « http://a.fr/ » n'est pas en https. Écrivez https://a.fr/ si la page "
            "s'ouvre ainsi.",
        ),
        (
            "label-en-double",
            "deux labels pour l'édition 2018",
            "Gardez-en un ; si les sources se contredisent, dites-le dans « doubt: … ».",
            "Deux labels pour l'édition 2018. Gardez-en un ; si les sources se contredisent, "
            "dites-le dans « À vérifier ».",
        ),
    ],
)
def test_words_of_a_form(rule: str, message: str, advice: str, said: str) -> None:
    assert in_words(Problem("data/a.md", 1, 1, rule, message, advice)) == said
