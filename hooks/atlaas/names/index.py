"""Every name and code that leads to a territory, filed as the browser's files are.

A territory is filed under the first letters of each telling word of its names (its own, those in
use, those of the communes that it took in), of its codes, and of how its names sound. A file that
would grow large keeps its shortest names and largest places, and is told apart by one more letter.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from atlaas.geography.reference import Reference
from atlaas.model import Term
from atlaas.names.queries import bare, key, loose, opening, telling, words_of

LARGEST = 350  # places of a file before it is parted by one more letter
SHORTENED = 60  # communes that such a file keeps; those beside them are no communes
NameKind = Literal["name", "alias", "former", "part"]
_CONSONANTS = str.maketrans("cqzx", "kkss", "aeiouyh")
_DOUBLED = re.compile(r"(.)\1+")
_PARENTHESIS = re.compile(r"\(([^()]+)\)")  # « CA Porte de l'Isère (CAPI) »


class NamedPlace(NamedTuple):
    """A territory that names lead to: one of the reference, or one named by its own file."""

    code: str
    name: str
    kind: str
    nature: str = ""
    departements: tuple[str, ...] = ()  # bare codes, the main one first; none for a région
    population: int = 0
    postcodes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # names in use that are not its own
    formers: tuple[str, ...] = ()  # names of communes and parts that it took in, or had itself
    parts: tuple[str, ...] = ()  # names of its arrondissements, and of communes dissolved into it
    old_codes: tuple[str, ...] = ()  # of theirs
    group: str = ""  # SIREN of the EPCI of a commune

    @property
    def own_codes(self) -> tuple[str, ...]:
        """Its code, and that which people write for a département."""
        return (self.code, *self.departements) if self.kind == "departement" else (self.code,)

    @property
    def codes(self) -> tuple[str, ...]:
        """All the codes that lead to it."""
        return *self.own_codes, *self.postcodes, *self.old_codes

    @property
    def names(self) -> Iterator[tuple[NameKind, str]]:
        """Its names, its own first."""
        yield "name", self.name
        for alias in self.aliases:
            yield "alias", alias
        for former in self.formers:
            yield "former", former
        for part in self.parts:
            yield "part", part


def sound(words: Iterable[str]) -> str:
    """How words sound, roughly: their consonants, of which a doubled one counts once."""
    text = "".join(words).replace("ph", "f").replace("qu", "k").replace("gu", "g")
    return _DOUBLED.sub(r"\1", text.translate(_CONSONANTS))


def file_keys(place: NamedPlace) -> set[str]:
    """The keys under whose first letters a territory is filed: n- name, c- code, s- sound."""
    keys: set[str] = set()
    for _, name in place.names:
        words = telling(words_of(name))
        keys.update(f"n-{word}" for word in words)
        keys.add(f"s-{sound(words)}")
    keys.update(f"c-{code.lower()}" for code in place.codes)
    return keys


def file_of(whole: str, files: Mapping[str, object] | frozenset[str]) -> str:
    """The file that answers for a key or for its beginning: the one with most of its letters."""
    for length in range(len(whole), 2, -1):
        if whole[:length] in files:
            return whole[:length]
    return ""


@dataclass(frozen=True, eq=False)
class Index:
    """All names by place, key and file; built with :func:`index_of`, never changed."""

    known: Mapping[str, NamedPlace]
    departements: Mapping[str, str]  # loose key of a département's name, or its code -> bare code
    recorded: frozenset[str] = frozenset()  # codes that have a record
    _near: dict[str | None, dict[str, list[str]]] = field(default_factory=dict)
    _sorted: dict[str | None, list[str]] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, list[str]]:
        """File -> the codes of its territories, the largest first."""
        codes = sorted(self.known, key=self.order)
        communes = sum(place.kind == "commune" for place in self.known.values())
        filed: dict[str, set[int]] = defaultdict(set)  # ranks, since they sort at once
        for rank, code in enumerate(codes):
            for whole in file_keys(self.known[code]):
                filed[whole].add(rank)
        files: dict[str, set[int]] = {}
        self._part(2, list(filed), filed, files, communes)
        return {name: [codes[rank] for rank in sorted(ranks)] for name, ranks in files.items()}

    def _part(
        self,
        length: int,
        keys: list[str],
        filed: Mapping[str, set[int]],
        files: dict[str, set[int]],
        communes: int,
    ) -> None:
        """File what is under keys of one beginning, by one more letter."""
        longer: dict[str, list[str]] = defaultdict(list)
        for whole in keys:
            if len(whole) > length:
                longer[whole[: length + 1]].append(whole)
        for start, wholes in longer.items():
            ranks = set().union(*[filed[whole] for whole in wholes])
            if len(ranks) > LARGEST:
                self._part(length + 1, wholes, filed, files, communes)
                others = {rank for rank in ranks if rank >= communes}
                ranks = filed.get(start, set()) | others | set(sorted(ranks)[:SHORTENED])
            files[start] = ranks

    def order(self, code: str) -> tuple[bool, int, bool, str]:
        """Communes first, then the larger, then those that have a record."""
        place = self.known[code]
        return place.kind != "commune", -place.population, code not in self.recorded, code

    @cached_property
    def by_code(self) -> dict[str, list[str]]:
        """A code of any numbering, in lower case -> the codes of the places that it leads to."""
        found: dict[str, list[str]] = defaultdict(list)
        for place in self.known.values():
            for code in place.codes:
                found[code.lower()].append(place.code)
        return found

    @cached_property
    def by_key(self) -> dict[str, dict[str, set[NameKind]]]:
        """Strict, loose and, of an EPCI, bare key of a name -> code -> the kinds of these names."""
        found: dict[str, dict[str, set[NameKind]]] = defaultdict(lambda: defaultdict(set))
        for place in self.known.values():
            for kind, name in place.names:
                for one in keys_of(words_of(name), place.kind):
                    found[one][place.code].add(kind)
        return found

    def near(self, departement: str | None) -> dict[str, list[str]]:
        """Key of a name of any make -> codes, of a département (bare code) or of all places.

        In the order of the keys, so that :meth:`beginning` finds a part of them.
        """
        if departement not in self._near:
            found: dict[str, list[str]] = defaultdict(list)
            for place in self.known.values():
                if departement is None or departement in place.departements:
                    named = (words_of(name) for how, name in place.names if how != "part")
                    keys = {one[2:] for words in named for one in keys_of(words, place.kind)}
                    for one in keys:
                        found[one].append(place.code)
            self._near[departement] = {one: found[one] for one in sorted(found)}
            self._sorted[departement] = list(self._near[departement])
        return self._near[departement]

    def beginning(self, start: str, departement: str | None) -> list[str]:
        """The keys of :meth:`near` that begin so."""
        self.near(departement)
        keys = self._sorted[departement]
        return keys[bisect_left(keys, start) : bisect_left(keys, f"{start}\uffff")]


def keys_of(words: tuple[str, ...], kind: str) -> set[str]:
    """The keys under which a name is known; each begins with how it was made."""
    keys = {f"= {key(words)}", f"~ {loose(words)}"}
    if kind in ("epci", "ept"):
        keys |= {f"~ {loose(opening(words)[2])}", f"e {bare(words)}"}
    return {one for one in keys if len(one) > 2}


def aliases_of(terms: Mapping[str, Term]) -> dict[str, tuple[str, ...]]:
    """Code -> the names in use, from the vocabulary « aliases »."""
    return {term.id: tuple(term.spellings) for term in terms.values()}


def index_of(
    reference: Reference,
    others: Iterable[NamedPlace] = (),
    aliases: Mapping[str, Sequence[str]] = MappingProxyType({}),
    recorded: Iterable[str] = (),
) -> Index:
    """Index every name of the reference, and of ``others`` (the territories in x-…), once.

    ``aliases`` gives the names in use of a code; ``recorded``, the codes that have a record.
    """
    formers: dict[str, dict[str, None]] = defaultdict(dict)
    old_codes: dict[str, dict[str, None]] = defaultdict(dict)
    parts: dict[str, list[str]] = defaultdict(list)
    for part in reference.parts.values():
        if part.kind == "ARM":
            parts[part.parent].append(part.name)
    for move in reference.movements:
        if move.code in reference.split and move.name:  # some of it only went there
            parts[move.current].append(move.name)
    for name, _departement, code in reference.former_names:
        if name != reference.places[code].name and name not in parts[code]:
            formers[code][name] = None
    for old, codes in reference.former.items():
        for code in codes:
            old_codes[code][old] = None
    known: dict[str, NamedPlace] = {}
    departements: dict[str, str] = {}
    for code in list(reference.places):  # a lazy mapping may grow while it is read
        place = reference.places[code]
        is_epci = place.kind == "epci"
        homes = dict.fromkeys([place.departement] if place.departement else [])
        homes.update(dict.fromkeys(member.departement for member in reference.members(code)))
        known[code] = NamedPlace(
            code,
            place.name,
            place.kind,
            place.nature,
            tuple(homes),
            place.population,
            place.postcodes,
            (*aliases.get(code, ()), *(_PARENTHESIS.findall(place.name) if is_epci else ())),
            tuple(formers.get(code, ())),
            tuple(parts.get(code, ())),
            tuple(old_codes.get(code, ())),
            place.epci,
        )
        if place.kind == "departement":
            bare_code = place.departement.lower()
            for written in (loose(words_of(place.name)), bare_code, bare_code.lstrip("0")):
                departements[written] = place.departement
    known.update((other.code, other) for other in others)
    return Index(known, departements, frozenset(recorded))
