"""A new record gets its own path, in canonical form, and never takes the place of another."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from atlaas.edit.new_record import RecordError, new_record, territory_draft
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from support import tiny_tree

FOLDER = "data/actions/59/59350-lille"
ACTION = {
    "title": "Portail famille",
    "territory": "59350",
    "themes": ["reseau-social"],
    "enjeux": [],
    "sources": [{"url": "https://exemple.fr/page"}],
}


@pytest.fixture(scope="module")
def tiny_space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(Project(tiny_tree(tmp_path_factory.mktemp("records"))), "2026-11-21")


@pytest.fixture
def space(tiny_space: Workspace, tmp_path: Path) -> Workspace:
    """The workspace of the tiny project, in a copy of its own."""
    for folder in ("territories", "actions", "editions"):
        shutil.copytree(tiny_space.project.root / "data" / folder, tmp_path / "data" / folder)
    return replace(tiny_space, project=Project(tmp_path))


def test_an_action(space: Workspace) -> None:
    made = new_record(space, "action", ACTION, "Un portail.")
    assert made.path == f"{FOLDER}/portail-famille.md"
    assert made.text == (
        '---\ntitle: Portail famille\nterritory: "59350"\nthemes:\n  - reseau-social\n'
        "sources:\n  - url: https://exemple.fr/page\n---\n\nUn portail.\n"
    )
    assert made.problems == []
    assert not (space.project.root / made.path).exists()


def test_an_action_takes_the_next_free_number(space: Workspace) -> None:
    space.write([(f"{FOLDER}/portail-famille.md", "x")])
    planned = {f"{FOLDER}/portail-famille-2.md": "", f"{FOLDER}/portail-famille-3.md": ""}
    assert new_record(space, "action", ACTION, "", planned).path == (
        f"{FOLDER}/portail-famille-4.md"
    )


def test_a_name_that_differs_by_accents_only_is_taken(space: Workspace) -> None:
    other = f"{FOLDER}/Portail-Famillé.md"
    entry = replace_path(space, other)
    assert new_record(entry, "action", ACTION).path == f"{FOLDER}/portail-famille-2.md"


def replace_path(space: Workspace, path: str) -> Workspace:
    """The workspace with one more action in its inventory."""
    entry = next(entry for entry in space.entries if entry.kind == "action")
    return replace(space, entries=[*space.entries, entry._replace(path=path)])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"territory": "99999"}, "le code « 99999 » n'a pas de place dans data/actions/"),
        ({"title": "« … »"}, "le titre ne contient aucun mot"),
    ],
)
def test_an_action_without_a_place(space: Workspace, values: dict[str, str], reason: str) -> None:
    with pytest.raises(RecordError) as error:
        new_record(space, "action", {**ACTION, **values})
    assert str(error.value) == reason


def test_the_rules_are_asked(space: Workspace) -> None:
    made = new_record(space, "action", {**ACTION, "themes": ["astrologie"]}, "Un portail.")
    assert [problem.rule for problem in made.problems if problem.severity == "error"] == [
        "vocabulaire"
    ]


def test_no_file_is_replaced(space: Workspace) -> None:
    path = next(entry.path for entry in space.entries if entry.kind == "territory")
    code = path.rpartition("/")[2].partition("-")[0]
    with pytest.raises(RecordError, match="existe déjà : corrigez cette fiche"):
        new_record(space, "territory", {"code": code})
    with pytest.raises(RecordError, match="existe déjà"):
        new_record(
            space, "territory", {"code": "75056"}, "", {"data/territories/75/75056-paris.yml"}
        )
    with pytest.raises(RecordError, match=r"data/editions/2018\.yml existe déjà"):
        new_record(space, "edition", {"edition": "2018"})


def test_a_territory_and_an_edition(space: Workspace) -> None:
    made = new_record(space, "territory", {"code": "75056", "website": ""})
    assert (made.path, made.text) == ("data/territories/75/75056-paris.yml", 'code: "75056"\n')
    made = new_record(space, "edition", {"edition": "2031"})
    assert (made.path, made.text) == ("data/editions/2031.yml", "edition: 2031\n")


@pytest.mark.parametrize(
    ("departement", "folder"), [("07", "07"), ("", "autres"), ("../..", "autres")]
)
def test_a_territory_that_names_itself(space: Workspace, departement: str, folder: str) -> None:
    values = {"code": "x-Inforoutes", "name": "Inforoutes", "departement": departement}
    assert new_record(space, "territory", values).path == (
        f"data/territories/{folder}/x-inforoutes.yml"
    )


def test_a_draft_of_a_territory_is_the_planned_one(space: Workspace) -> None:
    path, draft = territory_draft(space, "75056", {})
    assert (path, draft.data) == ("data/territories/75/75056-paris.yml", {"code": "75056"})
    draft = territory_draft(space, "75056", {path: 'code: "75056"  # ville\n'})[1]
    assert draft.trailing == {("code",): "# ville"}
    space.write([(path, "code: [\n")])
    with pytest.raises(RecordError, match=f"la fiche {path} est illisible : "):
        territory_draft(space, "75056", {})
    with pytest.raises(RecordError, match="« x-inconnu » n'a pas de place dans data/territories/"):
        territory_draft(space, "x-inconnu", {})
