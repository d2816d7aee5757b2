"""The sites before and after a proposal: what is kept of them, and what is said of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from atlaas.review import compared_sites
from atlaas.review.cards import Card
from atlaas.review.compared_sites import EditedPage, compare_sites, differing, edited_pages, keep
from support import read_tree, write_tree

STYLED = '<link href="../assets/a.css"><a href="../y/">y</a><script src="../a.js"></script>'
OLD = {
    "index.html": "accueil",
    "actions/a/index.html": "avant",
    "actions/gone/index.html": "parti",
    "themes/t/index.html": "un",
    "same/index.html": "égal",
}
NEW = {
    "index.html": "accueil",
    "actions/a/index.html": "après",
    "actions/new/index.html": "neuf",
    "themes/t/index.html": "deux",
    "same/index.html": "égal",
}
EDITED = [
    EditedPage("Lille, action <A>", "actions/a/", "actions/a/"),
    EditedPage("Lille, action N", "", "actions/new/"),
    EditedPage("Lille, action G", "actions/gone/", ""),
    EditedPage("Lille, même", "same/", "same/"),
    EditedPage("Listes", "", "nulle-part/"),
]


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two checkouts whose sites are OLD and NEW, a scratch folder and an out."""
    write_tree(tmp_path / "before", OLD)
    write_tree(tmp_path / "after", NEW)
    for name in ("scratch", "out"):
        (tmp_path / name).mkdir()

    def build(project: Path, target: Path) -> bool:
        write_tree(target, {p: b.decode() for p, b in read_tree(project).items()})
        return not (project / "broken").exists()

    monkeypatch.setattr(compared_sites, "build", build)
    return tmp_path


def compared(folder: Path, edited: list[EditedPage]) -> list[str]:
    folders = (folder / "before", folder / "after", folder / "scratch")
    return compare_sites(*folders, edited, folder / "out")


def test_the_pages_of_edited_records_come_first(sites: Path) -> None:
    assert compared(sites, EDITED) == [
        "",
        "**Aperçu** : les pages des fiches, avant et après, sont dans l'artefact",
        "(`apercu/index.html`, à ouvrir d'un double clic).",
        "- Lille\\, action \\<A\\> : modifiée, `/actions/a/`",
        "- Lille\\, action N : nouvelle, `/actions/new/`",
        "- Lille\\, action G : retirée, `/actions/gone/`",
        "- Lille\\, même : modifiée, `/same/`",
        "",
        "1 autre page change : thèmes 1.",
    ]
    out = read_tree(sites / "out")
    index = out.pop("apercu/index.html").decode()
    assert out == {
        "pages.txt": b"+ actions/new/index.html\n~ actions/a/index.html\n"
        b"~ themes/t/index.html\n- actions/gone/index.html\n",
        "apercu/avant/actions/a/index.html": b"avant",
        "apercu/avant/actions/gone/index.html": b"parti",
        "apercu/avant/same/index.html": "égal".encode(),
        "apercu/avant/themes/t/index.html": b"un",
        "apercu/apres/actions/a/index.html": "après".encode(),
        "apercu/apres/actions/new/index.html": b"neuf",
        "apercu/apres/same/index.html": "égal".encode(),
        "apercu/apres/themes/t/index.html": b"deux",
    }
    assert "<summary>Lille, action &lt;A&gt;</summary>" in index
    assert index.count("<details") == 4 and index.count("<iframe") == 6
    assert index.count("Pas de page.") == 2
    assert '<a href="apres/themes/t/index.html">/themes/t/</a>' in index


def test_edited_pages_are_kept_however_many_others_change(
    sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared_sites, "MOST", 0)
    compared(sites, EDITED[:1])
    kept = [path for path in read_tree(sites / "out") if path.startswith("apercu/apres")]
    assert kept == ["apercu/apres/actions/a/index.html"]


def test_two_equal_sites(sites: Path) -> None:
    write_tree(sites / "before", NEW)
    (sites / "before/actions/gone/index.html").unlink()
    assert compared(sites, []) == ["", "Aucune page du site ne change."]


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("after", "Le site ne se construit pas avec cette proposition."),
        ("before", "Le site d'avant ne se construit pas : pas de comparaison des pages."),
    ],
)
def test_a_site_that_cannot_be_built_is_not_compared(sites: Path, side: str, said: str) -> None:
    write_tree(sites / side, {"broken": ""})
    assert compared(sites, EDITED) == ["", said]


def test_what_a_page_needs_is_kept_with_it(tmp_path: Path) -> None:
    """Styles, and what they name in turn; not the pages that it leads to, nor what is elsewhere."""
    site = write_tree(
        tmp_path / "site",
        {
            "x/index.html": STYLED + '<img src="https://a.example/b.png"><img src="../../up.png">',
            "y/index.html": "y",
            "assets/a.css": "a{background:url('img/b.svg')} b{src:url(c.woff2)}",
            "assets/img/b.svg": "<svg/>",
            "assets/c.woff2": "w",
            "assets/other.css": "",
            "a.js": "1",
        },
    )
    keep(site, tmp_path / "out", ["x/index.html", "nowhere/index.html"])
    kept = read_tree(tmp_path / "out")
    assert sorted(kept) == [
        *("a.js", "assets/a.css", "assets/c.woff2", "assets/img/b.svg", "x/index.html")
    ]
    assert b'href="../y/index.html"' in kept["x/index.html"]


def test_the_pages_of_cards() -> None:
    cards = [
        Card("Lille", "action « A »", "renommage", "action", "p", url="b/", old_url="a/"),
        Card("Listes", "liste « x »", "ajout", "vocabulary", "q"),
    ]
    assert edited_pages(cards) == [EditedPage("Lille, action « A »", "a/", "b/")]


def test_pages_that_differ(tmp_path: Path) -> None:
    old = write_tree(
        tmp_path / "old", {"index.html": "a", "x/index.html": "b", "gone/index.html": ""}
    )
    new = write_tree(
        tmp_path / "new", {"index.html": "a", "x/index.html": "c", "new/index.html": ""}
    )
    assert differing(old, new) == (["new/index.html"], ["x/index.html"], ["gone/index.html"])


def test_a_site_is_built_by_the_code_of_its_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[list[str], Path, str]] = []

    def run(command: list[str], **options: Any) -> Any:
        asked.append((command, options["cwd"], options["env"]["NO_MKDOCS_2_WARNING"]))
        return subprocess.CompletedProcess(command, len(asked) - 1)

    monkeypatch.setattr(compared_sites.subprocess, "run", run)
    target = tmp_path / "site"
    assert compared_sites.build(tmp_path, target) is True
    assert compared_sites.build(tmp_path, target) is False
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    files = ["--config-file", str(tmp_path / "mkdocs.yml"), "--site-dir", str(target)]
    assert asked[0] == ([*mkdocs, *files], tmp_path, "1")
