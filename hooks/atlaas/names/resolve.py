"""Resolve a territory's name, as people and palmarès spell it, into its code.

The imports, ``new`` and the requests call it; what it settles is written into files that ``read``
then reads. It never changes a record, and asks rather than settle what a person would look at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from atlaas.geography.reference import NATURES
from atlaas.names.index import Index, NamedPlace, NameKind
from atlaas.names.queries import (
    Query,
    bare,
    inside_parentheses,
    key,
    loose,
    opening,
    queries,
    words_of,
)
from atlaas.names.search import astray, departement_of_code

_KINDS = {  # what is asked for -> kinds of places, in the order in which a name means them
    None: ("commune", "epci", "ept", "departement", "region"),
    "commune": ("commune",),
    "epci": ("epci", "ept"),
    "ept": ("ept",),
    "departement": ("departement",),
    "region": ("region",),
    "collectivite": ("departement", "region"),
}
CLOSE = 78  # rapidfuzz ratio, of 100, from which a spelling is worth proposing
MAX_CANDIDATES = 8
LONGEST = 200  # characters of a name; the longest of a commune has 45
# How near a candidate is, the nearest first: of this very name, as much as the largest whose names
# begin so and who have twice as many inhabitants; a beginning; words; a spelling. Half a step
# further where small words differ, a quarter for a former name.
_EQUAL, _START, _WORDS, _SHORTER, _SPELLED = range(5)
_LARGER = 3
_SPELLINGS = 20  # so many close ones, of which the fewest faults come first
_ARTICLE_LAST = re.compile(r"^\s*(.+?)\s*(?:,\s*|\(\s*)(l[eao]s?|l['’])\s*\)?\s*$", re.I)
_ARTICLES = ("", "le ", "la ", "les ", "l ")
_NONE = "aucun de ce nom"
_BEGINS = "début du nom"


class Candidate(NamedTuple):
    """A territory that the name may mean, and why, in French."""

    code: str
    name: str
    reason: str
    departements: tuple[str, ...] = ()
    population: int = 0


@dataclass(frozen=True)
class Resolution:
    """What a name resolves to: one code when settled, candidates with their reasons otherwise.

    ``former`` is the name by which a settled territory answers, where that is not its own.
    """

    name: str
    status: Literal["settled", "doubtful", "unknown"]
    code: str | None
    candidates: tuple[Candidate, ...]
    former: str = ""


class _Equal(NamedTuple):
    """A place of this very name, as one reading has it."""

    place: NamedPlace
    how: NameKind
    reading: Query
    key: str


def resolve(
    name: str,
    *,
    index: Index,
    departement: str | None = None,
    kind: str | None = None,
    postcode: str | None = None,
) -> Resolution:
    """Resolve ``name``; ``departement`` is a bare code, ``kind`` one of the keys of _KINDS.

    Settled means that one territory fits the name, the département, the postcode and the kind that
    were given, and that no other comes near: no homonym elsewhere, no larger place whose name
    begins so. Anything that a person should look at is doubtful; nothing near is unknown.
    """
    if kind not in _KINDS:
        raise ValueError(f"kind: {kind!r}")
    if len(name) > LONGEST:
        return Resolution(name, "unknown", None, ())
    readings: list[Query] = []
    equals: list[_Equal] = []
    for text in (_ARTICLE_LAST.sub(r"\2 \1", name), *inside_parentheses(name, index.departements)):
        if equals:  # what stands in parentheses may be another name of what has none
            break
        read = [
            _with_known_code(
                reading._replace(
                    departement=departement or reading.departement, code=postcode or reading.code
                ),
                index,
            )
            for reading in queries(text, index.departements)
            if not (departement and reading.departement) or departement == reading.departement
        ]
        readings += read
        equals = [equal for reading in read for equal in _equals(reading, index, kind)]
    here = [equal for equal in equals if not _is_outside(equal.place, equal.reading, kind)]
    doubt = _NONE
    if here:
        found = min(here, key=lambda equal: _order(equal, index, kind))
        doubt = _doubt(found, here, index, kind)
        if not doubt:
            reason = "même nom"
            former = ""
            if found.how == "former":
                reason, former = "ancienne commune, aujourd'hui dans celle-ci", _former(found)
            candidate = _candidate(found.place, reason)
            return Resolution(name, "settled", candidate.code, (candidate,), former)
    near = _candidates(readings, equals, doubt, index, kind)
    if not near and kind:  # of another kind than the one asked for
        near = resolve(name, index=index, departement=departement, postcode=postcode).candidates
    return Resolution(name, "doubtful" if near else "unknown", None, near)


def _with_known_code(reading: Query, index: Index) -> Query:
    """The reading with the département of its code, where it is nobody's, as those of CEDEX are."""
    if not reading.code or reading.code in index.by_code:
        return reading
    found = index.departements.get(departement_of_code(reading.code), "")
    return reading._replace(code="", departement=reading.departement or found)


def _equals(reading: Query, index: Index, kind: str | None) -> Iterable[_Equal]:
    """The places of this very name."""
    keys = [f"= {key(reading.words)}", f"~ {loose(reading.words)}"]
    if reading.says_epci or kind in ("epci", "ept"):
        keys.append(f"e {bare(reading.words)}")
    for one in keys:
        for code, hows in index.by_key.get(one, {}).items() if len(one) > 2 else ():
            if _is_asked(index.known[code], reading, kind):
                how: NameKind = "name" if "name" in hows else min(hows)
                yield _Equal(index.known[code], how, reading, one)


def _is_asked(place: NamedPlace, reading: Query, kind: str | None) -> bool:
    """Whether a place is of the kind that is asked for, and of the one that the name states."""
    if place.code.startswith("x-"):  # of a kind of its own
        return kind != "collectivite"
    return place.kind in _KINDS[kind] and (not reading.kinds or place.kind in reading.kinds)


def _is_outside(place: NamedPlace, reading: Query, kind: str | None) -> bool:
    """Whether a place is not where it should be; a bare name with a département is no région's."""
    is_bare = place.kind == "region" and not (kind or reading.kinds)
    return bool(astray(reading, place) or (is_bare and reading.departement))


def _order(equal: _Equal, index: Index, kind: str | None) -> tuple[int, int, bool, int, str]:
    """The most faithful first, then the kind that a bare name means."""
    rank = _kind_rank(equal.place, equal.reading, kind)
    loosely = "=~e".index(equal.key[0])
    return equal.reading.weight, rank, equal.how == "former", loosely, equal.place.code


def _doubt(found: _Equal, here: list[_Equal], index: Index, kind: str | None) -> str:
    """Why a person should look at the territory that was found; nothing where none needs to."""
    place, reading = found.place, found.reading
    if found.how == "part":
        return "une partie de cette commune, ou une commune partagée entre plusieurs"
    for other in here:
        rival = other.place
        stripped = other.reading.weight > reading.weight
        looser = other.key[0] != "=" and rival.population < place.population
        if rival.code == place.code or (found.key[0] == "=" and (stripped or looser)):
            continue
        if rival.kind == place.kind:
            return "homonyme" if other.how == found.how == "name" else "homonyme, ou ancien nom"
        if rival.departements and not set(rival.departements) & set(place.departements):
            return "homonyme"
        if rival.kind == "departement" and rival.population > place.population:
            return "commune, ou département de ce nom"
    nature = reading.nature or opening(reading.words)[1]
    if nature and place.nature and nature != place.nature:
        return f"de même nom, mais c'est une {NATURES.get(place.nature, place.nature)}"
    is_epci = place.kind in ("epci", "ept")
    if is_epci and found.how != "alias" and not (kind or reading.says_epci or reading.weight):
        return "intercommunalité de ce nom"
    if place.kind == "commune" and _larger(found, index):
        return "nom entier, ou début de nom"
    return ""


def _larger(found: _Equal, index: Index) -> list[NamedPlace]:
    """Communes of the same area, larger than the one found, whose names begin with this one."""
    population = found.place.population if found.how != "former" else 0
    return [
        place
        for place in _beginning(found.reading, index)
        if place.population > population and place != found.place
    ]


def _beginning(reading: Query, index: Index) -> list[NamedPlace]:
    """The communes of the area whose own names begin with what is written, article or not."""
    area = reading.departement or None
    names = index.near(area)
    starts = [f"{article}{key(reading.words)} " for article in _ARTICLES]
    codes = {
        code for start in starts for one in index.beginning(start, area) for code in names[one]
    }
    return [
        place
        for place in map(index.known.__getitem__, codes if loose(reading.words) else ())
        if place.kind == "commune"
        and any(key(words_of(place.name)).startswith(start) for start in starts)
    ]


def _former(found: _Equal) -> str:
    """The name of a former commune by which a place answers."""
    wanted = loose(found.reading.words)
    names = [name for how, name in found.place.names if how == "former"]
    return next((name for name in names if loose(words_of(name)) == wanted), "")


def _candidates(
    readings: list[Query], equals: list[_Equal], doubt: str, index: Index, kind: str | None
) -> tuple[Candidate, ...]:
    """What the name may mean: of this very name, beginning with it, spelled nearly so."""
    best: dict[str, tuple[tuple[float, ...], Candidate]] = {}

    def add(place: NamedPlace, reading: Query, tier: float, reason: str) -> None:
        outside = _is_outside(place, reading, kind)
        if outside and reading.departement:
            reason = f"{reason}, mais hors du département {reading.departement}"
        nature = reading.nature or opening(reading.words)[1]
        other = bool(nature) and place.nature != nature
        rank = (outside, tier, other, _kind_rank(place, reading, kind), -place.population)
        if place.code not in best or rank < best[place.code][0]:
            best[place.code] = rank, _candidate(place, reason)

    for equal in equals:
        reason = "de ce nom" if doubt == _NONE else doubt
        is_loose = equal.key[0] != "=" or equal.reading.weight > 0
        add(equal.place, equal.reading, _EQUAL + is_loose / 2 + (equal.how == "former") / 4, reason)
    named = [e.place.population for e in equals if e.how != "former" and e.place.kind == "commune"]
    for reading in readings:
        for place in sorted(_beginning(reading, index), key=lambda p: -p.population)[:_LARGER]:
            if place.population >= 2 * max(named, default=0) and _is_asked(place, reading, kind):
                is_loose = not key(words_of(place.name)).startswith(key(reading.words))
                add(place, reading, _EQUAL + is_loose / 2, _BEGINS)
    for reading in readings:
        query = bare(reading.words) if reading.says_epci else loose(reading.words)
        for area in dict.fromkeys((reading.departement or None, None)) if query else ():
            if area is None and any(not rank[0] for rank, _ in best.values()) and doubt == _NONE:
                break  # what is near in the area is near enough
            names = index.near(area)
            near: list[tuple[str, float, str]] = []
            if doubt == _NONE:
                near += _near(query, index, area, reading.says_epci)
            near += [(one, _START, _BEGINS) for one in index.beginning(f"{query} ", area)]
            for one, rank, reason in near:
                for place in map(index.known.__getitem__, names[one]):
                    if _is_asked(place, reading, kind):
                        add(place, reading, rank, reason)
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    return tuple(candidate for _, (_, candidate) in ranked[:MAX_CANDIDATES])


def _kind_rank(place: NamedPlace, reading: Query, kind: str | None) -> int:
    """The kind that a name means first: an intercommunalité where a word says so."""
    kinds = _KINDS[kind or ("epci" if reading.says_epci else None)]
    return kinds.index(place.kind) if place.kind in kinds else len(kinds)


def _near(
    query: str, index: Index, area: str | None, by_words: bool
) -> Iterable[tuple[str, float, str]]:
    """(key, tier, why) of names that it goes beyond, that have its words, or nearly its letters."""
    words = query.split()
    names = index.near(area)
    for count in range(1, len(words)):
        shorter = key(words[:count])
        if len(shorter) > 3 and shorter in names:
            yield shorter, _SHORTER, "nom plus court"
    for one in index.beginning(words[0], area) if len(words) > 1 else ():
        if _has_words(one.split(), words):
            yield one, _WORDS, "mots du nom"
    for one, _, _ in process.extract(
        query, list(names), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=_SPELLINGS
    ):
        elsewhere = (one[0] != query[0]) / 2  # people rarely miss a first letter
        yield one, _SPELLED + OSA.distance(query, one) + elsewhere, "écriture proche"
    if by_words and area and len(words) > 1:
        for one, _, _ in process.extract(
            query, list(names), scorer=fuzz.token_set_ratio, score_cutoff=95, limit=3
        ):
            if " " in one:
                yield one, _SPELLED + _SPELLINGS, "mots communs"


def _has_words(name: list[str], words: list[str]) -> bool:
    """Whether each word begins one of the name's, in their order."""
    rest = iter(name)
    return all(any(own.startswith(word) for own in rest) for word in words)


def _candidate(place: NamedPlace, reason: str) -> Candidate:
    """A territory to choose, with its départements behind the reason."""
    homes = ", ".join(sorted(place.departements)[:3])
    shown = f"{reason} ({homes})" if homes else reason
    return Candidate(place.code, place.name, shown, place.departements, place.population)
