"""The semantic diff of a branch with each kind of change, in a scratch project."""

from __future__ import annotations

import json

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlaas.text.quoted import code, escape
from scratch import Project, action, label

LILLE = "data/actions/59/59350-lille"
EPCI = "data/actions/59/200093201-metropole-europeenne-de-lille"
AIX = "data/territories/73/73008-aix-les-bains.yml"
MEL = "data/territories/59/200093201-metropole-europeenne-de-lille.yml"
FIGURE = """\
code: "200093201"
indicators:
  - label: prises
    value: {}
    unit: prises
    nature: objectif
    date: 2009
    sources:
      - url: https://exemple.fr/page
"""


@pytest.fixture
def branch(project: Project) -> Project:
    """Main, then a branch on which each kind of change was made."""
    project.write(
        {
            AIX: label("73008", (2018, 4), (2019, 5)),
            "data/territories/69/69029-bron.yml": label("69029", (2018, 3)).rstrip()
            + "\n    doubt: niveau déduit\n",
            "data/territories/13/13056-martigues.yml": label("13056", (2018, 5)),
            MEL: FIGURE.format(210000),
            f"{LILLE}/atelier.md": action("Atelier du mardi", "59350"),
            f"{LILLE}/portail.md": action("Portail famille", "59350", "x " * 40),
            f"{LILLE}/vieux.md": action("Vieux projet", "59350"),
            "data/actors/adico.yml": "name: Adico\nsources:\n  - url: https://a.fr/\n",
        }
    )
    project.commit("avant")
    project.git("switch", "-qc", "proposition")
    long_title = "Bus numérique itinérant pour les quartiers populaires"
    project.write(
        {
            AIX: label("73008", (2018, 5), (2019, 5)),
            "data/territories/69/69029-bron.yml": label("69029", (2018, 3)),
            MEL: FIGURE.format(500000)
            + "memberships:\n  - level: praemium\n    since: 2016-07-02\n    sources:\n"
            "      - url: https://exemple.fr/page\n",
            f"{LILLE}/atelier.md": action(
                "Atelier du mardi", "59350", more="status: en-cours\n"
            ).replace("page\n", "page\n  - url: https://exemple.fr/autre\n"),
            f"{LILLE}/bus.md": action(long_title, "59350"),
            f"{EPCI}/bus.md": action(f"Le {long_title}", "200093201"),
            "data/territories/59/59378-marcq-en-baroeul.yml": label("59378", (2018, 4)),
            "data/vocabulary/kinds.yml": project.read("data/vocabulary/kinds.yml")
            + "- id: nouveau\n  label: Nouveau\n",
            "data/actors/x.yml": "name: Xylo\nsources:\n  - url: https://a.fr/\n",
            "Makefile": "all:\n",
        }
    )
    (project.root / f"{LILLE}/vieux.md").unlink()
    (project.root / f"{LILLE}/portail.md").rename(project.root / f"{LILLE}/portail-famille.md")
    (project.root / "data/territories/13/13056-martigues.yml").unlink()
    (project.root / "data/actors/adico.yml").write_text("name: [\n", encoding="utf-8")
    project.commit("après")
    return project


def test_each_kind_of_change(branch: Project) -> None:
    result = branch.run("diff", "main")
    assert result.exit_code == 0
    cards, _, pages = result.output.partition("\nPages publiées")
    assert [line.partition("  [")[0] for line in cards.splitlines() if line] == [
        "4 fiches ajoutées, 6 fiches modifiées, 1 fiche déplacée, 2 fiches retirées, "
        "1 autre fichier. 9 points à regarder.",
        "À regarder (code) : cette proposition touche 14 fichiers de données et 1 de code "
        "(Makefile) : mieux vaut deux propositions, chacune se relit autrement",
        "Acteurs",
        "  fiche « adico », modifiée",
        "    À regarder (refusé) : fiche illisible, ligne 2 : ligne mal alignée ou incomplète",
        "  fiche « Xylo », nouvelle",
        "    source ajoutée : https://a.fr/",
        "Métropole Européenne de Lille",
        "  fiche du territoire, modifiée",
        "    À regarder (chiffre), chiffre changé de plus de moitié : indicateur « prises », "
        "valeur : 210000 → 500000",
        "    adhésion ajoutée : « Membre praemium », depuis 2016-07-02",
        "  action « Le Bus numérique itinérant pour les quartiers populaires », nouvelle : "
        "solidarité numérique",
        f"    À regarder : doublon possible, même titre : {LILLE}/bus.md",
        "    source ajoutée : https://exemple.fr/page",
        "    description ajoutée (4 mots) : « [+Un récit assez long.+] »",
        "Aix-les-Bains",
        "  fiche du territoire, modifiée",
        "    À regarder (chiffre), niveau changé sans seconde source : label 2018, 4 → 5 @",
        "Lille",
        "  action « Vieux projet », retirée",
        "    À regarder (retrait) : fiche retirée sans redirection de actions/59350/vieux/",
        "  action « Portail famille », déplacée : adresse changée, actions/59350/portail/ → "
        "actions/59350/portail-famille/",
        "    À regarder : pas de redirection de actions/59350/portail/",
        "  action « Atelier du mardi », modifiée",
        "    état d'avancement : en cours",
        "    source ajoutée : https://exemple.fr/autre",
        "  action « Bus numérique itinérant pour les quartiers populaires », nouvelle : "
        "solidarité numérique",
        "    source ajoutée : https://exemple.fr/page",
        "    description ajoutée (4 mots) : « [+Un récit assez long.+] »",
        "Martigues",
        "  fiche du territoire, retirée",
        "    À regarder (retrait) : fiche retirée sans redirection de territoires/13056-martigues/",
        "Bron",
        "  fiche du territoire, modifiée",
        "    À regarder (source), doute levé sans nouvelle source : label 2018, doute levé "
        "(« niveau déduit »)",
        "Listes",
        "  liste « kinds », modifiée",
        "    entrée ajoutée : « Nouveau » (nouveau)",
        "Marcq-en-Barœul",
        "  fiche du territoire, nouvelle : label 2018, 4 @",
    ]
    assert "  nouvelle   actions/59350/bus/\n" in pages
    assert "  supprimée  actions/59350/vieux/\n" in pages
    for url in (
        "themes/solidarite-numerique/",
        "label/2018/",
        "departements/73-savoie/",
        "regions/84-auvergne-rhone-alpes/",
        "territoires/59350-lille/",
        "territoires/200093201-metropole-europeenne-de-lille/",
    ):
        assert f"  modifiée   {url}\n" in pages
    assert "label/2019/" not in pages


def test_two_versions_and_the_working_folder(branch: Project) -> None:
    assert branch.run("diff", "main", "proposition").output == branch.run("diff", "main").output
    branch.write({f"{LILLE}/neuf.md": action("Tout neuf projet", "59350")})
    assert "action « Tout neuf projet », nouvelle" in branch.run("diff", "proposition").output
    assert branch.run("diff", "main", "main").output == "Aucun changement.\n"


def test_the_advance_of_the_base_does_not_count(branch: Project) -> None:
    branch.git("switch", "-q", "main")
    branch.write({"data/territories/59/59512-roubaix.yml": label("59512", (2019, 3))})
    branch.commit("autre chose")
    branch.git("switch", "-q", "proposition")
    assert "Roubaix" not in branch.run("diff", "main").output


def test_json(branch: Project) -> None:
    done = json.loads(branch.run("diff", "main", "--format", "json").output)
    assert done["records"] == {"ajout": 4, "modification": 6, "renommage": 1, "retrait": 2}
    [changed] = [card for card in done["cards"] if card["path"] == f"{LILLE}/atelier.md"]
    assert [change["text"] for change in changed["changes"]] == [
        "état d'avancement : en cours",
        "source ajoutée : https://exemple.fr/autre",
    ]
    assert {"url": "actions/59350/bus/", "change": "nouvelle"} in done["pages"]
    assert done["others"] == ["Makefile"]


def test_markdown_can_not_be_forged(project: Project) -> None:
    project.write(
        {
            f"{LILLE}/x.md": action(
                '"# @maire <img src=x> [clic](https://mal.example) `a` #12 www.mal.example'
                ' </details> **gras** GH-7"',
                "59350",
            ),
            "a`b.txt": "x",
        }
    )
    text = project.run("diff", "main", "--format", "markdown").output
    html = cmarkgfm.github_flavored_markdown_to_html(text)
    assert "<a " not in html
    assert "<img" not in html
    assert "<strong>gras" not in html
    assert "@maire" not in html
    assert "#12" not in html
    assert "GH-7" not in html
    assert "<code>a`b.txt</code>" in html


def test_links_and_unknown_versions(project: Project) -> None:
    project.root.joinpath("data/actors").mkdir()
    project.root.joinpath("data/actors/x.yml").symlink_to("/etc/passwd")
    result = project.run("diff", "main")
    assert "lien symbolique : jamais accepté ici" in result.output
    assert "root:" not in result.output
    for name in ("absente", "--help=x", "-x"):
        result = project.run("diff", "--", name)
        assert (result.exit_code, "n'est pas une version connue" in result.output) == (2, True)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_escaped_text_shows_itself(text: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(f"- a {escape(text)} b\n")
    inner = html.removeprefix("<ul>\n<li>a ").removesuffix(" b</li>\n</ul>\n")
    assert "<" not in inner.replace("<code>", "").replace("</code>", "")


@given(st.text("`ab \\<", max_size=12))
def test_code_shows_itself(text: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(f"x {code(text)} y\n")
    assert html.count("<code>") == 1
    assert html.startswith("<p>x <code>")
