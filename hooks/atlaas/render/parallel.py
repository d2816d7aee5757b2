"""Making and writing many files with all cores: the work is shared out, nothing is copied.

The other processes start at once; a process that is done takes the next block of files.
"""

import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar

from atlaas.render.write import Writer
from atlaas.work.processes import Fork, Shares
from atlaas.work.progress import SILENT, Progress

T = TypeVar("T")
BLOCK = 4  # things that a process takes at a time in the end: neighbours share caches
_ROUNDS = 8  # a process takes so much less than its share of what is left


class Work(Generic[T]):
    """Files being made by other processes; ``finish`` takes a share too, then collects."""

    def __init__(
        self,
        things: Sequence[T],
        path_of: Callable[[T], str],
        make: Callable[[T], bytes],
        writer: Writer,
        processes: int,
        progress: Progress = SILENT,
        what: str = "Pages et fichiers",
    ) -> None:
        for thing in things:
            writer.register(path_of(thing))
        writer.prepare()
        blocks = list(_blocks(len(things), processes))
        self._progress, self._what, self._count = progress, what, len(things)
        self._writer = writer
        self._shares = Shares(len(blocks))
        self._share = partial(_share, things, blocks, self._shares, path_of, make, writer)
        # What is shared stays out of the collector's way; what a page leaves is collected seldom.
        self._threshold = gc.get_threshold()
        self._alone = not gc.get_freeze_count()  # whether no other work is under way
        gc.freeze()
        gc.enable()
        gc.set_threshold(500_000, 20, 100)
        self._others = [
            Fork(partial(_answer, self._share, os.getpid())) for _ in range(1, processes)
        ]

    def finish(self) -> None:
        """Make what nobody has taken yet; raises RuntimeError where another process failed."""
        self._progress.step(self._what, self._count)
        try:
            self._writer.add(*self._share(progress=self._progress))
        finally:
            answers = [fork.answer() for fork in self._others]
            self._shares.close()
            gc.set_threshold(*self._threshold)
            if self._alone:
                gc.unfreeze()
        for answer in answers:
            self._writer.add(*json.loads(answer))

    def cancel(self) -> None:
        """Stop the other processes: what they made is not wanted."""
        for fork in self._others:
            fork.cancel()
        self._shares.close()


class Apart(Generic[T]):
    """Files that one process makes, whose addresses are known only once they are made.

    ``forked``, another process starts on them at once; else ``finish`` makes them.
    """

    def __init__(
        self,
        things: Callable[[], Iterable[T]],
        path_of: Callable[[T], str],
        make: Callable[[T], bytes],
        writer: Writer,
        forked: bool,
    ) -> None:
        self._things, self._path_of, self._make, self._writer = things, path_of, make, writer
        writer.prepare()
        self._other = Fork(partial(self._answer, os.getpid())) if forked else None

    def finish(self) -> None:
        """Have all these files; raises RuntimeError where the other process failed."""
        if self._other is None:
            for thing in self._things():
                self._writer.put(self._path_of(thing), self._make(thing))
            return
        for path, size, changed in json.loads(self._other.answer()):
            self._writer.register(path)
            self._writer.add([path] if changed else [], size)

    def cancel(self) -> None:
        """Stop the other process: what it made is not wanted."""
        if self._other:
            self._other.cancel()

    def _answer(self, parent: int) -> bytes:
        """Path, bytes, whether it changed, of each; a process whose parent is gone stops."""
        made = []
        for thing in self._things():
            if os.getppid() != parent:
                break
            path, content = self._path_of(thing), self._make(thing)
            made.append((path, len(content), self._writer.write(path, content)))
        return json.dumps(made).encode()


def _blocks(count: int, processes: int) -> Iterator[range]:
    """Large blocks first, of which each process touches the memory alone; small ones to end with.

    At most some hundred.
    """
    start = 0
    while start < count:
        size = max(BLOCK, (count - start) // (_ROUNDS * processes))
        yield range(start, min(start + size, count))
        start += size


def _answer(share: Callable[[int], tuple[list[str], int]], parent: int) -> bytes:
    return json.dumps(share(parent)).encode()


def _share(
    things: Sequence[T],
    blocks: Sequence[range],
    shares: Shares,
    path_of: Callable[[T], str],
    make: Callable[[T], bytes],
    writer: Writer,
    parent: int = 0,
    progress: Progress = SILENT,
) -> tuple[list[str], int]:
    """The blocks that this process takes: the paths that changed, and the bytes of all.

    Blocks are handed out in order, so that the place of a thing says how many are done about.
    A process whose ``parent`` is gone stops: nobody wants what it makes.
    """
    changed, size = [], 0
    for number in shares:
        if parent and os.getppid() != parent:
            break
        for index in blocks[number]:
            thing = things[index]
            content = make(thing)
            size += len(content)
            path = path_of(thing)
            if writer.write(path, content):
                changed.append(path)
            progress.at(index + 1)
    return changed, size
