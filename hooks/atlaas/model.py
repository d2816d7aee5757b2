"""The records, as pydantic models: what a file may hold, with the French words that describe it.

Every schema, form and reference page is derived from here. Values arrive as text (see ``read``)
and are typed here. What depends on other files or on the geography is checked by ``rules``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _partial_date(value: str) -> str:
    """Accept ``2016``, ``2016-07`` or ``2016-07-02`` as text; raise ValueError otherwise."""
    if not PARTIAL_DATE.fullmatch(value):
        raise ValueError("partial_date")
    if len(value) == 10:
        from datetime import date

        date.fromisoformat(value)
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=80)]
Code = Annotated[str, StringConstraints(min_length=2, max_length=80)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Address = Annotated[str, StringConstraints(min_length=8, max_length=500)]


class Model(BaseModel):
    """What all records share: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Model):
    """Where a fact was read: an address, or a printed source (publisher, title and date)."""

    url: Address | None = Field(
        None,
        title="Adresse de la page",
        description="Page où le fait a été lu (http accepté si la page n'existe pas en https).",
        examples=["https://www.villes-internet.net/actions/5a0429c2243b8b6b3f7e9942"],
    )
    publisher: ShortText | None = Field(
        None, title="Éditeur", description="Qui publie la source.", examples=["Villes Internet"]
    )
    title: ShortText | None = Field(
        None,
        title="Titre de la source",
        description="Titre de l'article ou du document.",
        examples=["Cités en réseaux 2016"],
    )
    date: PartialDate | None = Field(
        None,
        title="Date de la source",
        description="Année, année-mois ou date de publication.",
        examples=["2018-02"],
    )
    seen: PartialDate | None = Field(
        None,
        title="Vue le",
        description="Jour où la page a été lue pour la dernière fois.",
        examples=["2026-11-21"],
    )


Sources = Annotated[
    list[Source],
    Field(
        min_length=1,
        max_length=20,
        title="Sources",
        description="Au moins une source : une adresse, ou un éditeur, un titre et une date.",
    ),
]
Doubt = Annotated[
    LongText | None,
    Field(
        title="Doute",
        description="Ce qui reste à vérifier, et pourquoi. Affiché « à vérifier » sur le site.",
        examples=["niveau déduit de « treizième année de suite »"],
    ),
]


class Label(Model):
    """The label of a territory in one edition."""

    edition: int = Field(
        title="Édition", description="Année de l'édition du label.", examples=["2018"]
    )
    level: int | None = Field(
        None,
        ge=1,
        le=5,
        title="Niveau",
        description="Nombre d'arobases, de 1 à 5. À omettre si la source ne le donne pas.",
        examples=["5"],
    )
    mentions: list[Identifier] = Field(
        [],
        max_length=10,
        title="Mentions",
        description="Mentions reçues, prises dans data/vocabulary/mentions.yml.",
        examples=["numerique-educatif"],
    )
    sources: Sources
    doubt: Doubt = None


class Membership(Model):
    """A membership of the association that carries the label."""

    level: Identifier = Field(
        title="Niveau d'adhésion",
        description="Pris dans data/vocabulary/membership-levels.yml.",
        examples=["praemium"],
    )
    since: PartialDate | None = Field(
        None, title="Depuis", description="Date d'adhésion, si connue.", examples=["2016-07-02"]
    )
    through: Code | None = Field(
        None,
        title="Par l'intermédiaire de",
        description="Code SIREN (entre guillemets) de l'EPCI dont l'accord offre l'adhésion.",
        examples=['"200093201"'],
    )
    offers: Identifier | None = Field(
        None,
        title="Niveau offert aux communes",
        description="Pour un EPCI : niveau d'adhésion que son accord offre à ses communes.",
        examples=["membre"],
    )
    note: LongText | None = Field(
        None, title="Précision", description="Ce que dit la source des conditions de l'accord."
    )
    sources: Sources
    doubt: Doubt = None


class Service(Model):
    """An online service offered to residents."""

    usage: Identifier = Field(
        title="Usage",
        description="Usage servi, pris dans data/vocabulary/usages.yml.",
        examples=["demarches-administratives"],
    )
    title: ShortText = Field(
        title="Nom du service", description="Nom affiché.", examples=["Portail famille"]
    )
    url: Address | None = Field(
        None, title="Adresse", description="Adresse https du service.", examples=["https://…"]
    )
    sources: Sources | None = None
    doubt: Doubt = None


class Programme(Model):
    """A programme of a territory, on which dated figures hang."""

    title: ShortText = Field(
        title="Nom du programme",
        description="Nom que citent les indicateurs du territoire.",
        examples=["Schéma d'aménagement numérique"],
    )
    started: PartialDate | None = Field(
        None, title="Début", description="Année de début.", examples=["2009"]
    )
    description: LongText | None = Field(
        None, title="Description", description="Ce que vise le programme, en quelques phrases."
    )
    sources: Sources
    doubt: Doubt = None


class Indicator(Model):
    """A dated, sourced figure: networks, sites, coverage, context."""

    programme: ShortText | None = Field(
        None,
        title="Programme",
        description="Nom d'un programme de la même fiche.",
        examples=["Schéma d'aménagement numérique"],
    )
    label: ShortText = Field(
        title="Ce qui est compté",
        description="Libellé du chiffre.",
        examples=["prises concernées par la modernisation des réseaux câblés"],
    )
    value: Decimal = Field(
        title="Valeur", description="Un nombre, sans espace ni unité.", examples=["210000"]
    )
    unit: ShortText = Field(title="Unité", description="Unité du chiffre.", examples=["prises"])
    nature: Identifier = Field(
        title="Nature",
        description="Prise dans data/vocabulary/natures.yml : objectif, existant ou contexte.",
        examples=["objectif"],
    )
    approximate: bool = Field(
        False, title="Environ", description="true si la source dit « environ »."
    )
    date: PartialDate | None = Field(
        None, title="Date du chiffre", description="À quand se rapporte le chiffre."
    )
    sources: Sources
    doubt: Doubt = None


class Territory(Model):
    """A territory: ``data/territories/<dep>/<code>-<slug>.yml``.

    Name, population and place come from data/reference/; only a code in ``x-…`` (syndicat,
    dissolved EPCI, foreign town) names itself here.
    """

    code: Code = Field(
        title="Code",
        description="Code INSEE d'une commune, SIREN d'un EPCI, dep-59, reg-32 ou x-nom. "
        "Toujours entre guillemets.",
        examples=['"59378"'],
    )
    name: ShortText | None = Field(
        None,
        title="Nom",
        description="Seulement pour un code en x- : le nom officiel du territoire.",
        examples=["Syndicat mixte des Inforoutes de l'Ardèche"],
    )
    kind: Identifier | None = Field(
        None,
        title="Genre",
        description="Seulement pour un code en x- : pris dans data/vocabulary/kinds.yml.",
        examples=["syndicat"],
    )
    departement: Code | None = Field(
        None,
        title="Département",
        description="Seulement pour un code en x- : code du département de son siège.",
        examples=['"07"'],
    )
    country: ShortText | None = Field(
        None,
        title="Pays",
        description="Seulement pour une ville étrangère.",
        examples=["Canada (Québec)"],
    )
    successor: Code | None = Field(
        None,
        title="Successeur",
        description="Seulement pour un code en x- : code du territoire qui lui a succédé.",
        examples=['"200043396"'],
    )
    website: Address | None = Field(
        None,
        title="Site officiel",
        description="Adresse https du site officiel, si celle de la référence manque ou a changé.",
        examples=["https://www.marcq-en-baroeul.org/"],
    )
    memberships: list[Membership] = Field([], max_length=50, title="Adhésions")
    labels: list[Label] = Field([], max_length=60, title="Labels")
    services: list[Service] = Field([], max_length=200, title="Services en ligne")
    programmes: list[Programme] = Field([], max_length=100, title="Programmes")
    indicators: list[Indicator] = Field([], max_length=500, title="Indicateurs")
    sources: Sources | None = None
    doubt: Doubt = None


class Action(Model):
    """A digital action: front matter of ``data/actions/<dep>/<code>-<slug>/<slug>.md``."""

    title: Annotated[str, StringConstraints(min_length=5, max_length=140)] = Field(
        title="Titre",
        description="Ce que fait l'action, en une ligne, sans HTML.",
        examples=["Appel à projets « La bonne appli »"],
    )
    territory: Code = Field(
        title="Territoire",
        description="Code du territoire qui porte l'action, entre guillemets.",
        examples=['"59378"'],
    )
    partners: list[Code] = Field(
        [],
        max_length=50,
        title="Territoires partenaires",
        description="Codes d'autres territoires, entre guillemets.",
        examples=['"200093201"'],
    )
    actors: list[Identifier] = Field(
        [],
        max_length=50,
        title="Acteurs",
        description="Structures associées, prises dans data/actors/.",
        examples=["universite-de-lille"],
    )
    themes: list[Identifier] = Field(
        min_length=1,
        max_length=3,
        title="Thèmes",
        description="Un à trois thèmes, pris dans data/vocabulary/themes.yml.",
        examples=["reseau-social"],
    )
    enjeux: list[Identifier] = Field(
        [],
        max_length=5,
        title="Enjeux",
        description="Enjeux servis, pris dans data/vocabulary/enjeux.yml.",
        examples=["vie-quotidienne"],
    )
    usages: list[Identifier] = Field(
        [],
        max_length=10,
        title="Usages",
        description="Usages servis, pris dans data/vocabulary/usages.yml.",
        examples=["demarches-administratives"],
    )
    status: Identifier | None = Field(
        None,
        title="État d'avancement",
        description="Pris dans data/vocabulary/statuses.yml. À omettre s'il n'est pas connu.",
        examples=["en-cours"],
    )
    started: PartialDate | None = Field(
        None,
        title="Début",
        description="Année, année-mois ou date de début.",
        examples=["2016"],
    )
    website: Address | None = Field(
        None, title="Page de l'action", description="Adresse https de l'action, si elle en a une."
    )
    lessons: LongText | None = Field(
        None,
        title="Enseignements",
        description="Ce que l'on retient. Obligatoire pour une action arrêtée.",
    )
    sources: Sources
    verified: PartialDate | None = Field(
        None,
        title="Vérifiée le",
        description="Jour où quelqu'un a vérifié la fiche pour la dernière fois.",
        examples=["2026-11-21"],
    )
    doubt: Doubt = None


class Actor(Model):
    """A structure that takes part in actions: ``data/actors/<slug>.yml``. Never a person."""

    name: ShortText = Field(
        title="Nom", description="Nom de la structure.", examples=["Université de Lille"]
    )
    kind: ShortText | None = Field(
        None, title="Genre", description="Nature de la structure.", examples=["association"]
    )
    territory: Code | None = Field(
        None, title="Territoire", description="Code du territoire de son siège, entre guillemets."
    )
    website: Address | None = Field(None, title="Site", description="Adresse https du site.")
    description: LongText | None = Field(None, title="Description", description="Ce qu'elle fait.")
    sources: Sources
    doubt: Doubt = None


class Ceremony(Model):
    """When and where the labels of an edition were given."""

    date: PartialDate | None = Field(None, title="Date")
    place: ShortText | None = Field(None, title="Lieu")


class Count(Model):
    """A figure published about an edition; figures of several sources are never merged."""

    label: ShortText = Field(title="Ce qui est compté", examples=["collectivités labellisées"])
    value: int = Field(ge=0, title="Valeur", examples=["205"])
    total: bool = Field(
        False,
        title="Total de l'édition",
        description="true pour le nombre de labels auquel se compare ce qui est connu ici.",
    )
    level: int | None = Field(None, ge=1, le=5, title="Niveau compté")
    approximate: bool = Field(False, title="Environ")
    date: PartialDate | None = Field(None, title="Date du chiffre")
    sources: Sources
    doubt: Doubt = None


class Edition(Model):
    """A yearly edition of the label: ``data/editions/<year>.yml``."""

    edition: int = Field(ge=1999, le=2100, title="Édition", examples=["2018"])
    number: int | None = Field(
        None, ge=1, title="Rang", description="Rang que donne une source.", examples=["19"]
    )
    ceremony: Ceremony | None = Field(None, title="Remise des labels")
    counts: list[Count] = Field([], max_length=60, title="Chiffres publiés")
    notes: list[LongText] = Field([], max_length=20, title="Remarques")
    sources: Sources
    doubt: Doubt = None


class Term(Model):
    """An entry of a vocabulary: ``data/vocabulary/<list>.yml`` is a list of them."""

    id: Identifier = Field(title="Identifiant")
    label: ShortText = Field(title="Libellé")
    definition: LongText | None = Field(None, title="Définition")
    origin: ShortText | None = Field(
        None, title="Provenance", description="D'où vient l'entrée.", examples=["label 2017"]
    )
    since: int | None = Field(None, title="Année d'apparition")
    category: Identifier | None = Field(None, title="Catégorie (enjeux)")
    theme: Identifier | None = Field(None, title="Thème correspondant (mentions)")
    enjeu: Identifier | None = Field(None, title="Enjeu de même nom (thèmes)")
    spellings: list[ShortText] = Field(
        [], title="Autres écritures", description="Écritures qui mènent à cette entrée."
    )
    sources: Sources | None = None


class ContextFigure(Indicator):
    """A national figure, outside any territory: an entry of ``data/context.yml``."""

    area: ShortText = Field(title="Périmètre", examples=["France"])


VOCABULARIES = (
    "themes",
    "categories",
    "enjeux",
    "usages",
    "mentions",
    "statuses",
    "natures",
    "membership-levels",
    "kinds",
)
