"""Old addresses: what is added never makes a chain, and what is wrong is found with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.directory.redirects import PATH
from atlaas.edit import redirects
from atlaas.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "data").mkdir()
    return Project(tmp_path)


def write(project: Project, text: str) -> None:
    (project.root / PATH).write_text(text, encoding="utf-8")


def entry(old: str, new: str) -> str:
    return f"- from: {old}\n  to: {new}\n"


def added(project: Project, **moves: str) -> str:
    addresses = {f"acteurs/{old}/": f"acteurs/{new}/" for old, new in moves.items()}
    return redirects.add(redirects.read(project), addresses)


def test_the_first_entry(project: Project) -> None:
    assert added(project, a="b") == entry("acteurs/a/", "acteurs/b/")
    write(project, " \n")
    assert added(project, a="b") == entry("acteurs/a/", "acteurs/b/")


def test_older_entries_follow_the_move_with_their_comments(project: Project) -> None:
    write(project, f"# avant\n{entry('acteurs/a/', 'acteurs/b/')}")
    assert added(project, b="c") == (
        f"# avant\n{entry('acteurs/a/', 'acteurs/c/')}{entry('acteurs/b/', 'acteurs/c/')}"
    )


def test_an_address_that_moves_again_has_one_entry(project: Project) -> None:
    write(project, entry("acteurs/a/", "acteurs/b/"))
    assert added(project, a="c") == entry("acteurs/a/", "acteurs/c/")


def test_an_address_in_use_again_no_longer_redirects(project: Project) -> None:
    write(project, entry("acteurs/a/", "acteurs/b/"))
    assert added(project, b="a") == entry("acteurs/b/", "acteurs/a/")


def test_what_does_not_move_is_not_listed(project: Project) -> None:
    assert added(project, a="a", b="c") == entry("acteurs/b/", "acteurs/c/")


def test_an_entry_without_its_old_address_is_left_to_the_check(project: Project) -> None:
    write(project, "- to: acteurs/b/\n")
    assert added(project, b="c") == f"- to: acteurs/c/\n{entry('acteurs/b/', 'acteurs/c/')}"


@pytest.mark.parametrize("text", ["- from: [\n", "from: acteurs/a/\n"])
def test_an_unreadable_file_is_not_written_over(project: Project, text: str) -> None:
    write(project, text)
    with pytest.raises(ValueError, match="est illisible : corrigez-le d'abord"):
        redirects.read(project)
