"""Building: the same twice, only what changed, and nothing at all with a bad record."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from atlaas.text import slug
from support import PROJECT, Html, build_site, plain, read_tree, write_tree

CLEAN = re.compile(r"^(?:INFO|DEBUG) ")
FOLDER = "data/actions/73/73008-aix-les-bains"
TITLE = "Ateliers de robotique à la médiathèque"
ACTION = f"""---
title: {TITLE}
territory: "73008"
themes: [numerique-educatif, accessibilite]
status: en-cours
started: 2026-10
sources:
  - url: https://www.aixlesbains.fr/robotique
    seen: 2026-11-20
---

Des ateliers ouverts à tous, le mercredi.
"""
NAME = f"{FOLDER}/{slug(TITLE)}.md"
URL = f"actions/73008/{slug(TITLE)}/"


@pytest.fixture(scope="module")
def again(sample_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A second build of the same into another folder, and all that MkDocs says of it."""
    target = tmp_path_factory.mktemp("again") / "site"
    done = build_site(sample_root, target, "--verbose", PYTHONHASHSEED="2", TZ="Pacific/Noumea")
    assert done.returncode == 0, done.stdout
    return target, done.stdout


def test_two_builds_are_the_same_to_the_byte(built_site: Path, again: tuple[Path, str]) -> None:
    first, second = read_tree(built_site), read_tree(again[0])
    assert set(first) == set(second)
    assert [path for path, content in first.items() if content != second[path]] == []


def test_records_never_enter_mkdocs(again: tuple[Path, str]) -> None:
    """MkDocs reads and builds the pages of content/ and no other."""
    written = {
        path.relative_to(PROJECT / "content").as_posix()
        for path in (PROJECT / "content").rglob("*.md")
    }
    assert set(re.findall(r"Reading: (\S+)", again[1])) == written
    assert set(re.findall(r"Building page (\S+)", again[1])) == written


def test_the_navigation_is_the_same_on_every_page(pages: dict[str, Html]) -> None:
    tabs = ["Accueil", "Actions", "Carte", "Territoires", "Thèmes", "Label", "Contribuer"]
    for url, page in pages.items():
        menu = page.one("nav", id="menu")
        names = [t.text for t in page.all("li") if t.text and t.text in menu.text][: len(tabs)]
        assert names == tabs, url


def test_nothing_is_left_in_the_content_folder() -> None:
    """A build writes nowhere into what people edit."""
    assert {path.suffix for path in (PROJECT / "content").rglob("*") if path.is_file()} == {".md"}


def test_a_folder_of_the_author_s_is_not_named_in_the_site(
    built_site: Path, sample_root: Path
) -> None:
    for path in built_site.rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".js", ".csv", ".geojson"):
            assert str(sample_root).encode() not in path.read_bytes(), path


class Scratch:
    """A copy of the sample and of its site, built again after one action file was added."""

    def __init__(self, sample_root: Path, built_site: Path, folder: Path) -> None:
        self.project = shutil.copytree(sample_root, folder / "project", symlinks=True)
        self.site = folder / "site"
        self.before = read_tree(built_site)
        write_tree(self.project, {NAME: ACTION})
        done = build_site(self.project, self.site)
        assert done.returncode == 0, done.stdout
        self.after = read_tree(self.site)

    def page(self, url: str) -> Html:
        return Html(self.after[f"{url}index.html"].decode())

    def changed(self) -> list[str]:
        return [path for path, content in self.after.items() if self.before.get(path) != content]


@pytest.fixture(scope="module")
def scratch(
    sample_root: Path, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Scratch:
    return Scratch(sample_root, built_site, tmp_path_factory.mktemp("scratch"))


def test_a_good_file_is_published_wherever_it_belongs(scratch: Scratch) -> None:
    assert scratch.page(URL).one("h1").text == TITLE
    for url in (
        "territoires/73008-aix-les-bains/",
        "themes/numerique-educatif/",
        "themes/accessibilite/",
        "departements/73-savoie/",
        "regions/84-auvergne-rhone-alpes/",
        "actions/",
        "",
    ):
        links = {t.attributes["href"] for t in scratch.page(url).all("a") if t.text == TITLE}
        assert len(links) == 1, url
        assert links.pop().endswith(URL), url
    assert URL in scratch.after["sitemap.xml"].decode()
    assert "115 actions" in [t.text for t in scratch.page("").all("li")]


def test_the_other_pages_are_left_as_they_were(scratch: Scratch) -> None:
    """A page changes only where it shows the new action."""
    changed = [path for path in scratch.changed() if path.endswith("index.html")]
    assert f"{URL}index.html" in changed
    areas = [p for p in changed if re.fullmatch(r"(regions|departements)/[^/]+/index\.html", p)]
    assert sorted(areas) == [
        "departements/73-savoie/index.html",
        "regions/84-auvergne-rhone-alpes/index.html",
    ]
    territories = [p for p in changed if re.fullmatch(r"territoires/(?!page)[^/]+/index\.html", p)]
    # the town, its EPCI, which counts the actions of its communes, and towns of its size without
    # a record, which show its newest action
    assert "territoires/73008-aix-les-bains/index.html" in territories
    others = [p for p in territories if f"/{URL}".encode() not in scratch.after[p]]
    assert [p for p in others if "ca-grand-lac" not in p] == []
    actions = [p for p in changed if re.fullmatch(r"actions/(?!page)[^/]+/[^/]+/index\.html", p)]
    assert len(actions) < 15  # itself, those of the town, those just before it on its themes
    for path in actions:
        shows = f"/{slug(TITLE)}/".encode()  # links within a folder are short
        assert shows in scratch.after[path] or path == f"{URL}index.html", path
    assert [p for p in changed if p.startswith(("label/", "enjeux/", "usages/", "acteurs/"))] == []


def test_nothing_disappeared(scratch: Scratch) -> None:
    gone = set(scratch.before) - set(scratch.after)
    # parts of the search index are named by their content
    assert {path for path in gone if not path.startswith("recherche/")} == set()


def test_a_bad_file_is_refused_with_its_line_and_the_site_stays(scratch: Scratch) -> None:
    bad = ACTION.replace("numerique-educatif", "numerique-educatife").replace("2026-10", "2026-13")
    write_tree(scratch.project, {NAME: bad})
    done = build_site(scratch.project, scratch.site)
    assert done.returncode != 0
    said = plain(done.stdout)
    assert f"{NAME}:4:10: vocabulaire: " in said
    assert f"{NAME}:6:10: date" in said
    assert "numerique-educatif »" in said
    assert "Traceback" not in done.stdout
    assert read_tree(scratch.site) == scratch.after


def test_a_refused_build_leaves_nothing_behind(scratch: Scratch, tmp_path: Path) -> None:
    """Neither next to the site nor in the folder for temporary files."""
    write_tree(scratch.project, {NAME: "---\ntitle: [\n---\n"})
    done = build_site(scratch.project, scratch.site, TMPDIR=str(tmp_path))
    assert done.returncode != 0
    assert [path.name for path in tmp_path.iterdir()] == []
    assert [p.name for p in scratch.site.parent.iterdir() if p.name.startswith("site.")] == []
