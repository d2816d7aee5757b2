"""What a build keeps in .cache/ for the next one. It spares work, and may be removed at any time.

All of it has one key: the program's bytes, Python and the installed libraries, and the inputs.
Where one of them changed, or a file is damaged, nothing is found and the result is made again.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, TypeVar

T = TypeVar("T")
Input = str | bytes | Path  # of a path the content counts, of a folder that of all its files


def cached(cache: Path, name: str, make: Callable[[], T], *inputs: Input) -> T:
    """``make()``, or what an earlier run kept of it in the folder ``cache``."""
    file = CacheFile(cache, name, *inputs)
    found: T | None = file.load()
    if found is None:
        found = make()
        file.save(found)
    return found


def cache_folder(cache: Path, name: str) -> Path:
    """A folder for a library that keeps files of its own; it is empty after any change of key."""
    folder = CacheFile(cache, name).path
    folder.mkdir(parents=True, exist_ok=True)
    _remove_older(folder, 1)
    return folder


class CacheFile:
    """A result, kept as a file named after its key, of whose name the ``keep`` newest stay."""

    def __init__(self, cache: Path, name: str, *inputs: Input, keep: int = 1) -> None:
        self.path = cache / name / key_of(*inputs)
        self._keep = keep

    def load(self) -> Any | None:
        """What was kept, or None."""
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            return next(_unpickled(file), None)
        return None

    def save(self, value: object) -> None:
        """Keep a value."""
        self.write([value])

    def write(self, values: Iterable[object], parts: Iterable[Spool] = ()) -> None:
        """Write the values, one after the other, then what the parts hold; all of it or nothing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(f".{os.getpid()}")
        with new.open("wb") as file:
            for value in values:
                pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
            for part in parts:
                part.copy_to(file)
        new.replace(self.path)
        _remove_older(self.path, self._keep)


class CacheLog(CacheFile):
    """A large result in batches, to which some are added without writing all of them again."""

    complete = False  # whether all of the file was read: only then can something be added to it

    def batches(self) -> Iterator[Any]:
        """Each batch, until the end or what a stopped build left half written."""
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            end = 0
            for batch in _unpickled(file):
                yield batch
                end = file.tell()
            self.complete = end == os.fstat(file.fileno()).st_size

    def write(self, values: Iterable[object], parts: Iterable[Spool] = ()) -> None:
        """Write all of it again."""
        super().write(values, parts)
        self.complete = True

    def add(self, parts: Iterable[Spool]) -> None:
        """Add what the parts hold at the end of a complete file."""
        with self.path.open("ab") as file:
            for part in parts:
                part.copy_to(file)


class Spool:
    """Batches in a temporary file, which one process writes and another one reads."""

    def __init__(self, folder: Path | None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by ``close``

    def add(self, batch: object) -> None:
        """Write a batch at the end."""
        pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)

    def close(self) -> None:
        """Let go of the file; another process that has it sees all that was written."""
        self._file.close()

    def batches(self) -> Iterator[Any]:
        """Each batch, from the first."""
        self._file.seek(0)
        return _unpickled(self._file)

    def copy_to(self, file: IO[bytes]) -> None:
        """Copy all batches to the end of a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)


def _unpickled(file: IO[bytes]) -> Iterator[Any]:
    with contextlib.suppress(Exception):  # a damaged pickle raises whatever it leads to
        while True:
            yield pickle.load(file)


def _remove_older(path: Path, keep: int) -> None:
    """Remove all but the newest next to a file; what has a suffix is still being written."""
    with contextlib.suppress(OSError):  # another process may be removing them too
        others = [other for other in path.parent.iterdir() if other != path and not other.suffix]
        others.sort(key=lambda other: other.stat().st_mtime)
        for other in others[: len(others) - keep + 1]:
            if other.is_dir():
                shutil.rmtree(other)
            else:
                other.unlink()


def key_of(*inputs: Input) -> str:
    """The name of what is made of these inputs by this program."""
    digest = sha256(_program())
    for given in inputs:
        digest.update(_digest(given))
    return digest.hexdigest()[:20]


@functools.cache
def _program() -> bytes:
    """A digest of all that makes results of inputs; it stays the same while the program runs."""
    return sha256("\n".join((sys.version, *libraries())).encode() + _digest(PACKAGE)).digest()


PACKAGE = Path(str(files("atlaas")))


def libraries() -> list[str]:
    """Every installed library with its version, as in the names of the folders that record it.

    These names follow the specification « Recording installed projects » of Python packages;
    ``importlib.metadata`` would open a file per library.
    """
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    return sorted({n for f in folders for n in os.listdir(f) if n.endswith(".dist-info")})


def _digest(given: Input) -> bytes:
    """A digest of a value, or of the content of a file or a folder, zeros where there is none."""
    if isinstance(given, str):
        given = given.encode()
    if isinstance(given, bytes):
        return sha256(given).digest()
    if not given.is_dir():
        return sha256(given.read_bytes()).digest() if given.is_file() else bytes(32)
    whole = sha256()
    for folder, folders, names in os.walk(given):
        folders[:] = sorted({*folders} - {"__pycache__"})
        for name in sorted(names):
            path = f"{folder}/{name}"
            whole.update(path.removeprefix(str(given)).encode() + _digest(Path(path)))
    return whole.digest()
