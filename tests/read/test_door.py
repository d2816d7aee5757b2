"""The one door: what of data/ and content/ is turned away, in every folder, before it is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from atlaas import read
from atlaas.read import door
from atlaas.text.file_names import held_everywhere
from support import git, write_tree

GOOD = {  # a file of each shelf
    "content": "content/a-propos.md",
    "content/images": "content/images/ecran.png",
    "data": "data/redirects.yml",
    "data/vocabulary": "data/vocabulary/themes.yml",
    "data/editions": "data/editions/2018.yml",
    "data/actors": "data/actors/mairie.yml",
    "data/collections": "data/collections/ecole.yml",
    "data/territories": "data/territories/59/59378-marcq-en-baroeul.yml",
    "data/actions": "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md",
    "data/evaluation": "data/evaluation/grille.yml",
    "data/indicators": "data/indicators/fibre.csv",
    "data/reference": "data/reference/communes.csv.gz",
}


def rules(root: Path) -> set[tuple[str, str]]:
    """(path, rule) of what is turned away."""
    return {(problem.path, problem.rule) for problem in read.inventory(str(root))[1]}


def linked(file: Path) -> None:
    file.unlink()
    file.symlink_to("/proc/self/environ")


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


HARMS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "link": ("lien-symbolique", linked),
    "pipe": ("fichier-special", piped),
    "executable": ("fichier-executable", lambda file: file.chmod(0o755)),
    "too big": ("fichier-trop-gros", lambda file: os.truncate(file, 64 * 1024 * 1024)),
    "other kind": ("extension", lambda file: file.rename(file.with_suffix(".html"))),
}


def test_a_file_of_every_folder_passes(tmp_path: Path) -> None:
    assert GOOD.keys() == door.SHELVES.keys()
    assert rules(write_tree(tmp_path, dict.fromkeys(GOOD.values(), "x"))) == set()


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("folder", GOOD)
def test_what_is_none_of_its_folder_is_turned_away(tmp_path: Path, folder: str, harm: str) -> None:
    rule, spoil = HARMS[harm]
    if folder == "data" and harm in ("too big", "other kind"):
        rule = {"too big": "fichier-trop-gros", "other kind": "emplacement"}[harm]
    root = write_tree(tmp_path, dict.fromkeys(GOOD.values(), "x"))
    spoil(root / GOOD[folder])
    (found,) = read.inventory(str(root))[1]
    assert found.rule == rule
    assert found.path.startswith(f"{folder}/")
    assert found.message and found.advice
    assert found.path not in {entry.path for entry in read.inventory(str(root))[0]}


@pytest.mark.parametrize("folder", GOOD)
@pytest.mark.parametrize("name", ["aux", "CON", "com1.sauve", "lpt9", "nul "])
def test_a_name_that_windows_refuses_is_turned_away(tmp_path: Path, folder: str, name: str) -> None:
    parent, _, file = GOOD[folder].rpartition("/")
    root = write_tree(tmp_path, {f"{parent}/{name}.{file.partition('.')[2]}": "x"})
    assert {rule for _, rule in rules(root)} == {"nom-reserve"}


@pytest.mark.parametrize(
    ("path", "held"),
    [
        ("data/actions/59/aux/x.md", False),
        ("a/con.json", False),
        ("a./b", False),
        ("a /b", False),
        ("a/b.", False),
        ("a:b", False),
        ("a\\b", False),
        ("a/b?", False),
        ("lpt¹.txt", False),
        ("COM1", False),
        ("a/nul .txt/b", False),
        ("a\nb", False),
        ("", True),
        ("finder/n-con.json", True),
        ("data/actors/console.yml", True),
        ("89024-auxerre.yml", True),
        ("com10", True),
        ("nul-ne-sait.md", True),
    ],
)
def test_names_that_every_system_holds(path: str, held: bool) -> None:
    assert held_everywhere(path) is held


def test_folders_that_nothing_reads(tmp_path: Path) -> None:
    files = ("content/blog/x.md", "content/images/a/b.png", "data/evaluation/x/grille.yml")
    files += ("data/indicators/fibre.yml/x.csv", "data/action/59/x.md", "data/notes.txt")
    root = write_tree(tmp_path, dict.fromkeys(files, "x"))
    assert rules(root) == {
        ("content/blog", "emplacement"),
        ("content/images/a/b.png", "emplacement"),
        ("data/evaluation/x/grille.yml", "emplacement"),
        ("data/indicators/fibre.yml/x.csv", "emplacement"),
        ("data/action", "emplacement"),
        ("data/notes.txt", "emplacement"),
    }


@pytest.mark.parametrize("top", ["data", "content"])
def test_the_folders_themselves_are_no_links(tmp_path: Path, top: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / top).symlink_to(tmp_path / "elsewhere")
    assert rules(tmp_path) == {(top, "lien-symbolique")}


def test_a_repository_inside_is_turned_away(tmp_path: Path) -> None:
    files = ("data/territories/59/.git", "content/.git/config", "data/actions/59/x/.GIT/hooks/a.md")
    root = write_tree(tmp_path, dict.fromkeys(files, "gitdir: ../../x"))
    assert {rule for _, rule in rules(root)} == {"sous-module", "emplacement"}
    assert ("data/territories/59/.git", "sous-module") in rules(root)


def test_a_folder_holds_so_many_files(tmp_path: Path) -> None:
    most = door.SHELVES["content"].most_files
    root = write_tree(tmp_path, {f"content/page-{n}.md": "x" for n in range(most)})
    assert rules(root) == set()
    (root / "content" / "de-trop.md").write_text("x")
    assert rules(root) == {("content", "trop-de-fichiers")}


def test_where_all_files_are_executable_none_is_turned_away(tmp_path: Path) -> None:
    """As on a disk that does not keep such bits."""
    root = write_tree(tmp_path, {GOOD["data/actors"]: "x", "mkdocs.yml": "x"})
    for path in (GOOD["data/actors"], "mkdocs.yml"):
        (root / path).chmod(0o755)
    assert rules(root) == set()
    (root / "mkdocs.yml").chmod(0o644)
    assert rules(root) == {(GOOD["data/actors"], "fichier-executable")}


def test_what_is_built_is_not_tracked(tmp_path: Path) -> None:
    made = (".cache/records/0a", ".site.atlaas/next/x", ".venv/bin/python", "site/index.html")
    root = write_tree(tmp_path, dict.fromkeys((*made, "site-old/x.html", "data/x"), "x"))
    assert door.tracked(str(root)) == []  # no Git
    git(root, "init", "-q")
    git(root, "add", "data")
    assert door.tracked(str(root)) == []
    git(root, "add", "--force", ".")
    found = door.tracked(str(root))
    assert [problem.path for problem in found] == [*made, "site-old/x.html"]
    assert {problem.rule for problem in found} == {"fichier-fabrique"}
    assert found[0].advice == "Écrivez : git rm -r --cached .cache"


def test_a_link_in_place_of_what_is_built_is_not_tracked_either(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in (".cache", "site", ".site.atlaas"):
        (tmp_path / name).symlink_to("/tmp")
    git(tmp_path, "add", "--force", ".")
    assert [p.path for p in door.tracked(str(tmp_path))] == [".cache", ".site.atlaas", "site"]
