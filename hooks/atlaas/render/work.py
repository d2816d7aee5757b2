"""Making and writing many files with all cores: the work is shared out, nothing is copied."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from atlaas.forks import Fork
from atlaas.render.write import Writer

T = TypeVar("T")
BLOCK = 8  # neighbours share caches; small enough to keep all processes busy to the end


def make_all(
    things: Sequence[T],
    path_of: Callable[[T], str],
    make: Callable[[T], bytes],
    writer: Writer,
    processes: int,
) -> None:
    """Make each thing's bytes and write them; each process takes every n-th block."""
    for thing in things:
        writer.register(path_of(thing))
    # What is shared stays out of the collector's way; what a page leaves is collected seldom.
    threshold = gc.get_threshold()
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 20, 100)
    share = partial(_share, things, path_of, make, writer, processes)
    others = [Fork(partial(_answer, share, number)) for number in range(1, processes)]
    try:
        writer.add(*share(0))
    finally:
        answers = [fork.answer() for fork in others]
        gc.set_threshold(*threshold)
        gc.unfreeze()
    for answer in answers:
        writer.add(*json.loads(answer))


def _answer(share: Callable[[int], tuple[list[str], int]], number: int) -> bytes:
    return json.dumps(share(number)).encode()


def _share(
    things: Sequence[T], path_of: Callable[[T], str], make: Callable[[T], bytes], writer: Writer,
    processes: int, number: int,
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
