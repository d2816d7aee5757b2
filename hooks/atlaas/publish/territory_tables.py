"""The tables of territories and of what hangs on them: labels, memberships, services, figures."""

from __future__ import annotations

from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.model import Indicator, Label, Membership, Programme, Service, Territory
from atlaas.pages.page import Site
from atlaas.publish.formats import address, several, sources_text
from atlaas.publish.tables import (
    CODE,
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

_TO_TERRITORY = ForeignKey(("territory",), "territoires", ("code",))


def _territories(directory: Directory, site: Site) -> Iterator[Row]:
    websites = directory.reference.websites
    for t in directory.territories.values():
        latest = t.latest
        lat, lon = t.point or (None, None)
        yield (
            t.code,
            t.name,
            t.kind,
            t.kind_label,
            t.departement or None,
            t.region or None,
            t.epci or None,
            t.record.country,
            t.population or None,
            lat,
            lon,
            t.record.website or websites.get(t.code),
            latest.edition if latest else None,
            latest.level if latest else None,
            len(t.labels),
            len(t.actions),
            t.record.successor,
            t.record.doubt,
            address(site, t.url),
        )


def _labels(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for label in t.labels:
            yield (
                t.code,
                label.edition,
                label.level,
                several(label.mentions),
                sources_text(label.sources),
                label.doubt,
            )


def _label_terms(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for label in t.labels:
            for mention in label.mentions:
                yield t.code, label.edition, "mentions", mention


def _memberships(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for rank, item in ranked(t.record.memberships):
            yield (
                t.code,
                rank,
                item.level,
                item.since,
                item.through,
                item.offers,
                item.note,
                sources_text(item.sources),
                item.doubt,
            )


def _services(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for rank, item in ranked(t.record.services):
            yield (
                t.code,
                rank,
                item.usage,
                item.title,
                item.url,
                sources_text(item.sources),
                item.doubt,
            )


def _programmes(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for rank, item in ranked(t.record.programmes):
            yield (
                t.code,
                rank,
                item.title,
                item.started,
                item.description,
                sources_text(item.sources),
                item.doubt,
            )


def figure_row(item: Indicator) -> Row:
    """The columns of a figure, from its programme to its doubt."""
    return (
        item.programme,
        item.label,
        item.value,
        item.unit,
        item.nature,
        item.approximate,
        item.date,
        sources_text(item.sources),
        item.doubt,
    )


def _indicators(directory: Directory, site: Site) -> Iterator[Row]:
    for t in directory.territories.values():
        for rank, item in ranked(t.record.indicators):
            yield t.code, rank, *figure_row(item)


FIGURE_FIELDS = (
    of(Indicator, "programme"),
    of(Indicator, "label", required=True),
    of(Indicator, "value", "number", required=True),
    of(Indicator, "unit", required=True),
    of(Indicator, "nature", required=True, vocabulary="natures"),
    of(Indicator, "approximate", "boolean", required=True),
    of(Indicator, "date", pattern=DATE),
    SOURCES,
    DOUBT,
)

TABLES = (
    Table(
        "territoires",
        "Territoires",
        "Territoires qui ont une page : labellisés, nommés par une action, ou dotés d'une fiche, "
        "et tous les départements et régions.",
        ("code",),
        (
            CODE,
            Field("name", "string", "Nom", "Nom officiel.", True),
            Field("kind", "string", "Genre", "Genre de territoire.", True, vocabulary="kinds"),
            Field(
                "kind_label",
                "string",
                "Genre en mots",
                "Genre en français, plus précis pour un EPCI : métropole, communauté de communes…",
                True,
            ),
            Field("departement", "string", "Département", "Code, vide hors de tout."),
            Field("region", "string", "Région", "Code de la région."),
            Field("epci", "string", "EPCI", "SIREN de l'intercommunalité d'une commune."),
            of(Territory, "country"),
            Field(
                "population",
                "integer",
                "Population",
                "Population municipale ; son année est à la page « Données ».",
                minimum=1,
            ),
            Field("lat", "number", "Latitude", "En degrés (WGS 84).", minimum=-90, maximum=90),
            Field("lon", "number", "Longitude", "En degrés (WGS 84).", minimum=-180, maximum=180),
            Field("website", "string", "Site officiel", "Adresse du site officiel."),
            Field(
                "latest_edition",
                "integer",
                "Dernière édition",
                "Édition la plus récente pour laquelle un label est connu ici.",
                minimum=1999,
            ),
            Field(
                "latest_level",
                "integer",
                "Dernier niveau",
                "Arobases de cette édition ; vide si aucune source ne dit le niveau.",
                minimum=1,
                maximum=5,
            ),
            Field("labels", "integer", "Labels", "Nombre de labels connus ici.", True, minimum=0),
            Field("actions", "integer", "Actions", "Nombre d'actions portées.", True, minimum=0),
            Field("successor", "string", "Successeur", "Code du territoire qui lui a succédé."),
            DOUBT,
            URL,
        ),
        _territories,
    ),
    Table(
        "labels",
        "Labels",
        "Labels connus, un par territoire et par édition. Ce n'est qu'une partie des labels "
        "décernés : voir la table « chiffres ».",
        ("territory", "edition"),
        (
            TERRITORY,
            of(Label, "edition", "integer", minimum=1999),
            of(Label, "level", "integer", minimum=1, maximum=5),
            Field(
                "mentions",
                "string",
                "Mentions",
                "Identifiants des mentions reçues, séparés par « | » (table « termes »).",
                pattern=IDENTIFIERS,
            ),
            SOURCES,
            DOUBT,
        ),
        _labels,
        (_TO_TERRITORY, ForeignKey(("edition",), "editions", ("edition",))),
    ),
    Table(
        "labels_termes",
        "Mentions des labels",
        "Une ligne par mention d'un label, pour joindre « labels » et « termes ».",
        ("territory", "edition", "vocabulary", "term"),
        (
            TERRITORY,
            of(Label, "edition", "integer"),
            Field("vocabulary", "string", "Liste", "Toujours « mentions »."),
            Field("term", "string", "Mention", "Identifiant de la mention."),
        ),
        _label_terms,
        (
            ForeignKey(("territory", "edition"), "labels", ("territory", "edition")),
            ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id")),
        ),
    ),
    Table(
        "adhesions",
        "Adhésions",
        "Adhésions connues à l'association qui porte le label.",
        ("territory", "rank"),
        (
            TERRITORY,
            RANK,
            of(Membership, "level", required=True, vocabulary="membership-levels"),
            of(Membership, "since", pattern=DATE),
            of(Membership, "through"),
            of(Membership, "offers", vocabulary="membership-levels"),
            of(Membership, "note"),
            SOURCES,
            DOUBT,
        ),
        _memberships,
        (_TO_TERRITORY,),
    ),
    Table(
        "services",
        "Services en ligne",
        "Services en ligne que des territoires offrent à leurs habitants.",
        ("territory", "rank"),
        (
            TERRITORY,
            RANK,
            of(Service, "usage", required=True, vocabulary="usages"),
            of(Service, "title", required=True),
            of(Service, "url"),
            SOURCES,
            DOUBT,
        ),
        _services,
        (_TO_TERRITORY,),
    ),
    Table(
        "programmes",
        "Programmes",
        "Programmes de territoires, auxquels se rapportent des indicateurs.",
        ("territory", "rank"),
        (
            TERRITORY,
            RANK,
            of(Programme, "title", required=True),
            of(Programme, "started", pattern=DATE),
            of(Programme, "description"),
            SOURCES,
            DOUBT,
        ),
        _programmes,
        (_TO_TERRITORY,),
    ),
    Table(
        "indicateurs",
        "Indicateurs",
        "Chiffres datés et sourcés sur un territoire : réseaux, équipements, couverture.",
        ("territory", "rank"),
        (TERRITORY, RANK, *FIGURE_FIELDS),
        _indicators,
        (_TO_TERRITORY,),
    ),
)
