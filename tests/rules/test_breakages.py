"""What people really break in a file, each with the place, the words and the mend that they get."""

from __future__ import annotations

import dataclasses

import pytest

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.rules import check
from shared.rule_cases import context

PATH = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
ACTION = """\
---
title: Appel à projets « La bonne appli »
territory: "59378"
themes:
  - reseau-social
status: en-cours
started: 2016
sources:
  - url: https://exemple.fr/page
    seen: 2026-01-02
doubt: domaine déduit du contenu
---

Un récit assez long pour dire.
"""
END = "du contenu\n---\n"
ONE = "  - url: https://exemple.fr/page\n    seen: 2026-01-02"
SPACES = "Remplacez-la par des espaces."
TAB = f"yaml-syntaxe: tabulation en début de ligne | {SPACES}"
STRAIGHT = 'Les guillemets d\'un code sont droits : écrivez "59378" (Marcq-en-Barœul).'
IN_PLACE = "Écrivez à la place « --- », seul et sans espace avant."
HEAD = "La fiche commence par « --- », puis les clés, puis « --- », puis le texte."
ONE_VERSION = (
    "Gardez une des deux versions, et supprimez les lignes « <<<<<<< », « ======= » et « >>>>>>> »."
)
PRINTED = (
    "Écrivez « - url: … » et son adresse ; pour un document imprimé, « publisher: … », "
    "« title: … » et « date: … », une ligne chacun."
)
WHAT = (
    "Dites en une phrase ce qui est incertain, et pourquoi (« le niveau est déduit d'un "
    "article ») ; si rien ne l'est, supprimez la ligne."
)
SAYS_NOTHING = "ne dit pas ce qui est incertain"
PAGE = "https://exemple.fr/page"
ORIGIN = "Donnez la page d'origine ; si elle n'est pas connue, dites-le dans « doubt: … »."
SHOWS = (
    "Donnez la page qui présente ce document ou cette information ; s'il n'y en a pas, dites-le "
    "dans « doubt: … »."
)


def merge(mark: str) -> str:
    return (
        f"marque-de-fusion: deux versions du fichier s'y trouvent, autour de la ligne « {mark} » | "
        f"{ONE_VERSION}"
    )


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("  - reseau", "\t- reseau", f"5:1 {TAB}"),
        ("    seen:", "\tseen:", f"10:1 {TAB}"),
        ("    seen:", "  \tseen:", f"10:3 {TAB}"),
        ("  - reseau", "  -\treseau", f"5:4 {TAB}"),
        (
            END,
            "du contenu\n",
            "12:1 en-tete: la ligne « --- » qui ferme l'en-tête manque | Écrivez « --- », seul sur "
            "une ligne, entre les clés et le texte.",
        ),
        (END, "du contenu\n--\n", f"12:1 en-tete: « -- » ne ferme pas l'en-tête | {IN_PLACE}"),
        (END, "du contenu\n—\n", f"12:1 en-tete: « — » ne ferme pas l'en-tête | {IN_PLACE}"),
        (END, "du contenu\n***\n", f"12:1 en-tete: « *** » ne ferme pas l'en-tête | {IN_PLACE}"),
        (END, "du contenu\n --- \n", f"12:1 en-tete: « --- » ne ferme pas l'en-tête | {IN_PLACE}"),
        (
            "---\ntitle",
            "title",
            f"1:1 en-tete: la ligne « --- » qui ouvre l'en-tête manque | {HEAD}",
        ),
        (
            "---\ntitle",
            "\n---\ntitle",
            "1:1 en-tete: la première ligne n'est pas « --- » | Écrivez « --- » au tout début du "
            "fichier, seul et sans espace avant.",
        ),
        ('"59378"', "“59378”", f"3:12 code-inconnu: le code « “59378” » n'existe pas | {STRAIGHT}"),
        ('"59378"', "‘59378’", f"3:12 code-inconnu: le code « ‘59378’ » n'existe pas | {STRAIGHT}"),
        (
            '"59378"',
            "« 59378 »",
            f"3:12 code-inconnu: le code « « 59378 » » n'existe pas | {STRAIGHT}",
        ),
        (
            '"59378"',
            '"59378”',
            "3:12 yaml-syntaxe: guillemet jamais refermé | Fermez la valeur avec le même guillemet "
            'droit : "59378".',
        ),
        (
            PAGE,
            f"“{PAGE}”",
            f"9:10 adresse: « “{PAGE}” » contient plus que l'adresse | Écrivez {PAGE} seul.",
        ),
        (
            PAGE,
            f"[Page]({PAGE})",
            f"9:10 yaml-syntaxe: lien écrit en Markdown | Écrivez seulement l'adresse : {PAGE}.",
        ),
        (
            PAGE,
            f'"[Page]({PAGE})"',
            f"9:10 adresse: « [Page]({PAGE}) » contient plus que l'adresse | Écrivez {PAGE} seul.",
        ),
        (
            "2016",
            "“2016”",
            "7:10 date-impossible: la date « “2016” » n'est pas écrite comme les autres | Écrivez "
            "2016.",
        ),
        (
            "status: en-cours",
            "<<<<<<< HEAD\nstatus: en-cours\n=======\nstatus: realisee\n>>>>>>> main",
            f"6:1 {merge('<<<<<<<')}",
        ),
        ("Un récit", "Un récit\n>>>>>>> main\nUn récit", f"15:1 {merge('>>>>>>>')}"),
        ("status: en-cours", "status: en-cours\n=======", f"7:1 {merge('=======')}"),
        (
            ONE,
            f"  - {PAGE}",
            f"9:5 champ: cette source n'est pas décrite | Écrivez « - url: {PAGE} ».",
        ),
        (ONE, "  - La Voix du Nord", f"9:5 champ: cette source n'est pas décrite | {PRINTED}"),
        (
            f"sources:\n{ONE}",
            f"sources: {PAGE}",
            f"8:10 champ: cette source n'est pas décrite | Écrivez « - url: {PAGE} ».",
        ),
        (
            ONE,
            f"  url: {PAGE}",
            "9:3 champ: « sources » attend une liste | Mettez un tiret devant la première clé de "
            "chaque source : « - url: … ».",
        ),
        *(
            (
                "en-cours",
                word,
                f"6:9 vocabulaire: « {word} » n'est pas dans data/vocabulary/statuses.yml | "
                f"Écrivez « {status} ».",
            )
            for word, status in (
                ("Terminée", "realisee"),
                ("fini", "realisee"),
                ("En cours", "en-cours"),
                ("à venir", "prevue"),
                ("abandonnée", "arretee"),
            )
        ),
        *(
            ("domaine déduit du contenu", word, f"11:8 doute: « {word} » {SAYS_NOTHING} | {WHAT}")
            for word in ("oui", "Oui.", "non", "true", "x", "à vérifier", "doute", "rien")
        ),
        *(
            (PAGE, page, f"9:10 source-copie: « {page} » {what}")
            for what, pages in (
                (
                    f"n'est pas une page publique et durable | {SHOWS}",
                    (
                        "https://docs.google.com/document/d/abc/edit",
                        "https://drive.google.com/file/d/abc/view",
                        "https://ville.sharepoint.com/sites/a",
                        "https://intranet.ville.fr/a",
                        "https://www.google.com/search?q=marcq",
                        "https://bit.ly/abc",
                    ),
                ),
                (
                    f"semble une copie ou un site d'essai | {ORIGIN}",
                    ("https://preprod.ville.fr/a", "https://test.ville.fr/"),
                ),
                (
                    "est une adresse d'exemple | Donnez l'adresse de la page où le fait a été lu.",
                    ("https://www.example.com/a", "https://example.net"),
                ),
            )
            for page in pages
        ),
    ],
)
def test_a_breakage_is_told_with_its_mend(
    written: str, instead: str, said: str, reference: Reference
) -> None:
    assert written in ACTION
    assert found(ACTION.replace(written, instead, 1), reference) == [said]


@pytest.mark.parametrize(
    "page",
    [
        "https://www.google.com/intl/fr/",
        "https://exemple.fr/page",
        "https://ville-example.com/",
        "https://www.contest.fr/",
        "https://sites.ville.fr/docs.google.com",
    ],
)
def test_other_addresses_are_let_be(page: str, reference: Reference) -> None:
    assert found(ACTION.replace(PAGE, page), reference) == []


def test_a_doubt_that_says_something_is_let_be(reference: Reference) -> None:
    for doubt in ("région", "oui selon le journal, non selon la mairie", "rien ne dit la date"):
        assert found(ACTION.replace("domaine déduit du contenu", doubt), reference) == []


def test_a_name_in_capitals_is_not_renamed_onto_another(reference: Reference) -> None:
    """On Windows or macOS the file that is there would be lost."""
    folder = PATH.rpartition("/")[0]
    shouted, wanted = f"{folder}/LA-BONNE-APPLI.md", "appel-a-projets-la-bonne-appli"
    document = read.read_bytes(ACTION.encode(), shouted, "action")
    for there, advice in (
        ((), f"Renommez-le en {wanted}.md."),
        (
            (f"{folder}/{wanted}.md",),
            f"{wanted}.md existe déjà : si c'est la même fiche, réunissez-les ; sinon, renommez "
            f"celui-ci en {wanted}-2.md.",
        ),
    ):
        known = dataclasses.replace(context(reference), paths={"action": (shouted, *there)})
        assert [p.advice for p in check(document, known)[1]] == [advice]


def found(text: str, reference: Reference) -> list[str]:
    """« line:column rule: message | advice » of each problem."""
    document = read.read_bytes(text.encode(), PATH, "action")
    problems = document.problems or check(document, context(reference))[1]
    return [f"{p.line}:{p.column} {p.rule}: {p.message} | {p.advice}" for p in problems]
