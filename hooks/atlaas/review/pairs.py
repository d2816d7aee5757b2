"""The files that differ -> records before and after, those that moved put together again."""

from collections.abc import Iterable
from typing import NamedTuple

from atlaas.names.queries import words_of
from atlaas.read import Document, read_bytes
from atlaas.read.layout import kind_of
from atlaas.read.values import values_of, word
from atlaas.review.versions import Version


class RecordPair(NamedTuple):
    """A record before and after; one side is None where it is new or gone."""

    before: Document | None
    after: Document | None

    @property
    def shown(self) -> Document:
        """The side to speak of: the record as it will be, or as it was where it is gone."""
        return self.after or self.before or Document("", "", "")

    @property
    def kind(self) -> str:
        """« ajout », « retrait », « renommage » or « modification »."""
        if self.before is None:
            return "ajout"
        if self.after is None:
            return "retrait"
        return "modification" if self.before.path == self.after.path else "renommage"


def pairs_of(found: Iterable[Version]) -> list[RecordPair]:
    """The records among these files, in order."""
    pairs = []
    for version in found:
        sides = (
            read_bytes(raw, version.path, kind_of(version.path)) if raw is not None else None
            for raw in (version.before, version.after)
        )
        pairs.append(RecordPair(*sides))
    return _renamed(pairs)


def _renamed(pairs: list[RecordPair]) -> list[RecordPair]:
    """Records that are gone and new ones that say the same, put together again."""
    gone = [p.before for p in pairs if p.before and p.after is None and not p.before.problems]
    result: list[RecordPair] = []
    taken: set[str] = set()
    for pair in pairs:
        if pair.before is None and pair.after and not pair.after.problems:
            after = pair.after
            best = max(
                (old for old in gone if old.kind == after.kind and old.path not in taken),
                key=lambda old: _likeness(old, after),
                default=None,
            )
            if best is not None and _likeness(best, after):
                taken.add(best.path)
                pair = RecordPair(best, after)
        result.append(pair)
    return [p for p in result if p.after or (p.before and p.before.path not in taken)]


def _likeness(old: Document, new: Document) -> int:
    """How much two records say the same; from 1 on, one is the other under a new name."""
    was, now = values_of(old), values_of(new)
    if old.kind == "action":
        title = words_of(word(was, "title")) == words_of(word(now, "title"))
        story = len(old.body) > 40 and old.body == new.body
        shared = sum(1 for key in ("territory", "sources") if was.get(key) == now.get(key))
        return shared if title or story else 0
    if old.kind == "territory":
        keys = ("labels", "memberships", "services", "programmes", "indicators", "name")
        shared = sum(1 for key in keys if was.get(key) and was.get(key) == now.get(key))
        return shared + int(word(was, "code") == word(now, "code"))
    return int(bool(word(was, "name")) and word(was, "name") == word(now, "name"))
