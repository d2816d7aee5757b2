"""The tables of territories and of what hangs on them: labels, memberships, services, figures."""

from dataclasses import replace

from atlaas.model import Indicator, Label, Membership, Model, Programme, Service, Territory
from atlaas.publish.tables import (
    CODE,
    RANK,
    TERRITORY,
    URL,
    Column,
    DataTable,
    ForeignKey,
    columns,
    count,
    of,
    of_each,
    of_lists,
    own,
)

TO_TERRITORY = ForeignKey(("territory",), "territoires", ("code",))


def _degrees(name: str, title: str, at: int, most: int) -> Column:
    return Column(
        name,
        title,
        "En degrés (WGS 84).",
        lambda e: e.owner.point[at] if e.owner.point else None,
        type="number",
        minimum=-most,
        maximum=most,
    )


_OF_A_PLACE: tuple[str | Column, ...] = (
    CODE,
    own("name", "Nom", "Nom officiel.", required=True),
    own("kind", "Type", "Type de territoire.", required=True, vocabulary="kinds"),
    own(
        "kind_label",
        "Type en mots",
        "Type en français, plus précis : métropole, communauté de communes…",
        required=True,
    ),
    own("departement", "Département", "Code, vide hors de tout."),
    own("region", "Région", "Code de la région."),
    own("epci", "EPCI", "SIREN de l'intercommunalité d'une commune."),
    "country",
    own(
        "population",
        "Population",
        "Population municipale ; son année est à la page « Données ».",
        type="integer",
        minimum=1,
    ),
    _degrees("lat", "Latitude", 0, 90),
    _degrees("lon", "Longitude", 1, 180),
    Column(
        "website",
        "Site officiel",
        "Adresse du site officiel.",
        lambda e: e.record.website or e.directory.reference.websites.get(e.owner.code),
    ),
    Column(
        "latest_edition",
        "Dernière édition",
        "Édition la plus récente pour laquelle un label est connu ici.",
        lambda e: e.owner.newest.edition if e.owner.newest else None,
        type="integer",
        minimum=1999,
    ),
    Column(
        "latest_level",
        "Dernier niveau connu",
        "Arobases de l'édition « latest_level_edition », la plus récente dont le niveau est connu.",
        lambda e: e.owner.latest.level if e.owner.latest else None,
        type="integer",
        minimum=1,
        maximum=5,
    ),
    Column(
        "latest_level_edition",
        "Édition du dernier niveau connu",
        "Plus ancienne que « latest_edition » si aucune source ne dit le niveau de celle-ci.",
        lambda e: e.owner.latest.edition if e.owner.latest and e.owner.latest.level else None,
        type="integer",
        minimum=1999,
    ),
    count("labels", "Labels", "Nombre de labels connus ici.", lambda e: len(e.owner.labels)),
    count("actions", "Actions", "Nombre d'actions portées.", lambda e: len(e.owner.actions)),
)
_LISTS: tuple[tuple[str, type[Model], str, str, str], ...] = (
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
        "Chiffres datés et sourcés sur un territoire : réseaux, équipements, couverture.",
    ),
)


_OF_A_LABEL = ("territory", "edition", "won_by")


def tables() -> tuple[DataTable, ...]:
    """The table of territories, then those of what their files hold."""
    edition = of(Label, "edition")
    won_by = replace(of(Label, "won_by"), value=lambda e: e.record.won_by or e.owner.code)
    return (
        DataTable(
            "territoires",
            "Territoires",
            "Territoires qui ont une page : labellisés, nommés par une action, ou dotés d'une "
            "fiche, et tous les départements et régions.",
            ("code",),
            columns(Territory, *_OF_A_PLACE, "successor", "doubt", URL, exclude=("sources",)),
            of_each(lambda d: ((t.record, t) for t in d.territories.values())),
            asked=("name", "departement", "region", "epci"),
        ),
        DataTable(
            "labels",
            "Labels",
            "Labels connus, un par territoire et par édition, et un par commune qui l'a reçu avant "
            "de rejoindre le territoire (« won_by »). Ce n'est qu'une partie des labels "
            "décernés : voir la table « chiffres ».",
            _OF_A_LABEL,
            (TERRITORY, *columns(Label, replace(edition, minimum=1999), "level", won_by)),
            of_each(lambda d: ((label, t) for t in d.territories.values() for label in t.labels)),
            (TO_TERRITORY, ForeignKey(("edition",), "editions", ("edition",))),
        ),
        DataTable(
            "labels_termes",
            "Mentions des labels",
            "Une ligne par mention d'un label, pour joindre « labels » et « termes ».",
            (*_OF_A_LABEL, "vocabulary", "term"),
            (
                TERRITORY,
                replace(edition, value=lambda e: e.record[0].edition),
                replace(won_by, value=lambda e: e.record[0].won_by or e.owner.code),
                Column("vocabulary", "Liste", "Toujours « mentions ».", lambda _: "mentions"),
                Column("term", "Mention", "Identifiant de la mention.", lambda e: e.record[1]),
            ),
            of_each(
                lambda d: (
                    ((label, mention), t)
                    for t in d.territories.values()
                    for label in t.labels
                    for mention in label.mentions
                )
            ),
            (
                ForeignKey(_OF_A_LABEL, "labels", _OF_A_LABEL),
                ForeignKey(("vocabulary", "term"), "termes", ("vocabulary", "id")),
            ),
        ),
        *(_of_list(*listed) for listed in _LISTS),
    )


def _of_list(key: str, model: type[Model], name: str, title: str, description: str) -> DataTable:
    """The table of a list of the territories' files."""
    return DataTable(
        name,
        title,
        description,
        ("territory", "rank"),
        (TERRITORY, RANK, *columns(model)),
        of_lists(lambda d: ((getattr(t.record, key), t) for t in d.territories.values())),
        (TO_TERRITORY,),
    )
