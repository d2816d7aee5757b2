"""The pages of communes, EPCI and EPT that no record names yet: what is known of them all the same.

Made from the template of all territories, at the address that they keep when their first record
comes. There are some 36 000: what many of them show is made once per EPCI or département.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.diagnosis.elsewhere import Done, Elsewhere
from atlaas.diagnosis.figure_words import dates
from atlaas.directory import Directory, LinkedAction, LinkedTerritory, territory_url
from atlaas.directory.indicator_sets import having
from atlaas.model import Label
from atlaas.model.indicator_head import COUNTED
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
        yield Page(
            territory_url(place.code, place.name),
            "territory",
            "territoires",
            "",
            "",
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
    """What comparable territories have done."""

    words: str
    cards: list[views.ActionCard]


class Surroundings:
    """What the pages say of what lies around a place; addresses are as from one of them."""

    def __init__(self, directory: Directory, site: Site) -> None:
        self._directory, self._site = directory, site
        self._local, self._elsewhere = Local(directory), Elsewhere(directory)
        self._above = cache(self._of_epci)
        self._ideas = cache(self._of_actions)
        self._none = cache(self._of_none)
        self._dates = {item.head.id: dates(item.head) for item in directory.indicators}
        self._commune: dict[str, Any] | None = None

    def values(self, code: str) -> dict[str, Any]:
        """The values of the template « territory » for a place without a record."""
        t = self._directory.page_of(code)
        assert t is not None and t.place is not None
        departement = self._directory.reference.departements.get(t.departement)
        where = departement.name if departement else ""
        return {
            "page_title": f"{t.name} ({where})" if where else t.name,
            "page_description": f"{t.name} ({where}) : ce que l'Atlaas sait de ce territoire et de "
            "ceux d'à côté.",
            **(self._of_commune(t) if t.kind == "commune" else self._of(t)),
            "panel": None,
            "ideas": [],
            "neighbours": self._neighbours(t),
            "above": self._above(t.epci) if t.kind == "commune" and t.epci else None,
            "figures": self._short(code) if t.kind == "commune" else None,
            "departement": self._directory.territories.get(f"dep-{t.departement}"),
            "elsewhere": self._ideas(self._elsewhere.of(t.place)),
        }

    def _of(self, t: LinkedTerritory) -> dict[str, Any]:
        """What the page of a territory shows, of one whose record is empty."""
        return {**territory.values(self._directory, self._site, t), **self._local.of(t)}

    def _of_commune(self, t: LinkedTerritory) -> dict[str, Any]:
        """The same for a commune: all but what depends on the place is made once."""
        if self._commune is None:
            self._commune = self._of(t)
        diagnosis = self._local.diagnosis(t, _ROOT)
        return {**self._commune, **territory.placed(self._directory, t), "diagnosis": diagnosis}

    def _short(self, code: str) -> ShortFigures | None:
        indicators, worded = self._directory.indicators, self._local.figures.worded
        having = self._having.get(code, ())
        shown, none = [], []
        for number in sorted((*self._measured, *having)) if having else self._measured:
            amount, head = indicators[number].amount(code), indicators[number].head
            if amount is None:
                continue
            if amount.part or head.kind not in COUNTED:
                shown.append((head.label, worded(head, amount), self._dates[head.id]))
            else:
                none.append(number)
        words = self._none(having, tuple(none))
        return ShortFigures(shown, words) if shown or words else None

    @cached_property
    def _having(self) -> dict[str, tuple[int, ...]]:
        return having(self._directory.indicators)

    @cached_property
    def _measured(self) -> list[int]:
        """The indicators of communes of which what is absent is not known."""
        heads = enumerate(item.head for item in self._directory.indicators)
        return [n for n, head in heads if head.level == "commune" and head.absent != "zero"]

    def _of_none(self, having: tuple[int, ...], none: tuple[int, ...]) -> str:
        """« Aucun : lieux France services. Non : Villages d'avenir. »: what there is none of."""
        lists: dict[str, list[str]] = {"somme": [], "oui-non": []}
        for number, item in enumerate(self._directory.indicators):
            head = item.head
            absent = head.level == "commune" and head.absent == "zero" and number not in having
            if absent or number in none:
                lists[head.kind].append(head.label)
        words = zip(("Aucun", "Non"), lists.values(), strict=True)
        return " ".join(f"{word} : {', '.join(labels)}." for word, labels in words if labels)

    def _neighbours(self, t: LinkedTerritory) -> list[tuple[int, LinkedTerritory]]:
        near = territory.around(self._directory, t, 4, _NEAR)
        return near or territory.around(self._directory, t, 2, _FAR)

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
        return Ideas(done.words, [self._card(action) for action in done.actions]) if done else None

    def _card(self, action: LinkedAction) -> views.ActionCard:
        """« Bapaume, 4 000 habitants · en cours · 2016 »: the figure that makes it comparable."""
        card = views.action_card(self._directory, action, with_territory=False)
        town = action.territory
        who = f"{town.name}, {text.number(town.population)} habitants"
        return card._replace(meta=f"{who} · {card.meta}" if card.meta else who)
