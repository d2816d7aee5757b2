"""What lies in each EPCI, département and région: indexes made once, asked many times."""

from collections import Counter, defaultdict
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from atlaas.diagnosis.comparable import ComparableGroup, comparables_of
from atlaas.diagnosis.sizes import Spread, rate, spread
from atlaas.directory import Directory, LinkedTerritory
from atlaas.geography.reference import Place
from atlaas.text import sort_key

AREA_KINDS = ("epci", "ept", "departement", "region")


class Peer(NamedTuple):
    """An area that is compared with; it may have no page, its communes having the actions."""

    code: str
    name: str
    territory: LinkedTerritory | None
    population: int
    actions: int
    rate: Fraction


class Compared(NamedTuple):
    """An area's rate next to those of comparable areas that have at least one known action."""

    words: str  # « intercommunalités de 15 000 à 19 999 habitants, bourgs ruraux »
    many: str  # « intercommunalités »
    areas: int  # how many comparable areas there are
    spread: Spread  # of those with at least one known action
    peers: tuple[Peer, ...]  # by name


class Areas:
    """Indexes of a directory by area. Each is made when first asked for."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._compared: dict[ComparableGroup, Compared] = {}

    @cached_property
    def _in_ept(self) -> dict[str, list[LinkedTerritory]]:
        inside: dict[str, list[LinkedTerritory]] = defaultdict(list)
        for territory in self.directory.territories.values():
            if territory.place and territory.place.ept:
                inside[territory.place.ept].append(territory)
        return dict(inside)

    def inside(self, area: LinkedTerritory) -> list[LinkedTerritory]:
        """The territories with a page inside an area, by name; the area itself is not."""
        if area.kind == "ept":
            return self._in_ept.get(area.code, [])
        return self.directory.inside(area.code)

    def present(self, area: LinkedTerritory) -> list[LinkedTerritory]:
        """Those of them that have a file or an action, and the area itself if it has."""
        everyone = [area, *self.inside(area)]
        return [t for t in everyone if t.path or t.actions]

    @cached_property
    def diagnosed(self) -> list[LinkedTerritory]:
        """The areas that have a diagnosis: each département and région, and each EPCI with a page

        and a record or an action, its own or one of its communes'.
        """
        return [
            t
            for t in self.directory.territories.values()
            if t.kind in ("departement", "region")
            or (t.kind in ("epci", "ept") and self.present(t))
        ]

    @cached_property
    def _diagnosed_codes(self) -> frozenset[str]:
        return frozenset(t.code for t in self.diagnosed)

    def has_diagnosis(self, code: str) -> bool:
        """Whether the territory of this code has a diagnosis page."""
        return code in self._diagnosed_codes

    def communes(self, area: LinkedTerritory) -> list[Place]:
        """All communes of an EPCI, département or région, by code."""
        reference = self.directory.reference
        if area.kind in ("epci", "ept"):
            return reference.members(area.code)
        codes = reference.codes_by_departement
        bare = [area.departement]
        if area.kind == "region":
            bare = [c for c, p in reference.departements.items() if p.region == area.region]
        return [reference.places[code] for one in bare for code in codes.get(one, ())]

    # ------------------------------------------------------------------ rates of all areas

    @cached_property
    def _actions_by_area(self) -> Counter[str]:
        """Code of an area -> actions carried by it or inside it."""
        counts: Counter[str] = Counter()
        for territory in self.directory.territories.values():
            count = len(territory.actions)
            if not count:
                continue
            codes = {*territory.areas, territory.place.ept if territory.place else ""} - {""}
            if territory.kind in AREA_KINDS:
                codes.add(territory.code)
            for code in codes:
                counts[code] += count
        return counts

    def actions_count(self, area: LinkedTerritory) -> int:
        """How many actions are carried by an area or inside it."""
        return self._actions_by_area[area.code]

    @cached_property
    def _acting(self) -> frozenset[str]:
        """The areas of which an action is known, and where somebody lives."""
        places = self.directory.reference.places
        counted = self._actions_by_area
        return frozenset(c for c in counted if c in places and places[c].population)

    def compared(self, area: LinkedTerritory) -> Compared:
        """The rates of comparable areas; made once for each group of them."""
        group = comparables_of(self.directory).of(area.code, self._acting)
        if group is None:
            return Compared("", "", 0, spread(()), ())
        found = self._compared.get(group)
        if found is None:
            found = self._compared[group] = self._compare(group)
        return found

    def _compare(self, group: ComparableGroup) -> Compared:
        places = [self.directory.reference.places[code] for code in group.codes]
        peers = [
            Peer(
                place.code,
                place.name,
                self.directory.territories.get(place.code),
                place.population,
                self._actions_by_area[place.code],
                rate(self._actions_by_area[place.code], place.population),
            )
            for place in sorted(places, key=lambda place: sort_key(place.name))
            if place.code in self._acting
        ]
        rates = spread(peer.rate for peer in peers)
        return Compared(group.words, group.many, len(places), rates, tuple(peers))
