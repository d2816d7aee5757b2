"""Resolve a territory's name, as people and palmarès spell it, into its code.

The imports, ``new`` and the requests call it; what it settles is written into files that ``read``
then reads. It never changes a record.

A name goes through ever looser readings: as it is written, without the words that state its kind
(« CA », « Ville de », « Département du »), without articles, as a former commune, then, never
settled, as the beginning of a name or a close spelling.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from atlaas.geography.reference import NATURES, Reference
from atlaas.text import fold

SMALL_WORDS = frozenset(["le", "la", "les", "lez", "l", "de", "du", "des", "d", "et"])
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
# Words that open a name and state its kind: (words, kind, nature). Longer ones come first.
OPENINGS: tuple[tuple[tuple[str, ...], str, str], ...] = tuple(
    (tuple(words.split()), kind, nature)
    for words, kind, nature in (
        ("collectivite territoriale unique", "collectivite", ""),
        ("etablissement public territorial", "ept", "EPT"),
        ("territoire des iles", "collectivite", ""),
        ("collectivite d outre mer", "collectivite", ""),
        ("collectivite territoriale", "collectivite", ""),
        ("communaute d agglomeration", "epci", "CA"),
        ("communaute de communes", "epci", "CC"),
        ("communaute urbaine", "epci", "CU"),
        ("conseil departemental", "departement", ""),
        ("conseil general", "departement", ""),
        ("conseil regional", "region", ""),
        ("collectivite", "collectivite", ""),
        ("agglomeration", "epci", ""),
        ("intercommunalite", "epci", ""),
        ("departement", "departement", ""),
        ("metropole", "epci", ""),
        ("commune", "commune", ""),
        ("village", "commune", ""),
        ("mairie", "commune", ""),
        ("region", "region", ""),
        ("agglo", "epci", ""),
        ("ville", "commune", ""),
        ("ept", "ept", "EPT"),
        ("cc", "epci", "CC"),
        ("ca", "epci", "CA"),
        ("cu", "epci", "CU"),
    )
)
# Words that say « intercommunalité » anywhere in a name.
EPCI_WORDS = frozenset(
    ["metropole", "eurometropole", "agglomeration", "agglo", "agglopole", "communaute"]
)
POOLS = {
    None: ("commune", "former", "epci", "departement", "region", "other"),
    "commune": ("commune", "former", "other"),
    "epci": ("epci", "other"),
    "ept": ("epci", "other"),
    "departement": ("departement", "other"),
    "region": ("region", "other"),
    "collectivite": ("departement", "region"),
}
CLOSE = 82  # rapidfuzz ratio, of 100, from which a spelling is worth proposing
MAX_CANDIDATES = 6

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


class NamedPlace(NamedTuple):
    """A territory that names lead to: one of the reference, or one named by its own file."""

    code: str
    name: str
    kind: str
    nature: str = ""
    departements: frozenset[str] = frozenset()  # bare codes; empty for a région


class Candidate(NamedTuple):
    """A territory that the name may mean, and why, in French."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Resolution:
    """What a name resolves to: one code when settled, candidates with their reasons otherwise."""

    name: str
    status: Literal["settled", "doubtful", "unknown"]
    code: str | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Index:
    """All names by pool and key; built once with :func:`index_of`, never changed."""

    known: Mapping[str, NamedPlace]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]  # pool -> key -> codes
    departements: Mapping[str, str]  # key of a département's name, or its code -> bare code
    _within: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)

    def keys(self, pool: str, departement: str | None) -> list[str]:
        """The keys of a pool that lead into a département, remembered: a palmarès asks for few."""
        found = self._within.get((pool, departement))
        if found is None:
            found = self._within[pool, departement] = [
                key
                for key, codes in self.names[pool].items()
                if departement is None or any(_is_in(self.known[c], departement) for c in codes)
            ]
        return found


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, ligatures, hyphens, apostrophes; St is Saint."""
    return tuple(ABBREVIATIONS.get(w, w) for w in _NOT_WORD.split(fold(name)) if w)


def _opening(words: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Split the words that state the kind from the rest: (kind or "", nature or "", rest)."""
    for opening, kind, nature in OPENINGS:
        if words[: len(opening)] == opening and len(words) > len(opening):
            return kind, nature, words[len(opening) :]
    return "", "", words


def _key(words: Iterable[str]) -> str:
    return " ".join(words)


def _loose(words: Iterable[str]) -> str:
    return _key(w for w in words if w not in SMALL_WORDS)


def _bare(words: Iterable[str]) -> str:
    return _key(w for w in words if w not in SMALL_WORDS and w not in EPCI_WORDS)


def _keys(words: tuple[str, ...], pool: str) -> Iterator[str]:
    """The keys of a name in a pool, from the most faithful to the loosest."""
    yield _key(words)
    yield _loose(words)
    if pool == "epci":
        rest = _opening(words)[2]
        yield _loose(rest)
        yield _bare(rest)


def index_of(reference: Reference, others: Iterable[NamedPlace] = ()) -> Index:
    """Index every name of the reference, and of ``others`` (the territories in x-…), once."""
    known: dict[str, NamedPlace] = {}
    names: dict[str, dict[str, tuple[str, ...]]] = {
        pool: {} for pool in ("commune", "former", "epci", "departement", "region", "other")
    }
    departements: dict[str, str] = {}

    def add(pool: str, name: str, code: str) -> None:
        for key in dict.fromkeys(_keys(words_of(name), pool)):
            codes = names[pool].get(key, ())
            if key and code not in codes:
                names[pool][key] = (*codes, code)

    for code in list(reference.places):  # a lazy mapping may grow while it is read
        place = reference.places[code]
        homes = {place.departement} if place.departement else set()
        homes.update(member.departement for member in reference.members(place.code))
        known[place.code] = NamedPlace(
            place.code, place.name, place.kind, place.nature, frozenset(homes)
        )
        add("epci" if place.kind == "ept" else place.kind, place.name, place.code)
        if place.kind == "departement":
            departements[_loose(words_of(place.name))] = place.departement
            departements[place.departement.lower()] = place.departement
    for name, _departement, code in reference.former_names:
        if code in known:
            add("former", name, code)
    for other in others:
        known[other.code] = other
        add("other", other.name, other.code)
    return Index(
        MappingProxyType(known),
        MappingProxyType({pool: MappingProxyType(keys) for pool, keys in names.items()}),
        MappingProxyType(departements),
    )


def resolve(
    name: str, *, index: Index, departement: str | None = None, kind: str | None = None
) -> Resolution:
    """Resolve ``name``; ``departement`` is a bare code, ``kind`` one of the keys of POOLS.

    Settled means one territory fits the name, the département and the kind that were given.
    Anything that a person should look at is doubtful; nothing near is unknown.
    """
    if kind not in POOLS:
        raise ValueError(f"kind: {kind!r}")
    readings, found = _readings(name, index)
    departement = departement or found or None
    first_doubt: Resolution | None = None
    for reading in readings:
        result = _by_name(name, words_of(reading), index, departement, kind)
        if result is not None and result.status == "settled":
            return result
        first_doubt = first_doubt or result
    candidates: dict[str, Candidate] = {}
    if first_doubt is not None:
        if departement is None or any(
            departement in index.known[c.code].departements for c in first_doubt.candidates
        ):
            return first_doubt
        candidates.update((c.code, c) for c in first_doubt.candidates)
    for reading in readings:
        for candidate in _near(words_of(reading), index, departement, kind):
            candidates.setdefault(candidate.code, candidate)
    near = tuple(candidates.values())[:MAX_CANDIDATES]
    return Resolution(name, "doubtful" if near else "unknown", None, near)


def _readings(name: str, index: Index) -> tuple[list[str], str]:
    """The name without its parentheses, then each parenthesis; and a département found there."""
    outside = _PARENTHESES.sub(" ", name).strip()
    readings = [outside] if words_of(outside) else []
    departement = ""
    for inside in _PARENTHESES.findall(name):
        words = words_of(inside)
        code = index.departements.get(_loose(words))
        if code:
            departement = code
        elif words:
            readings.append(inside)
    return readings, departement


def _by_name(
    name: str, words: tuple[str, ...], index: Index, departement: str | None, kind: str | None
) -> Resolution | None:
    """What carries this very name, in ever looser readings; None when nothing does."""
    elsewhere: tuple[str, ...] = ()
    for pool, key, nature in _attempts(words, kind):
        codes = index.names[pool].get(key, ())
        if pool == "epci" and kind == "ept":
            codes = tuple(c for c in codes if index.known[c].kind == "ept")
        here = tuple(c for c in codes if _is_in(index.known[c], departement))
        if not here:
            elsewhere = elsewhere or codes
            continue
        if len(here) > 1:
            return Resolution(name, "doubtful", None, _explain(here, index, "homonyme"))
        [code] = here
        found = index.known[code]
        if nature and found.nature and nature != found.nature:
            reason = f"de même nom, mais c'est une {NATURES.get(found.nature, found.nature)}"
            return Resolution(name, "doubtful", None, _explain(here, index, reason))
        rivals = _rivals(found, key, index, kind) if departement is None else ()
        if rivals:
            return Resolution(
                name, "doubtful", None, _explain((code, *rivals), index, "homonyme, ou ancien nom")
            )
        reason = "ancienne commune, aujourd'hui dans celle-ci" if pool == "former" else "même nom"
        return Resolution(name, "settled", code, _explain(here, index, reason))
    if elsewhere:
        reason = f"de ce nom, mais hors du département {departement}"
        return Resolution(name, "doubtful", None, _explain(elsewhere, index, reason))
    return None


def _rivals(found: NamedPlace, key: str, index: Index, kind: str | None) -> tuple[str, ...]:
    """Other territories of this name, today's or former, in none of its départements.

    Évry (Yonne) must not settle what may mean the former Évry (Essonne).
    """
    if found.kind != "commune":
        return ()
    return tuple(
        dict.fromkeys(
            code
            for pool in POOLS[kind]
            for code in index.names[pool].get(key, ())
            if index.known[code].departements
            and not index.known[code].departements & found.departements
        )
    )


def _attempts(words: tuple[str, ...], kind: str | None) -> Iterator[tuple[str, str, str]]:
    """Where to look for a name, in order: (pool, key, nature that the name states)."""
    stated, nature, rest = _opening(words)
    for pool in POOLS[kind]:
        yield pool, _key(words), ""
    pools = POOLS[kind]
    if stated:
        pools = tuple(p for p in POOLS[stated] if p in POOLS[kind])
        for pool in pools:
            yield pool, _key(rest), nature
            yield pool, _loose(rest), nature
    else:
        for pool in pools:
            yield pool, _loose(words), ""
    if "epci" in pools and (stated or kind or EPCI_WORDS.intersection(words)):
        yield "epci", _bare(rest), nature


def _is_in(known: NamedPlace, departement: str | None) -> bool:
    return departement is None or not known.departements or departement in known.departements


def _explain(codes: Iterable[str], index: Index, reason: str) -> tuple[Candidate, ...]:
    """Candidates in the order of their codes, each with the reason and its département."""
    result = []
    for code in sorted(codes):
        known = index.known[code]
        homes = ", ".join(sorted(known.departements)[:3])
        result.append(Candidate(code, known.name, f"{reason} ({homes})" if homes else reason))
    return tuple(result)


def _near(
    words: tuple[str, ...], index: Index, departement: str | None, kind: str | None
) -> list[Candidate]:
    """Names that begin like this one or are spelled closely; in the département first."""
    stated, _nature, rest = _opening(words)
    pools = POOLS[stated or kind]
    is_epci = "epci" in (stated, kind) or bool(EPCI_WORDS.intersection(words))
    query = _bare(rest) if is_epci else _loose(rest)
    if not query:
        return []
    for within in dict.fromkeys((departement, None)):
        scored: dict[str, tuple[float, str]] = {}
        for pool in pools:
            keys = index.keys(pool, within)
            begins = [(k, 100.0, "début du nom") for k in keys if k.startswith(f"{query} ")]
            spelled = [
                (key, score, "écriture proche")
                for key, score, _ in process.extract(
                    query, keys, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MAX_CANDIDATES
                )
            ]
            if pool == "epci" and within and len(query.split()) > 1:
                spelled += [
                    (key, score - 1, "mots communs")
                    for key, score, _ in process.extract(
                        query, keys, scorer=fuzz.token_set_ratio, score_cutoff=95, limit=3
                    )
                    if " " in key
                ]
            for key, score, reason in begins + spelled:
                for code in index.names[pool][key]:
                    if _is_in(index.known[code], within) and (
                        code not in scored or scored[code][0] < score
                    ):
                        scored[code] = (score, reason)
        if scored:
            best = sorted(scored.items(), key=lambda item: (-item[1][0], item[0]))
            return [
                _explain([code], index, reason)[0] for code, (_, reason) in best[:MAX_CANDIDATES]
            ]
    return []
