"""The dates of files, from a real repository made for the occasion."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from atlaas.history.blobs import NOTHING, blobs
from atlaas.history.file_dates import History, head, lost, parse_log
from atlaas.project import Project
from support import clean_environment, write_tree


def git(folder: Path, *arguments: str, day: str = "2020-01-01") -> None:
    environment = {
        name: value for name, value in clean_environment().items() if not name.startswith("GIT_")
    }
    moment = f"{day}T12:00:00+00:00"
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={
            **environment,
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_AUTHOR_DATE": "1999-01-01T00:00:00+00:00",
            "GIT_COMMITTER_DATE": moment,
        },
    )


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "x", day=day)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "--initial-branch=main")
    write_tree(folder, {"data/a.yml": "1", "data/été «1».yml": "1", "other/z.txt": "1"})
    commit(folder, "2020-01-01")
    write_tree(folder, {"data/a.yml": "2", "content/b.md": "1", "data/gone.yml": "1"})
    commit(folder, "2021-02-03")
    (folder / "data/gone.yml").unlink()
    write_tree(folder, {"other/z.txt": "2"})
    commit(folder, "2022-05-06")
    write_tree(folder, {"data/new.yml": "1"})
    return folder


def test_each_file_has_the_day_of_its_last_commit(repository: Path) -> None:
    dates = History(Project(repository)).dates
    assert dates["data/a.yml"] == "2021-02-03"
    assert dates["content/b.md"] == "2021-02-03"
    assert dates["data/été «1».yml"] == "2020-01-01"


def test_what_is_not_committed_or_not_ours_has_none(repository: Path) -> None:
    dates = History(Project(repository)).dates
    assert "data/new.yml" not in dates
    assert not [path for path in dates if path.startswith("other/")]


def test_dates_are_read_once(repository: Path) -> None:
    history = History(Project(repository))
    assert history.dates is history.dates


def test_without_git_there_are_no_dates(tmp_path: Path) -> None:
    assert History(Project(tmp_path)).dates == {}


def test_an_empty_repository_has_no_dates(tmp_path: Path) -> None:
    git(tmp_path, "init", "--initial-branch=main")
    assert History(Project(tmp_path)).dates == {}


def test_the_newest_commit_counts() -> None:
    output = (
        "\x002022-01-02 c3\n\ndata/b.yml\n\x002021-01-02 c2\n\ndata/a.yml\ndata/b.yml\n"
        "\x002020-01-01 c1\n"
    )
    dates, commits = parse_log(output)
    assert dates == {"data/b.yml": "2022-01-02", "data/a.yml": "2021-01-02"}
    assert list(commits.items()) == [("data/b.yml", "c3"), ("data/a.yml", "c2")]


def test_each_file_has_the_commit_of_its_day(repository: Path) -> None:
    history = History(Project(repository))
    assert history.commits.keys() == history.dates.keys()
    listed = subprocess.run(
        ["git", "log", "--format=%H"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.split()
    names = ("data/gone.yml", "data/a.yml", "data/été «1».yml")
    assert [history.commits[name] for name in names] == listed


def test_head_is_the_commit_or_nothing(repository: Path, tmp_path: Path) -> None:
    assert re.fullmatch("[0-9a-f]{40}", head(Project(repository)))
    assert head(Project(tmp_path)) == ""
    git(tmp_path, "init", "--initial-branch=main")
    assert head(Project(tmp_path)) == ""


def test_contents_are_read_to_the_byte(tmp_path: Path) -> None:
    """Whatever they end with; the names are those of `git hash-object`."""
    contents = [b"a b c", b"", b"x\n\n", b"\xff\x00", b"blob blob 3"]
    git(tmp_path, "init", "--initial-branch=main")
    names = {}
    for content in contents:
        (tmp_path / "f").write_bytes(content)
        git(tmp_path, "hash-object", "-w", "f")
        name = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        names[name] = content
    assert blobs(tmp_path, [*names, NOTHING, "1" * 40]) == names
    assert blobs(tmp_path, [NOTHING]) == {}


def test_a_whole_history_lacks_nothing(repository: Path) -> None:
    assert lost(Project(repository)) == ""


def test_what_is_lost_is_said(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No repository, none saved yet, a shallow clone, a refusal of Git, no Git at all."""
    (tmp_path / "none").mkdir()
    git(tmp_path, "init", "empty")
    git(tmp_path, "clone", "--depth", "1", f"file://{repository}", "shallow")
    for name, why, mend in (
        ("none", "ce dossier n'est pas un dépôt Git", "Construisez dans un clone du dépôt."),
        ("empty", "aucune version n'est encore enregistrée", "Enregistrez-en une : git commit"),
        ("shallow", "le clone est superficiel", "Écrivez : git fetch --unshallow"),
    ):
        said = lost(Project(tmp_path / name))
        assert f": {why}." in said and said.endswith(mend)
        assert "dates de fiches, des nouveautés" in said
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    said = lost(Project(repository))
    assert "appartient à quelqu'un d'autre" in said
    assert said.endswith(f"git config --global --add safe.directory {repository}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "la commande git n'est pas installée" in lost(Project(repository))
    assert head(Project(repository)) == ""
    assert History(Project(repository)).dates == {}
