"""Actions like an action, territories like a territory: ideas to read next.

Two actions are alike by the rare words of their titles, their usages, enjeux and themes. The text
of an action plays no part, and a word in more than ``RARE`` titles neither, so that a change shows
on few other pages: on none where the text changes, on those that share a rare word where the title
does. Two territories are alike by kind, population and setting (the kind of their EPCI).
"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from heapq import merge
from operator import itemgetter

from atlaas.directory import Directory, LinkedAction, LinkedTerritory

RARE = 30  # titles that may share a word before it says little
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 7  # letters of a word that count: « équipements » is « équipement »
_LOOKED_AT = 150  # territories of near size looked at, on each side
_STEP = 5  # actions that make a difference: a single new one seldom changes other pages
_WITHIN = 2.0  # how many times larger or smaller a territory of like size may be


class Similar:
    """Indexes of a directory, each made when first asked for."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    # ------------------------------------------------------------------ actions

    @cached_property
    def _by_word(self) -> dict[str, list[LinkedAction]]:
        """Beginning of a word of a title -> the actions, at most one more than ``RARE``."""
        index: dict[str, list[LinkedAction]] = defaultdict(list)
        for action in self._directory.actions.values():
            for word in _words(action):
                found = index[word]
                if len(found) <= RARE:
                    found.append(action)
        return dict(index)

    def actions(self, action: LinkedAction, count: int = 3) -> list[LinkedAction]:
        """Actions of other territories that share most with this one, best first.

        A rare word counts 3, a usage 2, an enjeu or a theme 1. Where fewer than ``count`` share a
        rare word, the next ones of the first theme follow.
        """
        shared: dict[LinkedAction, int] = {}
        for word in _words(action):
            others = self._by_word[word]
            if 1 < len(others) <= RARE:
                for other in others:
                    shared[other] = shared.get(other, 0) + 3
        usages = set(action.record.usages)
        enjeux, themes = set(action.record.enjeux), set(action.record.themes)
        scores = []
        for other, score in shared.items():
            if other.territory is action.territory:
                continue
            record = other.record
            score += 2 * len(usages.intersection(record.usages))
            score += len(enjeux.intersection(record.enjeux))
            score += len(themes.intersection(record.themes))
            scores.append((-score, other.id, other))
        found = [other for _, _, other in sorted(scores)[:count]]
        if len(found) < count:
            found.extend(self._same_theme(action, found, count - len(found)))
        return found

    def _same_theme(
        self, action: LinkedAction, exclude: list[LinkedAction], count: int
    ) -> list[LinkedAction]:
        """The next actions on the first theme after this one, from other territories, in a ring.

        Going round the ring spreads the links over the whole theme, and a new action changes only
        the pages just before it.
        """
        ring = self._directory.actions_by["themes"][action.record.themes[0]]
        start = self._directory.rank_in_theme[action.id]
        found: list[LinkedAction] = []
        for step in range(1, min(len(ring), 201)):  # beyond, one territory carries them all
            other = ring[(start + step) % len(ring)]
            if other.territory is not action.territory and other not in exclude:
                found.append(other)
                if len(found) == count:
                    break
        return found

    # ------------------------------------------------------------------ territories

    def _setting(self, territory: LinkedTerritory) -> tuple[str, str]:
        place = territory.place
        epci = self._directory.reference.get(territory.epci) if territory.epci else place
        return territory.kind, epci.nature if epci else ""

    @cached_property
    def _by_setting(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """(kind, nature of the EPCI) -> (population, code) of territories with enough actions."""
        index: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for territory in self._directory.territories.values():
            if territory.population and len(territory.actions) >= _STEP:
                index[self._setting(territory)].append((territory.population, territory.code))
        return {key: sorted(found) for key, found in index.items()}

    def territories(self, territory: LinkedTerritory, count: int = 3) -> list[LinkedTerritory]:
        """Territories of like size and setting with more actions, nearest in population first."""
        population, own = territory.population, len(territory.actions) // _STEP
        if not population or territory.kind in ("departement", "region"):
            return []
        ranked = self._by_setting.get(self._setting(territory), [])
        at = bisect_left(ranked, (population, territory.code))
        smaller = (
            (population / p, code) for p, code in reversed(ranked[max(0, at - _LOOKED_AT) : at])
        )
        larger = ((p / population, code) for p, code in ranked[at : at + _LOOKED_AT])
        found: list[tuple[float, str, LinkedTerritory]] = []
        for ratio, code in merge(smaller, larger, key=itemgetter(0)):
            if ratio > _WITHIN or (len(found) >= count and ratio > found[-1][0]):
                break
            peer = self._directory.territories[code]
            if peer is not territory and len(peer.actions) // _STEP > own:
                found.append((ratio, code, peer))
        return [peer for _, _, peer in sorted(found)[:count]]


def _words(action: LinkedAction) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(action.record.title.lower())}
