"""The official geography: communes, EPCI, départements, régions, mergers.

Read from data/reference/ (see its SOURCES.md), never from a record. Every place, whatever its
kind, is a ``Place`` under the code that the Atlaas gives it.
"""

import csv
import gzip
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.project import Project
from atlaas.work.cache import cached

_WEB = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?")

NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
    "ME": "métropole",
    "MET69": "métropole de Lyon",
    "EPT": "établissement public territorial",
}

FRANCE = "france"  # the code of the whole country, where areas are named: it is no place

EARLIER_NAME = "nom d'avant"  # status of a movement that only says how a commune was called


class Place(NamedTuple):
    """An official territory. ``code`` is the Atlaas code: 59378, 200093201, dep-59, reg-32."""

    code: str
    name: str
    kind: str  # commune | epci | ept | departement | region
    nature: str  # CC, CA, CU, ME, EPT; empty for the other kinds
    departement: str  # bare code: "59"; the main one for an EPCI; empty for a région
    region: str  # bare code: "32"
    population: int
    lat: float | None
    lon: float | None
    zone: str  # metro | drom | com
    epci: str = ""  # SIREN, for a commune
    ept: str = ""  # SIREN, for a commune of Greater Paris
    postcodes: tuple[str, ...] = ()
    siren: str = ""  # of the commune itself, as a legal person


class CommunePart(NamedTuple):
    """A part of a commune that has a code of its own, and is never the whole."""

    code: str
    name: str
    kind: str  # ARM (arrondissement municipal) | COMD (déléguée) | COMA (associée)
    parent: str  # INSEE code of the commune


class Movement(NamedTuple):
    """A former commune, a part or an earlier name, and the commune of today that it leads to."""

    code: str
    name: str  # empty where it is not known
    current: str
    current_name: str
    status: str  # in French: code disparu, commune déléguée…
    reason: str  # INSEE's word for the end of the commune
    date: str  # the day on which it ended; unknown after 1 January 2019
    unclear: str  # "oui" where its land went to several communes


def _rows(path: Path) -> Iterable[list[str]]:
    """The rows of a CSV file (gzipped or not), without its header."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    next(rows)
    return rows


def _float(text: str) -> float | None:
    return float(text) if text else None


class Places(Mapping[str, Place]):
    """All places by code. The 34 969 communes stay the lines of their file until asked for."""

    def __init__(self, others: dict[str, Place], lines: dict[str, str]) -> None:
        self._others = others
        self._lines = lines
        self._made: dict[str, Place] = {}  # communes asked for before

    def __getitem__(self, code: str) -> Place:
        place = self._made.get(code) or self._others.get(code)
        if place is None:
            place = self._made[code] = _commune(self._lines[code])
        return place

    def __contains__(self, code: object) -> bool:
        return code in self._lines or code in self._others

    def __iter__(self) -> Iterator[str]:
        yield from self._others
        yield from self._lines

    def __len__(self) -> int:
        return len(self._others) + len(self._lines)

    def except_communes(self) -> Collection[Place]:
        """Every place that is no commune: régions, départements, EPCI and EPT."""
        return self._others.values()


def _place(
    code: str,
    name: str,
    kind: str,
    nature: str,
    above: tuple[str, str, str],
    where: Sequence[str],
    *more: Any,
) -> Place:
    """A place from its département, région and zone, and the cells population, lat and lon."""
    departement, region, zone = above
    people, point = int(where[0] or 0), (_float(where[1]), _float(where[2]))
    return Place(code, name, kind, nature, departement, region, people, *point, zone, *more)


def _commune(line: str) -> Place:
    code, name, departement, region, zone, epci, ept, siren, *where, _, postcodes = line.split(",")
    more = epci, ept, tuple(postcodes.split()), siren
    return _place(code, name, "commune", "", (departement, region, zone), where, *more)


class _Communes(NamedTuple):
    """What the two long files say: the lines of communes, and what is asked of all of them."""

    lines: dict[str, str]  # of communes.csv.gz by code (no value is quoted, which is checked)
    populations: dict[str, int]  # by code
    members: dict[str, list[str]]  # by SIREN of an EPCI or EPT
    departements: dict[str, list[str]]  # by bare code
    postcodes: dict[str, list[str]]
    websites: dict[str, str]  # the official ones, by code


def _communes(folder: Path) -> _Communes:
    path = folder / "communes.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    if '"' in text:
        raise ValueError(f"{path.name} : une valeur entre guillemets n'est pas attendue ici")
    lines: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    departements: dict[str, list[str]] = {}
    postcodes: dict[str, list[str]] = {}
    populations: dict[str, int] = {}
    for line in text.split("\n")[1:]:
        if line:
            code, _, departement, _, _, epci, ept, _, people, _ = line.split(",", 9)
            lines[code] = line
            populations[code] = int(people or 0)
            departements.setdefault(departement, []).append(code)
            for siren in (epci, ept):
                if siren:
                    members.setdefault(siren, []).append(code)
            for postcode in line.rpartition(",")[2].split():
                postcodes.setdefault(postcode, []).append(code)
    rows = ((row[0], row[1].strip()) for row in _rows(folder / "mairies_web.csv.gz"))
    websites = {code: url for code, url in rows if _WEB.fullmatch(url)}
    return _Communes(lines, populations, members, departements, postcodes, websites)


class Reference:
    """All places by code; former commune codes; members of EPCI, départements and régions."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = folder = project.reference
        self.regions: dict[str, Place] = {}
        self.departements: dict[str, Place] = {}
        made: dict[str, Place] = {}
        for code, name, zone, _seat, _count, *where in _rows(folder / "regions.csv"):
            place = _place(f"reg-{code}", name, "region", "", ("", code, zone), where)
            self.regions[code] = made[place.code] = place
        for code, name, region, zone, _seat, _n, *where in _rows(folder / "departements.csv"):
            place = _place(f"dep-{code}", name, "departement", "", (code, region, zone), where)
            self.departements[code] = made[place.code] = place
        for siren, name, nature, _p, code, _deps, _n, *where, _f in _rows(folder / "epci.csv"):
            region = self.departements[code].region
            above = (code, region, self.regions[region].zone)
            made[siren] = _place(siren, name, "epci", nature, above, where)
        inputs = (folder / "communes.csv.gz", folder / "mairies_web.csv.gz")
        communes = cached(_Communes, project.cache, "communes", lambda: _communes(folder), *inputs)
        self.codes_by_departement: dict[str, list[str]] = communes.departements
        """Bare département code -> the INSEE codes of its communes."""
        self.websites: dict[str, str] = communes.websites
        """Official sites of communes, by INSEE code (DILA directory); what is no address is not."""
        self.postcodes: dict[str, list[str]] = communes.postcodes
        """Postcode -> the INSEE codes of the communes that have it."""
        self.populations: dict[str, int] = communes.populations
        """INSEE code of every commune -> its inhabitants."""
        self._members: dict[str, list[str]] = communes.members
        self.places = Places(made, communes.lines)
        for siren, name, _count, codes in _rows(folder / "ept.csv"):
            made[siren] = self._ept(siren, name, codes.split())

    def _ept(self, siren: str, name: str, codes: list[str]) -> Place:
        """An établissement public territorial of Greater Paris, in the middle of its communes."""
        members = [self.places[code] for code in codes]
        points = [(m.lat, m.lon) for m in members if m.lat is not None and m.lon is not None]
        first = members[0]
        people = sum(m.population for m in members)
        lat, lon = (round(sum(values) / len(points), 5) for values in zip(*points, strict=True))
        above = first.departement, first.region
        return Place(siren, name, "ept", "EPT", *above, people, lat, lon, "metro", first.epci)

    def members(self, siren: str) -> list[Place]:
        """The communes of an EPCI or établissement public territorial, by code."""
        return [self.places[code] for code in self._members.get(siren, ())]

    def codes(self, kind: str) -> Collection[str]:
        """The codes of all places of a kind: commune, epci, ept, departement or region."""
        if kind == "commune":
            return self.populations.keys()
        return {place.code for place in self.places.except_communes() if place.kind == kind}

    @cached_property
    def areas_of_communes(self) -> dict[str, tuple[str, ...]]:
        """INSEE code of every commune -> the codes of the EPCI, EPT, département, région it is in.

        The whole country comes last, as ``FRANCE``.
        """
        found: dict[str, list[str]] = {code: [] for code in self.populations}
        for siren, codes in self._members.items():
            for code in codes:
                found[code].append(siren)
        for bare, codes in self.codes_by_departement.items():
            departement = self.departements.get(bare)
            above = [departement.code, f"reg-{departement.region}"] if departement else []
            for code in codes:
                found[code] += [*above, FRANCE]
        return {code: tuple(areas) for code, areas in found.items()}

    def get(self, code: str) -> Place | None:
        """The current place of this code, or None."""
        return self.places.get(code)

    @cached_property
    def articles(self) -> dict[str, str]:
        """Code -> INSEE's « type de nom en clair » (TNCC), where the name does not tell its article
        or its elision: see atlaas.text.grammar."""
        return {code: tncc for code, tncc in _rows(self.folder / "articles.csv")}

    @cached_property
    def movements(self) -> list[Movement]:
        """Former, délégué and associated communes, and where each leads."""
        return [move for move in self._movements if move.status != EARLIER_NAME]

    @cached_property
    def _movements(self) -> list[Movement]:
        return [Movement(*row) for row in _rows(self.folder / "mouvements.csv")]

    @cached_property
    def former(self) -> dict[str, tuple[str, ...]]:
        """Former commune codes -> the current codes they lead to (several when it was split)."""
        result: dict[str, tuple[str, ...]] = {}
        for move in self.movements:
            if move.code not in self.places:
                result[move.code] = (*result.get(move.code, ()), move.current)
        return result

    @cached_property
    def former_name(self) -> dict[str, str]:
        """Former commune code -> the name that it had; a part has its own."""
        parts = {part.code: part.name for part in self.parts.values()}
        return parts | {move.code: move.name for move in self.movements if move.name}

    @cached_property
    def split(self) -> frozenset[str]:
        """Former codes whose commune was dissolved into several: a person decides which."""
        several = {old for old, new in self.former.items() if len(new) > 1}
        return frozenset(several.union(move.code for move in self.movements if move.unclear))

    @cached_property
    def parts(self) -> dict[str, CommunePart]:
        """Arrondissements, communes déléguées and associées, by their own code."""
        rows = _rows(self.folder / "communes_filles.csv")
        return {
            code: CommunePart(code, name, kind, parent) for code, kind, name, parent, *_ in rows
        }

    @cached_property
    def former_names(self) -> list[tuple[str, str, str]]:
        """(name, département, current code) of every former, délégué or associated commune, and
        of every name that a commune had before its present one.

        Not of a code that only changed with its département, under the same name.
        """
        result = []
        for move in self._movements:
            place = self.places.get(move.current)
            if place and move.name not in ("", place.name):
                result.append((move.name, place.departement, place.code))
        for part in self.parts.values():
            if part.parent in self.places:
                result.append((part.name, self.places[part.parent].departement, part.parent))
        return result

    def successor(self, code: str) -> str | None:
        """The one current code that a former commune code leads to, or None if unclear."""
        return None if code in self.split else next(iter(self.former.get(code, ())), None)
