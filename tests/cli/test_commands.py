"""``python -m atlaas check``: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atlaas.cli import main
from support import PROJECT, clean_environment, tiny_tree

BAD_ACTION = (
    '---\ntitle: Maison du numérique\nterritory: "59350"\nthemes: [numerique-educatife]\n'
    "started: 2020-13\nsources:\n  - url: https://exemple.org/maison\n---\n\nUn lieu.\n"
)
BAD_PATH = "data/actions/59/59350-lille/maison-du-numerique.md"
BAD_TERRITORY = 'code: "59512"\nlabels:\n  - edition: 2018\n    level: 6\n'
TERRITORY_PATH = "data/territories/59/59512-roubaix.yml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), *arguments])


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_tree(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changes = {BAD_PATH: BAD_ACTION, TERRITORY_PATH: BAD_TERRITORY}
    return tiny_tree(tmp_path_factory.mktemp("bad"), changes)


def test_all_is_well(good: Path) -> None:
    result = run(good, "check")
    assert result.exit_code == 0
    assert "Tout est bon : 0 erreur, 0 avertissement." in result.output


def test_every_problem_of_every_file_in_one_run(bad: Path) -> None:
    """Four mistakes: a theme, a date, a level, and a label without source."""
    result = run(bad, "check")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert any(line.startswith(f"{BAD_PATH}:4:10: vocabulaire: ") for line in lines)
    assert any(line.startswith(f"{BAD_PATH}:5:10: date") for line in lines)
    assert any(line.startswith(f"{TERRITORY_PATH}:4:12: niveau: ") for line in lines)
    assert any(line.startswith(f"{TERRITORY_PATH}:3:") and "source" in line for line in lines)
    assert "numerique-educatif" in result.output  # what was meant
    assert "4 erreurs, 0 avertissement." in result.output


def test_problems_stand_in_the_order_of_their_place(bad: Path) -> None:
    places = [
        (path, int(line), int(column))
        for path, line, column in (
            text.split(":")[:3]
            for text in run(bad, "check").output.splitlines()
            if text.startswith("data/")
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("path", "code", "named"),
    [
        (TERRITORY_PATH, 1, {TERRITORY_PATH}),
        ("data/territories", 1, {TERRITORY_PATH}),
        ("data/territories/59", 1, {TERRITORY_PATH}),
        ("data/actions/59/", 1, {BAD_PATH}),
        ("data/territories/73", 0, set()),
        ("data/actions/73/73008-aix-les-bains/tiers-lieu.md", 0, set()),
        ("data/vocabulary/themes.yml", 0, set()),
        (".", 1, {BAD_PATH, TERRITORY_PATH}),
        ("data", 1, {BAD_PATH, TERRITORY_PATH}),
    ],
)
def test_only_the_paths_asked_for(
    bad: Path, monkeypatch: pytest.MonkeyPatch, path: str, code: int, named: set[str]
) -> None:
    monkeypatch.chdir(bad)
    for given in (path, str(bad / path)):
        result = run(bad, "check", given, "--format", "json")
        assert result.exit_code == code
        assert {problem["path"] for problem in json.loads(result.stdout)} == named


def test_a_record_may_name_what_lies_outside_the_paths(good: Path) -> None:
    """The lists are read in any case: an action alone still finds its actor and its theme."""
    result = run(good, "check", str(good / "data/actions/59/59378-marcq-en-baroeul"))
    assert result.exit_code == 0, result.output


def test_a_path_whose_name_only_begins_alike_is_not_meant(bad: Path) -> None:
    (bad / "data/territories/5").mkdir(exist_ok=True)
    result = run(bad, "check", str(bad / "data/territories/5"))
    assert result.exit_code == 0, result.output


def test_json(bad: Path) -> None:
    result = run(bad, "check", "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)
    assert len(problems) == 4
    assert set(problems[0]) == {"path", "line", "column", "rule", "message", "advice", "severity"}
    theme = next(p for p in problems if p["rule"] == "vocabulaire")
    assert (theme["path"], theme["line"], theme["column"], theme["severity"]) == (
        BAD_PATH,
        4,
        10,
        "error",
    )


def test_json_of_nothing_is_an_empty_list(good: Path) -> None:
    result = run(good, "check", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_annotations_of_the_forge(bad: Path) -> None:
    result = run(bad, "check", "--format", "github")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 4
    start = f"::error file={BAD_PATH},line=4,col=10,title=vocabulaire::"
    assert any(line.startswith(start) for line in lines)


def test_data_can_not_forge_an_annotation(tmp_path: Path) -> None:
    hostile = BAD_ACTION.replace("numerique-educatife", '"x\\n::set-output name=a::b%0A::error::c"')
    result = run(tiny_tree(tmp_path, {BAD_PATH: hostile}), "check", "--format", "github")
    assert result.exit_code == 1
    assert all(line.startswith("::error file=data/") for line in result.stdout.splitlines())
    assert "%0A::error::c" not in result.stdout.replace("%250A", "")


def test_what_is_asked_wrongly(good: Path, tmp_path: Path) -> None:
    nowhere = run(good, "check", str(good / "data/nowhere"))
    assert (nowhere.exit_code, nowhere.stdout) == (2, "")
    assert "n'existe pas" in nowhere.stderr
    outside = run(good, "check", str(tmp_path))
    assert outside.exit_code == 2
    assert "n'est pas dans le projet" in outside.stderr
    assert run(good, "check", "--format", "xml").exit_code == 2
    assert run(good, "nothing").exit_code == 2
    assert run(tmp_path / "nowhere", "check").exit_code == 2


def test_help_is_in_french(good: Path) -> None:
    result = run(good, "check", "--help")
    assert result.exit_code == 0
    assert "Contrôle les fiches" in result.output


def program(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "atlaas", *arguments],
        env=clean_environment(PYTHONPATH=str(PROJECT / "hooks"), PYTHONIOENCODING="utf-8"),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_real_program(bad: Path) -> None:
    done = program("--project", str(bad), "check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{TERRITORY_PATH}:4:12: niveau: " in done.stdout


def test_the_records_of_the_folder_are_checked(sample_root: Path) -> None:
    """Without ``--project``, the program checks the project in which it is called."""
    done = program("check", cwd=sample_root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 erreur, " in done.stdout
