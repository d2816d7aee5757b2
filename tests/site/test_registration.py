"""A page kind or an export is one new module: it is found by being there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atlaas import build
from support import PROJECT, SITE_URL, build_site, read_tree, tiny_tree, write_tree

PAGE = '''"""A page of its own."""

from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Page, Site, page_kind


@page_kind()
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page."""
    count = len(directory.actions)
    yield Page("{url}", "combien", "actions", "Combien", "Combien.", lambda: {{"count": count}})
'''
EXPORT = '''"""A file of its own."""

from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export


@export()
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """The one file."""
    count = len(directory.actions)
    yield Asset("combien.txt", lambda: f"{count} actions, {len(site.pages)} pages".encode())
'''
TEMPLATE = "<h1>Combien</h1><p>{{ count }} actions en tout</p>\n"


def test_new_modules_are_in_the_site_each_at_its_own_address(tmp_path: Path) -> None:
    tree, site = tiny_tree(tmp_path / "project"), tmp_path / "site"
    (tree / "overrides").unlink()
    for name in ("content", "hooks", "overrides"):
        shutil.copytree(PROJECT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tree)
    added = {
        "hooks/atlaas/pages/combien.py": PAGE.format(url="combien/"),
        "hooks/atlaas/publish/combien_file.py": EXPORT,
        "overrides/pages/combien.html": TEMPLATE,
    }
    done = build_site(write_tree(tree, added), site)
    assert done.returncode == 0, done.stdout
    page = (site / "combien/index.html").read_text("utf-8")
    assert "<p>4 actions en tout</p>" in page and "<title>Combien — Atlaas</title>" in page
    assert f"<loc>{SITE_URL}combien/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    count, _, pages = (site / "combien.txt").read_text("utf-8").partition(", ")
    assert count == "4 actions" and int(pages.removesuffix(" pages")) > 300

    before = read_tree(site)
    write_tree(tree, {"hooks/atlaas/pages/combien.py": PAGE.format(url="carte/")})
    done = build_site(tree, site)
    assert done.returncode != 0
    assert "deux pages à la même adresse : carte/index.html" in done.stdout
    assert read_tree(site) == before


@pytest.mark.parametrize(("stage", "least"), [("record", 7), ("study", 10), ("export", 12)])
def test_no_two_have_the_same_place(stage: str, least: int) -> None:
    """Their order would depend on the names of files."""
    orders = [maker.order for maker in build.makers() if maker.stage == stage]
    assert len(set(orders)) == len(orders) >= least
