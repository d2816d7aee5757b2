"""A service without an address is only known from a source: it is never shown as open."""

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
    doubt: adresse du service non lue
"""


def test_where_it_was_seen_stands_for_an_address(tmp_path: Path) -> None:
    small = Small(tiny_tree(tmp_path, {"data/territories/59/59512-roubaix.yml": ROUBAIX}))
    page = Html(small.html("territoires/59512-roubaix/"))
    section = page.section("Services en ligne")
    assert "Signalement vu dans une source" in section
    assert "adresse du service non lue" in section
    assert "https://exemple.org/presse" in small.html("territoires/59512-roubaix/")
    assert "Signalement" not in page.links()
    assert "1 service vu dans une source" in page.section("Usages")
    assert "Signalement vu dans une source" in small.text("usages/demarches-administratives/")


def test_a_service_with_an_address_is_a_link(tiny: Small) -> None:
    page = Html(tiny.html("territoires/59378-marcq-en-baroeul/"))
    assert page.links()["Portail famille"] == "https://famille.example.org/"
    assert "vu dans une source" not in page.section("Services en ligne")


def test_a_service_of_no_usage_covers_none(tmp_path: Path) -> None:
    text = ROUBAIX.replace("  - usage: demarches-administratives\n    title", "  - title")
    small = Small(tiny_tree(tmp_path, {"data/territories/59/59512-roubaix.yml": text}))
    page = Html(small.html("territoires/59512-roubaix/"))
    assert "Signalement vu dans une source" in page.section("Services en ligne")
    assert "Démarches administratives" not in page.section("Services en ligne")
    assert "vu dans une source" not in page.section("Usages")
    assert "Signalement" not in small.text("usages/demarches-administratives/")
