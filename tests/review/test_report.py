"""The three forms of a review: for a terminal, a forge and a program."""

from __future__ import annotations

import json

import pytest

from atlaas.review import report
from atlaas.review.diff import ChangedFact, Diff, Look
from atlaas.text.quoted import code, escape

PATH = "data/actors/a.yml"


def whole() -> Diff:
    return Diff(
        [
            ChangedFact("Lille", "thème ajouté : Santé", "modification", "action", PATH),
            ChangedFact("", "sans\x07 nom\nde lieu", "ajout", "action", PATH),
        ],
        [Look("Lille", "doute levé", PATH), Look("", "du code", "Make\x1bfile")],
        {"b/": "modifiée", "c/": "supprimée", "d/": "nouvelle", "a/": "modifiée"},
        ["Makefile"],
        {"retrait": 2, "ajout": 1, "modification": 1},
    )


SUMMARY = "1 fiche ajoutée, 1 fiche modifiée, 2 fiches retirées, 1 autre fichier"


def test_the_text() -> None:
    assert report.as_text(whole()).splitlines() == [
        f"{SUMMARY}.",
        "",
        "Lille : thème ajouté : Santé",
        "sans nom de lieu",
        "",
        "À regarder",
        f"  Lille : doute levé  [{PATH}]",
        "  du code  [Makefile]",
        "",
        "Pages publiées (et les pages d'ensemble : accueil, carte, statistiques)",
        "  nouvelle   d/",
        "  supprimée  c/",
        "  modifiée   a/",
        "  modifiée   b/",
        "",
        "Autres fichiers",
        "  Makefile",
    ]
    assert report.as_text(Diff()) == "Aucun changement.\n"
    assert report.as_text(Diff(others=["a", "b"])).startswith("2 autres fichiers.\n")


def test_the_markdown() -> None:
    assert report.as_markdown(whole()).splitlines() == [
        f"**{SUMMARY}.**",
        "",
        "- Lille \\: thème ajouté \\: Santé",
        "- sans nom de lieu",
        "",
        "### À regarder",
        "",
        f"- Lille \\: doute levé (`{PATH}`)",
        "- du code (`Makefile`)",
        "",
        "<details><summary>Pages qui changent (4)</summary>",
        "",
        "- nouvelle : `d/`",
        "- supprimée : `c/`",
        "- modifiée : `a/`",
        "- modifiée : `b/`",
        "",
        "</details>",
        "",
        "### Autres fichiers",
        "",
        "- `Makefile`",
    ]
    assert report.as_markdown(Diff()) == "**Aucun changement.**\n"


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
    lines = report.as_markdown(Diff(others=[f"f{n}" for n in range(152)])).splitlines()
    assert lines[-2:] == ["- `f149`", "- … et 2 autres"]
    lines = report.as_markdown(Diff(others=[f"f{n}" for n in range(150)])).splitlines()
    assert lines[-1] == "- `f149`"


def test_a_long_report_is_cut_between_lines_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    end = "\n… la suite est trop longue : « atlaas diff ».\n"
    text = report.as_markdown(whole())
    monkeypatch.setattr(report, "MAX_MARKDOWN", len(text))
    assert report.as_markdown(whole()) == text
    monkeypatch.setattr(report, "MAX_MARKDOWN", text.index("- supprimée") + 5)
    assert report.as_markdown(whole()).endswith(f"- nouvelle : `d/`\n\n</details>\n{end}")
    monkeypatch.setattr(report, "MAX_MARKDOWN", text.index("- `Makefile`") + 5)
    assert report.as_markdown(whole()).endswith(f"\n### Autres fichiers\n\n{end}")


def test_the_json() -> None:
    done = json.loads(report.as_json(whole()))
    assert list(done) == ["summary", "records", "changes", "looks", "pages", "others"]
    assert done["summary"] == SUMMARY
    assert done["records"] == {"retrait": 2, "ajout": 1, "modification": 1}
    assert done["changes"][0] == {
        "who": "Lille",
        "text": "thème ajouté : Santé",
        "kind": "modification",
        "record": "action",
        "path": PATH,
    }
    assert done["looks"][0] == {"who": "Lille", "text": "doute levé", "path": PATH}
    assert done["pages"][0] == {"url": "d/", "change": "nouvelle"}
    assert done["others"] == ["Makefile"]
    assert "Santé" in report.as_json(whole())
    assert "\\udcff" in report.as_json(Diff(others=["\udcff"]))


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("ajout", "1 fiche ajoutée", "2 fiches ajoutées"),
        ("modification", "1 fiche modifiée", "2 fiches modifiées"),
        ("renommage", "1 fiche renommée", "2 fiches renommées"),
        ("retrait", "1 fiche retirée", "2 fiches retirées"),
    ],
)
def test_the_summary(kind: str, one: str, two: str) -> None:
    assert report.summary(Diff(records={kind: 1})) == one
    assert report.summary(Diff(records={kind: 2})) == two
