"""A folder for what one command needs while it runs.

It stands in the project's cache rather than in the system's temporary folder, where a killed
command would leave it for ever: here the next run of the command empties it.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from atlaas.work.lock import Lock


@contextlib.contextmanager
def scratch_folder(cache: Path, name: str) -> Iterator[Path]:
    """An empty folder, removed at the end; who asks for the same name waits until it is free."""
    top = cache / "scratch"
    top.mkdir(parents=True, exist_ok=True)
    lock = Lock(top / f"{name}.lock")
    lock.take(lambda: None)
    folder = top / name
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
