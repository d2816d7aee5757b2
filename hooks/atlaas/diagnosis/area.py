"""The diagnosis of an EPCI, a département or a région: what the records say of it, counted.

Nothing here is an estimate. A share has its numerator and denominator, each with the territories
or actions behind it; what is not known is counted as not known. Communes are those of the
official geography; a territory is « present » where it has a file or an action.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from atlaas.diagnosis import membership
from atlaas.diagnosis.areas import Areas, Compared
from atlaas.diagnosis.counts import Coverage, coverage, enough
from atlaas.diagnosis.sizes import rate
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.geography.reference import Place
from atlaas.model import Indicator, Label, Service


class Share(NamedTuple):
    """Communes that have something, among all of the area, and the inhabitants of both."""

    communes: tuple[LinkedTerritory, ...]  # those with a page
    n: int  # communes, with or without a page
    of: int
    population: int
    of_population: int
    told: bool = True  # False: too little is known to call it a share, of the area or anywhere


class MatrixRow(NamedTuple):
    """A line of a matrix: a commune, another territory of the area, or a département."""

    name: str
    territory: LinkedTerritory | None
    cells: dict[str, int]  # term id -> number of actions (and services)
    total: int  # actions (and services) of the line, each counted once


class Matrix(NamedTuple):
    """Lines by columns; only lines that have something."""

    columns: tuple[str, ...]  # term ids, in the vocabulary's order
    rows: tuple[MatrixRow, ...]
    empty: int  # how many communes (départements for a région) have nothing


class Gap(NamedTuple):
    """Figures of one thing: what is aimed at next to what is there."""

    territory: LinkedTerritory
    programme: str
    label: str
    unit: str
    by_nature: dict[str, Indicator]  # nature id -> the newest figure of this nature


@dataclass(frozen=True)
class Diagnosis:
    """Everything that is counted of an area."""

    area: LinkedTerritory
    communes: tuple[Place, ...]
    population: int
    present: tuple[LinkedTerritory, ...]  # with a file or an action, the area itself among them
    agreements: tuple[membership.Status, ...]  # group agreements that cover communes of the area
    offered: Share  # communes covered by one of them
    own_members: tuple[tuple[LinkedTerritory, membership.Status], ...]
    edition: int  # the newest edition of which a label is known anywhere; 0 without any
    edition_coverage: Coverage
    labelled_now: Share
    labelled_ever: Share
    by_level: dict[int | None, tuple[LinkedTerritory, ...]]  # communes by latest known level
    other_labelled: tuple[LinkedTerritory, ...]  # labelled territories that are no communes
    acting: Share  # communes that carry an action
    recorded: Share  # communes that are present
    actions: tuple[LinkedAction, ...]
    services: tuple[tuple[LinkedTerritory, Service], ...]
    themes: Matrix
    usages: Matrix
    silent_themes: tuple[str, ...]
    silent_usages: tuple[str, ...]
    rate: Fraction  # actions for 10 000 inhabitants
    compared: Compared
    gaps: tuple[Gap, ...]
    by_theme: dict[str, tuple[LinkedAction, ...]] = field(default_factory=dict)
    by_usage: dict[str, tuple[LinkedAction, ...]] = field(default_factory=dict)


def latest_edition(directory: Directory) -> int:
    """The newest edition of which at least one label is known; 0 where there is none."""
    return max((year for year, edition in directory.editions.items() if edition.labels), default=0)


def diagnose(areas: Areas, area: LinkedTerritory) -> Diagnosis:
    """Count everything of an area that has a diagnosis."""
    directory = areas.directory
    communes = areas.communes(area)
    present = areas.present(area)
    towns = [t for t in present if t.kind == "commune"]
    actions = tuple(action for t in present for action in t.actions)
    services = tuple((t, service) for t in present for service in t.record.services)
    now = latest_edition(directory)
    known_now = coverage(directory.editions[now]) if now else Coverage(0, None)
    by_level: dict[int | None, list[LinkedTerritory]] = {}
    for town in towns:
        if town.latest:
            by_level.setdefault(town.latest.level, []).append(town)
    agreements = {
        siren: found
        for siren in dict.fromkeys(place.epci for place in communes if place.epci)
        if (found := membership.offered(directory, siren))
    }
    covered = [place for place in communes if place.epci in agreements]
    by_theme = _by_term(actions, "themes")
    by_usage = _by_term(actions, "usages")
    used = {*by_usage, *(service.usage for _, service in services if service.usage)}
    population = area.population or sum(place.population for place in communes)
    share = _Shares(communes, directory)
    return Diagnosis(
        area=area,
        communes=tuple(communes),
        population=population,
        present=tuple(present),
        agreements=tuple(agreements.values()),
        offered=share.of_places(covered),
        own_members=tuple((t, s[0]) for t in present if (s := membership.own(directory, t))),
        edition=now,
        edition_coverage=known_now,
        labelled_now=share.known((t for t in towns if label_of(t, now)), enough=enough(known_now)),
        labelled_ever=share.known(t for t in towns if t.labels),
        by_level={
            level: tuple(by_level[level]) for level in (5, 4, 3, 2, 1, None) if level in by_level
        },
        other_labelled=tuple(t for t in present if t.labels and t.kind != "commune"),
        acting=share.known(t for t in towns if t.actions),
        recorded=share.of(towns),
        actions=actions,
        services=services,
        themes=_matrix(areas, area, present, tuple(directory.vocabularies["themes"]), "themes"),
        usages=_matrix(areas, area, present, tuple(directory.vocabularies["usages"]), "usages"),
        silent_themes=tuple(id_ for id_ in directory.vocabularies["themes"] if id_ not in by_theme),
        silent_usages=tuple(id_ for id_ in directory.vocabularies["usages"] if id_ not in used),
        rate=rate(len(actions), population),
        compared=areas.compared(area),
        gaps=tuple(_gaps(present)),
        by_theme=by_theme,
        by_usage=by_usage,
    )


def label_of(territory: LinkedTerritory, edition: int) -> Label | None:
    """The known label of a territory in an edition."""
    return territory.by_edition.get(edition)


class _Shares:
    """Makes shares of the communes of one area."""

    def __init__(self, communes: Iterable[Place], directory: Directory) -> None:
        self._communes = list(communes)
        self._population = sum(place.population for place in self._communes)
        self._directory = directory

    def of_places(self, places: Iterable[Place]) -> Share:
        found = list(places)
        pages = self._directory.territories
        named = [pages[place.code] for place in found if place.code in pages]
        return Share(
            tuple(t for t in named if t.path or t.actions),
            len(found),
            len(self._communes),
            sum(place.population for place in found),
            self._population,
        )

    def of(self, territories: Iterable[LinkedTerritory]) -> Share:
        return self.of_places(t.place for t in territories if t.place)

    def known(self, territories: Iterable[LinkedTerritory], enough: bool = True) -> Share:
        """Of those of which something is known: where it is of none, their share is not told."""
        found = self.of(territories)
        return found._replace(told=enough and found.n > 0)


def _by_term(actions: Iterable[LinkedAction], key: str) -> dict[str, tuple[LinkedAction, ...]]:
    index: dict[str, list[LinkedAction]] = {}
    for action in actions:
        for id_ in getattr(action.record, key):
            index.setdefault(id_, []).append(action)
    return {id_: tuple(found) for id_, found in index.items()}


def _matrix(
    areas: Areas,
    area: LinkedTerritory,
    present: list[LinkedTerritory],
    columns: tuple[str, ...],
    key: str,
) -> Matrix:
    """One line per territory that has something; one per département for a région."""
    directory = areas.directory
    lines: dict[str, tuple[LinkedTerritory, list[LinkedTerritory]]] = {}
    for territory in present:
        line = territory
        if area.kind == "region" and territory.departement:
            line = directory.territories.get(f"dep-{territory.departement}", territory)
        lines.setdefault(line.code, (line, []))[1].append(territory)
    rows = []
    for line, held in lines.values():
        cells, total = _cells(held, key)
        if total:
            rows.append(MatrixRow(line.name, line, cells, total))
    if area.kind == "region":
        everyone = sum(p.region == area.region for p in directory.reference.departements.values())
        with_something = sum(r.territory is not area for r in rows)
    else:
        everyone = len(areas.communes(area))
        with_something = sum(
            r.territory is not None and r.territory.kind == "commune" for r in rows
        )
    return Matrix(columns, tuple(rows), everyone - with_something)


def _cells(territories: Iterable[LinkedTerritory], key: str) -> tuple[dict[str, int], int]:
    """How often each term is named, and by how many actions (and services) any is."""
    cells: Counter[str] = Counter()
    total = 0
    for territory in territories:
        for action in territory.actions:
            terms = getattr(action.record, key)
            cells.update(terms)
            total += bool(terms)
        if key == "usages":
            cells.update(s.usage for s in territory.record.services if s.usage)
            total += sum(bool(service.usage) for service in territory.record.services)
    return cells, total


def _gaps(present: Iterable[LinkedTerritory]) -> Iterable[Gap]:
    """Figures of the area's territories, those of one thing on one line."""
    for territory in present:
        lines: dict[tuple[str, str, str], dict[str, Indicator]] = {}
        for figure in territory.record.indicators:
            line = lines.setdefault((figure.programme or "", figure.label, figure.unit), {})
            known = line.get(figure.nature)
            if known is None or (figure.date or "") > (known.date or ""):
                line[figure.nature] = figure
        for (programme, label, unit), by_nature in lines.items():
            yield Gap(territory, programme, label, unit, by_nature)
