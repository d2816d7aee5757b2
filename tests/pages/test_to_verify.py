"""/a-verifier/: what is doubtful by what would settle it, each with its source and its form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atlaas.pages import to_verify
from support import Html, Small, tiny_tree
from tiny import TINY

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


@pytest.mark.parametrize(
    ("sizes", "room", "shown"),
    [([2, 3], 10, [2, 3]), ([10, 1, 10], 9, [4, 1, 4]), ([5, 9, 1], 12, [5, 6, 1]), ([], 12, [])],
)
def test_small_groups_are_shown_whole_and_large_ones_alike(
    sizes: list[int], room: int, shown: list[int]
) -> None:
    assert to_verify.shares(sizes, room) == shown


def test_a_group_too_large_has_pages_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of four spots, three addresses and a year, the first page holds three; the pages, two."""
    spots = ("adresse non lue", "année non lue", "adresse trop longue", "adresse trop longue")
    services = "".join(
        f"  - usage: demarches-administratives\n    title: Service {number}\n"
        f"    sources:\n      - url: https://exemple.org/{number}\n    doubt: {doubt}\n"
        for number, doubt in enumerate(spots)
    )
    records = (path for path in TINY if path.startswith(("data/actions/", "data/territories/")))
    files: dict[str, str | None] = dict.fromkeys(records)
    files["data/territories/59/59512-roubaix.yml"] = f'code: "59512"\nservices:\n{services}'
    monkeypatch.setattr(to_verify, "SPOTS", 3)
    monkeypatch.setattr(to_verify, "PER_ROLL", 2)
    small = Small(tiny_tree(tmp_path, files))
    assert [url for url in small.pages if url.startswith("a-verifier/")] == [
        "a-verifier/",
        "a-verifier/adresse/",
        "a-verifier/adresse/page/2/",
    ]

    def told(url: str) -> list[str]:
        return re.findall(r"Service (\d)", small.text(url))

    assert told("a-verifier/") == ["2", "3", "1"]  # the commonest reason of each group first
    assert told("a-verifier/adresse/") == ["2", "3"]
    assert told("a-verifier/adresse/page/2/") == ["0"]
    first = Html(small.html("a-verifier/"))
    assert "4 points incertains dans 1 fiche" in small.text("a-verifier/")
    whole = first.links()["Tous les points « L'adresse d'un service » (3)"]
    assert whole == "../a-verifier/adresse/"
    assert first.section("Une année, une date 1")
    said = small.text("a-verifier/adresse/page/2/")
    assert "À vérifier : l'adresse d'un service page 2" in said
    assert "adresse non lue" in said and "trop longue" not in said
    second = Html(small.html("a-verifier/adresse/page/2/"))
    assert second.links()["Précédente"] == "../../../../a-verifier/adresse/"
    assert "?fiche=territories/59512&doute=services-0" in second.links()["Régler"]
