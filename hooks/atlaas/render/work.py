"""Making and writing many files with all cores: the work is shared out, nothing is copied.

Each process inherits the whole directory by fork, makes every n-th block of files, writes them
and sends back which ones changed. Where there is no fork, or one core, one process does it all.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from atlaas.render.write import Writer

T = TypeVar("T")
BLOCK = 32  # neighbours share templates and caches; small enough to keep both ends busy
FEWEST = 200  # files for which a second process is worth its start


def processes_for(count: int) -> int:
    """How many processes to use for ``count`` files; ATLAAS_PROCESSES overrides."""
    given = os.environ.get("ATLAAS_PROCESSES", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if not sys.platform.startswith("linux") or count < FEWEST:
        return 1
    return len(os.sched_getaffinity(0))


def make_all(
    things: Sequence[T],
    path_of: Callable[[T], str],
    make: Callable[[T], bytes],
    writer: Writer,
    processes: int,
) -> None:
    """Make each thing's bytes and write them. Raises RuntimeError where a process failed."""
    for thing in things:
        writer.register(path_of(thing))
    gc.freeze()  # what is shared stays out of the collector's way, and its pages unshared as little
    children = []
    for number in range(1, processes):
        reader, sender = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            _child(sender, partial(_share, things, path_of, make, writer, number, processes))
        os.close(sender)
        children.append((pid, reader))
    try:
        writer.add(*_share(things, path_of, make, writer, 0, processes))
    finally:
        failed = False
        for pid, reader in children:
            with os.fdopen(reader, "rb") as pipe:
                answer = pipe.read()
            failed |= os.waitpid(pid, 0)[1] != 0
            if answer:
                changed, size = json.loads(answer)
                writer.add(changed, size)
        gc.unfreeze()
    if failed:
        raise RuntimeError("une partie des pages n'a pas pu être faite (voir ci-dessus)")


def _share(
    things: Sequence[T], path_of: Callable[[T], str], make: Callable[[T], bytes], writer: Writer,
    number: int, processes: int,
) -> tuple[list[str], int]:  # fmt: skip
    """Every ``processes``-th block: the paths that changed, and the bytes of all."""
    changed, size = [], 0
    for start in range(number * BLOCK, len(things), processes * BLOCK):
        for thing in things[start : start + BLOCK]:
            content = make(thing)
            size += len(content)
            path = path_of(thing)
            if writer.write(path, content):
                changed.append(path)
    return changed, size


def _child(sender: int, work: Callable[[], tuple[list[str], int]]) -> None:
    """Do the work in a forked process and end it without the parent's clean-up."""
    status = 1
    try:
        answer = json.dumps(work()).encode()
        with os.fdopen(sender, "wb") as pipe:
            pipe.write(answer)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
