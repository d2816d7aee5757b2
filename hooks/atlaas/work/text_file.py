"""Texts that wait on disk: what the stories of a million actions would take of memory, twice.

Twice, since two processes that share memory copy whatever one of them looks at.
"""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from atlaas.work.cache import nameless


class Text(Protocol):
    """A text in UTF-8, in memory as ``bytes`` are or on disk."""

    def decode(self) -> str:
        """The text."""


class StoredText:
    """A text in a file, which is read each time that it is asked for."""

    __slots__ = ("_file", "_size", "_start")

    def __init__(self, file: "TextFile", start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def decode(self) -> str:
        """The text."""
        return self._file.read(self._start, self._size).decode()


class TextFile:
    """A file without a name: no other program sees it, and it is gone with its last text.

    Raises OSError where the disk is full. One process writes; those that it starts read too.
    """

    def __init__(self, folder: Path) -> None:
        self._file = nameless(folder)
        self._end = 0

    def put(self, texts: Sequence[bytes]) -> list[StoredText]:
        """Write texts at the end."""
        stored = []
        self._file.seek(self._end)
        self._file.write(b"".join(texts))
        self._file.flush()
        for text in texts:
            stored.append(StoredText(self, self._end, len(text)))
            self._end += len(text)
        return stored

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from a place on."""
        if hasattr(os, "pread"):  # which moves no place that processes share
            return os.pread(self._file.fileno(), size, start)
        self._file.seek(start)  # Windows, where no other process reads
        return self._file.read(size)

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):  # where there was no room to make one
            self._file.close()
