"""Bytes -> disk. A build writes what changed, removes what is gone, and is seen as a whole or not.

Next to a site ``public`` stands the folder ``.public.atlaas``, whose ``next`` is the site as it was
before the last change: unchanged files are one and the same on disk (hard links), so that it takes
little room. A build brings it up to date while the site stays as it is, then both change places.
Where a file ``unseen`` stands there, nobody sees the site yet: ``scripts/kept.sh`` unpacked it.
What changed is then moved into it, as to link all other files takes a quarter of such a build.
"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from atlaas.render.exchange import exchange, restore
from atlaas.work.lock import Lock
from atlaas.work.processes import Fork, processes_for

_OURS = frozenset(("lock", "next", "content", "aside", "unseen"))


class Written(NamedTuple):
    """How many files a build wrote, left as they were, and removed; and the bytes of all.

    Of those left as they were, ``kept`` were not even made again.
    """

    written: int
    unchanged: int
    kept: int
    removed: int
    total_bytes: int


class NotOurs(Exception):
    """A folder that a build would empty is none that a build has made; says which, and the mend."""


class Writer:
    """Collects the files of one build of the site, which no other process builds meanwhile.

    Raises NotOurs for a folder of other things, OSError where the system refuses to write.
    ``waiting`` is called where another build has to end first.
    """

    def __init__(self, site: Path, waiting: Callable[[], object] = lambda: None) -> None:
        self.site = os.path.realpath(site)  # where the site is a link, what it leads to is changed
        parent, name = os.path.split(self.site)
        self._beside = f"{parent}/.{name}.atlaas"
        _refuse_others(self.site, self._beside)
        os.makedirs(self._beside, exist_ok=True)
        self._lock = Lock(Path(self._beside, "lock"))
        self._lock.take(waiting)
        self._next, self._unseen = f"{self._beside}/next", f"{self._beside}/unseen"
        restore(self._next, self.site, f"{self._beside}/aside")
        self.staging = Path(self._beside, "content")
        """An empty folder for what others make: see ``join``."""
        _remove(self.staging)
        self.staging.mkdir()
        self._standing: list[str] | None = None  # the files below ``next`` before this build
        self._first = not os.path.isdir(self.site)
        self._kept: set[str] = set()
        self._changed: list[str] = []
        self._spared = self._bytes = 0
        self._looking: Fork | None = None

    def prepare(self) -> None:
        """Have the folder in which files wait ready: before other processes write there too."""
        if self._standing is not None:
            return
        self._standing, strange = _files(self._next)
        if self._first or strange:  # left by a first build that was stopped; or not made here
            _remove(self._next)
            self._standing = []
        os.makedirs(self._next, exist_ok=True)

    def put(self, path: str, content: bytes) -> None:
        """Add a file of the site, ``path`` relative to its root. Raises ValueError outside it."""
        self.register(path)
        if self.write(path, content):
            self._changed.append(path)
        self._bytes += len(content)

    def register(self, path: str) -> None:
        """Say that the site has this file; raises ValueError outside it or if it has two."""
        if _leads_out(path):
            raise ValueError(f"adresse hors du site : {path}")
        if path in self._kept:
            raise ValueError(f"deux pages à la même adresse : {path}")
        self._kept.add(path)

    def keep(self, files: Mapping[str, int]) -> None:
        """Say that these files of the site, of so many bytes, stay as they are."""
        for path in files:
            self.register(path)
        self._spared += len(files)
        self._bytes += sum(files.values())

    def look(self, known: Collection[str]) -> None:
        """Begin to look for other files than these, where another process can.

        They must all be kept then; else ``look_away``.
        """
        if processes_for(len(known)) > 1:
            self._looking = Fork(lambda: json.dumps(self._others(known)).encode())

    def look_away(self) -> None:
        """What the site holds is to change: what it held does not tell what is to go."""
        if self._looking:
            self._looking.cancel()
            self._looking = None

    def _others(self, known: Collection[str]) -> tuple[list[str], list[str]]:
        """What stands below the site besides these files: files, and what is none."""
        files, strange = _files(self.site)
        return [path for path in files if path not in known], strange

    def paths(self) -> list[str]:
        """The files that the site has so far."""
        return list(self._kept)

    def has(self, path: str) -> bool:
        """Whether the site already has this file."""
        return path in self._kept

    def changed(self) -> list[str]:
        """Those of them that have other bytes than before."""
        return list(self._changed)

    def add(self, changed: Iterable[str], total_bytes: int) -> None:
        """Take over what another process wrote of the registered files."""
        self._changed.extend(changed)
        self._bytes += total_bytes

    def write(self, path: str, content: bytes) -> bool:
        """Put the bytes where they wait, unless the site already has them; whether it did."""
        if not self._first and self._same(path, content):
            return False
        self.prepare()
        file = _open_new(self._next, path)
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

    def join(self) -> None:
        """Add the files below ``staging``; one that the site has already by its name prevails."""
        for file in sorted(self.staging.rglob("*")):
            path = file.relative_to(self.staging).as_posix()
            if file.is_file() and not self.has(path):
                self.put(path, file.read_bytes())

    def finish(self) -> Written:
        """Make the build visible."""
        gone: list[str] = []
        if self._first:
            self.prepare()
            os.rename(self._next, self.site)
        else:
            looking, self._looking = self._looking, None
            files, strange = json.loads(looking.answer()) if looking else self._others(self._kept)
            gone = [*(path for path in files if path not in self._kept), *strange]
            if os.path.isfile(self._unseen):
                self._move_in(gone)
            elif self._changed or gone:
                self._bring_up_to_date()
                exchange(self._next, self.site, f"{self._beside}/aside")
        with suppress(FileNotFoundError):
            os.unlink(self._unseen)
        unchanged = len(self._kept) - len(self._changed)
        self.close()
        return Written(len(self._changed), unchanged, self._spared, len(gone), self._bytes)

    def _move_in(self, gone: Iterable[str]) -> None:
        """Have the site itself hold what changed, and no longer what is gone."""
        for path in gone:
            _remove_file(self.site, path)
            _remove(f"{self.site}/{path}")
        for path in self._changed:
            _make_room(self.site, path)
            os.rename(f"{self._next}/{path}", f"{self.site}/{path}")

    def _bring_up_to_date(self) -> None:
        """Have ``next`` hold all files of the site: those that did not change by a hard link."""
        self.prepare()
        for path in self._kept.difference(self._changed):
            if self._standing or not _linked(self.site, self._next, path):
                _link(self.site, self._next, path)
        for path in self._standing or ():
            if path not in self._kept:
                _remove_file(self._next, path)

    def close(self) -> None:
        """Leave nothing that only this build needs; the site stays as it is."""
        self.look_away()
        _remove(self.staging)
        self._lock.release()


def _refuse_others(site: str, beside: str) -> None:
    """Refuse to empty a folder that holds something, but no site."""
    if os.path.lexists(site) and not os.path.isdir(site):
        raise NotOurs(f"{site} n'est pas un dossier : construisez ailleurs, ou supprimez-le.")
    ours = os.path.isfile(f"{beside}/lock") or os.path.isfile(f"{site}/index.html")
    if os.path.isdir(site) and os.listdir(site) and not ours:
        raise NotOurs(
            f"{site} contient autre chose qu'un site (pas d'index.html), et la construction "
            "l'effacerait : videz-le, ou choisissez un autre dossier."
        )
    if os.path.islink(beside) or (os.path.isdir(beside) and {*os.listdir(beside)} - _OURS):
        raise NotOurs(f"{beside} n'a pas été fait par une construction : supprimez-le.")


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/")


def _open_new(root: str, path: str) -> int:
    """A new file below ``root``, with its folder: most pages have one of their own.

    What is there is not written over: the site may have the same file. The plain calls of the
    system, as Python's own cost as much again for so small files.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    target = f"{root}/{path}"
    try:
        if path.endswith("/index.html"):  # asked for first, it is seldom there
            with suppress(FileExistsError):  # or another process was quicker
                os.mkdir(target[:-11])
        return os.open(target, flags, 0o666)
    except (FileNotFoundError, FileExistsError, NotADirectoryError):
        _make_room(root, path)
        return os.open(target, flags, 0o666)


def _make_room(root: str, path: str) -> None:
    """Have the folder of a file, and nothing where the file is to be."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        folder = f"{root}/{'/'.join(parts[:count])}"
        if os.path.lexists(folder) and not os.path.isdir(folder):
            os.unlink(folder)
    target = f"{root}/{path}"
    os.makedirs(target.rpartition("/")[0], exist_ok=True)
    _remove(target)


def _linked(site: str, root: str, path: str) -> bool:
    """Whether that link can be made at once, as below a ``root`` that was empty it mostly can."""
    target = f"{root}/{path}"
    try:
        if path.endswith("/index.html"):
            with suppress(FileExistsError):
                os.mkdir(target[:-11])
        os.link(f"{site}/{path}", target)
    except (OSError, NotImplementedError):
        return False
    return True


def _link(site: str, root: str, path: str) -> None:
    """Have below ``root`` the file that the site has, by a link; by a copy where there are none."""
    own, target = f"{site}/{path}", f"{root}/{path}"
    try:
        if os.path.samestat(os.lstat(own), os.lstat(target)):
            return
    except (FileNotFoundError, NotADirectoryError):
        pass
    _make_room(root, path)
    try:
        os.link(own, target)
    except (OSError, NotImplementedError):
        shutil.copyfile(own, target)


def _files(folder: str) -> tuple[list[str], list[str]]:
    """Every file below a folder, relative to it; and what is no file: a link, a pipe."""
    found: list[str] = []
    strange: list[str] = []
    if not os.path.lexists(folder):
        return found, strange
    if os.path.islink(folder) or not os.path.isdir(folder):
        return found, [""]
    stack = [""]
    while stack:
        relative = stack.pop()
        with os.scandir(f"{folder}/{relative}") as entries:
            for entry in entries:
                path = f"{relative}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    stack.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    found.append(path)
                else:
                    strange.append(path)
    return found, strange


def _remove(path: str | Path) -> None:
    """Remove whatever is at a path, never what a link leads to."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISDIR(mode):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def _remove_file(root: str, path: str) -> None:
    """Remove a file and the folders that it leaves empty; not what took its place since."""
    if not os.path.isfile(f"{root}/{path}"):
        return
    os.unlink(f"{root}/{path}")
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]
