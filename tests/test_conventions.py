"""What French public services publish with their code: files that catalogues and forges read."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from atlaas.pages.owner import SiteOwner
from atlaas.pages.page import Site
from atlaas.publish import discovery
from support import CONTACT, FORGE_URL, PROJECT, SITE_URL, Small, text_of


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROJECT / name).read_text("utf-8"))
    return found


def test_publiccode_has_what_its_standard_asks_for() -> None:
    """Source: publiccode.yml 0.4, keys that are mandatory, and the lengths that it gives."""
    said = read("publiccode.yml")
    assert {"publiccodeYmlVersion", "name", "platforms", "developmentStatus"} <= set(said)
    assert {"softwareType", "description", "legal", "maintenance", "localisation"} <= set(said)
    words = said["description"]["fr"]
    assert len(words["shortDescription"]) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert words["features"] and all(len(feature) <= 100 for feature in words["features"])
    assert said["maintenance"]["type"] == "community" and said["maintenance"]["contacts"]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert said["legal"]["license"] == project["license"]
    [python] = [need for need in said["dependsOn"]["open"] if need["name"] == "Python"]
    assert project["requires-python"] == f">={python['versionMin']}"


def test_the_citation_has_what_its_format_asks_for() -> None:
    """Source: Citation File Format 1.2.0, keys that are mandatory."""
    said = read("CITATION.cff")
    assert said["cff-version"] == "1.2.0" and said["message"] and said["title"]
    assert said["type"] == "dataset" and said["authors"] == [{"name": "Contributeurs de l'Atlaas"}]
    assert said["license"] == ["etalab-2.0", "MIT"]
    zenodo = json.loads((PROJECT / ".zenodo.json").read_text("utf-8"))
    assert zenodo["title"] == said["title"]
    assert zenodo["creators"] == [{"name": author["name"]} for author in said["authors"]]
    assert zenodo["license"] == said["license"][0] and zenodo["upload_type"] == "dataset"


def test_every_kind_of_package_is_watched() -> None:
    watched = {
        update["package-ecosystem"]: update.get("directories") or [update["directory"]]
        for update in read(".github/dependabot.yml")["updates"]
    }
    assert set(watched) == {"pip", "npm", "github-actions"}
    assert watched["pip"] == ["/requirements"] and list((PROJECT / "requirements").glob("*.txt"))
    packages = {p.parent for p in (PROJECT / "scripts").glob("*/package.json")}
    assert {PROJECT / folder.strip("/") for folder in watched["npm"]} == packages


def test_editors_are_told_what_the_formatter_decides() -> None:
    told = (PROJECT / ".editorconfig").read_text("utf-8")
    ruff = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert f"max_line_length = {ruff['line-length']}" in told
    assert re.search(r"\[Makefile\]\nindent_style = tab", told)


def security(small: Small, site: Site) -> dict[str, str]:
    [found] = [a for a in discovery.assets(small.directory, site) if a.url == discovery.SECURITY]
    return dict(line.split(": ", 1) for line in found.content().decode().splitlines())


def test_who_finds_a_flaw_knows_whom_to_write_to(sample: Small) -> None:
    """Source: RFC 9116. The records of the sample are of 2026-11-21 at the latest."""
    site = Site(SITE_URL, owner=SiteOwner(CONTACT))
    assert security(sample, site) == {
        "Contact": f"mailto:{CONTACT}",
        "Expires": "2027-11-21T00:00:00Z",
        "Preferred-Languages": "fr",
        "Canonical": f"{SITE_URL}.well-known/security.txt",
    }
    urls = [asset.url for asset in discovery.assets(sample.directory, Site(SITE_URL))]
    assert discovery.SECURITY not in urls  # nobody to write to


def test_the_built_site_has_them(built_site: Path) -> None:
    told = (built_site / ".well-known/security.txt").read_text("utf-8")
    assert f"Policy: {FORGE_URL}/blob/main/SECURITY.md\n" in told
    expires = re.findall(r"(?m)^Expires: (\S+)T00:00:00Z$", told)
    assert [date.fromisoformat(day) for day in expires] == [date(2027, 11, 21)]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("mentions-legales", "Direction de la publication : La présidence."),
        ("accessibilite", "schéma pluriannuel"),
        ("schema-accessibilite", "non conforme"),
        ("ecoconception", "il n'y a pas de taux de conformité"),
    ],
)
def test_the_pages_say_what_is_so(built_site: Path, page: str, said: str) -> None:
    assert said in text_of((built_site / page / "index.html").read_text("utf-8"))


def test_the_weights_that_the_page_tells_are_those_that_tests_hold(built_site: Path) -> None:
    limits = tomllib.loads((PROJECT / "benchmarks/budgets.toml").read_text("utf-8"))["bytes"]
    told = text_of((built_site / "ecoconception/index.html").read_text("utf-8"))
    action, recipe = limits["action_page"] // 1000, limits["recipe_page"] // 1000
    assert f"au plus {action} ko, {recipe} si elle dit comment la refaire" in told
    first, chart = limits["first_view"] // 1000, limits["map_view"] // 1000
    assert f"au plus {first} ko, la carte {chart}" in told
