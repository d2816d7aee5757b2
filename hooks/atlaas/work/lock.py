"""A lock that one process of this machine has at a time; the system lets go of it when it ends."""

import os
from collections.abc import Callable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where ``msvcrt`` has the same
    fcntl = None  # type: ignore[assignment]  # a module elsewhere


class Lock:
    """The lock of a file, which stays there: to remove it would let two processes have it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def take(self, waiting: Callable[[], object]) -> None:
        """Take it; where another process has it, call ``waiting`` once and wait for it."""
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(self._file, wait=False)
        except OSError:
            waiting()
            _lock(self._file, wait=True)

    def release(self) -> None:
        """Let go of it."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    __del__ = release


def _lock(file: int, wait: bool) -> None:
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        return
    import msvcrt  # pragma: no cover

    how = "LK_LOCK" if wait else "LK_NBLCK"
    while True:  # it waits for ten seconds at most
        try:
            # Named by text: on other systems the module is there for types without what it has.
            getattr(msvcrt, "locking")(file, getattr(msvcrt, how), 1)  # noqa: B009 (as above)
            return
        except OSError:
            if not wait:
                raise
