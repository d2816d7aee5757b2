"""Files -> checked records: reading and checking in their order, with all cores.

``read_and_check`` is for the command line; a build calls ``Reading``, which starts at once in a
second process while MkDocs is busy with content/.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from atlaas.directory import Records
from atlaas.forks import Fork, processes_for
from atlaas.problem import Problem, count_errors
from atlaas.read import Document, Entry, inventory, read_entry
from atlaas.reference import Reference
from atlaas.rules import check
from atlaas.rules.base import Context
from atlaas.rules.context import make_context

_LISTS = ("vocabulary", "edition", "actor")
FEW = 4000  # files that one process reads while the other builds content/


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
    reading = Reading(root, only, today, processes=1)
    return reading.result()


class Reading:
    """Reads and checks all records; a second process, where there is one, starts at once."""

    def __init__(
        self,
        root: Path,
        only: Callable[[str], bool] | None = None,
        today: str | None = None,
        processes: int = 0,
    ) -> None:
        entries, self._problems = inventory(str(root))
        if only:
            self._problems = [problem for problem in self._problems if only(problem.path)]
        self._reference = Reference(root / "data" / "reference")
        self._lists = [read_entry(entry) for entry in entries if entry.kind in _LISTS]
        self._context = make_context(
            self._reference, entries, self._lists, today or date.today().isoformat()
        )
        wanted = (e for e in entries if e.kind not in _LISTS)
        self._entries = [e for e in wanted if only is None or only(e.path)]
        self._only = only
        self._fork: Fork | None = None
        if (processes or processes_for(len(entries))) > 1:
            mine = len(self._entries) // 2 if len(self._entries) > FEW else 0
            theirs, self._entries = self._entries[mine:], self._entries[:mine]
            self._fork = Fork(partial(_read_apart, theirs, self._context))

    def result(self) -> Checked:
        """Read what no other process reads, and put everything together in stable order."""
        records = Records(vocabularies=self._context.vocabularies)
        problems = list(self._problems)
        for document in self._lists:
            if self._only is None or self._only(document.path):
                problems.extend(_check_into(records, document, self._context))
        problems.extend(_read(records, self._entries, self._context))
        if self._fork:
            theirs, more = pickle.loads(self._fork.answer())
            records.extend(theirs)
            problems.extend(more)
        return Checked(self._reference, records, sorted(problems))


def _read_apart(entries: Iterable[Entry], context: Context) -> bytes:
    """What a second process sends back: its records and problems."""
    gc.disable()  # all that is made here is kept
    records = Records()
    problems = _read(records, entries, context)
    return pickle.dumps((records, problems), pickle.HIGHEST_PROTOCOL)


def _read(records: Records, entries: Iterable[Entry], context: Context) -> list[Problem]:
    problems = []
    for entry in entries:
        problems.extend(_check_into(records, read_entry(entry), context))
    return problems


def _check_into(records: Records, document: Document, context: Context) -> list[Problem]:
    """Check one document and keep its record, if it has a valid one."""
    if document.problems:
        return document.problems
    record, problems = check(document, context)
    if record is not None and not count_errors(problems):
        match document.kind:
            case "territory":
                records.territories.append((document.path, record))
            case "action":
                records.actions.append((document.path, record, document.body))
            case "actor":
                records.actors.append((document.path, record))
            case "edition":
                records.editions.append((document.path, record))
            case "context":
                records.context.extend(record)
    return problems
