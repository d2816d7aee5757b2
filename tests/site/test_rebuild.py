"""A build over the site that is there makes only what changed, and leaves what a fresh one would.

The project is a copy of this one with the tiny data of the tests and two départements. Each test
goes over what the one before left.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atlaas import build
from atlaas.pages.page import Asset, Page
from atlaas.render.last_build import Few
from atlaas.render.shell import TOKENS, Shells
from atlaas.render.write import Writer
from atlaas.work.processes import Fork
from support import (
    Small,
    build_environment,
    build_options,
    copy_project,
    read_tree,
    two_departements,
)
from tiny import TINY
from warm import WarmBuilder

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
THEMES = "data/vocabulary/themes.yml"
TOWN = "data/territories/59/59378-marcq-en-baroeul.yml"
PAGE = "actions/59378/la-bonne-appli/index.html"


class Scratch:
    """The tiny project and its site, built once; every later build goes over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = copy_project(folder / "project", TINY)
        two_departements(self.project / "data" / "reference")
        self.site = folder / "site"
        self.builder = WarmBuilder(self.project, build_environment(CI=""))  # as at a desk
        self._fresh: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
        self.built()

    def built(self) -> tuple[int, int]:
        """Build; (files written, files left as they were)."""
        done = self.builder.run(*build_options(self.project, self.site), "--verbose")
        assert done.returncode == 0, done.stdout
        reported = re.search(r"(\d+) fichiers écrits, (\d+) inchangés", done.stdout)
        assert reported, done.stdout
        return int(reported[1]), int(reported[2])

    def fresh(self) -> dict[str, bytes]:
        """What a build of the same files into a new folder gives."""
        names = ("data", "content", "overrides", "mkdocs.yml")
        inputs = {f"{name}/{path}": text for name in names for path, text in self._texts(name)}
        if inputs != self._fresh[0]:
            target = self.folder / "fresh"
            shutil.rmtree(target, ignore_errors=True)
            done = self.builder.run(*build_options(self.project, target))
            assert done.returncode == 0, done.stdout
            self._fresh = inputs, read_tree(target)
        return self._fresh[1]

    def _texts(self, name: str) -> Iterable[tuple[str, bytes]]:
        path = self.project / name
        return read_tree(path).items() if path.is_dir() else [("", path.read_bytes())]

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        file = self.project / path
        file.write_text(change(file.read_text("utf-8")), "utf-8")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    scratch = Scratch(tmp_path_factory.mktemp("rebuild"))
    yield scratch
    scratch.builder.close()


def test_nothing_changed_writes_nothing(scratch: Scratch) -> None:
    """Nor what is kept of the site, of which every file would be looked at once more."""
    state = sorted((scratch.project / ".cache").glob("site*"))
    assert state
    times = {path: path.stat().st_mtime_ns for path in (*scratch.site.rglob("*"), *state)}
    assert scratch.built()[0] == 0
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert sorted((scratch.project / ".cache").glob("site*")) == state
    assert read_tree(scratch.site) == scratch.fresh()


def test_a_new_text_is_shown_where_it_stands(scratch: Scratch) -> None:
    """Twice, since the second time follows a build that kept most files."""
    before = read_tree(scratch.site)
    for words in ("Une suite.", "Une autre."):
        scratch.edit(ACTION, lambda text, words=words: f"{text}\n{words}\n")
        written, unchanged = scratch.built()
        after = read_tree(scratch.site)
        assert after == scratch.fresh()
        pages = [p for p in after if p.endswith(".html") and after[p] != before[p]]
        assert pages == [PAGE]
        assert written < 15 < unchanged
        assert words.encode() in after[PAGE]


@pytest.mark.parametrize("harm", ["changed", "removed", "added"])
def test_a_site_that_something_else_touched_is_mended(scratch: Scratch, harm: str) -> None:
    file = scratch.site / PAGE
    if harm == "changed":
        file.write_text("autre chose", "utf-8")
    elif harm == "removed":
        file.unlink()
    else:
        (scratch.site / "etranger.html").write_text("x", "utf-8")
    scratch.built()
    assert read_tree(scratch.site) == scratch.fresh()


def test_a_state_that_can_not_be_read_is_forgotten(scratch: Scratch) -> None:
    states = list((scratch.project / ".cache").glob("site/*"))
    assert states
    for state in states:
        state.write_bytes(b"\x00" * 40)
    scratch.built()
    assert read_tree(scratch.site) == scratch.fresh()


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.edit(ACTION, lambda text: text.replace("title: ", "title: Nouvelle ")),
        lambda s: s.edit(TOWN, lambda text: f"{text}website: https://www.exemple.org/\n"),
        lambda s: s.edit(THEMES, lambda text: text.replace("label: ", "label: X")),
        lambda s: s.edit("overrides/pages/action.html", lambda text: f"{text}<p>Pied</p>\n"),
        lambda s: s.edit("mkdocs.yml", lambda text: text.replace("site_name: ", "site_name: Le ")),
        lambda s: s.edit("content/a-propos.md", lambda text: f"{text}\nEncore.\n"),
        lambda s: s.edit(ACTION, lambda text: text.replace("title: ", "# Un mot.\ntitle: ")),
        lambda s: (s.project / ACTION).rename((s.project / ACTION).with_name("appli.md")),
    ],
    ids=["title", "territory", "vocabulary", "template", "settings", "content", "comment", "moved"],
)
def test_other_changes_are_shown_everywhere(
    scratch: Scratch, change: Callable[[Scratch], None]
) -> None:
    before = scratch.fresh()
    change(scratch)
    assert scratch.built()[0] > 0
    assert read_tree(scratch.site) == scratch.fresh() != before


def test_pages_are_being_made_while_the_files_for_machines_are_listed(
    tiny: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where listing them fails, the processes that make the pages end."""
    monkeypatch.setattr(build, "processes_for", lambda count: 2)  # whatever threads tests have
    page = tmp_path / ".site.atlaas" / "next" / PAGE

    def published(*_: object) -> Iterator[Page | Asset]:
        for _ in range(6_000):
            if page.exists():
                raise ValueError(str(page))
            time.sleep(0.01)
        yield from ()

    monkeypatch.setattr(build, "published", published)
    shells = Shells(lambda section, depth: f"{TOKENS['title']}{TOKENS['body']}")
    renderer = build.Renderer(tiny.site, shells, tiny.directory)
    cancelled: list[int] = []
    cancel = Fork.cancel
    monkeypatch.setattr(Fork, "cancel", lambda fork: (cancelled.append(1), cancel(fork))[1])
    with pytest.raises(ValueError, match=re.escape(PAGE)):
        build.Making(renderer, [], Writer(tmp_path / "site"))
    assert cancelled == [1, 1]  # that of the pages and that of the search


def test_only_pages_that_show_the_text_are_made(
    tiny: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAAS_PROCESSES", "1")
    made: list[str] = []
    shells = Shells(lambda section, depth: f"{TOKENS['title']}{TOKENS['body']}")
    renderer = build.Renderer(tiny.site, shells, tiny.directory)
    real = renderer.make
    monkeypatch.setattr(
        renderer, "make", lambda thing: (made.append(build.path_of(thing)), real(thing))[1]
    )
    sizes = {build.path_of(t): 0 for t in build.pages_of(tiny.directory, tiny.site)}
    writer = Writer(tmp_path / "site")
    few = Few(frozenset({ACTION}), None)
    build.Making(renderer, [], writer, "pages", few, sizes).finish()
    assert made == [PAGE]
    assert set(writer.paths()) == set(sizes)
    assert any(isinstance(page, Page) for page in tiny.pages.values())
    assert os.listdir(tmp_path / ".site.atlaas" / "next") == ["actions"]


def test_files_for_machines_have_the_cores_that_few_pages_leave(
    tiny: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []

    class Recorded(build.Work[Page | Asset]):
        def __init__(self, *given: Any) -> None:
            used.append(given[4])
            super().__init__(*given)

    monkeypatch.setattr(build, "Work", Recorded)
    monkeypatch.setattr(build, "processes_for", lambda count: 2 if count > 10 else 1)
    shells = Shells(lambda section, depth: f"{TOKENS['title']}{TOKENS['body']}")
    renderer = build.Renderer(tiny.site, shells, tiny.directory)
    sizes = {build.path_of(t): 0 for t in build.pages_of(tiny.directory, tiny.site)}
    for few in (None, Few(frozenset({ACTION}), None)):
        writer = Writer(tmp_path / "site")
        build.Making(renderer, [], writer, "all", few, sizes).cancel()
        writer.close()
    assert used == [2, 1, 1, 2]  # of all pages, then the files; of one page, then the files
