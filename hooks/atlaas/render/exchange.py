"""Two folders change places at once: who opens a file below one of them never finds neither.

Linux and macOS have a call for it, which Python does not offer. Elsewhere, and on file systems
that refuse it, three renames do nearly the same: for a moment there is nothing at ``shown``, and
``restore`` puts back what a process that was stopped in that moment had set aside.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable

_AT_FDCWD = -100  # relative to the current folder (Linux)
_SWAP = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_REFUSED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)


def exchange(made: str, shown: str, aside: str) -> None:
    """Put the folder ``made`` where ``shown`` is, and the latter in its place.

    ``aside`` names nothing yet: it is used where the system cannot exchange.
    """
    swap = _system_call()
    if swap is not None:
        if swap(os.fsencode(made), os.fsencode(shown)) == 0:
            return
        error = ctypes.get_errno()
        if error not in _REFUSED:
            raise OSError(error, os.strerror(error), shown)
    os.rename(shown, aside)
    os.rename(made, shown)
    os.rename(aside, made)


def restore(made: str, shown: str, aside: str) -> None:
    """End what ``exchange`` had begun when its process was stopped: undo it, or do the rest."""
    if os.path.isdir(aside):
        os.rename(aside, made if os.path.lexists(shown) else shown)


def _system_call() -> Callable[[bytes, bytes], int] | None:
    """The call of the system, where it has one; it answers 0, or sets errno."""
    name = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform)
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if call is None:
        return None
    if sys.platform == "darwin":
        return lambda made, shown: int(call(made, shown, _SWAP))
    return lambda made, shown: int(call(_AT_FDCWD, made, _AT_FDCWD, shown, _SWAP))
