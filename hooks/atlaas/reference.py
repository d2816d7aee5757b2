"""The official geography: communes, EPCI, départements, régions, mergers.

Read from data/reference/ (see its SOURCES.md), never from a record. Every place, whatever its
kind, is a ``Place`` under the code that the Atlaas gives it.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
    "ME": "métropole",
    "MET69": "métropole de Lyon",
    "EPT": "établissement public territorial",
}


class Place(NamedTuple):
    """An official territory. ``code`` is the Atlaas code: 59378, 200093201, dep-59, reg-32."""

    code: str
    name: str
    kind: str  # commune | epci | ept | departement | region
    nature: str  # CC, CA, CU, ME, EPT; empty for the other kinds
    departement: str  # bare code: "59"; the main one for an EPCI; empty for a région
    region: str  # bare code: "32"
    epci: str  # SIREN, for a commune
    ept: str  # SIREN, for a commune of Greater Paris
    population: int
    lat: float | None
    lon: float | None
    postcodes: tuple[str, ...]
    zone: str  # metro | drom | com


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


class Reference:
    """All places by code; former commune codes; members of EPCI, départements and régions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.regions: dict[str, Place] = {}
        self.departements: dict[str, Place] = {}
        self.places: dict[str, Place] = {}
        for code, name, zone, _seat, _count, population, lat, lon in _rows(folder / "regions.csv"):
            place = Place(
                f"reg-{code}", name, "region", "", "", code, "", "",
                int(population), _float(lat), _float(lon), (), zone,
            )  # fmt: skip
            self.regions[code] = self.places[place.code] = place
        for code, name, region, zone, _seat, _count, population, lat, lon in _rows(
            folder / "departements.csv"
        ):
            place = Place(
                f"dep-{code}", name, "departement", "", code, region, "", "",
                int(population), _float(lat), _float(lon), (), zone,
            )  # fmt: skip
            self.departements[code] = self.places[place.code] = place
        for siren, name, nature, _p, departement, _deps, _n, population, lat, lon, _f in _rows(
            folder / "epci.csv"
        ):
            region = self.departements[departement].region
            self.places[siren] = Place(
                siren, name, "epci", nature, departement, region, "", "",
                int(population), _float(lat), _float(lon), (), self.regions[region].zone,
            )  # fmt: skip
        self.members: dict[str, list[Place]] = {}
        self.communes: list[Place] = []
        for (
            code, name, departement, region, zone, epci, ept, _siren,
            population, lat, lon, _origin, postcodes,
        ) in _rows(folder / "communes.csv.gz"):  # fmt: skip
            place = Place(
                code, name, "commune", "", departement, region, epci, ept,
                int(population or 0), _float(lat), _float(lon), tuple(postcodes.split()), zone,
            )  # fmt: skip
            self.places[code] = place
            self.communes.append(place)
            if epci:
                self.members.setdefault(epci, []).append(place)
            if ept:
                self.members.setdefault(ept, []).append(place)
        for siren, name, _count, _communes in _rows(folder / "ept.csv"):
            members = self.members.get(siren, [])
            first = members[0]
            points = [(m.lat, m.lon) for m in members if m.lat is not None and m.lon is not None]
            self.places[siren] = Place(
                siren, name, "ept", "EPT", first.departement, first.region, first.epci, "",
                sum(m.population for m in members),
                round(sum(p[0] for p in points) / len(points), 5),
                round(sum(p[1] for p in points) / len(points), 5),
                (), "metro",
            )  # fmt: skip

    def get(self, code: str) -> Place | None:
        """The current place of this code, or None."""
        return self.places.get(code)

    @cached_property
    def former(self) -> dict[str, tuple[str, ...]]:
        """Former commune codes -> the current codes they lead to (several when it was split)."""
        result: dict[str, tuple[str, ...]] = {}
        for old, _old_name, new, _new_name, *_ in _rows(self.folder / "mouvements.csv"):
            if old not in self.places:
                result[old] = (*result.get(old, ()), new)
        return result

    @cached_property
    def former_names(self) -> list[tuple[str, str, str]]:
        """(name, département, current code) of every former, délégué or associated commune."""
        result = []
        for old, old_name, new, *_ in _rows(self.folder / "mouvements.csv"):
            if old_name and new in self.places and old != new:
                result.append((old_name, self.places[new].departement, new))
        for _code, _type, name, parent, departement, *_ in _rows(
            self.folder / "communes_filles.csv"
        ):
            result.append((name, departement, parent))
        return result

    @cached_property
    def websites(self) -> dict[str, str]:
        """Official sites of communes, by INSEE code (DILA directory)."""
        return {row[0]: row[1] for row in _rows(self.folder / "mairies_web.csv.gz") if row[1]}

    def successor(self, code: str) -> str | None:
        """The one current code that a former commune code leads to, or None if unclear."""
        codes = self.former.get(code, ())
        return codes[0] if len(codes) == 1 else None
