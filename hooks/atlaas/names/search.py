"""What a person who types a name, a postcode or a code is looking for, the best answer first.

The finder, the forms and the search do the same in the browser (overrides/assets/js/names.js), on
the files of :class:`Index`; tests/shared/names.json holds both to one table of cases.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from atlaas.names.index import Index, NamedPlace, NameKind, file_of, sound
from atlaas.names.queries import (
    SMALL_WORDS,
    Query,
    bare,
    code_of_digits,
    key,
    loose,
    opening,
    queries,
    telling,
    words_of,
)

How = Literal["postcode", "code", "old code", "close"] | NameKind
OUTSIDE = 100  # added where the département or the code that is stated is another one
NEARBY = 50  # where the code only agrees with its département, as those of CEDEX do
_BEGINS = 20  # of a code
CLOSE = 200  # added to the faults of a spelling
TOO_FAR = 99
_SHORTER = 5  # faults, as it were, of a name that the query goes beyond: Roques-sur-Garonne
# What a name is worth that is the query, that is so but for small words, that begins with its
# words, that begins with it, that has all its words: a name of its own or in use, then that of a
# commune that it took in.
_WORTH: dict[bool, tuple[int, ...]] = {False: (0, 2, 10, 20, 30), True: (10, 12, 40, 45, 50)}


class Match(NamedTuple):
    """A territory that answers: the smaller its ``score``, the better; and what of it answers."""

    score: int
    place: NamedPlace
    how: How
    text: str  # the name or code by which it answers


def search(
    text: str,
    index: Index,
    kinds: Iterable[str] = (),
    departement: str = "",
    limit: int | None = 12,
) -> list[Match]:
    """The territories that answer, the best first; only of these ``kinds`` where some are given.

    A code is sought as a postcode, as the code of a territory, then as one of former days. A name
    is sought in all the ways to read it; where none is written so, among spellings close to it.
    """
    only = frozenset(kinds)
    digits = code_of_digits(text)
    if digits:
        for start in dict.fromkeys([f"0{digits}" if len(digits) == 4 else digits, digits]):
            found = _sorted(_coded(start, index, only), index, limit)
            if found:
                return found
        return []
    readings = [
        reading._replace(departement=departement or reading.departement)
        for reading in queries(text, index.departements)
    ]
    if not readings:
        return []
    words = telling(readings[-1].words)
    longest = max(words, key=len)
    found = _sorted(_named(readings, _filed(f"n-{longest}", index, only)), index, limit)
    if found:
        return found
    files = dict.fromkeys((f"n-{longest}", f"s-{sound(words)}", f"n-{words[0]}"))
    places = {place.code: place for whole in files for place in _filed(whole, index, only)}
    return _sorted(_close(readings[-1], places.values()), index, limit)


def _filed(whole: str, index: Index, only: frozenset[str]) -> list[NamedPlace]:
    places = map(index.known.__getitem__, index.files.get(file_of(whole, index.files), ()))
    return [place for place in places if not only or place.kind in only]


def _sorted(matches: Iterable[Match], index: Index, limit: int | None) -> list[Match]:
    return sorted(matches, key=lambda m: (m.score, *index.order(m.place.code)))[:limit]


def _coded(digits: str, index: Index, only: frozenset[str]) -> Iterator[Match]:
    """Who has a code that is these digits, or begins with them."""
    for place in _filed(f"c-{digits}", index, only):
        numberings: tuple[tuple[How, tuple[str, ...]], ...] = (
            ("postcode", place.postcodes),
            ("code", place.own_codes),
            ("old code", place.old_codes),
        )
        found = [
            (rank if code.lower() == digits else rank + _BEGINS, how, code)
            for rank, (how, codes) in enumerate(numberings)
            for code in codes
            if code.lower().startswith(digits)
        ]
        if found:
            score, how, code = min(found)
            yield Match(score, place, how, code)


def _named(readings: list[Query], places: Iterable[NamedPlace]) -> Iterator[Match]:
    """Who has a name that one of the readings is, begins, or has words of."""
    for place in places:
        best: Match | None = None
        for reading in readings:
            if reading.kinds and place.kind not in reading.kinds:
                continue
            outside = astray(reading, place)
            for how, name in place.names:
                worth = fit(words_of(name), reading, place.kind)
                if worth is None:
                    continue
                score = _WORTH[how in ("former", "part")][worth] + reading.weight + outside
                if best is None or score < best.score:
                    best = Match(score, place, how, name)
        if best:
            yield best


def astray(reading: Query, place: NamedPlace) -> int:
    """How far a territory is from the département, or the code, that stands beside the name."""
    homes = place.departements
    if reading.departement and homes and reading.departement not in homes:
        return OUTSIDE
    if not reading.code or reading.code in map(str.lower, place.codes):
        return 0
    return NEARBY if departement_of_code(reading.code) in map(str.lower, homes) else OUTSIDE


def departement_of_code(code: str) -> str:
    """The département with whose number a code of five characters begins; none in Corsica's 20."""
    return code[: 3 if code.startswith(("97", "98")) else 2]


def fit(name: tuple[str, ...], reading: Query, kind: str) -> int | None:
    """How a name answers: 0 it is so, 1 but for small words, 2-3 it begins so, 4 has the words."""
    words = reading.words
    if name == words:
        return 0
    telling_name, telling_words = loose(name), loose(words)
    if telling_name == telling_words:
        return 1
    if kind in ("epci", "ept"):
        rest = loose(opening(name)[2])
        if rest == telling_words or (reading.says_epci and bare(name) == bare(words)):
            return 1
    begins = key(name).startswith(key(words))
    if begins and words[-1] in SMALL_WORDS:  # « Villeneuve d » goes on
        return 1
    if begins or (telling_words and telling_name.startswith(telling_words)):
        return 2 if f"{telling_name} ".startswith(f"{telling_words} ") else 3
    rest_of_name = list(name)
    for word in telling_words.split() or words:
        found = next((own for own in rest_of_name if own.startswith(word)), None)
        if found is None:
            return None
        rest_of_name.remove(found)
    return 4


def _close(reading: Query, places: Iterable[NamedPlace]) -> Iterator[Match]:
    """Who has a name that is spelled nearly so, or begins nearly so."""
    wanted, telling_words = "".join(reading.words), _joined(reading.words)
    for place in places:
        best: Match | None = None
        for how, name in place.names:
            own = words_of(name)
            far = min(distance(wanted, "".join(own)), distance(telling_words, _joined(own)))
            if far > faults(wanted) and own == reading.words[: len(own)] and len(own[0]) > 3:
                far = _SHORTER
            score = CLOSE + 2 * far + (how in ("former", "part")) + astray(reading, place)
            if (far == _SHORTER or far <= faults(wanted)) and (best is None or score < best.score):
                best = Match(score, place, "close", name)
        if best:
            yield best


def _joined(words: tuple[str, ...]) -> str:
    """The letters of the words that tell a name."""
    return loose(words).replace(" ", "")


def faults(word: str) -> int:
    """How many faults a spelling may hold: none under four letters, one under eight, then two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def distance(wanted: str, name: str) -> int:
    """Letters to add, drop, change or swap to make one of the other; one more for its beginning.

    TOO_FAR where that is more than the wanted spelling may hold.
    """
    most = faults(wanted)
    whole = OSA.distance(wanted, name, score_cutoff=most)
    if whole <= most:
        return whole
    if len(wanted) >= 5 and len(name) > len(wanted):
        begins = OSA.distance(wanted, name[: len(wanted)], score_cutoff=most)
        if begins <= most:
            return begins + 1
    return TOO_FAR
