"""Old addresses: what is added never makes a chain, and what is wrong is found with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.edit import redirects
from atlaas.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "data").mkdir()
    return Project(tmp_path)


def write(project: Project, text: str) -> None:
    (project.root / redirects.PATH).write_text(text, encoding="utf-8")


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


def found(project: Project, text: str) -> list[tuple[int, str]]:
    write(project, text)
    return [(problem.line, problem.message) for problem in redirects.problems(project)]


def test_problems(project: Project) -> None:
    assert redirects.problems(project) == []
    assert found(project, "\n") == []
    good = entry("acteurs/a/", "acteurs/b/")
    assert found(project, good) == []
    two_keys = "une redirection a deux clés, « from » et « to »"
    assert found(project, good + "- from: acteurs/c/\n") == [(3, two_keys)]
    assert found(project, good + "- acteurs/c/\n") == [(3, two_keys)]
    assert found(project, good + entry("acteurs/c", "acteurs/d/")) == [
        (3, "« acteurs/c » n'est pas l'adresse d'une page")
    ]
    assert found(project, good + entry("acteurs/c/", "../d/")) == [
        (3, "« ../d/ » n'est pas l'adresse d'une page")
    ]
    assert found(project, good + entry("acteurs/a/", "acteurs/d/")) == [
        (3, "« acteurs/a/ » est redirigée deux fois")
    ]
    assert found(project, good + entry("acteurs/b/", "acteurs/c/")) == []


def test_a_circle_is_found_once_per_entry(project: Project) -> None:
    circle = entry("acteurs/a/", "acteurs/b/") + entry("acteurs/b/", "acteurs/a/")
    assert found(project, circle + entry("acteurs/x/", "acteurs/y/")) == [
        (1, "cette redirection tourne en rond"),
        (3, "cette redirection tourne en rond"),
    ]
    assert found(project, entry("acteurs/a/", "acteurs/a/")) == [
        (1, "cette redirection tourne en rond")
    ]
