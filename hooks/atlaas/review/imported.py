"""Many labels of one edition at once: an import, read as a table and not as hundreds of cards."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from atlaas.read import Document
from atlaas.read.values import mappings, values_of, word
from atlaas.review.cards import Card
from atlaas.review.pairs import RecordPair

FEWEST = 12  # labels of an edition from which they are a table
JUMP = 2  # arobases
Levels = Mapping[str, int | None]  # edition -> level, None where it is not known


class LevelStep(NamedTuple):
    """What a territory had in its label before, and what it has now."""

    name: str
    before: int | None
    after: int | None
    since: str = ""  # the edition of the label before

    @property
    def far(self) -> bool:
        """Whether it fell, or rose by two or more."""
        if self.before is None or self.after is None:
            return False
        return self.after < self.before or self.after - self.before >= JUMP


@dataclass
class Imported:
    """The labels of one edition that a proposal adds."""

    edition: str
    previous: str = ""  # the edition before, of which the directory knows labels
    levels: dict[str, int] = field(default_factory=dict)  # « 5 » … « ? » -> labels
    new: dict[str, int] = field(default_factory=dict)  # of these, of territories never seen
    jumps: list[LevelStep] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)
    lost: list[LevelStep] = field(default_factory=list)  # had one before, has none now

    @property
    def count(self) -> int:
        """How many labels."""
        return sum(self.levels.values())


def levels_of(document: Document | None) -> dict[str, int | None]:
    """Edition -> level of the labels of a territory's record, as far as they are well written."""
    found: dict[str, int | None] = {}
    for label in mappings(values_of(document), "labels"):
        level = word(label, "level")
        found[word(label, "edition")] = int(level) if level in {*"12345"} else None
    return found


def take_imports(
    found: Iterable[tuple[RecordPair, Card]],
    place: Callable[[str], str],
    labels: Callable[[], Mapping[str, Levels]],
) -> tuple[list[Imported], list[Card]]:
    """(the imports, the cards that are still to be read one by one).

    ``labels`` gives the labels of all territories once the proposal is taken, by code. A card with
    an error, a look or another change than one label stays, and its label is counted all the same.
    """
    pairs = list(found)
    added: dict[str, list[tuple[str, RecordPair]]] = defaultdict(list)
    for pair, card in pairs:
        if card.record == "territory" and pair.after and not pair.after.problems:
            was = levels_of(pair.before)
            for edition in levels_of(pair.after):
                if edition not in was:
                    code = word(values_of(pair.after), "code")
                    added[edition].append((code, pair))
    many = {edition: of for edition, of in added.items() if len(of) >= FEWEST}
    if not many:
        return [], [card for _, card in pairs]
    whole = labels()
    imports = [_table(edition, many[edition], whole, place) for edition in sorted(many)]
    return imports, [card for pair, card in pairs if not _only_labels(pair, card, many)]


def _only_labels(pair: RecordPair, card: Card, editions: Iterable[str]) -> bool:
    """Whether a card says nothing but that these labels were added."""
    if card.record != "territory" or card.kind not in ("ajout", "modification"):
        return False
    if card.problems or card.looks or not card.notes or card.risky:
        return False
    return {note.about for note in card.notes} <= {f"label {edition}" for edition in editions}


def _table(
    edition: str,
    added: list[tuple[str, RecordPair]],
    whole: Mapping[str, Levels],
    place: Callable[[str], str],
) -> Imported:
    earlier = {e for levels in whole.values() for e in levels if e < edition}
    done = Imported(edition, max(earlier, default=""))
    levels: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for code, pair in added:
        own = {**whole.get(code, {}), **levels_of(pair.after)}
        level = str(own[edition] or "?")
        levels[level] += 1
        if not any(e < edition for e in own):
            new[level] += 1
            done.newcomers.append(place(code))
        last = max((e for e, known in own.items() if e < edition and known), default="")
        step = LevelStep(place(code), own.get(last), own[edition], last)
        if step.far:
            done.jumps.append(step)
    for level in sorted(levels, key=lambda level: (level == "?", [-ord(level)])):
        done.levels[level], done.new[level] = levels[level], new[level]
    done.jumps.sort(key=lambda s: ((s.after or 0) - (s.before or 0), s.name))
    done.lost = [
        LevelStep(place(code), of[done.previous], None, done.previous)
        for code, of in whole.items()
        if done.previous in of and edition not in of
    ]
    return done
