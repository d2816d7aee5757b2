"""What a build keeps in .cache/ for the next one. It spares work, and may be removed at any time.

All of it has one key: the program's bytes, Python and the installed libraries, and the inputs.
Nothing of it is believed: it is JSON, in which nothing can run, read as values of the type that
was asked for, each line under a digest of itself and its key. Where one of them changed, or a file
is damaged, nothing is found and the result is made again; where nothing can be written, nothing is.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from hashlib import blake2b, sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from atlaas.work.processes import Fork, processes_for

T = TypeVar("T")
Input = str | bytes | Path  # of a path the content counts, of a folder that of all its files
Stamp = tuple[int, int]  # when a file last changed on disk, or a digest; and its size in bytes


def stamp(info: os.stat_result) -> Stamp:
    """By what a file is known that was not read again: its two times, in nanoseconds, as one.

    The second one is the system's own: who writes other bytes and sets the first one back is seen.
    """
    return info.st_mtime_ns + info.st_ctime_ns, info.st_size


def times_count() -> bool:
    """Whether a file is known by its times: not where CI says « true ».

    There a checkout has just made every file, and what is kept comes from another machine.
    """
    return os.environ.get("CI") != "true"


def known_by(path: str, info: os.stat_result) -> Stamp:
    """By what a file is known between builds: its times, or a digest of its bytes."""
    if times_count() or not stat.S_ISREG(info.st_mode):
        return stamp(info)
    with open(path, "rb", buffering=0) as file:
        content = file.read()
    return int.from_bytes(blake2b(content, digest_size=16).digest(), "big"), len(content)


def stamps_of(paths: Sequence[str]) -> list[Stamp | None]:
    """By what each of these files is known, as ``known_by``; None where nothing is there.

    Where that is their bytes, all cores read them.
    """
    count = 1 if times_count() else processes_for(len(paths))
    others = [Fork(functools.partial(_as_bytes, paths[part::count])) for part in range(1, count)]
    found: list[Stamp | None] = [None] * len(paths)
    try:
        found[::count] = map(_stamp_of, paths[::count])
        for part, other in enumerate(others, 1):
            found[part::count] = [s and (s[0], s[1]) for s in json.loads(other.answer())]
    finally:
        for other in others:
            other.cancel()
    return found


def _as_bytes(paths: Sequence[str]) -> bytes:
    return json.dumps([_stamp_of(path) for path in paths]).encode()


def _stamp_of(path: str) -> Stamp | None:
    try:
        return known_by(path, os.lstat(path))
    except OSError:
        return None


def cached(kind: type[T], cache: Path, name: str, make: Callable[[], T], *inputs: Input) -> T:
    """``make()``, or what an earlier run kept of it in the folder ``cache``, of the type ``kind``.

    ``kind`` is made of plain types, lists, dicts by text, named tuples and models.
    """
    file = CacheFile(kind, cache, name, *inputs)
    found = file.load()
    if found is None:
        found = make()
        file.save(found)
    return found


class CacheFile(Generic[T]):
    """A result, kept as a file named after its key, of whose name the ``keep`` newest stay."""

    def __init__(
        self, kind: type[T], cache: Path, name: str, *inputs: Input, keep: int = 1
    ) -> None:
        key = key_of(name, *inputs)
        self.path = cache / name / key
        self._lines = _Lines(kind, key)
        self._keep = keep

    def load(self) -> T | None:
        """What was kept, or None."""
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            found = list(self._lines.read(file))
            return found[0] if len(found) == 1 and not file.read(1) else None
        return None

    def save(self, value: T) -> None:
        """Keep a value."""
        self.write([value])

    def write(self, values: Iterable[T], parts: Iterable[Spool[T]] = ()) -> None:
        """Write the values, one after the other, then what the parts hold; all of it or nothing."""
        new = self.path.with_suffix(f".{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                for value in values:
                    file.write(self._lines.line(value))
                for part in parts:
                    part.copy_to(file)
            new.replace(self.path)
        except (OSError, PydanticSerializationError):  # full, read-only: the next build has it not
            with contextlib.suppress(OSError):
                new.unlink()
        _remove_older(self.path, self._keep)


class CacheLog(CacheFile[T]):
    """A large result in batches, to which some are added without writing all of them again."""

    complete = False  # whether all of the file was read: only then can something be added to it

    def batches(self) -> Iterator[T]:
        """Each batch, until the end or what a stopped build left half written."""
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            yield from self._lines.read(file)
            self.complete = file.tell() == os.fstat(file.fileno()).st_size

    def write(self, values: Iterable[T], parts: Iterable[Spool[T]] = ()) -> None:
        """Write all of it again."""
        super().write(values, parts)
        self.complete = True

    def add(self, parts: Iterable[Spool[T]]) -> None:
        """Add what the parts hold at the end of a complete file."""
        with contextlib.suppress(OSError), self.path.open("ab") as file:
            for part in parts:
                part.copy_to(file)

    def part(self) -> Spool[T]:
        """A file for batches that are to be added later."""
        return Spool(self._lines, self.path.parent)


class Spool(Generic[T]):
    """Batches in a temporary file, which one process writes and another one reads meanwhile."""

    def __init__(self, lines: _Lines[T], folder: Path | None) -> None:
        self._lines = lines
        self._file = nameless(folder)
        self._read = 0  # bytes of it that were read, in this process

    @classmethod
    def of(cls, kind: type[T]) -> Spool[T]:
        """One that goes nowhere else."""
        return cls(_Lines(kind, ""), None)

    def add(self, batch: T) -> None:
        """Write a batch at the end, for all to see."""
        self._file.write(self._lines.line(batch))
        self._file.flush()

    def close(self) -> None:
        """Let go of the file; another process that has it sees all that was written."""
        self._file.close()

    def batches(self) -> Iterator[T]:
        """Each batch that was written since this process last asked, from the first."""
        number = self._file.fileno()
        while (size := os.fstat(number).st_size - self._read) > 0:
            # Not by seeking: whoever writes has the same place in the file.
            file = BytesIO(os.pread(number, size, self._read))
            yield from self._lines.read(file)
            if not file.tell():  # what is being written
                return
            self._read += file.tell()

    def copy_to(self, file: IO[bytes]) -> None:
        """Copy all batches to the end of a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)


def nameless(folder: Path | None) -> IO[bytes]:
    """A file that is gone when it is closed, in a folder or, where that is refused, anywhere."""
    if folder:
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=folder)
    return tempfile.TemporaryFile()


class _Lines(Generic[T]):
    """Values as lines: a digest, a space, the value as JSON."""

    def __init__(self, kind: type[T], key: str) -> None:
        self._codec, self._key = _codec(cast(Hashable, kind)), key.encode()

    def line(self, value: T) -> bytes:
        """The line of a value."""
        text = self._codec.dump_json([value], exclude_defaults=True)
        return b"%s %s\n" % (self._digest(text), text)

    def read(self, file: IO[bytes]) -> Iterator[T]:
        """The values of a file up to the first line that is not whole."""
        begun = file.tell()
        for line in iter(file.readline, b""):
            digest, _, text = line.partition(b" ")
            if not text.endswith(b"\n") or digest != self._digest(text[:-1]):
                break
            try:
                [value] = self._codec.validate_json(text)
            except (ValidationError, ValueError):
                break
            begun = file.tell()
            yield value
        file.seek(begun)

    def _digest(self, text: bytes) -> bytes:
        return blake2b(text, digest_size=16, key=self._key).hexdigest().encode()


@functools.cache
def _codec(kind: Any) -> TypeAdapter[list[Any]]:
    config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    return TypeAdapter(list[kind], config=config)


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
