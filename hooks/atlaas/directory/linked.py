"""All records linked and indexed: the third step of the way. Nothing in it changes afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from atlaas.directory.collections import LinkedCollection
from atlaas.directory.indicator_sets import IndicatorSet
from atlaas.directory.publishers import Publishers
from atlaas.geography.distances import Nearest
from atlaas.geography.reference import NATURES, Place, Reference
from atlaas.model import (
    Action,
    Actor,
    Collection,
    ContextFigure,
    Edition,
    Grid,
    Label,
    Membership,
    Term,
    Territory,
)
from atlaas.project import Project
from atlaas.text import grammar, slug
from atlaas.work.text_file import Text


@dataclass(slots=True)
class Records:
    """Valid records with the path of their file, as reading and checking leave them."""

    territories: list[tuple[str, Territory]] = field(default_factory=list)
    actions: list[tuple[str, Action, Text]] = field(default_factory=list)  # path, record, body
    actors: list[tuple[str, Actor]] = field(default_factory=list)
    editions: list[tuple[str, Edition]] = field(default_factory=list)
    collections: list[tuple[str, Collection]] = field(default_factory=list)
    vocabularies: dict[str, dict[str, Term]] = field(default_factory=dict)
    context: list[ContextFigure] = field(default_factory=list)
    grid: Grid | None = None  # of self-evaluation
    indicators: list[IndicatorSet] = field(default_factory=list)  # imported ones
    commented: set[str] = field(default_factory=set)  # paths of files that may have comments


@dataclass(eq=False, slots=True)
class LinkedTerritory:
    """A territory with a page: its record, its official place, and what hangs on it."""

    code: str
    name: str
    kind: str  # commune, epci, ept, departement, region, or of the vocabulary « kinds »
    kind_label: str
    url: str
    place: Place | None
    record: Territory
    path: str  # "" where it has no file of its own
    departement: str  # bare code, "" where it belongs to no single one
    region: str
    recorded: bool = True  # False: no record names it, the official geography alone knows it
    actions: list[LinkedAction] = field(default_factory=list)
    partner_in: list[LinkedAction] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)  # oldest first; of one edition, its own last
    tncc: str = ""  # INSEE's word for its article, where the name does not tell it

    @property
    def the(self) -> str:
        """« la Métropole européenne de Lille », « Agen »: its name inside a sentence."""
        return grammar.the(self.name, self.tncc)

    @property
    def of(self) -> str:
        """« de la Métropole européenne de Lille », « d'Agen », « du Havre »."""
        return grammar.of(self.name, self.tncc)

    @property
    def at(self) -> str:
        """« dans la Métropole européenne de Lille », « à Agen », « au Havre », « en Bretagne »."""
        return grammar.at(self.name, self.tncc, self.kind in _AREAS)

    def headed(self, words: str) -> str:
        """« Action numérique d'Agen », or « Inforoutes : action numérique » where the article of
        the name cannot be known."""
        if self.place or self.kind.startswith("commune") or grammar.has_known_article(self.name):
            return f"{words} {self.of}"
        return f"{self.name} : {words[:1].lower()}{words[1:]}"

    @property
    def population(self) -> int:
        """Inhabitants, or 0 where not known."""
        return self.place.population if self.place else 0

    @property
    def epci(self) -> str:
        """SIREN of the commune's EPCI, or an empty text."""
        return self.place.epci if self.place else ""

    @property
    def areas(self) -> list[str]:
        """The codes of the EPCI, the département and the région in which it lies."""
        departement = f"dep-{self.departement}" if self.departement else ""
        found = (self.epci, departement, f"reg-{self.region}" if self.region else "")
        return [code for code in found if code and code != self.code]

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where known."""
        place = self.place
        if place is None or place.lat is None or place.lon is None:
            return None
        return place.lat, place.lon

    @property
    def by_edition(self) -> dict[int, Label]:
        """Edition -> its label, oldest first: its own, or the highest of communes that merged."""
        return {label.edition: label for label in self.labels}

    @property
    def newest(self) -> Label | None:
        """The label of the newest edition in which the territory is known to have one."""
        return self.labels[-1] if self.labels else None

    @property
    def latest(self) -> Label | None:
        """The newest label whose level is known; where none is, the newest one."""
        with_level = (label for label in reversed(self.by_edition.values()) if label.level)
        return next(with_level, self.newest)

    @property
    def labelled_later(self) -> int:
        """The edition of the newest label where it is newer than ``latest``, its level unknown."""
        return self.newest.edition if self.newest and self.newest is not self.latest else 0


@dataclass(eq=False, slots=True)
class LinkedAction:
    """An action and the records it names."""

    id: str
    url: str
    record: Action
    text: Text  # of its body: see ``body``
    path: str
    territory: LinkedTerritory
    by_title: int  # its place among all actions in French alphabetical order
    partners: Sequence[LinkedTerritory] = ()
    actors: Sequence[LinkedActor] = ()

    @property
    def body(self) -> str:
        """Its story, in Markdown."""
        return self.text.decode()

    @property
    def year(self) -> str:
        """The year in which it started, or an empty text."""
        return self.record.started[:4] if self.record.started else ""


@dataclass(eq=False, slots=True)
class LinkedActor:
    """A structure and the actions it takes part in."""

    id: str
    url: str
    record: Actor
    path: str
    actions: list[LinkedAction] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class LinkedEdition:
    """An edition and the labels known for it, strongest level first, then by name."""

    year: int
    url: str
    record: Edition
    path: str
    labels: list[tuple[LinkedTerritory, Label]] = field(default_factory=list)


@dataclass(eq=False)
class Directory:
    """The whole: every linked record, and indexes from each term to what carries it."""

    reference: Reference
    vocabularies: Mapping[str, Mapping[str, Term]]
    territories: dict[str, LinkedTerritory]  # by code, in French alphabetical order
    actions: dict[str, LinkedAction]  # by id, grouped by territory, then by title
    actors: dict[str, LinkedActor]
    editions: dict[int, LinkedEdition]  # oldest first
    context: list[ContextFigure]
    changed: Mapping[str, str]  # path -> ISO date of its last change, from Git
    grid: Grid | None = None  # of self-evaluation
    indicators: list[IndicatorSet] = field(default_factory=list)  # imported ones
    commented: set[str] = field(default_factory=set)  # paths of files that may have comments
    collections: dict[str, LinkedCollection] = field(default_factory=dict)  # by title
    commits: Mapping[str, str] = field(default_factory=dict)  # path -> that of its last change

    @property
    def project(self) -> Project:
        """The checkout that it was read from."""
        return self.reference.project

    @property
    def _kinds(self) -> Mapping[str, Term]:
        return self.vocabularies.get("kinds", {})

    def page_of(self, code: str) -> LinkedTerritory | None:
        """What the page of a code is about, or None where the code has none.

        A place that no record names has a page too, at the address that it keeps when one does;
        it is in none of the lists and indexes of the directory, and made anew for each call.
        """
        found = self.territories.get(code)
        if found is None and code in self.reference.places:
            found = linked_territory(_NO_RECORD, "", self.reference, self._kinds, code)
            found.recorded = False
        return found

    def address_of(self, code: str) -> str:
        """The address of that page, or an empty text."""
        found = self.territories.get(code) or self.reference.get(code)
        if isinstance(found, Place):
            return territory_url(code, found.name)
        return found.url if found else ""

    def unrecorded(self) -> Iterator[Place]:
        """The places that no record names: EPCI and EPT, then communes, by code."""
        territories = self.territories
        return (p for code, p in self.reference.places.items() if code not in territories)

    def term(self, vocabulary: str, id_: str) -> Term:
        """An entry of a vocabulary."""
        return self.vocabularies[vocabulary][id_]

    def winner(self, label: Label) -> str:
        """Who won a label before it merged into its territory: its name, or an empty text."""
        return self.reference.former_name.get(label.won_by or "", label.won_by or "")

    @cached_property
    def publishers(self) -> Publishers:
        """Who publishes at a host without « www. »."""
        return Publishers(self.vocabularies.get("publishers", {}).values(), self.reference)

    @cached_property
    def status_words(self) -> dict[str, str]:
        """Status id -> its label within a line: « en cours »."""
        return {id_: term.label.lower() for id_, term in self.vocabularies["statuses"].items()}

    @cached_property
    def actions_by(self) -> dict[str, dict[str, list[LinkedAction]]]:
        """« themes », « enjeux » or « usages » -> id of a term -> its actions."""
        index: dict[str, dict[str, list[LinkedAction]]] = {
            vocabulary: defaultdict(list) for vocabulary in ("themes", "enjeux", "usages")
        }
        for action in self.actions.values():
            for vocabulary, found in index.items():
                for id_ in getattr(action.record, vocabulary):
                    found[id_].append(action)
        return {vocabulary: dict(found) for vocabulary, found in index.items()}

    @cached_property
    def rank_in_theme(self) -> dict[str, int]:
        """Action id -> its place among the actions of its first theme."""
        return {
            action.id: rank
            for theme, actions in self.actions_by["themes"].items()
            for rank, action in enumerate(actions)
            if action.record.themes[0] == theme
        }

    @cached_property
    def collections_with(self) -> dict[str, list[LinkedCollection]]:
        """Id of an action or code of a territory -> the collections that name it."""
        index: dict[str, list[LinkedCollection]] = defaultdict(list)
        for collection in self.collections.values():
            for member in (*collection.record.actions, *collection.record.territories):
                index[member].append(collection)
        return dict(index)

    @cached_property
    def labels_by_mention(self) -> dict[str, list[tuple[LinkedTerritory, Label]]]:
        """Mention id -> (territory, label), newest edition first, then by name."""
        index: dict[str, list[tuple[LinkedTerritory, Label]]] = defaultdict(list)
        for edition in reversed(self.editions.values()):
            for territory, label in edition.labels:
                for id_ in label.mentions:
                    index[id_].append((territory, label))
        return dict(index)

    @cached_property
    def labelled(self) -> list[LinkedTerritory]:
        """Territories with at least one known label, by name."""
        return [t for t in self.territories.values() if t.labels]

    @cached_property
    def _inside(self) -> dict[str, list[LinkedTerritory]]:
        index: dict[str, list[LinkedTerritory]] = defaultdict(list)
        for territory in self.territories.values():
            for code in territory.areas:
                index[code].append(territory)
        return dict(index)

    def inside(self, area: str) -> list[LinkedTerritory]:
        """The territories with a page inside an EPCI, a département or a région, by name."""
        return self._inside.get(area, [])

    @cached_property
    def _near(self) -> Nearest[str]:
        points = ((t.code, t.point) for t in self.labelled if t.kind not in _AREAS)
        return Nearest((code, *point) for code, point in points if point)

    def neighbours(
        self, territory: LinkedTerritory, count: int = 6, within_km: float = 60
    ) -> list[tuple[float, LinkedTerritory]]:
        """Labelled territories around, nearest first, as (km, territory)."""
        if territory.point is None:
            return []
        found = self._near.find_for_many(*territory.point, count + 1, within_km)  # itself first
        others = [one for one in found if one[1] != territory.code]
        return [(km, self.territories[code]) for km, code in others[:count]]

    def agreement(self, siren: str) -> tuple[Membership, LinkedTerritory] | None:
        """The membership of an EPCI that offers one to its communes, and that EPCI."""
        epci = self.territories.get(siren)
        offers = (m for m in epci.record.memberships if m.offers) if epci else iter(())
        found = next(offers, None)
        return (found, epci) if found and epci else None


_AREAS = ("departement", "region")
_NO_RECORD = Territory(code="00000")  # one for all of them: each has its own code


@cache
def territory_url(code: str, name: str) -> str:
    """The address of a territory's page; départements and régions have their own folders."""
    if code.startswith("x-"):
        return f"territoires/{code}/"
    if code.startswith("dep-"):
        return f"departements/{code[4:]}-{slug(name)}/"
    if code.startswith("reg-"):
        return f"regions/{code[4:]}-{slug(name)}/"
    return f"territoires/{code}-{slug(name)}/"


def _in_order(label: Label) -> tuple[int, bool, int]:
    return label.edition, label.won_by is None, label.level or 0


def linked_territory(
    record: Territory, path: str, reference: Reference, kinds: Mapping[str, Term], code: str = ""
) -> LinkedTerritory:
    """The territory of a record, before anything hangs on it but its labels.

    ``code`` is that of the place, where no record names it.
    """
    code = code or record.code
    place = reference.get(code)
    if place is None:
        name, kind, departement = record.name or code, record.kind or "", record.departement
        region = reference.departements[departement].region if departement else ""
    else:
        name, kind, departement, region = place.name, place.kind, place.departement, place.region
    label = kinds[kind].label if kind in kinds else kind
    if place and place.nature:
        label = NATURES[place.nature]
    elif place and place.zone == "com" and kind == "region":
        label = "Collectivité d'outre-mer"
    url, where = territory_url(code, name), (departement or "", region)
    linked = LinkedTerritory(code, name, kind, label, url, place, record, path, *where)
    linked.tncc = reference.articles.get(code, "")
    linked.labels.extend(sorted(record.labels, key=_in_order))
    return linked
