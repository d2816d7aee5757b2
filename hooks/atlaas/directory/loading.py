"""Files -> checked records: reading and checking in their order, with all cores.

``read_and_check`` is for the command line; a build calls ``Reading``, which starts at once in a
second process while MkDocs is busy with content/.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from atlaas.directory import Records
from atlaas.directory.companions import read_beside
from atlaas.directory.outcomes import Frame, Frames, Known, KnownOnDisk, Outcome
from atlaas.geography.reference import Reference
from atlaas.project import Project
from atlaas.read import Document, Entry, Found, inventory, read_entry
from atlaas.read.problem import Problem, count_errors
from atlaas.rules import check
from atlaas.rules.context import make_context
from atlaas.rules.rule import Context
from atlaas.work.processes import Fork, Shares, processes_for
from atlaas.work.progress import SILENT, Progress

_LISTS = ("vocabulary", "edition", "actor")
_BLOCKS = 64  # that the files to read are parted in, of which a process takes the next one
_FEWEST, _MOST = 20, 500  # files of a block: pickle remembers all that it writes at a time


@dataclass(frozen=True)
class Checked:
    """What reading and checking found: the valid records and all problems, by place."""

    reference: Reference
    records: Records
    problems: list[Problem]


def read_and_check(
    project: Project, only: Callable[[str], bool] | None = None, today: str | None = None
) -> Checked:
    """Read every record of the project and check it.

    ``only`` says which paths to check; the lists are read in any case, since records name them.
    """
    return Reading(project, only, today, processes=1).result()


class Reading:
    """Reads and checks all records; a second process, where there is one, starts at once.

    ``known`` holds what an earlier reading found: files that have not changed since are not read
    again. It is brought up to date by ``result``. ``found`` is the inventory, where it is known.
    """

    def __init__(
        self,
        project: Project,
        only: Callable[[str], bool] | None = None,
        today: str | None = None,
        processes: int = 0,
        known: Known | None = None,
        reference: Reference | None = None,
        progress: Progress = SILENT,
        found: Found | None = None,
    ) -> None:
        self._root, self._only, self._progress = str(project.root), only, progress
        entries, self._problems = inventory(self._root) if found is None else found
        if only:
            self._problems = [problem for problem in self._problems if only(problem.path)]
        self._reference = reference or Reference(project)
        lists = [read_entry(entry) for entry in entries if entry.kind in _LISTS]
        self._context = make_context(
            self._reference, entries, lists, today or date.today().isoformat()
        )
        self._lists = [document for document in lists if only is None or only(document.path)]
        self._entries = [
            entry
            for entry in entries
            if entry.kind not in _LISTS and (only is None or only(entry.path))
        ]
        self._known = known
        self._kept: Frame = {}
        # What earlier readings found of files that are read again, and what this one finds.
        self.before: Frame = {}
        self.again: dict[str, Outcome] = {}
        unread = self._entries
        if known is not None:
            named = [e for e in entries if e.kind in _LISTS], self._context.own_codes
            if named != known.lists:
                known.lists = named
                known.outcomes.clear()
            unread = [entry for entry in self._entries if not self._is_known(entry)]
        size = max(_FEWEST, min(_MOST, len(unread) // _BLOCKS))
        self._blocks = [unread[at : at + size] for at in range(0, len(unread), size)]
        self._shares = Shares(len(self._blocks))
        self._apart: tuple[Fork, Frames] | None = None
        if (processes or processes_for(len(unread))) > 1:
            frames = Frames(known)
            work = partial(_read_apart, self._blocks, self._shares, self._context, frames)
            self._apart = Fork(work), frames

    def result(self) -> Checked:
        """Read what no other process reads, and put everything together in stable order."""
        lists = [_check(document, self._context) for document in self._lists]
        again = self._read_all()
        self.again = {path: outcome for path, (_, outcome) in again.items()}
        found = self._kept | again
        outcomes = [*lists, *(found[entry.path][1] for entry in self._entries)]
        problems = list(self._problems)
        for outcome in outcomes:
            problems.extend(outcome.problems)
        records = self._records(outcomes)
        beside = read_beside(self._root, self._context, self._only)
        records.grid, records.indicators = beside.grid, beside.indicators
        return Checked(self._reference, records, sorted([*problems, *beside.problems]))

    def _read_all(self) -> Frame:
        """Read what is to be read, and have the known ones know it."""
        known = self._known
        again: Frame = {}
        mine = Frames(known)
        parts = [mine]
        total = sum(map(len, self._blocks))
        self._progress.step("Lecture et contrôle des fiches", total)
        for number in self._shares:
            frame = _read(self._blocks[number], self._context)
            again.update(frame)
            self._progress.at(min(total, (number + 1) * len(self._blocks[0])))
            if isinstance(known, KnownOnDisk):
                mine.add(frame)
        self._shares.close()
        if self._apart:
            fork, frames = self._apart
            fork.answer()
            parts.append(frames)
            for frame in frames.read():
                again.update(frame)
        if known is not None:
            found = self._kept | again
            known.outcomes = {entry.path: found[entry.path] for entry in self._entries}
        if isinstance(known, KnownOnDisk):
            known.save(self._kept, again, parts)
        for part in parts:
            part.close()
        return again

    def _is_known(self, entry: Entry) -> bool:
        """Take over what is known of a file that has not changed."""
        assert self._known is not None
        known = self._known.outcomes.get(entry.path)
        if known is None:
            return False
        if known[0] != (entry.changed, entry.size):
            self.before[entry.path] = known
            return False
        self._kept[entry.path] = known
        return True

    def _records(self, outcomes: Iterable[Outcome]) -> Records:
        records = Records(vocabularies=self._context.vocabularies)
        for path, kind, record, body, _, commented in outcomes:
            if record is None:
                continue
            if commented:
                records.commented.add(path)
            match kind:
                case "action":
                    records.actions.append((path, record, body))
                case "territory":
                    records.territories.append((path, record))
                case "actor":
                    records.actors.append((path, record))
                case "edition":
                    records.editions.append((path, record))
                case "context":
                    records.context.extend(record)
        return records


def _read_apart(
    blocks: Sequence[Sequence[Entry]], shares: Shares, context: Context, found: Frames
) -> bytes:
    """What a second process finds goes into ``found``; it has no other answer."""
    gc.disable()  # all that is made here is kept
    for number in shares:
        found.add(_read(blocks[number], context))
    found.close()
    return b""


def _read(entries: Iterable[Entry], context: Context) -> Frame:
    return {e.path: ((e.changed, e.size), _check(read_entry(e), context)) for e in entries}


def _check(document: Document, context: Context) -> Outcome:
    """Check one document; its record counts only where it has no error."""
    if document.problems:
        return Outcome(document.path, document.kind, None, b"", document.problems)
    record, problems = check(document, context)
    if count_errors(problems):
        record = None
    body, commented = document.body.encode(), "#" in document.text
    return Outcome(document.path, document.kind, record, body, problems, commented)
