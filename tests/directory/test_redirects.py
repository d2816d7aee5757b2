"""Old addresses: what is wrong in their file is found with its line, whatever page it concerns."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from atlaas import build
from atlaas.cli import main
from atlaas.directory import redirects
from atlaas.project import Project
from support import Small, tiny_tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "data").mkdir()
    return Project(tmp_path)


def write(project: Project, text: str) -> None:
    (project.root / redirects.PATH).write_text(text, encoding="utf-8")


def entry(old: str, new: str) -> str:
    return f"- from: {old}\n  to: {new}\n"


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


def test_no_page_of_any_kind_can_be_sent_away(tiny: Small, project: Project) -> None:
    """One page of each template, and the hand-written ones."""
    (project.root / "content").mkdir()
    (project.root / "content" / "contribuer.md").write_text("# Contribuer\n")
    addresses = build.addresses_of(tiny.pages.values(), project)
    kinds = {page.template: page.url for page in tiny.pages.values() if page.url}
    assert len(kinds) > 20
    olds = sorted(["contribuer/", *kinds.values()])
    write(project, "".join(entry(old, "actions/59350/maison-du-numerique/") for old in olds))
    assert [(p.line, p.message) for p in redirects.misdirected(project, addresses)] == [
        (2 * place + 1, f"« {old} » est l'adresse d'une page du site : rien ne peut en partir")
        for place, old in enumerate(olds)
    ]


def test_an_old_address_leads_to_a_page_or_to_an_old_one(tiny: Small, project: Project) -> None:
    page, away = "actions/59350/maison-du-numerique/", "actions/59350/partie/"
    write(project, entry("a/", "b/") + entry("b/", page) + entry("c/", away))
    addresses = build.addresses_of(tiny.pages.values(), project)
    assert [(p.line, p.message) for p in redirects.misdirected(project, addresses)] == [
        (5, f"« {away} » n'est l'adresse d'aucune page du site")
    ]


def test_check_says_so_too(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path, {"data/redirects.yml": entry("carte/", "label/")})
    done = CliRunner().invoke(main, ["--project", str(root), "check"])
    assert done.exit_code == 1
    assert "data/redirects.yml:1:3: redirection: « carte/ » est l'adresse d'une page" in done.output
