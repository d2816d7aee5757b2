"""What the last build of a site left, so that the next one makes only what changed.

What decides the bytes of a page is a file below data/, known by its stamp; the history of that file
in Git; or part of the key: the program, its templates and settings. With another key, or a site
that something else touched, everything is made again. No page depends on the day; what a check says
of dates in the future does, and says so (``directory.outcomes``).

At a desk stamps are times. Under CI=true they are digests: of every file below data/, which a
checkout has just made, and of every file of the site, which came from the publication before
(``scripts/kept.sh``). A page that is not what that build wrote is never taken for one that is.
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from atlaas.directory import Directory
from atlaas.directory.outcomes import Batch
from atlaas.history.file_dates import History, head
from atlaas.project import Project
from atlaas.read import Seen
from atlaas.work.cache import CacheFile, Input, Stamp, known_by, stamp, stamps_of, times_count

_SITES = 4  # of so many folders that were built into, the state is kept


class _State(NamedTuple):
    """What is kept: the commit, data/ as it was, the files of the site, what was reported."""

    head: str
    data: dict[str, Stamp]
    site: dict[str, Stamp]
    held: dict[str, int]
    warnings: str
    modified: str  # the ISO date of the newest record


class Few(NamedTuple):
    """All that changed since the last build, where it is so little that most pages stay."""

    texts: frozenset[str]  # the files of actions of which the text changed
    dated: frozenset[str] | None  # those that another commit last changed; None: the same commit


class LastBuild:
    """The state of data/ and of the site at the last build, next to that of now.

    ``changed`` holds the paths below data/ that were changed, added or removed since; it is None
    where nothing can be said, and all must be made; ``held`` and ``warnings`` are what was
    reported, ``modified`` is the date of the newest record. ``seen`` is what stands below data/
    now, ``now`` its stamps by path. ``knowing`` is called with the files of the site before each of
    them is looked at.
    """

    def __init__(
        self,
        project: Project,
        site: Path,
        settings: Iterable[str],
        seen: Iterable[Seen],
        knowing: Callable[[Collection[str]], object] = lambda files: None,
    ) -> None:
        self._site, root = os.fspath(site), project.root
        # The pages of content/ are always made. A longer history dates more files.
        files = ("mkdocs.yml", "hooks/mkdocs_hooks.py", ".git/shallow")
        inputs = (project.overrides, root / "releases", *(root / file for file in files))
        key: list[Input] = [self._site, *settings, *inputs]
        self._file = CacheFile(_State, project.cache, "site", *key, keep=_SITES)
        self._project = project
        self._head = self._before = head(project)
        self.now = _known(list(seen))
        self._then: dict[str, Stamp] = {}
        self.files: dict[str, Stamp] = {}
        self.held: dict[str, int] = {}
        self.warnings = self.modified = ""
        self.changed: list[str] | None = None
        state = self._file.load()
        if state:
            knowing(state.site)
        if state and _intact(self._site, state.site):
            self._before, self._then, self.files, self.held, self.warnings, self.modified = state
            everyone = {**self._then, **self.now}
            self.changed = [p for p in everyone if self._then.get(p) != self.now.get(p)]

    @property
    def same(self) -> bool:
        """Whether nothing changed: neither a record nor the commit."""
        return self.changed == [] and self._before == self._head

    def few(self, before: Batch, now: Batch, directory: Directory) -> Few | None:
        """What changed, where that is nothing but texts of actions and dates; or None.

        ``before`` and ``now`` hold what became of the files that were read again. A text stands on
        the page of its action alone, a date where a page says so: ``tests/site/test_shown.py``.
        """
        if self.changed is None:
            return None
        if any(p not in before or before[p].stamp != self._then[p] for p in self.changed):
            return None
        if not texts_alone(self.changed, before, now):
            return None
        texts = frozenset(self.changed)
        if self._before == self._head:
            return Few(texts, None)
        history, commits = History(self._project, self._before), directory.commits
        year = _year(history.dates)
        if not history.known or year != _year(directory.changed):
            return None  # every page may say how old a figure is, from the newest year
        then = history.commits
        dated = frozenset(p for p in {**then, **commits} if then.get(p) != commits.get(p))
        return Few(texts, dated)

    def save(
        self,
        files: Iterable[str],
        written: Collection[str],
        held: Mapping[str, int],
        warnings: str,
        modified: str,
        untouched: bool = False,
    ) -> None:
        """Keep what this build leaves: call it when the site is visible.

        ``untouched`` says that it wrote and removed nothing: a site that was intact still is.
        ``written`` holds those of its files that have other bytes than before.
        """
        if untouched and self.same:
            return
        known = self.files if not times_count() else {}  # a new link to a file changes its times
        for path in written:
            known.pop(path, None)
        look = _times if times_count() else _stamp
        site = {path: known.get(path) or look(f"{self._site}/{path}") for path in files}
        state = _State(self._head, self.now, site, dict(held), warnings, modified)
        self._file.save(state)


def texts_alone(paths: Iterable[str], before: Batch, now: Batch) -> bool:
    """Whether of all these files nothing but the texts of actions changed."""
    for path in paths:
        if path not in before or path not in now:
            return False
        old, new = before[path], now[path]
        if new.kind != "action" or new.record is None or new.record != old.record:
            return False
        if old.commented or new.commented:  # forms show the comments of a département's files
            return False
    return True


def stamps(folder: str, relative: str) -> Iterable[tuple[str, Stamp]]:
    """Every file below a folder, by path relative to the project."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{relative}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from stamps(entry.path, path)
            else:
                info = entry.stat(follow_symlinks=False)
                yield path, stamp(info)


def _times(path: str) -> Stamp:
    return stamp(os.lstat(path))


def _stamp(path: str) -> Stamp:
    return known_by(path, os.lstat(path))


def _year(dates: Mapping[str, str]) -> str:
    return max(dates.values(), default="")[:4]


def _known(seen: Sequence[Seen]) -> dict[str, Stamp]:
    """By what each file below data/ is known, by its path."""
    if times_count():
        return {path: stamp(info) for _, path, info in seen}
    found = stamps_of([absolute for absolute, _, _ in seen])
    return {path: known or stamp(info) for (_, path, info), known in zip(seen, found, strict=True)}


def _intact(site: str, files: Mapping[str, Stamp]) -> bool:
    """Whether the site's files are those that the build wrote."""
    if not times_count():
        return stamps_of([f"{site}/{path}" for path in files]) == [*files.values()]
    try:
        return all(stamp(os.lstat(f"{site}/{path}")) == known for path, known in files.items())
    except OSError:
        return False
