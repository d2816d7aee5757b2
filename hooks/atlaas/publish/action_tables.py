"""The tables of actions, actors, editions, vocabularies and national figures; and all tables."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from operator import attrgetter

from atlaas.diagnosis import coverage
from atlaas.directory import Directory
from atlaas.model import Action, Actor, ContextFigure, Count, Edition, Term
from atlaas.model.fields import fields_of
from atlaas.pages.page import Site
from atlaas.publish import territory_tables
from atlaas.publish.tables import (
    DATE,
    RANK,
    TERRITORY,
    URL,
    Column,
    DataTable,
    Entries,
    ForeignKey,
    TableEntry,
    columns,
    count,
    of,
    ranked,
)

_ID = attrgetter("owner.id")
_ACTION = Column(
    "action", "Action", "Identifiant de l'action (table « actions »).", _ID, required=True
)
_TO_ACTION = ForeignKey(("action",), "actions", ("id",))
_TO_EDITION = ForeignKey(("edition",), "editions", ("edition",))


def _records(kind: str) -> Entries:
    """The entries of all records of a kind."""

    def entries(directory: Directory, site: Site) -> Iterator[TableEntry]:
        for linked in getattr(directory, kind).values():
            yield TableEntry(directory, site, linked.record, linked)

    return entries


def _named_in_actions(key: str) -> Entries:
    """The entries of a list of the actions."""

    def entries(directory: Directory, site: Site) -> Iterator[TableEntry]:
        for action in directory.actions.values():
            for item in getattr(action.record, key):
                yield TableEntry(directory, site, item, action)

    return entries


def _action_terms(directory: Directory, site: Site) -> Iterator[TableEntry]:
    listed = [f.key for f in fields_of(Action) if f.identifiers and f.vocabulary]
    for action in directory.actions.values():
        for vocabulary in listed:
            for term in getattr(action.record, vocabulary):
                yield TableEntry(directory, site, (vocabulary, term), action)


def _counts(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for edition in directory.editions.values():
        for rank, figure in ranked(edition.record.counts):
            yield TableEntry(directory, site, figure, edition, rank)


def _terms(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for vocabulary, terms in directory.vocabularies.items():
        for term in terms.values():
            yield TableEntry(directory, site, term, vocabulary)


def _context(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for rank, figure in ranked(directory.context):
        yield TableEntry(directory, site, figure, None, rank)


@cache
def all_tables() -> tuple[DataTable, ...]:
    """Every table, in the order of the files that hold them all: what is named comes first."""
    of_place, *of_territories = territory_tables.tables()
    return (
        DataTable(
            "termes",
            "Vocabulaires",
            "Listes d'où viennent les thèmes, enjeux, usages, mentions, états et genres.",
            ("vocabulary", "id"),
            (
                Column(
                    "vocabulary",
                    "Liste",
                    "Nom de la liste : themes, enjeux, usages…",
                    attrgetter("owner"),
                ),
                *(replace(column, vocabulary="") for column in columns(Term)),
            ),
            _terms,
        ),
        of_place,
        DataTable(
            "acteurs",
            "Acteurs",
            "Structures qui prennent part à des actions. Jamais des personnes.",
            ("id",),
            columns(
                Actor,
                Column("id", "Identifiant", "Nom court de la structure.", _ID),
                "name",
                "kind",
                "territory",
                "website",
                "description",
                count(
                    "actions",
                    "Actions",
                    "Nombre d'actions.",
                    lambda entry: len(entry.owner.actions),
                ),
                "sources",
                "doubt",
                URL,
            ),
            _records("actors"),
        ),
        DataTable(
            "editions",
            "Éditions du label",
            "Une ligne par édition annuelle du label.",
            ("edition",),
            columns(
                Edition,
                "edition",
                replace(of(Edition, "number"), minimum=None),
                Column(
                    "date",
                    "Date",
                    "Date de la remise des labels.",
                    lambda entry: entry.record.ceremony and entry.record.ceremony.date,
                    pattern=DATE,
                ),
                Column(
                    "place",
                    "Lieu",
                    "Lieu de la remise des labels.",
                    lambda entry: entry.record.ceremony and entry.record.ceremony.place,
                ),
                count(
                    "labels_known",
                    "Labels connus",
                    "Connus ici.",
                    lambda entry: coverage(entry.owner).known,
                ),
                Column(
                    "labels_total",
                    "Labels décernés",
                    "Total publié.",
                    lambda entry: coverage(entry.owner).total,
                    type="integer",
                    minimum=0,
                ),
                "notes",
                "sources",
                "doubt",
                URL,
            ),
            _records("editions"),
        ),
        DataTable(
            "chiffres",
            "Chiffres publiés sur les éditions",
            "Chiffres que des sources publient sur une édition, chacun avec sa source, jamais "
            "fusionnés.",
            ("edition", "rank"),
            (
                replace(
                    of(Edition, "edition"),
                    value=attrgetter("owner.year"),
                    minimum=None,
                    maximum=None,
                ),
                RANK,
                *columns(Count),
            ),
            _counts,
            (_TO_EDITION,),
        ),
        *of_territories,
        DataTable(
            "actions",
            "Actions",
            "Actions numériques. Le récit de chacune est dans actions.ndjson.gz et dans l'API.",
            ("id",),
            columns(
                Action,
                Column("id", "Identifiant", "Code du territoire, « / », nom court.", _ID),
                "territory",
                "title",
                "themes",
                "enjeux",
                "usages",
                "status",
                "started",
                replace(of(Action, "partners"), title="Partenaires"),
                "actors",
                "website",
                "lessons",
                "verified",
                "sources",
                "doubt",
                URL,
            ),
            _records("actions"),
            (ForeignKey(("territory",), "territoires", ("code",)),),
        ),
        DataTable(
            "actions_termes",
            "Thèmes, enjeux et usages des actions",
            "Une ligne par thème, enjeu ou usage d'une action, pour joindre « actions » et "
            "« termes ».",
            ("action", "vocabulary", "term"),
            (
                _ACTION,
                Column(
                    "vocabulary",
                    "Liste",
                    "themes, enjeux ou usages.",
                    lambda entry: entry.record[0],
                ),
                Column(
                    "term", "Entrée", "Identifiant dans cette liste.", lambda entry: entry.record[1]
                ),
            ),
            _action_terms,
            (_TO_ACTION, ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id"))),
        ),
        DataTable(
            "actions_partenaires",
            "Territoires partenaires des actions",
            "Une ligne par territoire partenaire d'une action.",
            ("action", "territory"),
            (_ACTION, replace(TERRITORY, value=attrgetter("record"))),
            _named_in_actions("partners"),
            (_TO_ACTION, ForeignKey(("territory",), "territoires", ("code",))),
        ),
        DataTable(
            "actions_acteurs",
            "Acteurs des actions",
            "Une ligne par acteur d'une action.",
            ("action", "actor"),
            (_ACTION, Column("actor", "Acteur", "Identifiant de l'acteur.", attrgetter("record"))),
            _named_in_actions("actors"),
            (_TO_ACTION, ForeignKey(("actor",), "acteurs", ("id",))),
        ),
        DataTable(
            "contexte",
            "Chiffres nationaux",
            "Chiffres de contexte, hors de tout territoire, datés et sourcés.",
            ("rank",),
            (RANK, *columns(ContextFigure, "area", "programme")),
            _context,
        ),
    )
