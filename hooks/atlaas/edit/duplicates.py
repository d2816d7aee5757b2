"""Actions entered twice: the same title or story, or nearly, within a territory and its EPCI.

Runs on the valid records, after reading and checking. Only records of one group (an EPCI with its
communes, or a territory that has none) are compared, and in a large group only those that share
two rare words, so that the cost stays nearly in line with the number of actions.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from atlaas.geography.reference import Reference
from atlaas.model import Action
from atlaas.names.queries import words_of
from atlaas.read.problem import Problem
from atlaas.work.text_file import Text

TITLE = 88  # of 100, words in any order: from which two titles of a territory are near
TITLE_AROUND = 94  # the same, between two territories of one EPCI: neighbours do similar things
STORY = 85  # of 100: from which two stories are near
STORY_AROUND = 60  # what two stories share at least, where only their titles are near
MIN_STORY = 80  # characters under which a story says too little to be compared
MIN_STORY_AROUND = 200  # the same, between two territories
SMALL_GROUP = 40  # actions: up to here every pair of a group is compared
EMPTY = frozenset(
    [
        *("le", "la", "les", "l", "de", "du", "des", "d", "et", "en", "a", "au", "aux", "un"),
        *("une", "pour", "par", "sur", "avec", "dans", "numerique", "ligne"),
    ]
)


class Item(NamedTuple):
    """An action as it is compared."""

    path: str
    code: str
    title: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    story: str
    epci: str  # the group within which it is compared


class Pair(NamedTuple):
    """Two records that may be one, and why, in French."""

    path: str
    other: str
    reason: str


def item(path: str, code: str, title: str, body: str, reference: Reference) -> Item:
    """An action as it is compared."""
    words = words_of(title)
    distinctive = tuple(word for word in words if word not in EMPTY)
    numbers = frozenset(word for word in words if word.isdigit())
    story = " ".join(words_of(body))
    return Item(path, code, title, distinctive, numbers, story, group_of(code, reference))


def compare(one: Item, other: Item) -> str:
    """Why two actions may be the same one, in French; an empty text where nothing says so.

    Two communes of one EPCI often do similar things under similar titles: between them, title and
    story must both be near.
    """
    around = one.code != other.code
    siblings = around and one.epci == other.epci not in (one.code, other.code)
    shortest = min(len(one.story), len(other.story))
    likeness = fuzz.ratio(one.story, other.story) if shortest >= MIN_STORY else 0
    title = _titles(one, other, around)
    if siblings:
        title = title if likeness >= STORY_AROUND else ""
    if title:
        return title
    if likeness and shortest >= (MIN_STORY_AROUND if around else MIN_STORY):
        return "même texte" if likeness == 100 else "texte proche" if likeness >= STORY else ""
    return ""


def _titles(one: Item, other: Item, around: bool) -> str:
    shortest = min(len(one.words), len(other.words))
    if one.numbers != other.numbers or shortest < (4 if around else 1):
        return ""
    if one.words == other.words:
        return "même titre"
    score = fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words))
    near = score >= (TITLE_AROUND if around else TITLE) and shortest > 1
    return "titre proche" if near else ""


def group_of(code: str, reference: Reference) -> str:
    """The EPCI within which an action of this territory is compared, or the territory itself."""
    place = reference.get(code)
    return place.epci if place and place.epci else code


def pairs(items: Iterable[Item]) -> Iterator[Pair]:
    """Every pair of actions that may be one, within the groups, in the order of the items."""
    groups: dict[str, list[Item]] = {}
    for one in items:
        groups.setdefault(one.epci, []).append(one)
    for members in groups.values():
        for one, other in _candidates(members):
            reason = compare(one, other)
            if reason:
                yield Pair(one.path, other.path, reason)


def _candidates(members: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    if len(members) <= SMALL_GROUP:
        yield from combinations(members, 2)
        return
    # Words that many of the group use distinguish nothing; a story counts by its first words.
    signs = [frozenset((*one.words, f"={one.story[:60]}")) for one in members]
    counts = Counter(word for words in signs for word in words)
    by_word: dict[str, list[int]] = {}
    most = max(8, len(members) // 50)
    for index, words in enumerate(signs):
        for word in words:
            if 1 < counts[word] <= most:
                by_word.setdefault(word, []).append(index)
    shared = Counter(
        pair
        for word in sorted(by_word)
        for pair in combinations(by_word[word], 2)
        for _ in range(2 if word.startswith("=") else 1)
    )
    for (first, second), count in sorted(shared.items()):
        if count >= 2:
            yield members[first], members[second]


def warnings(
    actions: Iterable[tuple[str, Action, Text]],
    reference: Reference,
    touched: Container[str] | None = None,
) -> list[Problem]:
    """A warning for one of two actions that may be one, with the path of the other.

    It is the later of the two, or with ``touched`` the one of them that is touched; pairs of
    which neither is are then left out.
    """
    found = pairs(
        item(path, record.territory, record.title, body.decode(), reference)
        for path, record, body in actions
    )
    problems = []
    for first, second, reason in found:
        here, other = second, first
        if touched is not None and second not in touched:
            if first not in touched:
                continue
            here, other = first, second
        problems.append(
            Problem(
                here,
                1,
                1,
                "doublon-possible",
                f"cette action ressemble à {other} : {reason}",
                "Si c'est la même, réunissez les deux fiches ; sinon, précisez son titre.",
                "warning",
            )
        )
    return problems
