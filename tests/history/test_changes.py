"""What changed in the records, reported in words, from a repository made for each test."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from atlaas.history import changes
from atlaas.history.changes import RecordChange, load
from atlaas.project import Project
from support import many_actions, write_tree
from tiny import TINY

ROUBAIX = "data/territories/59/59512-roubaix.yml"
ECOLE = "data/actions/59/59378-marcq-en-baroeul/ecole-connectee.md"
LATER = """\
  - edition: 2015
    level: 4
    sources:
      - url: https://exemple.org/roubaix-2015
"""


class Repository:
    """The tiny records in a Git repository whose commits are a day apart."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = 0
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        self_made = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        when = f"2026-01-{self.day + 1:02}T23:30:00-05:00"  # the day after, in UTC
        done = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
            cwd=self.root,
            encoding="utf-8",
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, **self_made, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
        )
        return done.stdout

    def commit(self, files: dict[str, str], *, removed: tuple[str, ...] = ()) -> None:
        write_tree(self.root, files)
        for path in removed:
            (self.root / path).unlink()
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")
        self.day += 1

    def words(self) -> list[tuple[str, bool, tuple[str, ...]]]:
        """(id, new, words) of all changes, newest first."""
        return [(change.id, change.new, change.words) for change in load(Project(self.root))]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    tmp_path.mkdir(exist_ok=True)
    repository = Repository(tmp_path)
    lists = {path: text for path, text in TINY.items() if "/vocabulary/" in path}
    repository.commit({**lists, ROUBAIX: TINY[ROUBAIX]})
    return repository


def test_a_new_territory_names_its_labels(repository: Repository) -> None:
    (change,) = load(Project(repository.root))
    id_ = repository.git("rev-parse", "HEAD")[:12]
    assert change == RecordChange(
        "2026-01-02T04:30:00Z", id_, "territory", "59512", True, ("label 2018 (5 @)",)
    )


def test_a_new_action_and_what_becomes_of_it(repository: Repository) -> None:
    repository.commit({ECOLE: TINY[ECOLE]})
    changed = (
        TINY[ECOLE]
        .replace("status: arretee", "status: en-cours")
        .replace("[numerique-educatif]", "[numerique-educatif, reseau-social]")
        .replace("verified", "verified")
        + "\nEt des formations.\n"
    )
    repository.commit({ECOLE: changed})
    assert repository.words()[:2] == [
        (
            "59378/ecole-connectee",
            False,
            (
                "passe de « arrêtée » à « en cours »",
                "thème ajouté : Réseau social",
                "description complétée",
            ),
        ),
        ("59378/ecole-connectee", True, ()),
    ]


def test_labels_are_reported_as_people_would(repository: Repository) -> None:
    edited = TINY[ROUBAIX].replace("level: 5", "level: 4")
    repository.commit({ROUBAIX: edited})
    more = edited + (
        "  - edition: 2019\n    level: 5\n    mentions: [arobase-verte]\n"
        "    sources:\n      - url: https://exemple.org/roubaix-2019\n"
    )
    repository.commit({ROUBAIX: more})
    repository.commit({ROUBAIX: more + LATER})
    repository.commit({ROUBAIX: more + LATER + "doubt: à relire\n"})
    repository.commit({ROUBAIX: more.replace("[arobase-verte]", "[numerique-educatif]")})
    assert [words for _, _, words in repository.words()[:5]] == [
        ("label 2015 retiré", "label 2019 : mention « Numérique éducatif » ajoutée", "doute levé"),
        ("à vérifier : à relire",),
        ("label 2015 ajouté (4 @)",),
        ("label 2019 ajouté : passe de 4 à 5 @",),
        ("label 2018 : passe de 5 à 4 @",),
    ]


def test_a_change_of_form_alone_is_no_news(repository: Repository) -> None:
    before = len(load(Project(repository.root)))
    repository.commit({ROUBAIX: "# relue\n" + TINY[ROUBAIX].replace('"59512"', "'59512'")})
    assert len(load(Project(repository.root))) == before


def test_a_moved_record_is_not_a_new_one(repository: Repository) -> None:
    repository.commit({ECOLE: TINY[ECOLE]})
    moved = ECOLE.replace("59378-marcq-en-baroeul", "59350-lille")
    text = TINY[ECOLE].replace("59378", "59350").replace("status: arretee", "status: en-cours")
    repository.commit({moved: text}, removed=(ECOLE,))
    assert repository.words()[0] == (
        "59350/ecole-connectee",
        False,
        ("passe de « arrêtée » à « en cours »",),
    )


def test_many_additions_at_once_are_one_piece_of_news(repository: Repository) -> None:
    repository.commit(many_actions(changes.GROUP + 1))
    assert repository.words()[0] == ("", True, ("101 actions ajoutées",))
    assert len(repository.words()) == 2
    assert load(Project(repository.root))[0].members == tuple(many_actions(changes.GROUP + 1))


def test_one_territory_among_many_additions_is_counted(repository: Repository) -> None:
    town = "data/territories/59/59378-marcq-en-baroeul.yml"
    repository.commit({**many_actions(changes.GROUP + 1), town: TINY[town]})
    assert repository.words()[-2] == ("", True, ("101 actions ajoutées", "1 territoire ajouté"))


def test_many_records_that_only_move_are_no_additions(repository: Repository) -> None:
    many = many_actions(changes.GROUP + 1)
    repository.commit(many)
    before = repository.words()
    moved = {path.replace("59350-lille", "59350-lille-centre"): text for path, text in many.items()}
    repository.commit(moved, removed=tuple(many))
    assert [words for _, new, words in repository.words() if new] == [
        words for _, new, words in before if new
    ]


def test_only_the_newest_versions_are_compared(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 1)
    repository.commit({ECOLE: TINY[ECOLE]})
    assert [id_ for id_, _, _ in repository.words()] == ["59378/ecole-connectee"]


def test_a_shallow_clone_makes_nothing_up(repository: Repository, tmp_path: Path) -> None:
    repository.commit({ECOLE: TINY[ECOLE]})
    clone = tmp_path.parent / f"{tmp_path.name}-clone"
    repository.git("clone", "-q", "--depth", "1", f"file://{tmp_path}", str(clone))
    assert load(Project(clone)) == []


def test_nothing_without_git_or_commits(tmp_path: Path) -> None:
    assert load(Project(tmp_path)) == []
    Repository(tmp_path)
    assert load(Project(tmp_path)) == []


def test_an_unreadable_version_is_passed_over(repository: Repository) -> None:
    repository.commit({ROUBAIX: "code: [\n"})
    repository.commit({ROUBAIX: TINY[ROUBAIX] + LATER})
    assert [new for _, new, _ in repository.words()] == [True, True]


def test_what_was_found_is_kept_until_the_next_commit(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(Project(repository.root))
    monkeypatch.setattr(changes, "_changes", lambda *_: iter([]))
    assert load(Project(repository.root)) == first
    (repository.root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    repository.commit({ECOLE: TINY[ECOLE]})
    assert load(Project(repository.root)) == []
    assert len(list((tmp_path / ".cache" / "changes").iterdir())) == 1
