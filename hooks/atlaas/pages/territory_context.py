"""What a territory's page says next to its record: usages, mosaic, membership, diagnosis.

Made once per build and asked once per page; what many pages share is indexed when first needed.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.diagnosis.areas import Areas
from atlaas.diagnosis.mosaic import Mosaics
from atlaas.diagnosis.open_figures import OpenFigures, nothing_words, open_figures_of
from atlaas.diagnosis.usages import Usage, Usages, asked_of
from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Service
from atlaas.pages import views
from atlaas.pages.page import PageValues, root_of


class UsageCell(NamedTuple):
    """A usage of which something is known, in words."""

    label: str
    url: str
    by: str  # own, above or cited
    words: str
    href: str  # what covers it, or cites it


_NO_USAGES: dict[str, Any] = {"usages": [], "unknown": [], "asked": 0}


class Local:
    """Makes those parts for every territory of a directory."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._mosaics = Mosaics(directory)
        self._usages = Usages(directory)
        # Cells that many territories show, by root, carrier and usage.
        self._cells: dict[tuple[str, str, str], UsageCell] = {}

    @cached_property
    def figures(self) -> OpenFigures:
        """The figures of imported indicators."""
        return open_figures_of(self._directory)

    @cached_property
    def _areas(self) -> Areas:
        return Areas(self._directory)

    def of(self, territory: LinkedTerritory) -> dict[str, Any]:
        """The values of the template « territory » that this module gives."""
        root = root_of(territory.url)
        whole = territory.kind in ("departement", "region")
        going_on = bool(territory.actions or territory.record.services)
        shown = territory.recorded and asked_of(territory) and (going_on or not whole)
        short = territory.kind == "commune" and not territory.recorded  # see ``unrecorded``
        mosaic = self._mosaics.of(territory) if shown else None
        return {
            **(self._of_usages(territory, root) if shown else _NO_USAGES),
            "mosaic": mosaic,
            "mosaic_leads": [
                (lead.term, [views.action_card(self._directory, a) for a in lead.ideas])
                for lead in (mosaic.leads if mosaic else ())
            ],
            "mosaic_others": ", ".join([term.label for term in mosaic.others]).lower()
            if mosaic
            else "",
            "users": self._users(territory),
            "divide": self._divide(territory) if self._directory.indicators and not short else None,
            "diagnosis": self.diagnosis(territory, root),
            "evaluation": self._directory.grid is not None,
            "asked_of": asked_of(territory),
        }

    def _of_usages(self, territory: LinkedTerritory, root: str) -> dict[str, Any]:
        """``usages``: the cells of those known; ``unknown``: the others, by name; ``asked``."""
        found = self._usages.grid(territory)
        unknown = [usage.term.label for usage in found if not usage.by]
        known = [usage for usage in found if usage.by]
        return {"usages": self._cells_of(known, root), "unknown": unknown, "asked": len(found)}

    def _cells_of(self, known: list[Usage], root: str) -> list[UsageCell]:
        cells = []
        for usage in known:
            key = root, usage.carrier.code if usage.carrier else "", usage.term.id
            cell = self._cells.get(key) if usage.by == "above" else None
            if cell is None:
                cell = _cell(usage, root)
                if usage.by == "above":
                    self._cells[key] = cell
            cells.append(cell)
        return cells

    def _users(self, territory: LinkedTerritory) -> PageValues | None:
        """Who makes use of a group agreement, among the communes that it covers."""
        if territory.kind not in ("epci", "ept"):
            return None
        offered = membership.offered(self._directory, territory.code)
        if not offered:
            return None
        inside = [t for t in self._areas.inside(territory) if t.kind == "commune"]
        year = int(offered.year) if offered.year else 0
        since = [t for t in inside if any(label.edition >= year for label in t.labels)]
        return PageValues(
            communes=len(self._directory.reference.members(territory.code)),
            since=offered.year,
            members=[
                (t, membership.in_words(found[0], with_name=False))
                for t in inside
                if (found := membership.own(self._directory, t))
            ],
            acting=[t for t in inside if t.actions],
            labelled=since,  # in an edition since the agreement
            before=[t for t in inside if t.labels and t not in since],
        )

    def _divide(self, territory: LinkedTerritory) -> PageValues | None:
        """Imported indicators: the territory's figures, and what stands beside them."""
        figures = self.figures.of(territory.code)
        if not figures:
            return None
        group = self.figures.comparables.of(territory.code)
        return PageValues(
            figures=[figure for figure in figures if not figure.nothing],
            none=nothing_words(figures),
            group=group.words if group and group.enough else "",
        )

    def diagnosis(self, territory: LinkedTerritory, root: str) -> tuple[str, str] | None:
        """(words, address) of the area's own diagnosis, or that of a commune's EPCI."""
        if self._areas.has_diagnosis(territory.code):
            return "Diagnostic numérique de ce territoire", f"{root}{territory.url}diagnostic/"
        epci = self._directory.territories.get(territory.epci)
        if epci and self._areas.has_diagnosis(epci.code):
            return f"Diagnostic numérique : {epci.name}", f"{root}{epci.url}diagnostic/"
        return None


def _services(services: Sequence[Service]) -> str:
    """« 2 services », « 1 service vu dans une source » where none has an address."""
    if any(service.url for service in services):
        return text.plural(len(services), "service")
    return text.plural(len(services), "service vu dans une source", "services vus dans une source")


def _cell(usage: Usage, root: str) -> UsageCell:
    counts = []
    if usage.services:
        counts.append(_services(usage.services))
    if usage.actions:
        counts.append(text.plural(len(usage.actions), "action"))
    words, href = " et ".join(counts), ""
    if usage.by == "own":
        href = "#services" if usage.services else root + usage.actions[0].url
    elif usage.carrier:
        href = root + usage.carrier.url
        words = f"{words} : {usage.carrier.name}"
    elif usage.programme:
        href = "#chiffres"
        year = next((s.date[:4] for s in usage.programme.sources if s.date), "")
        words = f"cité par la source{f' de {year}' if year else ''}, aucune action connue"
    return UsageCell(usage.term.label, f"{root}usages/{usage.term.id}/", usage.by, words, href)
