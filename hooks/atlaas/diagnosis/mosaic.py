"""The mosaic of a territory: its enjeux, how many actions and services stand behind each.

No source says which enjeux a service serves apart from « services publics », so that is where each
service counts. A lead is an enjeu behind which nothing is known; ideas are
actions of comparable territories (``comparable``).
"""

from collections import Counter
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from atlaas.diagnosis.comparable import comparables_of
from atlaas.diagnosis.usages import STOPPED
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Term

SERVICES = "services-publics"  # the enjeu for which every online service counts
IDEAS = 3  # actions given for a lead
LEADS = 3  # leads for which ideas are given; the others are named


class Tile(NamedTuple):
    """An enjeu of the mosaic."""

    term: Term
    actions: int
    services: int


class Lead(NamedTuple):
    """An enjeu behind which nothing is known, with ideas from elsewhere."""

    term: Term
    ideas: tuple[LinkedAction, ...]


class Mosaic(NamedTuple):
    """The enjeux of a territory: what stands behind each, or that nothing known does."""

    tiles: tuple[Tile, ...]  # those with something known
    leads: tuple[Lead, ...]  # those with ideas, at most LEADS
    others: tuple[Term, ...]  # further enjeux without anything
    without: int  # actions that name no enjeu


class _Pool(NamedTuple):
    """The territories of a kind that act on an enjeu."""

    actions: dict[str, list[LinkedAction]]  # of each, by its code
    codes: frozenset[str]


class Mosaics:
    """Mosaics of a directory's territories; the pools of ideas are made once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._comparables = comparables_of(directory)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """The place of each territory in alphabetical order, by code."""
        return {code: rank for rank, code in enumerate(self._directory.territories)}

    @cached_property
    def _pools(self) -> dict[tuple[str, str], _Pool]:
        """Those of each kind and enjeu."""
        pools: dict[tuple[str, str], dict[str, list[LinkedAction]]] = {}
        for enjeu, actions in self._directory.actions_by["enjeux"].items():
            for action in actions:
                t = action.territory
                if t.population and action.record.status != STOPPED:
                    pools.setdefault((t.kind, enjeu), {}).setdefault(t.code, []).append(action)
        return {key: _Pool(found, frozenset(found)) for key, found in pools.items()}

    def ideas(self, territory: LinkedTerritory, enjeu: str) -> tuple[LinkedAction, ...]:
        """One action each of the comparable territories nearest in population.

        Where a territory has several on the enjeu, which one is shown depends on who asks, so that
        no single action is shown everywhere.
        """
        pool = self._pools.get((territory.kind, enjeu))
        if pool is None:
            return ()
        rank = self._ranks.get(territory.code, 0)
        alike = self._comparables.nearest(territory.code, pool.codes, IDEAS)
        found = (pool.actions[code] for code in islice(alike, IDEAS))
        return tuple(actions[rank % len(actions)] for actions in found)

    def of(self, territory: LinkedTerritory) -> Mosaic:
        """The mosaic of a territory."""
        going_on = [a.record for a in territory.actions if a.record.status != STOPPED]
        counts = Counter(id_ for record in going_on for id_ in record.enjeux)
        without = sum(not record.enjeux for record in going_on)
        services = len(territory.record.services)
        tiles = []
        weak = []
        for id_, term in self._directory.vocabularies["enjeux"].items():
            actions, offered = counts[id_], services if id_ == SERVICES else 0
            if actions or offered:
                tiles.append(Tile(term, actions, offered))
            else:
                weak.append(term)
        leads: list[Lead] = []
        others: list[Term] = []
        for term in weak:
            ideas = self.ideas(territory, term.id) if len(leads) < LEADS else ()
            if ideas:
                leads.append(Lead(term, ideas))
            else:
                others.append(term)
        return Mosaic(tuple(tiles), tuple(leads), tuple(others), without)
