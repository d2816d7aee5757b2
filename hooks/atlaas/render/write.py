"""Bytes -> disk. A build writes what changed, removes what is gone, and is never half visible.

The first build fills a folder next to the site and renames it. Later ones compare: changed files
wait in that folder, and when all are ready they are moved in, file by file, under a journal that
lets the next build finish what a stopped one began.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_JOURNAL = ".journal"


class Written(NamedTuple):
    """How many files a build wrote, left as they were, and removed; and the bytes of all."""

    written: int
    unchanged: int
    removed: int
    total_bytes: int


class Writer:
    """Collects the files of one build of the site."""

    def __init__(self, site: Path) -> None:
        self.site = os.fspath(site)
        self.waiting = f"{self.site}.next"
        self._recover()
        self._first = not os.path.isdir(self.site)
        self._kept: set[str] = set()
        self._changed: list[str] = []
        self._bytes = 0

    def put(self, path: str, content: bytes) -> None:
        """Add a file of the site, ``path`` relative to its root. Raises ValueError outside it."""
        self.register(path)
        if self.write(path, content):
            self._changed.append(path)
        self._bytes += len(content)

    def register(self, path: str) -> None:
        """Say that the site has this file; raises ValueError outside it or if it has two."""
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"adresse hors du site : {path}")
        if path in self._kept:
            raise ValueError(f"deux pages à la même adresse : {path}")
        self._kept.add(path)

    def keep(self, files: Mapping[str, int]) -> None:
        """Say that these files of the site, of so many bytes, stay as they are."""
        self._kept.update(files)
        self._bytes += sum(files.values())

    def paths(self) -> list[str]:
        """The files that the site has so far."""
        return list(self._kept)

    def has(self, path: str) -> bool:
        """Whether the site already has this file."""
        return path in self._kept

    def add(self, changed: Iterable[str], total_bytes: int) -> None:
        """Take over what another process wrote of the registered files."""
        self._changed.extend(changed)
        self._bytes += total_bytes

    def write(self, path: str, content: bytes) -> bool:
        """Put the bytes where they wait, unless the site already has them; whether it did."""
        if not self._first and self._same(path, content):
            return False
        file = _open_new(f"{self.waiting}/{path}")
        try:
            remaining = memoryview(content)
            while remaining:
                remaining = remaining[os.write(file, remaining) :]
        finally:
            os.close(file)
        return True

    def _same(self, path: str, content: bytes) -> bool:
        try:
            with open(f"{self.site}/{path}", "rb", buffering=0) as file:
                if os.fstat(file.fileno()).st_size != len(content):
                    return False
                return file.read() == content
        except OSError:
            return False

    def finish(self) -> Written:
        """Make the build visible."""
        if self._first:
            os.makedirs(self.waiting, exist_ok=True)
            os.rename(self.waiting, self.site)
            return Written(len(self._changed), 0, 0, self._bytes)
        gone = [path for path in _files(self.site) if path not in self._kept]
        if self._changed or gone:
            os.makedirs(self.waiting, exist_ok=True)
            journal = json.dumps({"move": self._changed, "remove": gone})
            temporary = f"{self.waiting}/{_JOURNAL}.part"
            Path(temporary).write_text(journal, encoding="utf-8")
            os.rename(temporary, f"{self.waiting}/{_JOURNAL}")
            self._apply(self._changed, gone)
        unchanged = len(self._kept) - len(self._changed)
        return Written(len(self._changed), unchanged, len(gone), self._bytes)

    def _apply(self, move: list[str], remove: list[str]) -> None:
        for path in remove:
            _remove(self.site, path)
        for path in move:
            if os.path.exists(f"{self.waiting}/{path}"):
                target = f"{self.site}/{path}"
                try:
                    os.replace(f"{self.waiting}/{path}", target)
                except OSError:  # a new folder, or a file where there was a folder and vice versa
                    _make_room(self.site, path)
                    os.replace(f"{self.waiting}/{path}", target)
        shutil.rmtree(self.waiting)

    def _recover(self) -> None:
        """Finish what a stopped build had begun to make visible; drop what it had not."""
        journal = Path(self.waiting, _JOURNAL)
        if journal.is_file():
            work = json.loads(journal.read_text(encoding="utf-8"))
            self._apply(work["move"], work["remove"])
        elif os.path.isdir(self.waiting):
            shutil.rmtree(self.waiting)


def _open_new(path: str) -> int:
    """A new file, with its folder where that is not there: most pages have one of their own.

    The plain calls of the system: Python's own cost as much again for so small files.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        folder = path.rpartition("/")[0]
        try:
            os.mkdir(folder)
        except FileExistsError:  # another process was quicker
            pass
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
        return os.open(path, flags, 0o666)


def _files(folder: str) -> list[str]:
    """Every file below a folder, relative to it, with forward slashes."""
    found = []
    stack = [""]
    while stack:
        relative = stack.pop()
        with os.scandir(f"{folder}/{relative}") as entries:
            for entry in entries:
                path = f"{relative}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    stack.append(f"{path}/")
                else:
                    found.append(path)
    return found


def _remove(site: str, path: str) -> None:
    """Remove a file and the folders that it leaves empty."""
    try:
        os.unlink(f"{site}/{path}")
    except FileNotFoundError:
        return
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{site}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _make_room(site: str, path: str) -> None:
    target = f"{site}/{path}"
    if os.path.isdir(target):
        shutil.rmtree(target)
    parts = path.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        folder = f"{site}/{'/'.join(parts[:count])}"
        if os.path.isfile(folder):
            os.unlink(folder)
    os.makedirs(target.rpartition("/")[0], exist_ok=True)
