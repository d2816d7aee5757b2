"""The tables of actions, actors, editions, vocabularies and national figures; and all tables."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

from atlaas.diagnosis import coverage, total_of
from atlaas.directory import Directory, LinkedAction
from atlaas.model import Action, Actor, ContextFigure, Count, Edition, Result, Term
from atlaas.model.fields import fields_of
from atlaas.publish import collection_tables, indicator_tables, territory_tables
from atlaas.publish.tables import (
    DATE,
    RANK,
    TERRITORY,
    URL,
    Column,
    DataTable,
    Entries,
    ForeignKey,
    columns,
    count,
    of,
    of_each,
    of_lists,
    own,
)
from atlaas.publish.territory_tables import TO_TERRITORY

_ACTION = replace(
    own("id", "Action", "Identifiant de l'action (table « actions »).", required=True),
    name="action",
)
_TO_ACTION = ForeignKey(("action",), "actions", ("id",))


def _records(kind: str) -> Entries:
    """The entries of all records of a kind."""
    return of_each(lambda d: ((linked.record, linked) for linked in getattr(d, kind).values()))


def _named(key: str) -> Entries:
    """The entries of a list of the actions."""
    return of_each(lambda d: ((i, a) for a in d.actions.values() for i in getattr(a.record, key)))


def _action_terms(directory: Directory) -> Iterator[tuple[Any, LinkedAction]]:
    listed = [f for f in fields_of(Action) if f.identifiers and f.vocabulary]
    for action in directory.actions.values():
        for field in listed:
            for term in getattr(action.record, field.key):
                yield (field.vocabulary, term), action


@cache
def all_tables() -> tuple[DataTable, ...]:
    """Every table, in the order of the files that hold them all: what is named comes first."""
    of_place, *of_territories = territory_tables.tables()
    known = count("labels_known", "Labels connus", "Connus ici.", lambda e: coverage(e.owner).known)
    listed, year = attrgetter("owner"), attrgetter("owner.year")
    return (
        DataTable(
            "termes",
            "Vocabulaires",
            "Listes d'où viennent les thèmes, enjeux, usages, mentions, états et types.",
            ("vocabulary", "id"),
            (
                Column("vocabulary", "Liste", "Nom de la liste : themes, enjeux, usages…", listed),
                *(replace(column, vocabulary="") for column in columns(Term)),
            ),
            of_each(
                lambda d: ((t, v) for v, terms in d.vocabularies.items() for t in terms.values())
            ),
        ),
        of_place,
        DataTable(
            "acteurs",
            "Acteurs",
            "Structures qui prennent part à des actions. Jamais des personnes.",
            ("id",),
            columns(
                Actor,
                own("id", "Identifiant", "Nom court de la structure."),
                "name",
                "kind",
                "territory",
                "website",
                "description",
                count("actions", "Actions", "Nombre d'actions.", lambda e: len(e.owner.actions)),
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
                    lambda e: e.record.ceremony and e.record.ceremony.date,
                    pattern=DATE,
                ),
                Column(
                    "place",
                    "Lieu",
                    "Lieu de la remise des labels.",
                    lambda e: e.record.ceremony and e.record.ceremony.place,
                ),
                known,
                replace(
                    known,
                    name="labels_total",
                    title="Total publié",
                    description="Nombre publié auquel se comparent les labels connus.",
                    value=lambda e: coverage(e.owner).total,
                    required=False,
                ),
                Column(
                    "labels_total_counts",
                    "Ce que compte le total",
                    "Tel que le dit sa source : labels, participants, communes seules, annonce.",
                    lambda e: total.label if (total := total_of(e.owner)) else None,
                ),
                "notes",
                "sources",
                "doubt",
                URL,
                exclude=("ceremony",),
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
                replace(of(Edition, "edition"), value=year, minimum=None, maximum=None),
                RANK,
                *columns(Count),
            ),
            of_lists(lambda d: ((e.record.counts, e) for e in d.editions.values())),
            (ForeignKey(("edition",), "editions", ("edition",)),),
        ),
        *of_territories,
        DataTable(
            "actions",
            "Actions",
            "Actions numériques. Leur description est dans actions.ndjson.gz et dans l'API.",
            ("id",),
            columns(
                Action,
                own("id", "Identifiant", "Code du territoire, « / », nom court."),
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
                "verified",
                "sources",
                "doubt",
                URL,
            ),
            _records("actions"),
            (TO_TERRITORY,),
        ),
        DataTable(
            "actions_termes",
            "Thèmes, enjeux, usages et publics des actions",
            "Une ligne par thème, enjeu, usage ou public d'une action, pour joindre « actions » et "
            "« termes ».",
            ("action", "vocabulary", "term"),
            (
                _ACTION,
                Column(
                    "vocabulary",
                    "Liste",
                    "themes, enjeux, usages ou audiences.",
                    lambda e: e.record[0],
                ),
                Column("term", "Entrée", "Identifiant dans cette liste.", lambda e: e.record[1]),
            ),
            of_each(_action_terms),
            (_TO_ACTION, ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id"))),
        ),
        DataTable(
            "actions_resultats",
            "Résultats des actions",
            "Une ligne par résultat d'une action, avec sa date.",
            ("action", "rank"),
            (_ACTION, RANK, *columns(Result)),
            of_lists(lambda d: ((a.record.results, a) for a in d.actions.values())),
            (_TO_ACTION,),
        ),
        DataTable(
            "actions_partenaires",
            "Territoires partenaires des actions",
            "Une ligne par territoire partenaire d'une action.",
            ("action", "territory"),
            (_ACTION, replace(TERRITORY, value=attrgetter("record"))),
            _named("partners"),
            (_TO_ACTION, TO_TERRITORY),
        ),
        DataTable(
            "actions_acteurs",
            "Acteurs des actions",
            "Une ligne par acteur d'une action.",
            ("action", "actor"),
            (_ACTION, Column("actor", "Acteur", "Identifiant de l'acteur.", attrgetter("record"))),
            _named("actors"),
            (_TO_ACTION, ForeignKey(("actor",), "acteurs", ("id",))),
        ),
        DataTable(
            "contexte",
            "Chiffres nationaux",
            "Chiffres de contexte, hors de tout territoire, datés et sourcés.",
            ("rank",),
            (RANK, *columns(ContextFigure, "area", "programme")),
            of_lists(lambda d: [(d.context, None)]),
        ),
        *indicator_tables.tables(),
        *collection_tables.tables(),
    )
