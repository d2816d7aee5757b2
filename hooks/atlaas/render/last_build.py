"""What the last build of a site left, so that the next one makes only what changed.

What decides the bytes of a page is either a file below data/, told by its size and its time on
disk, or part of one key: the program, its templates and settings, the state of Git. With another
key, or a site that something else touched, everything is made again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from atlaas.directory.outcomes import Outcome, Stamp
from atlaas.history.file_dates import head
from atlaas.project import Project
from atlaas.read import Seen

_SITES = 4  # of so many folders that were built into, the state is kept
_PROGRAM = ("hooks", "overrides", "requirements")


class LastBuild:
    """The state of data/ and of the site at the last build, beside that of now.

    ``changed`` holds the paths below data/ that were changed, added or removed since; it is None
    where nothing can be said, and all must be made. ``held`` and ``warnings`` are what was told.
    ``seen`` is what stands below data/ now.
    """

    def __init__(
        self, project: Project, site: Path, settings: Iterable[str], seen: Iterable[Seen]
    ) -> None:
        self._site = os.fspath(site)
        name = sha256(self._site.encode()).hexdigest()[:20]
        self._file = project.cache / f"site-{name}"
        self._key = _key(project, settings)
        self._now = {path: (info.st_mtime_ns, info.st_size) for _, path, info in seen}
        self._then: dict[str, Stamp] = {}
        self.files: dict[str, Stamp] = {}
        self.held: dict[str, int] = {}
        self.warnings = ""
        self.changed: list[str] | None = None
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            self._take(marshal.loads(self._file.read_bytes()))

    def _take(self, state: dict[str, Any]) -> None:
        if state["key"] != self._key or not _intact(self._site, state["files"]):
            return
        self._then, self.files = state["stamps"], state["files"]
        self.held, self.warnings = state["held"], state["warnings"]
        everyone = {**self._then, **self._now}
        self.changed = [p for p in everyone if self._then.get(p) != self._now.get(p)]

    def texts(
        self, before: Mapping[str, tuple[Stamp, Outcome]], now: Mapping[str, Outcome]
    ) -> frozenset[str] | None:
        """The files of actions of which the text alone changed, where nothing else did; or None.

        ``before`` and ``now`` hold what became of the files that were read again. A text stands on
        the page of its action alone, which ``tests/site/test_rebuild.py`` makes sure of.
        """
        if self.changed is None:
            return None
        if any(path not in before or before[path][0] != self._then[path] for path in self.changed):
            return None
        return frozenset(self.changed) if texts_alone(self.changed, before, now) else None

    def save(self, files: Iterable[str], held: Mapping[str, int], warnings: str) -> None:
        """Keep what this build leaves: call it when the site is visible."""
        state = {
            "key": self._key,
            "stamps": self._now,
            "files": {path: _stamp(f"{self._site}/{path}") for path in files},
            "held": dict(held),
            "warnings": warnings,
        }
        self._file.parent.mkdir(exist_ok=True)
        part = self._file.with_suffix(f".{os.getpid()}")
        part.write_bytes(marshal.dumps(state))
        part.replace(self._file)
        states = self._file.parent.glob("site-*")
        for older in sorted(states, key=lambda path: path.stat().st_mtime)[:-_SITES]:
            older.unlink(missing_ok=True)


def texts_alone(
    paths: Iterable[str], before: Mapping[str, tuple[Stamp, Outcome]], now: Mapping[str, Outcome]
) -> bool:
    """Whether of all these files nothing but the texts of actions changed."""
    for path in paths:
        if path not in before or path not in now:
            return False
        old, new = before[path][1], now[path]
        if new.kind != "action" or new.record is None or new.record != old.record:
            return False
        if old.commented or new.commented:  # forms show the comments of a département's files
            return False
    return True


def _key(project: Project, settings: Iterable[str]) -> str:
    """All that decides pages beside data/; the pages of content/ are always made."""
    root = project.root
    parts = [sys.version, head(project), *settings]
    for name in ("mkdocs.yml", ".git/shallow"):  # a longer history dates more files
        if (root / name).is_file():
            parts.append(f"{name} {_stamp(f'{root}/{name}')}")
    for folder in _PROGRAM:
        found = stamps(f"{root}/{folder}", folder) if (root / folder).is_dir() else ()
        parts += sorted(f"{path} {stamp}" for path, stamp in found if "__pycache__" not in path)
    return sha256("\0".join(parts).encode()).hexdigest()


def stamps(folder: str, relative: str) -> Iterable[tuple[str, Stamp]]:
    """Every file below a folder, by path relative to the project."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{relative}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from stamps(entry.path, path)
            else:
                info = entry.stat(follow_symlinks=False)
                yield path, (info.st_mtime_ns, info.st_size)


def _stamp(path: str) -> Stamp:
    info = os.stat(path)
    return info.st_mtime_ns, info.st_size


def _intact(site: str, files: Mapping[str, Stamp]) -> bool:
    """Whether the site's files are those that the build wrote."""
    try:
        return all(_stamp(f"{site}/{path}") == stamp for path, stamp in files.items())
    except OSError:
        return False
