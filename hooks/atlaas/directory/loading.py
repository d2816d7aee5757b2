"""Files -> checked records: reading and checking in their order, with all cores.

``read_and_check`` is for the command line; a build calls ``Reading``, which starts at once in a
second process while MkDocs is busy with content/.
"""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from atlaas.directory import Records, bounds, hand_written, redirects
from atlaas.directory.companions import read_companions
from atlaas.directory.outcomes import Batch, Findings, Outcome, Outcomes
from atlaas.geography.reference import Reference
from atlaas.project import Project
from atlaas.read import Document, Entry, Found, inventory, read_entry
from atlaas.read.problem import Problem, count_errors
from atlaas.rules import check
from atlaas.rules.context import make_context
from atlaas.rules.rule import Context
from atlaas.work.cache import Stamp
from atlaas.work.processes import Fork, Shares, processes_for
from atlaas.work.progress import SILENT, Progress

_LISTS = ("vocabulary", "edition", "actor", "collection")
_BLOCKS = 64  # that the files to read are parted in, of which a process takes the next one
_FEWEST, _MOST = 20, 500  # files of a block, which are written together


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

    Files that have not changed since ``outcomes`` were found are not read again; ``result`` brings
    these up to date. ``found`` is the inventory, where it was made before.
    """

    def __init__(
        self,
        project: Project,
        only: Callable[[str], bool] | None = None,
        today: str | None = None,
        processes: int = 0,
        outcomes: Outcomes | None = None,
        reference: Reference | None = None,
        progress: Progress = SILENT,
        found: Found | None = None,
    ) -> None:
        self._project, self._only, self._progress = project, only, progress
        self._root = str(project.root)
        entries, problems = inventory(self._root) if found is None else found
        self._problems = [problem for problem in problems if only is None or only(problem.path)]
        self._reference = reference or Reference(project)
        lists = [entry for entry in entries if entry.kind in _LISTS]
        documents = [read_entry(entry) for entry in lists]
        self._context = context = make_context(
            self._reference, entries, documents, today or date.today().isoformat()
        )
        self._lists = [document for document in documents if only is None or only(document.path)]
        self._entries = [
            entry
            for entry in entries
            if entry.kind not in _LISTS and (only is None or only(entry.path))
        ]
        self._outcomes = outcomes or Outcomes()
        self._outcomes.open(repr((lists, sorted(context.own_folders.items()), context.twins)))
        self._kept: Batch = {}
        # What earlier readings found of files that are read again, and what this one finds.
        self.before: Batch = {}
        self.again: Batch = {}
        unread = [entry for entry in self._entries if not self._keep(entry)]
        size = max(_FEWEST, min(_MOST, len(unread) // _BLOCKS))
        self._blocks = [unread[at : at + size] for at in range(0, len(unread), size)]
        self._shares = Shares(len(self._blocks))
        self._apart: tuple[Fork, Findings] | None = None
        if (processes or processes_for(len(unread))) > 1:
            part = self._outcomes.part()
            self._apart = Fork(partial(self._read_apart, part)), part

    @property
    def shared(self) -> bool:
        """Whether a second process reads too: what is done now costs half its time."""
        return self._apart is not None

    def _keep(self, entry: Entry) -> bool:
        """Keep what an earlier reading found of a file, where it would find the same again."""
        outcome = self._outcomes.by_path.get(entry.path)
        if outcome is None:
            return False
        same = outcome.stamp == (entry.changed, entry.size)
        same = same and outcome.holds_on(self._context.today)
        (self._kept if same else self.before)[entry.path] = outcome
        return same

    def result(self) -> Checked:
        """Read what no other process reads, and put everything together in stable order."""
        # What is no record comes first: a second process reads more of them meanwhile.
        lists = [_check(document, self._context) for document in self._lists]
        grid, indicators, others = read_companions(self._root, self._context, self._only)
        project = self._project
        if self._only is None:  # what the files say that is about all records
            others += hand_written.problems(self._root) + redirects.problems(project)
        self._read_all()
        found = self._outcomes.by_path
        outcomes = [*lists, *(found[entry.path] for entry in self._entries)]
        records = self._records(outcomes)
        records.grid, records.indicators = grid, indicators
        problems = [*self._problems, *others]
        if self._only is None:
            problems += bounds.problems(project, records)
        for outcome in outcomes:
            problems.extend(outcome.problems)
        return Checked(self._reference, records, sorted(problems))

    def _read_all(self) -> None:
        """Read what is to be read, and bring the outcomes up to date."""
        total = sum(map(len, self._blocks))
        self._progress.step("Lecture et contrôle des fiches", total)
        parts = [self._outcomes.part()]
        for number in self._shares:
            batch = self._read(self._blocks[number])
            if self._outcomes.stored:
                parts[0].add(batch)
            self.again.update(self._outcomes.on_disk(batch))
            self._take_over()
            self._progress.at(min(total, (number + 1) * len(self._blocks[0])))
        self._shares.close()
        if self._apart:
            fork, part = self._apart
            fork.answer()
            self._take_over()
            parts.append(part)
        self._outcomes.save(self._kept, self.again, parts)
        for part in parts:
            part.close()

    def _take_over(self) -> None:
        """Take what a second process has found so far: it reads more while this takes its time."""
        if self._apart:
            for batch in self._apart[1].batches():
                self.again.update(self._outcomes.on_disk(batch))

    def _read_apart(self, part: Findings) -> bytes:
        """What a second process finds goes into ``part``; it has no other answer."""
        gc.disable()  # all that is made here is kept
        for number in self._shares:
            part.add(self._read(self._blocks[number]))
        part.close()
        return b""

    def _read(self, entries: Iterable[Entry]) -> Batch:
        return {
            entry.path: _check(read_entry(entry), self._context, (entry.changed, entry.size))
            for entry in entries
        }

    def _records(self, outcomes: Iterable[Outcome]) -> Records:
        records = Records(vocabularies=self._context.vocabularies)
        for outcome in outcomes:
            path, record = outcome.path, outcome.record
            if record is None:
                continue
            if outcome.commented:
                records.commented.add(path)
            match outcome.kind:
                case "action":
                    records.actions.append((path, record, outcome.body))
                case "territory":
                    records.territories.append((path, record))
                case "actor":
                    records.actors.append((path, record))
                case "collection":
                    records.collections.append((path, record))
                case "edition":
                    records.editions.append((path, record))
                case "context":
                    records.context.extend(record)
        return records


def _check(document: Document, context: Context, stamp: Stamp = (0, 0)) -> Outcome:
    """Check one document; its record counts only where it has no error."""
    path, kind, problems = document.path, document.kind, document.problems
    if problems:
        return Outcome(path, kind, None, b"", problems, False, stamp, context.today)
    record, problems = check(document, context)
    if count_errors(problems):
        record = None
    body, commented = document.body.encode(), "#" in document.text
    return Outcome(path, kind, record, body, problems, commented, stamp, context.today)
