"""The tables of actions, actors, editions, vocabularies and national figures; and all tables."""

from __future__ import annotations

from collections.abc import Iterator

from atlaas.diagnosis import coverage
from atlaas.directory import Directory
from atlaas.model import Action, Actor, Ceremony, ContextFigure, Count, Edition, Term
from atlaas.pages.page import Site
from atlaas.publish import territory_tables
from atlaas.publish.formats import address, several, sources_text
from atlaas.publish.tables import (
    DATE,
    DOUBT,
    IDENTIFIERS,
    RANK,
    SOURCES,
    TERRITORY,
    URL,
    Field,
    ForeignKey,
    Row,
    Table,
    of,
    ranked,
)

_ACTION = Field("action", "string", "Action", "Identifiant de l'action (table « actions »).", True)
_TO_ACTION = ForeignKey(("action",), "actions", ("id",))
_TO_EDITION = ForeignKey(("edition",), "editions", ("edition",))
_LINKED_LISTS = ("themes", "enjeux", "usages")


def _actions(directory: Directory, site: Site) -> Iterator[Row]:
    for action in directory.actions.values():
        record = action.record
        yield (
            action.id,
            record.territory,
            record.title,
            several(record.themes),
            several(record.enjeux),
            several(record.usages),
            record.status,
            record.started,
            several(record.partners),
            several(record.actors),
            record.website,
            record.lessons,
            record.verified,
            sources_text(record.sources),
            record.doubt,
            address(site, action.url),
        )


def _action_terms(directory: Directory, site: Site) -> Iterator[Row]:
    for action in directory.actions.values():
        for vocabulary in _LINKED_LISTS:
            for term in getattr(action.record, vocabulary):
                yield action.id, vocabulary, term


def _partners(directory: Directory, site: Site) -> Iterator[Row]:
    for action in directory.actions.values():
        for code in action.record.partners:
            yield action.id, code


def _action_actors(directory: Directory, site: Site) -> Iterator[Row]:
    for action in directory.actions.values():
        for actor in action.record.actors:
            yield action.id, actor


def _actors(directory: Directory, site: Site) -> Iterator[Row]:
    for actor in directory.actors.values():
        record = actor.record
        yield (
            actor.id,
            record.name,
            record.kind,
            record.territory,
            record.website,
            record.description,
            len(actor.actions),
            sources_text(record.sources),
            record.doubt,
            address(site, actor.url),
        )


def _editions(directory: Directory, site: Site) -> Iterator[Row]:
    for edition in directory.editions.values():
        record = edition.record
        ceremony = record.ceremony or Ceremony()
        known, total = coverage(edition)
        yield (
            edition.year,
            record.number,
            ceremony.date,
            ceremony.place,
            known,
            total,
            several(record.notes),
            sources_text(record.sources),
            record.doubt,
            address(site, edition.url),
        )


def _counts(directory: Directory, site: Site) -> Iterator[Row]:
    for edition in directory.editions.values():
        for rank, count in ranked(edition.record.counts):
            yield (
                edition.year,
                rank,
                count.label,
                count.value,
                count.total,
                count.level,
                count.approximate,
                count.date,
                sources_text(count.sources),
                count.doubt,
            )


def _terms(directory: Directory, site: Site) -> Iterator[Row]:
    for vocabulary, terms in directory.vocabularies.items():
        for term in terms.values():
            yield (
                vocabulary,
                term.id,
                term.label,
                term.definition,
                term.origin,
                term.since,
                term.category,
                term.theme,
                term.enjeu,
                several(term.spellings),
                sources_text(term.sources),
            )


def _context(directory: Directory, site: Site) -> Iterator[Row]:
    for rank, figure in ranked(directory.context):
        yield rank, figure.area, *territory_tables.figure_row(figure)


def _listed(name: str, title: str, description: str, required: bool = False) -> Field:
    words = f"{description}, séparés par « | »."
    return Field(name, "string", title, words, required, pattern=IDENTIFIERS)


TABLES: tuple[Table, ...] = (
    Table(
        "termes",
        "Vocabulaires",
        "Listes d'où viennent les thèmes, enjeux, usages, mentions, états et genres.",
        ("vocabulary", "id"),
        (
            Field("vocabulary", "string", "Liste", "Nom de la liste : themes, enjeux, usages…"),
            of(Term, "id"),
            of(Term, "label", required=True),
            of(Term, "definition"),
            of(Term, "origin"),
            of(Term, "since", "integer"),
            of(Term, "category"),
            of(Term, "theme"),
            of(Term, "enjeu"),
            Field("spellings", "string", "Autres écritures", "Séparées par « | »."),
            SOURCES,
        ),
        _terms,
    ),
    *territory_tables.TABLES[:1],
    Table(
        "acteurs",
        "Acteurs",
        "Structures qui prennent part à des actions. Jamais des personnes.",
        ("id",),
        (
            Field("id", "string", "Identifiant", "Nom court de la structure."),
            of(Actor, "name", required=True),
            of(Actor, "kind"),
            of(Actor, "territory"),
            of(Actor, "website"),
            of(Actor, "description"),
            Field("actions", "integer", "Actions", "Nombre d'actions.", True, minimum=0),
            SOURCES,
            DOUBT,
            URL,
        ),
        _actors,
    ),
    Table(
        "editions",
        "Éditions du label",
        "Une ligne par édition annuelle du label.",
        ("edition",),
        (
            of(Edition, "edition", "integer", minimum=1999, maximum=2100),
            of(Edition, "number", "integer"),
            Field("date", "string", "Date", "Date de la remise des labels.", pattern=DATE),
            Field("place", "string", "Lieu", "Lieu de la remise des labels."),
            Field("labels_known", "integer", "Labels connus", "Connus ici.", True, minimum=0),
            Field("labels_total", "integer", "Labels décernés", "Total publié.", minimum=0),
            Field("notes", "string", "Remarques", "Séparées par « | »."),
            SOURCES,
            DOUBT,
            URL,
        ),
        _editions,
    ),
    Table(
        "chiffres",
        "Chiffres publiés sur les éditions",
        "Chiffres que des sources publient sur une édition, chacun avec sa source, jamais "
        "fusionnés.",
        ("edition", "rank"),
        (
            of(Edition, "edition", "integer"),
            RANK,
            of(Count, "label", required=True),
            of(Count, "value", "integer", required=True, minimum=0),
            of(Count, "total", "boolean", required=True),
            of(Count, "level", "integer", minimum=1, maximum=5),
            of(Count, "approximate", "boolean", required=True),
            of(Count, "date", pattern=DATE),
            SOURCES,
            DOUBT,
        ),
        _counts,
        (_TO_EDITION,),
    ),
    *territory_tables.TABLES[1:],
    Table(
        "actions",
        "Actions",
        "Actions numériques. Le récit de chacune est dans actions.ndjson.gz et dans l'API.",
        ("id",),
        (
            Field("id", "string", "Identifiant", "Code du territoire, « / », nom court."),
            TERRITORY,
            of(Action, "title", required=True),
            _listed("themes", "Thèmes", "Identifiants des thèmes", required=True),
            _listed("enjeux", "Enjeux", "Identifiants des enjeux"),
            _listed("usages", "Usages", "Identifiants des usages"),
            of(Action, "status", vocabulary="statuses"),
            of(Action, "started", pattern=DATE),
            Field("partners", "string", "Partenaires", "Codes d'autres territoires, par « | »."),
            _listed("actors", "Acteurs", "Identifiants des acteurs"),
            of(Action, "website"),
            of(Action, "lessons"),
            of(Action, "verified", pattern=DATE),
            SOURCES,
            DOUBT,
            URL,
        ),
        _actions,
        (ForeignKey(("territory",), "territoires", ("code",)),),
    ),
    Table(
        "actions_termes",
        "Thèmes, enjeux et usages des actions",
        "Une ligne par thème, enjeu ou usage d'une action, pour joindre « actions » et « termes ».",
        ("action", "vocabulary", "term"),
        (
            _ACTION,
            Field("vocabulary", "string", "Liste", "themes, enjeux ou usages."),
            Field("term", "string", "Entrée", "Identifiant dans cette liste."),
        ),
        _action_terms,
        (_TO_ACTION, ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id"))),
    ),
    Table(
        "actions_partenaires",
        "Territoires partenaires des actions",
        "Une ligne par territoire partenaire d'une action.",
        ("action", "territory"),
        (_ACTION, TERRITORY),
        _partners,
        (_TO_ACTION, ForeignKey(("territory",), "territoires", ("code",))),
    ),
    Table(
        "actions_acteurs",
        "Acteurs des actions",
        "Une ligne par acteur d'une action.",
        ("action", "actor"),
        (_ACTION, Field("actor", "string", "Acteur", "Identifiant de l'acteur.")),
        _action_actors,
        (_TO_ACTION, ForeignKey(("actor",), "acteurs", ("id",))),
    ),
    Table(
        "contexte",
        "Chiffres nationaux",
        "Chiffres de contexte, hors de tout territoire, datés et sourcés.",
        ("rank",),
        (RANK, of(ContextFigure, "area", required=True), *territory_tables.FIGURE_FIELDS),
        _context,
    ),
)
