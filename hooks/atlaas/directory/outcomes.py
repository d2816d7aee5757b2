"""What earlier readings found of each file, within a run and, under .cache/, between runs."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import IO, Any, NamedTuple

from atlaas.project import Project
from atlaas.read.problem import Problem
from atlaas.rules import dates
from atlaas.work.cache import program

Stamp = tuple[int, int]  # when a file last changed on disk, in nanoseconds, and its size in bytes
_FRAME = 500  # files written together


class Outcome(NamedTuple):
    """What became of one file: its record if it has a valid one, its body, its problems."""

    path: str
    kind: str
    record: Any  # a model; a list of them for data/context.yml; None
    body: bytes  # UTF-8, which takes half the memory of a text with « ’ » or « œ »
    problems: list[Problem]
    commented: bool = False  # whether the file may have comments


Frame = dict[str, tuple[Stamp, Outcome]]  # path -> its stamp then, and what became of it


class Known:
    """What earlier readings found, for as long as what records may name stays the same."""

    def __init__(self) -> None:
        self.lists: object = None  # what the vocabularies, editions and actors were made from
        self.outcomes: Frame = {}


class KnownOnDisk(Known):
    """The same, kept between builds under .cache/: for one state of the program.

    Another program or reference finds nothing known; on a later day, what stood in the future is
    looked at again. The file holds the day and the lists, then frames, the later ones prevailing.
    """

    def __init__(self, project: Project, today: str) -> None:
        super().__init__()
        digest = sha256(program())
        for path in sorted(project.reference.glob("*.csv*")):
            digest.update(path.read_bytes())
        self.folder = project.cache
        self._file = self.folder / f"records-{digest.hexdigest()[:20]}"
        self._day, self._today = today, today  # when the whole was written, and now
        self._written = 0  # files told by the frames, each time they are
        whole = False
        unreadable = (OSError, ValueError, EOFError, pickle.UnpicklingError, AttributeError)
        with contextlib.suppress(*unreadable), open(self._file, "rb") as file:
            self._day, self.lists = pickle.load(file)
            end = file.tell()
            for frame in read_frames(file):
                self._written += len(frame)
                self.outcomes.update(frame)
                end = file.tell()
            whole = end == os.fstat(file.fileno()).st_size
        # Nothing is added behind what a stopped build left half written: nobody could read it.
        self._was = (dict.fromkeys(self.outcomes), self.lists) if whole else None
        if self._day > today:
            self.outcomes.clear()
        elif self._day < today:
            self.outcomes = {
                path: known
                for path, known in self.outcomes.items()
                if not any(problem.rule == dates.FUTURE.id for problem in known[1].problems)
            }

    def save(self, kept: Frame, again: Frame, parts: Iterable[Frames]) -> None:
        """Keep what is known now, if any file was read again or is gone.

        ``parts`` holds what ``again`` does, as it was written while files were read. That of a few
        files is added to the end: writing all takes as long as rendering half.
        """
        same = self._was == (dict.fromkeys(self.outcomes), self.lists)
        if same and not again:
            return
        self.folder.mkdir(exist_ok=True)
        twice = self._written - len(self.outcomes) + len(again)
        if same and 20 * twice < len(self.outcomes) and self._day == self._today:
            with open(self._file, "ab") as file:
                for part in parts:
                    part.copy_to(file)
            return
        new = self._file.with_suffix(f".{os.getpid()}")
        with open(new, "wb") as file:
            pickle.dump((self._today, self.lists), file, pickle.HIGHEST_PROTOCOL)
            remaining = iter(kept.items())
            while frame := dict(islice(remaining, _FRAME)):
                pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)
            for part in parts:
                part.copy_to(file)
        new.replace(self._file)
        for older in self.folder.glob("records-*"):
            if older != self._file:
                older.unlink(missing_ok=True)


class Frames:
    """Frames in a temporary file, that one process writes and another one reads."""

    def __init__(self, known: Known | None = None) -> None:
        folder = known.folder if isinstance(known, KnownOnDisk) else None
        if folder:  # where there is room for what is kept
            folder.mkdir(exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by ``close``

    def add(self, frame: Frame) -> None:
        """Write a frame at the end."""
        pickle.dump(frame, self._file, pickle.HIGHEST_PROTOCOL)

    def close(self) -> None:
        """Let go of the file; another process that has it sees all that was written."""
        self._file.close()

    def read(self) -> Iterator[Frame]:
        """Each frame, from the first."""
        self._file.seek(0)
        return read_frames(self._file)

    def copy_to(self, file: IO[bytes]) -> None:
        """Copy all frames to the end of a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)


def read_frames(file: IO[bytes]) -> Iterator[Frame]:
    """Each frame, until the end or what a stopped build left there half written."""
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(file)
