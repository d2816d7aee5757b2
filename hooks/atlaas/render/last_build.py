"""What the last build of a site left, so that the next one makes only what changed.

What decides the bytes of a page is either a file below data/, known by its size and its time on
disk, or part of the key: the program, its templates and settings, the state of Git. With another
key, or a site that something else touched, everything is made again. No page depends on the day;
what a check says of dates in the future does, and says so (``directory.outcomes``).
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from atlaas.directory.outcomes import Batch
from atlaas.history.file_dates import head
from atlaas.project import Project
from atlaas.read import Seen
from atlaas.work.cache import CacheFile, Input, Stamp, stamp, stamps_count

_SITES = 4  # of so many folders that were built into, the state is kept


class _State(NamedTuple):
    """What is kept: data/ as it was, the files of the site, what was reported."""

    data: dict[str, Stamp]
    site: dict[str, Stamp]
    held: dict[str, int]
    warnings: str
    modified: str  # the ISO date of the newest record


class LastBuild:
    """The state of data/ and of the site at the last build, next to that of now.

    ``changed`` holds the paths below data/ that were changed, added or removed since; it is None
    where nothing can be said, and all must be made; ``held`` and ``warnings`` are what was
    reported, ``modified`` is the date of the newest record. ``seen`` is what stands below data/
    now.
    """

    def __init__(
        self, project: Project, site: Path, settings: Iterable[str], seen: Iterable[Seen]
    ) -> None:
        self._site, root = os.fspath(site), project.root
        # The pages of content/ are always made. A longer history dates more files.
        files = ("mkdocs.yml", "hooks/mkdocs_hooks.py", ".git/shallow")
        inputs = (project.overrides, root / "releases", *(root / file for file in files))
        key: list[Input] = [self._site, head(project), *settings, *inputs]
        self._file = CacheFile(_State, project.cache, "site", *key, keep=_SITES)
        self._now = {path: stamp(info) for _, path, info in seen}
        self._then: dict[str, Stamp] = {}
        self.files: dict[str, Stamp] = {}
        self.held: dict[str, int] = {}
        self.warnings = self.modified = ""
        self.changed: list[str] | None = None
        state = self._file.load() if stamps_count() else None
        if state and _intact(self._site, state.site):
            self._then, self.files, self.held, self.warnings, self.modified = state
            everyone = {**self._then, **self._now}
            self.changed = [p for p in everyone if self._then.get(p) != self._now.get(p)]

    def texts(self, before: Batch, now: Batch) -> frozenset[str] | None:
        """The files of actions of which the text alone changed, where nothing else did; or None.

        ``before`` and ``now`` hold what became of the files that were read again. A text stands on
        the page of its action alone, which ``tests/site/test_rebuild.py`` makes sure of.
        """
        if self.changed is None:
            return None
        if any(p not in before or before[p].stamp != self._then[p] for p in self.changed):
            return None
        return frozenset(self.changed) if texts_alone(self.changed, before, now) else None

    def save(
        self,
        files: Iterable[str],
        held: Mapping[str, int],
        warnings: str,
        modified: str,
        untouched: bool = False,
    ) -> None:
        """Keep what this build leaves: call it when the site is visible.

        ``untouched`` says that it wrote and removed nothing: a site that was intact still is.
        """
        if untouched and self.changed == []:
            return
        written = {path: _stamp(f"{self._site}/{path}") for path in files}
        self._file.save(_State(self._now, written, dict(held), warnings, modified))


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


def _stamp(path: str) -> Stamp:
    return stamp(os.stat(path))


def _intact(site: str, files: Mapping[str, Stamp]) -> bool:
    """Whether the site's files are those that the build wrote."""
    try:
        return all(_stamp(f"{site}/{path}") == stamp for path, stamp in files.items())
    except OSError:
        return False
