"""Results that only the reference and the program decide, kept under .cache/ between builds.

What is kept is named after everything that it was made from, the program included, so a change of
any makes it anew; without the folder the result is the same, only slower.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def program() -> bytes:
    """A digest of the whole program: its files, and the Python that runs it."""
    digest = sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def cached(
    folder: Path, name: str, inputs: Iterable[Path], make: Callable[[], T], key: str = ""
) -> T:
    """``make()``, or what an earlier run kept of it for the same ``inputs`` and ``key``.

    The result is made of None, bool, int, float, str, bytes, tuple, list and dict alone.
    """
    digest = sha256(program() + key.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    kept = folder / f"{name}-{digest.hexdigest()[:20]}"
    try:
        result: T = marshal.loads(kept.read_bytes())
        return result
    except (OSError, ValueError, EOFError, TypeError):
        result = make()
    kept_form: Any = result
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    part.write_bytes(marshal.dumps(kept_form))
    part.replace(kept)
    for older in folder.glob(f"{name}-*"):
        if older != kept and older.suffix != ".part":
            older.unlink(missing_ok=True)
    return result
