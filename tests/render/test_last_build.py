"""What is to be made again, told from what the last build left: by times, or in CI by bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlaas.build import Loading
from atlaas.project import Project
from atlaas.read import walk
from atlaas.render.last_build import Few, LastBuild
from support import git, tiny_tree, write_tree

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
PAGES = {"index.html": "accueil", "actions/59378/la-bonne-appli/index.html": "une action"}


class Checkout:
    """The tiny project under Git, and a site of two files; ``built`` is called after a build."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = tiny_tree(folder / "project"), folder / "site"
        self.project = Project(self.folder)
        (self.folder / ".gitignore").write_text(".cache/\n")
        git(self.folder, "init", "-q")
        self.commit("2026-01-10")
        write_tree(self.site, PAGES)

    def commit(self, day: str, *options: str) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", day, *options, day=day)

    def edit(self, words: str, path: str = ACTION) -> None:
        file = self.folder / path
        file.write_text(f"{file.read_text('utf-8')}{words}\n", "utf-8")

    def touch(self) -> None:
        """Give every file the time of now, as a checkout and an unpacked archive do."""
        for top in (self.folder, self.site):
            for file in top.rglob("*"):
                os.utime(file)

    def last(self) -> LastBuild:
        return LastBuild(self.project, self.site, (), walk(str(self.folder)))

    def build(self) -> Few | None:
        """Read all that changed, keep the state; what is to be made again."""
        seen = walk(str(self.folder))
        last = self.last()
        loading = Loading(self.project, seen=seen, known=last.now)
        directory, _ = loading.result()
        few = last.few(loading.reading.before, loading.reading.again, directory)
        last.save(PAGES, [], {}, "", "")
        return few


@pytest.fixture(params=["1", "2"])
def checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Checkout:
    """Where a forge builds, after the first build; files are read by one process, or by two."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("ATLAAS_PROCESSES", request.param)
    made = Checkout(tmp_path)
    assert made.build() is None
    return made


def test_a_new_checkout_of_the_same_is_the_same(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.touch()
    assert checkout.last().same
    monkeypatch.setenv("CI", "")
    assert not checkout.last().same  # at a desk the times decide


def test_at_a_desk_nothing_is_read_to_know_that_nothing_changed(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "")
    checkout.build()
    assert checkout.last().same
    checkout.touch()
    assert not checkout.last().same


def test_a_text_that_was_merged_is_all_that_changed(checkout: Checkout) -> None:
    """And its date; in two merges, as one is told from what the other one left."""
    for day in ("2026-01-12", "2026-01-13"):
        checkout.edit(f"Encore, le {day}.")
        checkout.commit(day)
        checkout.touch()
        assert checkout.build() == Few(frozenset({ACTION}), frozenset({ACTION}))
        assert checkout.last().same


def test_what_is_not_committed_changes_no_date(checkout: Checkout) -> None:
    checkout.edit("Encore.")
    assert checkout.build() == Few(frozenset({ACTION}), None)


def test_a_commit_of_other_things_changes_no_record(checkout: Checkout) -> None:
    """It is another commit all the same, of which what tells of all changes is made again."""
    write_tree(checkout.folder, {"README.md": "Un mot."})
    checkout.commit("2026-01-12")
    assert not checkout.last().same
    assert checkout.build() == Few(frozenset(), frozenset())


@pytest.mark.parametrize(
    "words", ["website: https://exemple.org/", "# un mot"], ids=["a field", "a comment"]
)
def test_any_other_change_of_a_record_makes_all(checkout: Checkout, words: str) -> None:
    checkout.edit(words, "data/territories/59/59378-marcq-en-baroeul.yml")
    checkout.commit("2026-01-12")
    assert checkout.build() is None


def test_a_new_year_makes_all(checkout: Checkout) -> None:
    """Every page may say how old a figure is; a newer day of the same year changes little."""
    checkout.edit("Encore.")
    checkout.commit("2027-01-01")
    assert checkout.build() is None


def test_a_history_that_was_written_again_makes_all(checkout: Checkout) -> None:
    """The commit of before is no longer known: nothing can be told from it."""
    checkout.commit("2026-01-11", "--amend")
    git(checkout.folder, "reflog", "expire", "--expire=now", "--all")
    git(checkout.folder, "gc", "-q", "--prune=now")
    assert checkout.build() is None


def test_a_commit_that_is_another_date_of_all_is_told(checkout: Checkout) -> None:
    """The commit of before is still there: every file of the records has another one since."""
    checkout.commit("2026-01-11", "--amend")
    few = checkout.build()
    assert few and few.dated is not None and ACTION in few.dated
    assert {path.partition("/")[0] for path in few.dated} == {"data"}


@pytest.mark.parametrize("harm", ["altered", "removed", "a link"])
def test_a_site_that_is_not_what_was_built_makes_all(checkout: Checkout, harm: str) -> None:
    """Also with the size and the time of before."""
    page = checkout.site / "index.html"
    before, content = page.stat(), page.read_bytes()
    page.unlink()
    if harm == "altered":
        page.write_bytes(content.upper())
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif harm == "a link":
        page.symlink_to(write_tree(checkout.site.parent, {"elsewhere": content}) / "elsewhere")
    assert checkout.last().changed is None


def test_no_word_of_a_state_reaches_git(checkout: Checkout) -> None:
    """A commit is letters and digits; what else stands in its place is not known."""
    last = checkout.last()
    for other in ("--output=x", "HEAD~1", "", "é\n"):
        last._head = other
        last.save(PAGES, ["index.html"], {}, "", "")
        assert checkout.build() is None
    assert not (checkout.folder / "x").exists()
