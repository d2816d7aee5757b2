"""Exact words for mistakes of many shapes, next to those of tests/examples."""

from __future__ import annotations

import pytest

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.rules import check
from atlaas.rules.addresses import wrong
from shared.rule_cases import context

COPY = "Recopiez-la depuis la barre d'adresse du navigateur."
PUBLIC = "Donnez une adresse que tout le monde peut ouvrir, ou supprimez la ligne."


@pytest.mark.parametrize(
    ("url", "message", "advice"),
    [
        ("https://a.fr/ b", "l'adresse « https://a.fr/ b » contient un blanc", COPY),
        (
            " https://a.fr/",
            "« https://a.fr/ » n'est pas une adresse complète",
            "Écrivez https://a.fr/.",
        ),
        (
            "ville.fr/page",
            "« ville.fr/page » n'est pas une adresse complète",
            "Écrivez https://ville.fr/page.",
        ),
        ("ville", "« ville » n'est pas une adresse complète", f"{COPY[:-1]} : https://…"),
        (
            "HTTPS://ville.fr/",
            "« HTTPS://ville.fr/ » n'est pas une adresse complète",
            "Écrivez « https:// » en minuscules.",
        ),
        (
            "ftp://ville.fr/",
            "« ftp:// » n'est pas une adresse de page web",
            "Donnez une adresse qui commence par https://.",
        ),
        (
            "https://jean@ville.fr/a",
            "cette adresse contient un identifiant ou un mot de passe",
            "Écrivez https://ville.fr sans ce qui précède « @ ».",
        ),
        (
            "https://j:s@ville.fr/a",
            "cette adresse contient un identifiant ou un mot de passe",
            "Écrivez https://ville.fr sans ce qui précède « @ », et changez ce mot de passe : il a "
            "été publié.",
        ),
        ("https://[::1]/", "« [::1] » n'est pas un site public", PUBLIC),
        ("https://[::1]:80/", "« [::1]:80 » n'est pas un site public", PUBLIC),
        ("https://[a", "« https://[a » n'est pas une adresse possible", COPY),
        ("https:///a", "« https:///a » n'est pas une adresse possible", COPY),
        ("https://ville.local/", "« ville.local » n'est pas un site public", PUBLIC),
        ("https://localhost/", "« localhost » n'est pas un site public", PUBLIC),
        ("https://127.0.0.1/", "« 127.0.0.1 » n'est pas un site public", PUBLIC),
        ("https://a.0x7f/", "« a.0x7f » n'est pas un site public", PUBLIC),
        (
            "https://ville.fr:443/a",
            "l'adresse « https://ville.fr:443/a » contient un numéro de port",
            "Écrivez https://ville.fr/a si la page s'ouvre ainsi.",
        ),
        (
            "https://ville.fr:/a",
            "l'adresse « https://ville.fr:/a » contient un numéro de port",
            "Écrivez https://ville.fr/a si la page s'ouvre ainsi.",
        ),
        (
            "https://évry.fr/a",
            "le nom de site « évry.fr » contient des lettres accentuées",
            "Écrivez sa forme technique : https://xn--vry-9la.fr/a.",
        ),
        (
            "https://Ville.fr/a?b#c",
            "le nom de site « Ville.fr » n'est pas en minuscules",
            "Écrivez https://ville.fr/a?b#c.",
        ),
        ("https://ville.fr/<b>", "« https://ville.fr/<b> » n'est pas une adresse possible", COPY),
        ("https://ville.fr./", "« https://ville.fr./ » n'est pas une adresse possible", COPY),
    ],
)
def test_addresses(url: str, message: str, advice: str) -> None:
    assert wrong(url) == (message, advice)


ACTION = "title: Un titre assez long\nterritory: '59378'\nthemes: [reseau-social]\n"
SOURCE = "sources: [{url: 'https://exemple.fr/'}]\n"
LABEL = "code: '59378'\nlabels:\n  - edition: 2018\n    sources: [{url: 'https://exemple.fr/'}]\n"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("action", f"{ACTION}{SOURCE}partners: ['1']", ["code-inconnu"]),
        (
            "action",
            "title:\n" + ACTION.partition("\n")[2] + SOURCE,
            ["champ: la clé « title » n'a pas de valeur"],
        ),
        (
            "action",
            f"{ACTION}{SOURCE}enjeux: [vie-quotidienne, ]\nactors:\n  -",
            ["champ: un élément de la liste est vide"],
        ),
        ("action", f"{ACTION}sources:", ["source-manquante: cette action n'a pas de source"]),
        ("action", f"{ACTION}{SOURCE}status: [prevue]", ["champ: « status » attend un texte"]),
        (
            "action",
            f"{ACTION}{SOURCE}enjeux: vie-quotidienne",
            ["champ: « enjeux » attend une liste"],
        ),
        ("action", f"{ACTION}{SOURCE}titel: a", ["champ: la clé « titel » n'existe pas ici"]),
        (
            "action",
            f"{ACTION}{SOURCE}started: 2/7/2016",
            ["date-impossible: la date « 2/7/2016 » n'est pas écrite comme les autres"],
        ),
        (
            "action",
            f"{ACTION}{SOURCE}started: 32/7/2016",
            ["date-impossible: « 32/7/2016 » n'est pas une date reconnue"],
        ),
        (
            "action",
            f"{ACTION}{SOURCE}started: 2026-11-22",
            ["date-future: la date « 2026-11-22 » est dans l'avenir"],
        ),
        ("territory", f"{LABEL}    level: 3@", ["niveau: le niveau « 3@ » n'existe pas"]),
        ("territory", f"{LABEL}    mention: a", ["champ: la clé « mention » n'existe pas ici"]),
        (
            "territory",
            "code: '59378'\nlabels:\n  - edition: 2O18\n"
            "    sources: [{url: 'https://exemple.fr/'}]",
            ["edition-inconnue: il n'y a pas d'édition « 2O18 » du label"],
        ),
    ],
)
def test_problems(kind: str, text: str, expected: list[str], reference: Reference) -> None:
    path, whole = {
        "action": (
            "data/actions/59/59378-marcq-en-baroeul/un-titre.md",
            f"---\n{text}\n---\n\nUn récit.\n",
        ),
        "territory": ("data/territories/59/59378-marcq-en-baroeul.yml", f"{text}\n"),
    }[kind]
    document = read.read_bytes(whole.encode(), path, kind)
    assert document.problems == []
    problems = check(document, context(reference))[1]
    said = [f"{p.rule}: {p.message}" for p in problems]
    assert len(said) == len(expected), said
    for found, wanted in zip(said, expected, strict=True):
        assert found.startswith(wanted)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (f"{LABEL}    level: 3@", "Écrivez seulement le chiffre : 3."),
        (f"{LABEL}    level: 03", "Écrivez seulement le chiffre : 3."),
        (f"{LABEL}    level: 4.0", "Écrivez seulement le chiffre : 4."),
        (
            f"{LABEL}    level: 6",
            "Un niveau va de 1 à 5 arobases ; supprimez la ligne s'il n'est pas connu.",
        ),
        (
            LABEL.replace("2018", "2012"),
            "Éditions connues les plus proches : 2017, 2018. Pour une "
            "nouvelle édition, créez d'abord data/editions/2012.yml.",
        ),
        (LABEL.replace("2018", "2O18"), "Écrivez l'année seule, par exemple 2018."),
        (f"{LABEL}    mention: a", "Vouliez-vous dire « mentions » ?"),
        (
            f"{LABEL}    zzzzzz: a",
            "Clés possibles : edition, level, won_by, mentions, sources, doubt.",
        ),
    ],
)
def test_advice(text: str, advice: str, reference: Reference) -> None:
    path = "data/territories/59/59378-marcq-en-baroeul.yml"
    document = read.read_bytes(f"{text}\n".encode(), path, "territory")
    assert [p.advice for p in check(document, context(reference))[1]] == [advice]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("lessons: un&#32;espace", "Un récit.", ("html", 5, 12, "Effacez-le.")),
        ("lessons: un &amp; deux", "Un récit.", ("html", 5, 13, "Écrivez « & ».")),
        (
            r'lessons: "\x3cb>"',
            "Un récit.",
            ("html", 5, 10, "Supprimez-le : ici, la mise en forme n'est pas possible."),
        ),
        (
            r'website: "\x68ttp://exemple.fr/"',
            "Un récit.",
            (
                "adresse-https",
                5,
                10,
                "Écrivez https://exemple.fr/ si la page s'ouvre ainsi, sinon "
                "supprimez la ligne (http n'est accepté que dans les sources).",
            ),
        ),
        (
            r'lessons: "jean\x40ville.fr"',
            "Un récit.",
            (
                "courriel",
                5,
                10,
                "Supprimez-la ; au besoin, donnez l'adresse https de la page de contact.",
            ),
        ),
        (
            r'lessons: "03\x2020 45 12 34"',
            "Un récit.",
            (
                "telephone",
                5,
                10,
                "Supprimez-le ; au besoin, donnez l'adresse https de la page de contact.",
            ),
        ),
        (
            r'lessons: "un\u200bmot"',
            "Un récit.",
            (
                "caractere-invisible",
                5,
                10,
                "Effacez-le : supprimez les lettres voisines et retapez-les.",
            ),
        ),
        (
            "lessons: rien",
            "Un&#8203;mot.",
            (
                "caractere-invisible",
                8,
                1,
                "Effacez-le : supprimez les lettres voisines et retapez-les.",
            ),
        ),
        (
            "lessons: rien",
            "Un récit <b>gras</b>.",
            (
                "html-dans-le-texte",
                8,
                10,
                "Supprimez-le ; pour mettre en forme : **gras**, "
                "*italique*, ou « - » pour une liste.",
            ),
        ),
        (
            "lessons: rien",
            "Un [lien](http://exemple.fr/).",
            (
                "lien",
                8,
                11,
                "Écrivez https://exemple.fr/ si la page s'ouvre ainsi, sinon retirez le lien.",
            ),
        ),
        ("lessons: rien", "Voir <https://ville.local/>.", ("lien", 8, 7, PUBLIC)),
    ],
)
def test_what_hides_in_an_action(
    head: str, body: str, expected: tuple[str, int, int, str], reference: Reference
) -> None:
    text = f"---\n{ACTION}{head}\n{SOURCE}---\n{body}\n"
    path = "data/actions/59/59378-marcq-en-baroeul/un-titre.md"
    document = read.read_bytes(text.encode(), path, "action")
    found = check(document, context(reference))[1]
    assert [(p.rule, p.line, p.column, p.advice) for p in found] == [expected]


def findings(kind: str, text: str, path: str, reference: Reference) -> list[str]:
    """What is found in a file, as « rule: message | advice »."""
    document = read.read_bytes(text.encode(), path, kind)
    return [f"{p.rule}: {p.message} | {p.advice}" for p in check(document, context(reference))[1]]


def test_the_code_of_a_commune_that_merged(reference: Reference) -> None:
    """Ascq joined Villeneuve-d'Ascq whole: one code follows from the other."""
    path = "data/actors/a.yml"
    text = 'name: A\nterritory: "59020"\nsources:\n  - url: https://exemple.fr/\n'
    assert findings("actor", text, path, reference) == [
        "code-inconnu: le code « 59020 » est celui d'une ancienne commune | "
        'Écrivez "59009" (Villeneuve-d\'Ascq).'
    ]


@pytest.mark.parametrize(("year", "ahead"), [("2026", False), ("2027", True)])
def test_a_word_of_a_list_is_not_of_the_future(
    year: str, ahead: bool, reference: Reference
) -> None:
    """The day of these tests is in 2026."""
    text = f"- id: a\n  label: A\n- id: b\n  label: B\n  since: {year}\n"
    found = findings("vocabulary", text, "data/vocabulary/themes.yml", reference)
    expected = "date-future: l'année « 2027 » est dans l'avenir | Écrivez 2026 au plus tard."
    assert found == [expected] * ahead


@pytest.mark.parametrize(("year", "ahead"), [("2027", False), ("2028", True)])
def test_an_edition_may_be_that_of_next_year(year: str, ahead: bool, reference: Reference) -> None:
    """Its labels are often known at the end of the year before."""
    text = f"edition: {year}\nsources:\n  - url: https://exemple.fr/\n"
    found = findings("edition", text, f"data/editions/{year}.yml", reference)
    expected = "date-future: l'année « 2028 » est dans l'avenir | Écrivez 2027 au plus tard."
    assert found == [expected] * ahead
