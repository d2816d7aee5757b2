"""/a-verifier/: what is doubtful by what would settle it, each with its source and its form."""

from __future__ import annotations

from pathlib import Path

from support import Html, Small, tiny_tree

ROUBAIX = """\
code: "59512"
services:
  - usage: demarches-administratives
    title: Signalement
    sources:
      - url: https://exemple.org/presse
        seen: 2026-11-25
      - url: https://exemple.org/deux
      - url: https://exemple.org/trois
    doubt: adresse du service & date non lues
"""


def test_a_spot_stands_with_its_sources_and_its_form(tmp_path: Path) -> None:
    small = Small(tiny_tree(tmp_path, {"data/territories/59/59512-roubaix.yml": ROUBAIX}))
    page = small.html("a-verifier/")
    section = Html(page).section("L'adresse d'un service 1")
    assert "Pour régler :" in section and "adresse du service & date non lues" in section
    assert "Roubaix, service en ligne « Signalement »" in section
    assert 'href="https://exemple.org/presse"' in page
    assert 'href="https://exemple.org/deux"' in page
    assert "exemple.org/trois" not in page  # two sources are enough to begin with
    assert (
        'href="../contribuer/territoire/?fiche=territories/59512&amp;doute=services-0">Régler</a>'
        in page
    )


def test_an_action_is_named_with_its_territory(tiny: Small) -> None:
    said = tiny.text("a-verifier/")
    assert "Appel à projets « La bonne appli » (Marcq-en-Barœul)" in " ".join(said.split())
    assert "Marcq-en-Barœul : Appel" not in said


def test_equal_doubts_are_told_once(tmp_path: Path) -> None:
    other = ROUBAIX.replace("59512", "59350").replace("Signalement", "Alerte")
    files = {
        "data/territories/59/59512-roubaix.yml": ROUBAIX,
        "data/territories/59/59350-lille.yml": other,
    }
    page = Small(tiny_tree(tmp_path, files)).html("a-verifier/")
    section = Html(page).section("L'adresse d'un service 2")
    assert section.count("adresse du service & date non lues") == 1
    assert "Alerte" in section and "Signalement" in section


def test_without_a_doubt_the_page_says_so(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path)
    for path in (root / "data").rglob("*"):
        if path.suffix in (".yml", ".md") and "reference" not in path.parts:
            text = path.read_text("utf-8")
            lines = [line for line in text.split("\n") if not line.strip().startswith("doubt:")]
            path.write_text("\n".join(lines), encoding="utf-8")
    assert "Aucune fiche ne porte de doute." in Small(root).text("a-verifier/")


def test_an_action_can_be_verified_in_one_click(tiny: Small) -> None:
    """The link opens the form as « Corriger » does, and asks for the day of today."""
    page = Html(tiny.html("actions/59350/maison-du-numerique/"))
    verify = next(tag.attributes for tag in page.all("a") if tag.text == "Vérifiez-la")
    assert verify == {"href": "#corriger", "data-form": "&verifiee"}
    form = page.links()["Corriger cette fiche"]
    assert form.endswith("contribuer/action/?fiche=actions/59350/maison-du-numerique")
