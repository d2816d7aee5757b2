"""The tables of territories and of what hangs on them: labels, memberships, services, figures."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from atlaas.directory import Directory
from atlaas.model import Indicator, Label, Membership, Programme, Service, Territory
from atlaas.pages.page import Site
from atlaas.publish.tables import (
    CODE,
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

_TO_TERRITORY = ForeignKey(("territory",), "territoires", ("code",))


def _territories(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for t in directory.territories.values():
        yield TableEntry(directory, site, t.record, t)


def _labels(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for t in directory.territories.values():
        for label in t.labels:
            yield TableEntry(directory, site, label, t)


def _mentions(directory: Directory, site: Site) -> Iterator[TableEntry]:
    for t in directory.territories.values():
        for label in t.labels:
            for mention in label.mentions:
                yield TableEntry(directory, site, (label.edition, mention), t)


def _listed(key: str) -> Entries:
    """The entries of a list of the territories' files."""

    def entries(directory: Directory, site: Site) -> Iterator[TableEntry]:
        for t in directory.territories.values():
            for rank, item in ranked(getattr(t.record, key)):
                yield TableEntry(directory, site, item, t, rank)

    return entries


_OF_A_PLACE: tuple[str | Column, ...] = (
    CODE,
    Column("name", "Nom", "Nom officiel.", attrgetter("owner.name"), required=True),
    Column(
        "kind",
        "Genre",
        "Genre de territoire.",
        attrgetter("owner.kind"),
        required=True,
        vocabulary="kinds",
    ),
    Column(
        "kind_label",
        "Genre en mots",
        "Genre en français, plus précis pour un EPCI : métropole, communauté de communes…",
        attrgetter("owner.kind_label"),
        required=True,
    ),
    Column(
        "departement",
        "Département",
        "Code, vide hors de tout.",
        lambda entry: entry.owner.departement or None,
    ),
    Column("region", "Région", "Code de la région.", lambda entry: entry.owner.region or None),
    Column(
        "epci",
        "EPCI",
        "SIREN de l'intercommunalité d'une commune.",
        lambda entry: entry.owner.epci or None,
    ),
    "country",
    Column(
        "population",
        "Population",
        "Population municipale ; son année est à la page « Données ».",
        lambda entry: entry.owner.population or None,
        type="integer",
        minimum=1,
    ),
    Column(
        "lat",
        "Latitude",
        "En degrés (WGS 84).",
        lambda entry: entry.owner.point[0] if entry.owner.point else None,
        type="number",
        minimum=-90,
        maximum=90,
    ),
    Column(
        "lon",
        "Longitude",
        "En degrés (WGS 84).",
        lambda entry: entry.owner.point[1] if entry.owner.point else None,
        type="number",
        minimum=-180,
        maximum=180,
    ),
    Column(
        "website",
        "Site officiel",
        "Adresse du site officiel.",
        lambda entry: (
            entry.record.website or entry.directory.reference.websites.get(entry.owner.code)
        ),
    ),
    Column(
        "latest_edition",
        "Dernière édition",
        "Édition la plus récente pour laquelle un label est connu ici.",
        lambda entry: entry.owner.latest.edition if entry.owner.latest else None,
        type="integer",
        minimum=1999,
    ),
    Column(
        "latest_level",
        "Dernier niveau",
        "Arobases de cette édition ; vide si aucune source ne dit le niveau.",
        lambda entry: entry.owner.latest.level if entry.owner.latest else None,
        type="integer",
        minimum=1,
        maximum=5,
    ),
    count(
        "labels", "Labels", "Nombre de labels connus ici.", lambda entry: len(entry.owner.labels)
    ),
    count(
        "actions", "Actions", "Nombre d'actions portées.", lambda entry: len(entry.owner.actions)
    ),
)


def tables() -> tuple[DataTable, ...]:
    """The table of territories, then those of what their files hold."""
    edition = of(Label, "edition")
    return (
        DataTable(
            "territoires",
            "Territoires",
            "Territoires qui ont une page : labellisés, nommés par une action, ou dotés d'une "
            "fiche, et tous les départements et régions.",
            ("code",),
            columns(Territory, *_OF_A_PLACE, "successor", "doubt", URL, exclude=("sources",)),
            _territories,
        ),
        DataTable(
            "labels",
            "Labels",
            "Labels connus, un par territoire et par édition. Ce n'est qu'une partie des labels "
            "décernés : voir la table « chiffres ».",
            ("territory", "edition"),
            (TERRITORY, *columns(Label, replace(edition, minimum=1999))),
            _labels,
            (_TO_TERRITORY, ForeignKey(("edition",), "editions", ("edition",))),
        ),
        DataTable(
            "labels_termes",
            "Mentions des labels",
            "Une ligne par mention d'un label, pour joindre « labels » et « termes ».",
            ("territory", "edition", "vocabulary", "term"),
            (
                TERRITORY,
                replace(edition, value=lambda entry: entry.record[0]),
                Column("vocabulary", "Liste", "Toujours « mentions ».", lambda _: "mentions"),
                Column(
                    "term", "Mention", "Identifiant de la mention.", lambda entry: entry.record[1]
                ),
            ),
            _mentions,
            (
                ForeignKey(("territory", "edition"), "labels", ("territory", "edition")),
                ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id")),
            ),
        ),
        *(
            DataTable(
                name,
                title,
                description,
                ("territory", "rank"),
                (TERRITORY, RANK, *columns(model)),
                _listed(key),
                (_TO_TERRITORY,),
            )
            for key, model, name, title, description in (
                (
                    "memberships",
                    Membership,
                    "adhesions",
                    "Adhésions",
                    "Adhésions connues à l'association qui porte le label.",
                ),
                (
                    "services",
                    Service,
                    "services",
                    "Services en ligne",
                    "Services en ligne que des territoires offrent à leurs habitants.",
                ),
                (
                    "programmes",
                    Programme,
                    "programmes",
                    "Programmes",
                    "Programmes de territoires, auxquels se rapportent des indicateurs.",
                ),
                (
                    "indicators",
                    Indicator,
                    "indicateurs",
                    "Indicateurs",
                    "Chiffres datés et sourcés sur un territoire : réseaux, équipements, "
                    "couverture.",
                ),
            )
        ),
    )
