"""The three forms of a review: for a terminal, a forge and a program."""

from __future__ import annotations

import json

import pytest

from atlaas.read.problem import Problem
from atlaas.review import forge_report, report
from atlaas.review.cards import Card
from atlaas.review.changed_words import ChangedSpan
from atlaas.review.diff import Diff
from atlaas.review.headlines import rest_of, summary, verdict
from atlaas.review.imported import Imported, LevelStep
from atlaas.review.risk import Look, Risk
from atlaas.review.wording import Note
from atlaas.text.quoted import code, escape, in_html

PATH = "data/actors/a.yml"
WORDS = (
    ChangedSpan("du "),
    ChangedSpan("matin", "removed"),
    ChangedSpan(" "),
    ChangedSpan("soir", "added"),
    ChangedSpan(" … ", "cut"),
)
NOTES = [
    Note("thème ajouté : Santé", about="thèmes"),
    Note("description modifiée", "chiffre changé, 1 → 2", Risk.FIGURE, "description", WORDS),
    Note("état : en cours", about="état"),
    Note("source retirée : x", "source retirée", Risk.SOURCE, "sources"),
]


def card(**more: object) -> Card:
    given = {"who": "Lille", "called": "action « A »", "kind": "modification"}
    return Card(**{**given, "record": "action", "path": PATH, **more})  # type: ignore[arg-type]


def whole() -> Diff:
    wrong = Problem(PATH, 4, 1, "titre", "le titre manque", "Ajoutez-le")
    diff = Diff(
        [
            card(notes=NOTES, problems=[wrong], looks=[Look(Risk.HOST, "site\x07 nouveau", PATH)]),
            card(called="action « B »", kind="retrait", said="réunie à C"),
        ],
        looks=[Look(Risk.CODE, "du code", "Make\x1bfile")],
        problems=[Problem("data/b.yml", 2, 1, "code", "commune inconnue")],
        pages={"b/": "modifiée", "c/": "supprimée", "d/": "nouvelle", "themes/a/": "modifiée"},
        others=["Makefile"],
        records={"retrait": 2, "ajout": 1, "modification": 1},
    )
    return diff


SUMMARY = "1 fiche ajoutée, 1 fiche modifiée, 2 fiches retirées, 1 autre fichier"
VERDICT = "2 erreurs à corriger, 4 points à regarder"


def test_the_text() -> None:
    assert report.as_text(whole()).splitlines() == [
        f"{SUMMARY}. {VERDICT}.",
        *("", "Ailleurs : data/b.yml", "  Erreur, ligne 2 : commune inconnue."),
        *("", "À regarder (code) : du code  [Makefile]"),
        *("", "Lille", f"  action « A », modifiée  [{PATH}]"),
        "    Erreur, ligne 4 : le titre manque. Ajoutez-le",
        "    À regarder (nouveau site) : site nouveau",
        "    À regarder (chiffre), chiffre changé, 1 → 2 : description modifiée : "
        "« du [-matin-] [+soir+] … »",
        "    À regarder (source) : source retirée : x",
        "    thème ajouté : Santé",
        "    état : en cours",
        f"  action « B », retirée : réunie à C  [{PATH}]",
        *("", "Pages publiées (et les pages d'ensemble : accueil, carte, statistiques)"),
        "  nouvelle   d/",
        "  supprimée  c/",
        "  modifiée   b/",
        "  modifiée   themes/a/",
        *("", "Autres fichiers", "  Makefile"),
    ]
    assert report.as_text(Diff()) == "Aucun changement.\n"
    assert report.as_text(Diff(others=["a", "b"])).startswith("2 autres fichiers.\n")


def test_the_markdown() -> None:
    """Errors, then what deserves a look, then the rest, folded; what is code stands first."""
    assert forge_report.as_markdown(whole()).splitlines() == [
        f"**{SUMMARY}.** {VERDICT}.",
        *("", "**Ailleurs**, dans des fiches qui ne changent pas :"),
        "- `data/b.yml`, **Erreur**, ligne 2 : commune inconnue\\.",
        *("", "**Toute la proposition** :"),
        "- **À regarder (code)** : du code (`Makefile`)",
        *("", "#### Lille", ""),
        f"**Action « A »**\\, modifiée (`{PATH}`)",
        "- **Erreur**, ligne 4 : le titre manque\\. Ajoutez\\-le\\.",
        "- **À regarder (nouveau site)** : site nouveau",
        "- **À regarder (chiffre)**, chiffre changé\\, 1 → 2 : description modifiée : "
        "« du <del>matin</del> <ins>soir</ins> … »",
        "- **À regarder (source)** : source retirée \\: x",
        *("", "<details><summary>2 autres changements : thèmes, état</summary>", ""),
        "- thème ajouté \\: Santé",
        "- état \\: en cours",
        *("", "</details>", ""),
        f"**Action « B »**\\, retirée \\: réunie à C (`{PATH}`)",
        *("", "<details><summary>Pages qui changent (4)</summary>", ""),
        "- supprimée : `c/`",
        "- nouvelle : `d/`",
        "- modifiées : b 1\\, thèmes 1",
        *("", "</details>", ""),
        *("<details><summary>1 autre fichier</summary>", "", "- `Makefile`", "", "</details>"),
    ]
    assert forge_report.as_markdown(Diff()) == "**Aucun changement.**\n"


def test_a_fold_names_four_fields_at_most() -> None:
    notes = [Note("x", about=name) for name in ("a", "b", "a", "c", "d")]
    assert rest_of(notes) == "5 autres changements : a, b, c, d"
    assert rest_of([*notes, Note("x", about="e")]) == "6 autres changements : a, b, c, d, …"


def test_an_import_is_a_table_by_level() -> None:
    done = Imported(
        "2025",
        "2024",
        {"5": 2, "?": 1},
        {"5": 1, "?": 0},
        [LevelStep("Aix|les", 5, 3, "2024"), LevelStep("Bron", 1, 3, "2019")],
        ["Albi"],
        [LevelStep("Agen", 2, None), LevelStep("Auch", None, None)],
    )
    text = forge_report.as_markdown(Diff(imports=[done]))
    assert text.splitlines()[2:] == [
        *("**Label 2025** : 3 labels ajoutés", ""),
        *("| Niveau | Labels | Dont nouveaux venus |", "|---|---:|---:|"),
        *("| 5 arobases | 2 | 1 |", "| non précisé | 1 | 0 |", ""),
        *("**À regarder (chiffre)**, une baisse ou un saut depuis le label d'avant :", ""),
        *("| Territoire | Avant | 2025 |", "|---|---|---|"),
        *("| Aix\\|les | 5 (2024) | 3 |", "| Bron | 1 (2019) | 3 |", ""),
        "<details><summary>Nouveaux venus, sans label connu avant (1)</summary>",
        *("", "Albi", "", "</details>", ""),
        "<details><summary>Labellisés en 2024, sans label 2025 (2)</summary>",
        *("", "- Agen (2)", "- Auch", "", "</details>"),
    ]
    assert report.as_text(Diff(imports=[done])).splitlines()[2:] == [
        "Label 2025 : 3 labels ajoutés",
        "  5 @ : 2, dont 1 nouveau venu",
        "  ? @ : 1, dont 0 nouveau venu",
        "  À regarder (chiffre) : Aix|les, 5 → 3 @",
        "  À regarder (chiffre) : Bron, 1 → 3 @",
        "  sans label, alors qu'en 2024 : 2",
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@maire a*b #12 GH-7", "\\@\u2060maire a\\*b \\#\u206012 GH\\-\u20607"),
        ("5 @ # 1 gh-x", "5 \\@ \\# 1 gh\\-x"),
        (
            "voir https://a.example/x), www.b.example.",
            "voir `https://a.example/x),` `www.b.example.`",
        ),
        ("« http://a.example/ » fin", "« `http://a.example/` » fin"),
    ],
)
def test_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_in_html_nothing_is_active() -> None:
    assert in_html("<b>@maire</b> #12 &") == "&lt;b&gt;@\u2060maire&lt;/b&gt; #\u206012 &amp;"
    links = "https:\u2060//a.example WWW\u2060.b.example"
    assert in_html(links.replace("\u2060", "")) == links


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("", "`  `"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
        ("a``b`c", "```a``b`c```"),
        ("a\x07b", "`ab`"),
    ],
)
def test_code(text: str, span: str) -> None:
    assert code(text) == span


def test_long_lists_are_cut() -> None:
    lines = forge_report.as_markdown(Diff(others=[f"f{n}" for n in range(42)])).splitlines()
    assert lines[-4:] == ["- `f39`", "- … et 2 autres", "", "</details>"]
    lines = forge_report.as_markdown(Diff(others=[f"f{n}" for n in range(40)])).splitlines()
    assert lines[-3:] == ["- `f39`", "", "</details>"]


def test_a_long_report_keeps_what_is_graver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards are left out from the end, whole; what stands before and after them never is.

    A card takes its length and two line breaks; 200 characters are kept for the last word.
    """
    diff = Diff([card(called=f"action « {n} »") for n in range(10)], others=["Makefile"])
    text = forge_report.as_markdown(diff)
    monkeypatch.setattr(forge_report, "MAX", len(text) + 201)
    assert forge_report.as_markdown(diff) == text
    monkeypatch.setattr(forge_report, "MAX", len(text) + 200)
    short = forge_report.as_markdown(diff)
    assert "Action « 8 »" in short and "Action « 9 »" not in short
    assert "… 1 fiche de moindre risque n'est pas montrée ici : `atlaas diff main`." in short
    assert short.endswith("- `Makefile`\n\n</details>\n")


def test_a_card_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forge_report, "MAX", 4000)
    text = forge_report.as_markdown(Diff([card(notes=[Note("x" * 1001)])]))
    assert text.endswith("- trop de changements pour être montrés ici : `atlaas diff main`\n")


def test_the_words_of_one_text_are_bounded() -> None:
    spans = (
        ChangedSpan("a" * 1499, "removed"),
        ChangedSpan("bcd", "added"),
        ChangedSpan("e", "added"),
    )
    text = forge_report.as_markdown(Diff([card(notes=[Note("récit", spans=spans)])]))
    assert text.endswith("a</del><ins>…</ins> … »\n")


def test_a_report_of_any_size_is_taken_by_the_forge() -> None:
    """GitHub takes 65 536 characters of a comment; a thousand cards of 300 are more."""
    notes = [Note("a*b" * 50, about="x", spans=(ChangedSpan("[x](y) " * 30, "added"),))]
    many = [card(who=f"T{n}", path=f"{n}", notes=notes) for n in range(1000)]
    assert len(forge_report.as_markdown(Diff(many, others=["é" * 200] * 900))) < 65_536


def test_the_json() -> None:
    done = json.loads(report.as_json(whole()))
    keys = ["summary", "records", "errors", "looks", "cards", "imports", "pages", "others"]
    assert list(done) == keys
    assert done["summary"] == SUMMARY
    assert done["records"] == {"retrait": 2, "ajout": 1, "modification": 1}
    assert done["looks"] == [{"risk": "code", "text": "du code", "path": "Make\x1bfile"}]
    first = done["cards"][0]
    assert (first["who"], first["called"], first["kind"]) == (
        "Lille",
        "action « A »",
        "modification",
    )
    assert first["errors"][0]["line"] == 4
    assert first["changes"][0] == {
        "text": "thème ajouté : Santé",
        "about": "thèmes",
        "risk": "",
        "look": "",
        "words": [],
    }
    assert first["changes"][1]["risk"] == "chiffre"
    assert first["changes"][1]["words"][1] == {"text": "matin", "mark": "removed"}
    assert done["pages"][0] == {"url": "d/", "change": "nouvelle"}
    assert done["others"] == ["Makefile"]
    assert "Santé" in report.as_json(whole())
    assert "\\udcff" in report.as_json(Diff(others=["\udcff"]))


def test_the_verdict() -> None:
    assert verdict(whole()) == VERDICT
    assert verdict(Diff()) == ""


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("ajout", "1 fiche ajoutée", "2 fiches ajoutées"),
        ("modification", "1 fiche modifiée", "2 fiches modifiées"),
        ("renommage", "1 fiche déplacée", "2 fiches déplacées"),
        ("retrait", "1 fiche retirée", "2 fiches retirées"),
    ],
)
def test_the_summary(kind: str, one: str, two: str) -> None:
    assert summary(Diff(records={kind: 1})) == one
    assert summary(Diff(records={kind: 2})) == two
