"""What earlier readings found of each file, within a run and between runs."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from atlaas.model import Action, ContextFigure, Territory, lighten
from atlaas.project import Project
from atlaas.read.problem import Problem
from atlaas.rules import dates
from atlaas.work.cache import CacheLog, Spool, Stamp
from atlaas.work.text_file import Text, TextFile

_BATCH = 500  # files written together


class Outcome(NamedTuple):
    """What became of one file: its record if it has a valid one, its body, its problems."""

    path: str
    kind: str
    record: Any  # a model; a list of them for data/context.yml; None
    body: Text  # UTF-8, on disk where outcomes are kept between builds
    problems: list[Problem]
    commented: bool = False  # whether the file may have comments
    stamp: Stamp = (0, 0)  # of the file when it was read
    day: str = ""  # when it was checked

    def holds_on(self, today: str) -> bool:
        """Whether a check on this day would say the same: only dates in the future depend on it."""
        if self.day == today:
            return True
        return self.day < today and all(p.rule != dates.FUTURE.id for p in self.problems)


Batch = dict[str, Outcome]  # by path
_More = tuple[str, list[Problem], bool, Stamp, str]  # of an outcome, all after its record


class _Kept(NamedTuple):
    """A batch as it is written: by kind, the path, the record and the rest of each outcome."""

    action: list[tuple[str, Action | None, _More]]
    territory: list[tuple[str, Territory | None, _More]]
    context: list[tuple[str, list[ContextFigure] | None, _More]]

    @classmethod
    def of(cls, batch: Batch) -> "_Kept":
        kept = cls([], [], [])
        for path, kind, record, body, *more in batch.values():
            getattr(kept, kind).append((path, record, (body.decode(), *more)))
        return kept

    def batch(self) -> Batch:
        """The outcomes, their records as light as when they were read."""
        found = {}
        kinds: dict[str, Iterable[tuple[str, Any, _More]]] = self._asdict()
        for kind, rows in kinds.items():
            for path, record, more in rows:
                for model in record if isinstance(record, list) else [record] if record else ():
                    lighten(model)
                found[path] = Outcome(path, kind, record, more[0].encode(), *more[1:])
        return found


class Findings:
    """What one process finds, in a file that another one reads."""

    def __init__(self, spool: Spool[_Kept]) -> None:
        self.spool = spool
        self.close = spool.close

    def add(self, batch: Batch) -> None:
        """Write outcomes at the end."""
        self.spool.add(_Kept.of(batch))

    def batches(self) -> Iterator[Batch]:
        """What was written since this process last asked, from the first."""
        return (kept.batch() for kept in self.spool.batches())


class Outcomes:
    """What became of all files in earlier readings, while the lists that they name stay the same.

    With a project they are kept between builds: a file of batches, the later ones prevailing.
    """

    def __init__(self, project: Project | None = None) -> None:
        self._project = project
        self._lists = ""
        self._log: CacheLog[_Kept] | None = None
        self._texts: TextFile | None = None
        self._written = 0  # outcomes in the log, of which later ones prevail over others
        self.by_path: Batch = {}

    def open(self, lists: str) -> None:
        """Take what is known where the vocabularies, editions and actors are these."""
        if lists == self._lists:
            return
        self._lists, self._written, self.by_path = lists, 0, {}
        if self._project:
            reference = sorted(self._project.reference.glob("*.csv*"))
            self._log = CacheLog(_Kept, self._project.cache, "records", lists, *reference)
            self._texts = TextFile(self._log.path.parent)
            for kept in self._log.batches():
                batch = self.on_disk(kept.batch())
                self._written += len(batch)
                self.by_path.update(batch)

    @property
    def stored(self) -> bool:
        """Whether they are kept between builds."""
        return self._log is not None

    def on_disk(self, batch: Batch) -> Batch:
        """The outcomes as they are to be held: their bodies wait on disk where all are kept."""
        if self._texts is None:
            return batch
        told = [(o, o.body) for o in batch.values() if isinstance(o.body, bytes) and o.body]
        stored = self._texts.put([body for _, body in told])
        pairs = zip(told, stored, strict=True)
        return batch | {o.path: o._replace(body=text) for (o, _), text in pairs}

    def part(self) -> Findings:
        """A file for what one process finds; next to what is kept, there is room."""
        return Findings(self._log.part() if self._log else Spool.of(_Kept))

    def save(self, kept: Batch, again: Batch, parts: Iterable[Findings]) -> None:
        """Keep what is known: what was taken from the log, and what was read again.

        ``parts`` holds the latter, as it was written while files were read. That of a few files is
        added to the end of the log: writing all takes as long as rendering half.
        """
        self.by_path = kept | again
        if self._log is None:
            return
        written = self._written + len(again)
        few = 20 * (written - len(self.by_path)) < len(self.by_path)
        if few and self._log.complete and self._log.path.is_file():
            if again:
                self._log.add(part.spool for part in parts)
            self._written = written
            return
        remaining = iter(kept.items())
        batches = iter(lambda: dict(islice(remaining, _BATCH)), {})
        self._log.write(map(_Kept.of, batches), (part.spool for part in parts))
        self._written = len(self.by_path)
