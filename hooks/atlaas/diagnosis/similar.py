"""Actions like an action, territories like a territory: ideas to read next.

Two actions are alike by the rare words of their titles, their usages, enjeux and themes. The text
of an action plays no part, and a word in more than ``RARE`` titles neither, so that a change shows
on few other pages: on none where the text changes, on those that share a rare word where the title
does. Which territories are alike, ``comparable`` says.
"""

import re
from collections import defaultdict
from functools import cached_property
from itertools import islice

from atlaas.diagnosis.comparable import comparables_of
from atlaas.directory import Directory, LinkedAction, LinkedTerritory

RARE = 30  # titles that may share a word before it says little
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 7  # letters of a word that count: « équipements » is « équipement »
_STEP = 5  # actions that make a difference: a single new one seldom changes other pages


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

    @cached_property
    def _active(self) -> frozenset[str]:
        """The territories with enough actions to give ideas."""
        found = self._directory.territories.values()
        return frozenset(t.code for t in found if len(t.actions) >= _STEP)

    def territories(self, territory: LinkedTerritory, count: int = 3) -> list[LinkedTerritory]:
        """Comparable territories with more actions, nearest in population first."""
        own = len(territory.actions) // _STEP
        if territory.kind in ("departement", "region"):
            return []
        alike = comparables_of(self._directory).nearest(territory.code, self._active, count)
        peers = (self._directory.territories[code] for code in alike)
        return list(islice((p for p in peers if len(p.actions) // _STEP > own), count))


def _words(action: LinkedAction) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(action.record.title.lower())}
