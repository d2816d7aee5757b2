"""The pages of communes, EPCI and EPT that no record names yet: what is known of them all the same.

Made from the template of all territories, at the address that they keep when their first record
comes. There are some 36 000: what many of them show is made once per EPCI or département.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.diagnosis.elsewhere import Done, Elsewhere
from atlaas.diagnosis.open_figures import compared, dates, words
from atlaas.directory import Directory, LinkedAction, LinkedTerritory, territory_url
from atlaas.directory.indicator_areas import Amount, Measure
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.model import Label
from atlaas.model.indicator_head import QUOTIENTS
from atlaas.pages import territory, views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of
from atlaas.pages.territory_context import Local

_ROOT = root_of("territoires/x/")  # they all stand in one folder
_CARDS = 3
_NAMES = 8  # towns of the same EPCI that are named
_NEAR, _FAR = 60, 250  # km within which labelled towns are looked for, then where there is none


@page_kind(order=900, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """One page per place, EPCI first, then communes by code; the sitemap leaves them out."""
    around = Surroundings(directory, site)
    for place in directory.unrecorded():
        above = directory.reference.departements.get(place.departement)
        where = above.name if above else ""
        yield Page(
            territory_url(place.code, place.name),
            "territory",
            "territoires",
            f"{place.name} ({where})" if where else place.name,
            f"{place.name} ({where}) : ce que l'Atlaas sait de ce territoire et de ceux d'à côté.",
            partial(around.values, place.code),
            listed=False,
            scripts=territory.scripts_of(place.kind),
        )


@dataclass(frozen=True, eq=False)
class Above:
    """The EPCI of a commune as its page shows it; made once, so that what is said of it is too."""

    name: str
    named: str  # within a sentence
    url: str
    latest: Label | None
    programmes: list[str]
    actions: int
    cards: list[views.ActionCard]
    offers: str  # « peut devenir membre »: what it offers to communes
    since: str
    communes: int
    towns: list[LinkedTerritory]
    more: int


class ShortFigures(NamedTuple):
    """The figures of imported indicators on a few lines; their sources stand on /methode/."""

    shown: list[tuple[str, str, str]]  # (what is measured, value, date)
    none: str  # of what there is none, and what is not so


@dataclass(frozen=True, eq=False)
class Ideas:
    """What territories of like size have done."""

    size: str
    cards: list[views.ActionCard]


class Surroundings:
    """What the pages say of what lies around a place; addresses are as from one of them."""

    def __init__(self, directory: Directory, site: Site) -> None:
        self._directory, self._site = directory, site
        self._local, self._elsewhere = Local(directory), Elsewhere(directory)
        self._above = cache(self._of_epci)
        self._ideas = cache(self._of_actions)
        self._none = cache(_none)
        self._dates = {item.head.id: dates(item.head) for item in directory.indicators}
        self._worded: dict[tuple[str, Measure], str] = {}

    def values(self, code: str) -> dict[str, Any]:
        """The values of the template « territory » for a place without a record."""
        t = self._directory.page_of(code)
        assert t is not None and t.place is not None
        return {
            **territory.values(self._directory, self._site, t),
            **self._local.of(t),
            "panel": None,
            "ideas": [],
            "neighbours": self._neighbours(t),
            "above": self._above(t.epci) if t.kind == "commune" and t.epci else None,
            "figures": self._short(code) if t.kind == "commune" else None,
            "departement": self._directory.territories.get(f"dep-{t.departement}"),
            "elsewhere": self._ideas(self._elsewhere.of(t.place)),
        }

    def _short(self, code: str) -> ShortFigures | None:
        shown, absent, no = [], list[str](), list[str]()
        for item in self._directory.indicators:
            amount, head = item.amount(code), item.head
            if amount is None:
                continue
            if amount.part or head.kind not in ("somme", "oui-non"):
                shown.append((head.label, self._words(item, amount), self._dates[head.id]))
            else:
                (absent if head.kind == "somme" else no).append(head.label)
        none = self._none(tuple(absent), tuple(no))
        return ShortFigures(shown, none) if shown or none else None

    def _words(self, item: IndicatorSet, amount: Amount) -> str:
        """The value of a commune; it is what it is, whoever lives there."""
        head = item.head
        if head.kind in QUOTIENTS:
            return words(head, amount, area=False, number=compared(head, amount, 0))
        key = head.id, amount.part
        found = self._worded.get(key)
        if found is None:
            found = self._worded[key] = words(head, amount, area=False, number=None)
        return found

    def _neighbours(self, t: LinkedTerritory) -> list[tuple[float, LinkedTerritory]]:
        near = self._directory.neighbours(t, 4, _NEAR)
        return near or self._directory.neighbours(t, 2, _FAR)

    def _of_epci(self, siren: str) -> Above | None:
        directory = self._directory
        epci = directory.page_of(siren)
        if epci is None:
            return None
        offered = membership.offered(directory, siren)
        inside = [t for t in directory.inside(siren) if t.labels or t.actions]
        url = _ROOT + epci.url
        return Above(
            epci.name,
            epci.the,
            url,
            epci.latest,
            [programme.title for programme in epci.record.programmes],
            len(epci.actions),
            [views.action_card(directory, a, False) for a in epci.actions[:_CARDS]],
            offered.level_words if offered else "",
            offered.year if offered else "",
            len(directory.reference.members(siren)),
            inside[:_NAMES],
            len(inside) - _NAMES,
        )

    def _of_actions(self, done: Done | None) -> Ideas | None:
        return Ideas(done.size, [self._card(action) for action in done.actions]) if done else None

    def _card(self, action: LinkedAction) -> views.ActionCard:
        """« Bapaume, 4 000 habitants · en cours · 2016 »: the figure that makes it comparable."""
        card = views.action_card(self._directory, action, with_territory=False)
        town = action.territory
        who = f"{town.name}, {text.number(town.population)} habitants"
        return card._replace(meta=f"{who} · {card.meta}" if card.meta else who)


def _none(absent: tuple[str, ...], no: tuple[str, ...]) -> str:
    """« Aucun : lieux France services. Non : Villages d'avenir. »"""
    lists = (("Aucun", absent), ("Non", no))
    return " ".join(f"{word} : {', '.join(labels)}." for word, labels in lists if labels)
