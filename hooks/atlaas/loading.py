"""Files -> checked records: reading and checking in their order, with all cores.

``read_and_check`` is for the command line; a build calls ``Reading``, which starts at once in a
second process while MkDocs is busy with content/.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.beside import read_beside
from atlaas.directory import Records
from atlaas.forks import Fork, processes_for
from atlaas.problem import Problem, count_errors
from atlaas.read import Document, Entry, inventory, read_entry
from atlaas.reference import Reference
from atlaas.rules import check, dates
from atlaas.rules.base import Context
from atlaas.rules.context import make_context

_LISTS = ("vocabulary", "edition", "actor")


class Outcome(NamedTuple):
    """What became of one file: its record if it has a valid one, its body, its problems."""

    path: str
    kind: str
    record: Any  # a model; a list of them for data/context.yml; None
    body: str
    problems: list[Problem]
    commented: bool = False  # whether the file may have comments


class Known:
    """What earlier readings found, for as long as what records may name stays the same."""

    def __init__(self) -> None:
        self.lists: object = None  # what the vocabularies, editions and actors were made from
        # path -> when it changed on disk and how big it was, and what became of it then
        self.outcomes: dict[str, tuple[tuple[int, int], Outcome]] = {}


class KnownOnDisk(Known):
    """The same, kept between builds under .cache/: for one state of the program.

    Another program or reference finds nothing known; on a later day, what stood in the future is
    looked at again.
    """

    def __init__(self, root: Path, today: str) -> None:
        super().__init__()
        digest = sha256(sys.version.encode())
        program = Path(__file__).parent
        for path in sorted((*program.glob("*.py"), *program.glob("[mr]*/*.py"))):
            digest.update(path.read_bytes())
        for path in sorted((root / "data" / "reference").glob("*.csv*")):
            digest.update(path.read_bytes())
        self._folder = root / ".cache"
        self._file = self._folder / f"records-{digest.hexdigest()[:20]}"
        self._day, self._today = today, today  # when the whole was written, and now
        self._added = 0  # files told by what was added to the end, since the whole was written
        unreadable = (OSError, ValueError, EOFError, pickle.UnpicklingError, AttributeError)
        with contextlib.suppress(*unreadable), open(self._file, "rb") as file:
            self._day, self.lists, self.outcomes = pickle.load(file)
            while True:  # until the end, or what a stopped build left there half written
                later = pickle.load(file)
                self._added += len(later)
                self.outcomes.update(later)
        self._was = dict.fromkeys(self.outcomes), self.lists
        if self._day > today:
            self.outcomes.clear()
        elif self._day < today:
            self.outcomes = {
                path: known
                for path, known in self.outcomes.items()
                if not any(problem.rule == dates.FUTURE.id for problem in known[1].problems)
            }

    def save(self, read_again: Collection[str]) -> None:
        """Keep what is known now, if any file was read again or is gone.

        A few files read again are added to the end: writing all takes as long as rendering half.
        """
        same = self._was == (dict.fromkeys(self.outcomes), self.lists)
        if same and not read_again:
            return
        self._folder.mkdir(exist_ok=True)
        few = 20 * (self._added + len(read_again)) < len(self.outcomes)
        if same and few and self._day == self._today:
            later = {path: self.outcomes[path] for path in read_again}
            with open(self._file, "ab") as file:
                file.write(pickle.dumps(later, pickle.HIGHEST_PROTOCOL))
            return
        part = self._file.with_suffix(f".{os.getpid()}")
        known = self._today, self.lists, self.outcomes
        content = pickle.dumps(known, pickle.HIGHEST_PROTOCOL)
        part.write_bytes(content)
        part.replace(self._file)
        for older in self._folder.glob("records-*"):
            if older != self._file:
                older.unlink(missing_ok=True)


@dataclass(frozen=True)
class Checked:
    """What reading and checking found: the valid records and all problems, by place."""

    reference: Reference
    records: Records
    problems: list[Problem]


def read_and_check(
    root: Path, only: Callable[[str], bool] | None = None, today: str | None = None
) -> Checked:
    """Read every record below ``root``/data and check it.

    ``only`` tells which paths to check; the lists are read in any case, since records name them.
    """
    return Reading(root, only, today, processes=1).result()


class Reading:
    """Reads and checks all records; a second process, where there is one, starts at once.

    ``known`` holds what an earlier reading found: files that have not changed since are not read
    again. It is brought up to date by ``result``.
    """

    def __init__(
        self,
        root: Path,
        only: Callable[[str], bool] | None = None,
        today: str | None = None,
        processes: int = 0,
        known: Known | None = None,
        reference: Reference | None = None,
    ) -> None:
        self._root, self._only = str(root), only
        entries, self._problems = inventory(self._root)
        if only:
            self._problems = [problem for problem in self._problems if only(problem.path)]
        self._reference = reference or Reference(root / "data" / "reference", root / ".cache")
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
        self._kept: list[Outcome] = []
        # What earlier readings found of files that are read again, and what this one finds.
        self.before: dict[str, tuple[tuple[int, int], Outcome]] = {}
        self.again: dict[str, Outcome] = {}
        unread = self._entries
        if known is not None:
            named = [e for e in entries if e.kind in _LISTS], self._context.own_codes
            if named != known.lists:
                known.lists = named
                known.outcomes.clear()
            unread = [entry for entry in self._entries if not self._is_known(entry)]
        self._mine = unread
        self._fork: Fork | None = None
        if (processes or processes_for(len(unread))) > 1:
            share = len(unread) // 2
            self._mine = unread[:share]
            self._fork = Fork(partial(_read_apart, unread[share:], self._context))

    def result(self) -> Checked:
        """Read what no other process reads, and put everything together in stable order."""
        outcomes = [_check(document, self._context) for document in self._lists]
        outcomes += self._kept
        again = _read(self._mine, self._context)
        if self._fork:
            again += pickle.loads(self._fork.answer())
        outcomes += again
        self.again = {outcome.path: outcome for outcome in again}
        if self._known is not None:
            self._remember(self._known, outcomes)
        if isinstance(self._known, KnownOnDisk):
            self._known.save(self.again)
        problems = list(self._problems)
        for outcome in outcomes:
            problems.extend(outcome.problems)
        records = self._records(outcomes)
        beside = read_beside(self._root, self._context, self._only)
        records.grid, records.indicators = beside.grid, beside.indicators
        return Checked(self._reference, records, sorted([*problems, *beside.problems]))

    def _is_known(self, entry: Entry) -> bool:
        """Take over what is known of a file that has not changed."""
        assert self._known is not None
        stamp, outcome = self._known.outcomes.get(entry.path, (None, None))
        if outcome is None or stamp is None:
            return False
        if stamp != (entry.changed, entry.size):
            self.before[entry.path] = stamp, outcome
            return False
        self._kept.append(outcome)
        return True

    def _remember(self, known: Known, outcomes: Iterable[Outcome]) -> None:
        by_path = {outcome.path: outcome for outcome in outcomes}
        known.outcomes = {
            entry.path: ((entry.changed, entry.size), by_path[entry.path])
            for entry in self._entries
        }

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


def _read_apart(entries: Iterable[Entry], context: Context) -> bytes:
    """What a second process sends back."""
    gc.disable()  # all that is made here is kept
    return pickle.dumps(_read(entries, context), pickle.HIGHEST_PROTOCOL)


def _read(entries: Iterable[Entry], context: Context) -> list[Outcome]:
    return [_check(read_entry(entry), context) for entry in entries]


def _check(document: Document, context: Context) -> Outcome:
    """Check one document; its record counts only where it has no error."""
    if document.problems:
        return Outcome(document.path, document.kind, None, "", document.problems)
    record, problems = check(document, context)
    if count_errors(problems):
        record = None
    commented = "#" in document.text
    return Outcome(document.path, document.kind, record, document.body, problems, commented)
