"""What a proposal means, for a reviewer who reads no YAML: a card a record, pages, risks.

``versions`` says which files differ, ``pairs`` which records they hold, ``cards`` what became of
each, ``imported`` which of them are better read as a table. Here they are put in the order in
which they are to be read.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from atlaas.edit.duplicates import Item
from atlaas.edit.duplicates import pairs as duplicate_pairs
from atlaas.edit.workspace import Workspace
from atlaas.read.layout import kind_of
from atlaas.read.problem import Problem
from atlaas.read.values import values_of
from atlaas.review.affected import Pages, affected
from atlaas.review.cards import Card, card_of, new_hosts
from atlaas.review.imported import Imported, Levels, take_imports
from atlaas.review.naming import called, carrier, glossary_of, owner, url_of
from atlaas.review.pairs import RecordPair, pairs_of
from atlaas.review.risk import Look, Risk
from atlaas.review.versions import Version
from atlaas.review.wording import Glossary
from atlaas.text import plural

# Data, pages, and what is generated or written along with them: nothing that runs.
_NO_CODE = ("data/", "content/", "schemas/", "CHANGELOG.md", ".github/ISSUE_TEMPLATE/", ".vscode/")
_NAMED = 5  # files of code that a look names


def _nothing(codes: set[str]) -> Iterable[Item]:
    return ()


@dataclass(frozen=True)
class Rest:
    """What the directory says besides the records that change; each is asked once if at all."""

    actions: Callable[[set[str]], Iterable[Item]] = _nothing  # codes -> actions of their EPCI
    redirects: Mapping[str, str] = field(default_factory=dict)  # old address -> new one
    hosts: Callable[[], Container[str] | None] = lambda: None  # sites named before; None: unknown
    labels: Callable[[], Mapping[str, Levels]] = dict  # code -> its labels afterwards


@dataclass
class Diff:
    """All that a proposal changes, in the order in which it is to be read."""

    cards: list[Card] = field(default_factory=list)  # by territory, the gravest risk first
    imports: list[Imported] = field(default_factory=list)
    tabled: list[Card] = field(default_factory=list)  # those that an import's table stands for
    looks: list[Look] = field(default_factory=list)  # of the proposal as a whole
    problems: list[Problem] = field(default_factory=list)  # in files that do not change
    pages: Pages = field(default_factory=dict)  # address -> nouvelle | modifiée | supprimée
    others: list[str] = field(default_factory=list)  # files that are no record
    records: dict[str, int] = field(default_factory=dict)  # ajout, retrait… -> how many records

    @property
    def errors(self) -> int:
        """How many errors have to be mended."""
        found = [*self.problems, *(p for card in self.cards for p in card.problems)]
        return sum(problem.severity == "error" for problem in found)

    @property
    def risks(self) -> int:
        """How many spots deserve a look."""
        return len(self.looks) + sum(len(c.warned) + len(c.risky) for c in self.cards)

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Put what ``check`` says on the cards of its files, and those in their order."""
        by_path = {card.path: card for card in self.cards}
        for problem in problems:
            card = by_path.get(problem.path)
            (card.problems if card else self.problems).append(problem)
        self.cards = _in_order(self.cards)


def review(space: Workspace, found: Iterable[Version], rest: Rest | None = None) -> Diff:
    """The meaning of the files that differ."""
    rest = rest or Rest()
    diff, records = Diff(), []
    for version in found:
        if version.odd:
            words = f"{version.odd} : jamais accepté ici"
            diff.looks.append(Look(Risk.REFUSED, words, version.path))
        if version.odd or not kind_of(version.path):
            diff.others.append(version.path)
        else:
            records.append(version)
    pairs = pairs_of(records)
    glossary = glossary_of(space, pairs)
    targets = _targets(pairs, rest.redirects, glossary)
    cards = [card_of(pair, glossary, targets) for pair in pairs]
    for pair in pairs:
        diff.records[pair.kind] = diff.records.get(pair.kind, 0) + 1
        _pages(pair, diff, glossary, space)
    for path in diff.others:
        if path.startswith("data/reference/"):
            diff.looks.append(Look(Risk.OTHER, "la géographie officielle change", path))
    if look := code_touched([*diff.others, *(version.path for version in records)]):
        diff.looks.append(look)
    _duplicates(pairs, cards, rest)
    diff.looks += _hosts(pairs, cards, rest)
    paired = zip(pairs, cards, strict=True)
    diff.imports, single = take_imports(paired, glossary.place, rest.labels)
    diff.looks.sort()
    diff.cards = _in_order(single)
    diff.tabled = [card for card in cards if card not in single]
    return diff


def _in_order(cards: list[Card]) -> list[Card]:
    """The territory with the gravest risk first, and in it the gravest card."""
    best: dict[str, tuple[bool, int, int, int]] = {}
    for card in cards:
        best[card.who] = min(best.get(card.who, card.rank), card.rank)
    return sorted(cards, key=lambda card: (best[card.who], card.who, card.rank))


def by_territory(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """The cards of each territory, both in the order of reading."""
    return [(who, list(own)) for who, own in groupby(cards, key=lambda card: card.who)]


def _pages(pair: RecordPair, diff: Diff, glossary: Glossary, space: Workspace) -> None:
    """What becomes of the pages that show a record."""
    before, after = pair
    if after and after.problems:
        return
    if before and before.problems and after:
        before = None  # it could not be read: all that it says now is new
    sides = [(side.path, side.data, side.body.strip()) for side in (before, after) if side]
    if sides[1:] == sides[:1]:
        return  # nothing but its layout
    for url, change in affected(before, after, glossary, space).items():
        if change != "modifiée" or url not in diff.pages:  # what comes or goes is not changed
            diff.pages[url] = change


def _targets(
    pairs: list[RecordPair], redirects: Mapping[str, str], glossary: Glossary
) -> dict[str, str]:
    """Old address -> what it leads to: « Annecy, action « … » (actions/74010/…/) »."""
    named = {
        url_of(after, glossary): f"{owner(after, glossary)}, {called(after)}"
        for after in (pair.after for pair in pairs)
        if after and not after.problems
    }
    found = {}
    for old, new in redirects.items():
        code = new.removeprefix("territoires/").partition("-")[0]
        place = glossary.place(code) if new.startswith("territoires/") else ""
        said = named.get(new) or place
        found[old] = f"{said} ({new})" if said else new
    return found


def code_touched(paths: Iterable[str]) -> Look | None:
    """What is said of a proposal of code, and more so of one of data and code at once."""
    found = list(paths)
    code = [path for path in found if not path.startswith(_NO_CODE)]
    if not code:
        return None
    data = [path for path in found if path.startswith("data/")]
    shown = ", ".join(path if path.isprintable() else "?" for path in code[:_NAMED])
    more = f" et {len(code) - _NAMED} autres" if len(code) > _NAMED else ""
    if not data:
        words = f"cette proposition touche au code ({shown}{more}) : elle se relit à part"
    else:
        words = (
            f"cette proposition touche {plural(len(data), 'fichier')} de données et {len(code)} de "
            f"code ({shown}{more}) : mieux vaut deux propositions, chacune se relit autrement"
        )
    return Look(Risk.CODE, words, code[0])


def mixed(paths: Iterable[str]) -> Look | None:
    """``code_touched`` where data change too."""
    found = list(paths)
    return code_touched(found) if any(path.startswith("data/") for path in found) else None


def _hosts(pairs: list[RecordPair], cards: list[Card], rest: Rest) -> list[Look]:
    """Sites that nothing named so far: on the card of the only record that names one, or here."""
    named: dict[str, list[tuple[Card, str]]] = {}
    known = rest.hosts() if pairs else None
    if known is None:
        return []
    for pair, card in zip(pairs, cards, strict=True):
        if pair.after and not pair.after.problems:
            for host, url in new_hosts(pair, known).items():
                named.setdefault(host, []).append((card, url))
    whole = []
    for host, by in named.items():
        card, url = by[0]
        words = f"site que l'annuaire ne citait pas : {host}"
        if len(by) == 1:
            card.looks.append(Look(Risk.HOST, f"{words}, {url}", card.path))
        else:
            whole.append(Look(Risk.HOST, f"{words} ({len(by)} fiches), {url}", card.path))
    return whole


def _duplicates(pairs: list[RecordPair], cards: list[Card], rest: Rest) -> None:
    """New or retitled actions that look like another one of the territory or its EPCI."""
    fresh: dict[str, tuple[str, Card]] = {}
    for (before, after), card in zip(pairs, cards, strict=True):
        if after is None or after.kind != "action" or after.problems:
            continue
        if before is None or values_of(before).get("title") != values_of(after).get("title"):
            fresh[after.path] = carrier(after), card
    if not fresh:
        return
    for found in duplicate_pairs(rest.actions({code for code, _ in fresh.values()})):
        for path, other in ((found.path, found.other), (found.other, found.path)):
            if path in fresh:
                text = f"doublon possible, {found.reason} : {other}"
                fresh[path][1].looks.append(Look(Risk.OTHER, text, path))
                break
