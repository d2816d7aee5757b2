"""A territory: its labels, memberships, services, programmes and figures."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from atlaas.model.base import (
    Address,
    Code,
    Doubt,
    Identifier,
    LongText,
    Model,
    PartialDate,
    ShortText,
    Shown,
    Sources,
)


class Label(Model):
    """The label of a territory in one edition."""

    named_by = ("edition", "won_by")

    edition: Annotated[int, Shown(words="editions")] = Field(
        title="Édition", description="Année de l'édition du label.", examples=["2018"]
    )
    level: Annotated[
        int | None,
        Shown(
            words="levels",
            help="Nombre d'arobases. Laissez « non connu » si la source ne le dit pas.",
        ),
    ] = Field(
        None,
        ge=1,
        le=5,
        title="Niveau",
        description="Nombre d'arobases, de 1 à 5. À omettre si la source ne le donne pas.",
        examples=["5"],
    )
    won_by: Annotated[
        ShortText | None,
        Shown(
            help="Seulement si une commune l'a reçu avant de rejoindre celle-ci : son code INSEE, "
            "ou son nom.",
            column="Qui a reçu le label : le code du territoire, ou celui (à défaut le nom) de la "
            "commune qui l'a reçu avant de le rejoindre.",
        ),
    ] = Field(
        None,
        title="Reçu par",
        description="Ancienne commune qui a reçu le label avant la fusion : son code INSEE (entre "
        "guillemets), ou son nom si elle n'a pas de code connu.",
        examples=['"01039"'],
    )
    mentions: Annotated[
        list[Identifier],
        Shown(
            words="mentions",
            help="Récompenses données en plus du niveau, si la source les cite.",
            column="Identifiants des mentions reçues, séparés par « | » (table « termes »).",
            entry="mention",
            feminine=True,
        ),
    ] = Field(
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

    named_by = ("level", "through", "attested")

    level: Annotated[
        Identifier, Shown(words="membership-levels", help="Tel que la source le nomme.")
    ] = Field(
        title="Niveau d'adhésion",
        description="Pris dans data/vocabulary/membership-levels.yml.",
        examples=["praemium"],
    )
    since: PartialDate | None = Field(
        None, title="Depuis", description="Date d'adhésion, si connue.", examples=["2016-07-02"]
    )
    attested: PartialDate | None = Field(
        None,
        title="Membre en",
        description="Date à laquelle une source le dit membre, quand ni le début ni la fin ne sont "
        "connus.",
        examples=["2011"],
    )
    through: Annotated[
        Code | None, Shown(words="epci", help="L'intercommunalité dont l'accord offre l'adhésion.")
    ] = Field(
        None,
        title="Par l'intermédiaire de",
        description="Code SIREN (entre guillemets) de l'intercommunalité dont l'accord offre "
        "l'adhésion.",
        examples=['"200093201"'],
    )
    offers: Annotated[Identifier | None, Shown(words="membership-levels")] = Field(
        None,
        title="Niveau offert aux communes",
        description="Pour une intercommunalité : niveau d'adhésion que son accord offre à ses "
        "communes qui le demandent.",
        examples=["membre"],
    )
    note: LongText | None = Field(
        None, title="Précision", description="Ce que dit la source des conditions de l'accord."
    )
    sources: Sources
    doubt: Doubt = None


class Service(Model):
    """An online service offered to residents."""

    named_by = ("title",)

    usage: Annotated[
        Identifier | None,
        Shown(words="usages", help="L'usage que sert ce service, si l'un d'eux convient."),
    ] = Field(
        None,
        title="Usage",
        description="Usage servi, pris dans data/vocabulary/usages.yml. À omettre si aucun ne "
        "convient.",
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

    named_by = ("title",)

    title: ShortText = Field(
        title="Nom du programme",
        description="Nom du programme, par exemple « Schéma d'aménagement numérique ».",
        examples=["Schéma d'aménagement numérique"],
    )
    started: PartialDate | None = Field(
        None, title="Début", description="Année de début.", examples=["2009"]
    )
    description: LongText | None = Field(
        None, title="Description", description="Ce que vise le programme, en quelques phrases."
    )
    usages: Annotated[
        list[Identifier],
        Shown(
            words="usages",
            help="Ceux que la source dit accompagnés, sans nommer d'action.",
            column="Identifiants des usages accompagnés, séparés par « | » (table « termes »).",
            entry="usage",
        ),
    ] = Field(
        [],
        max_length=20,
        title="Usages accompagnés",
        description="Usages que la source dit accompagnés, pris dans data/vocabulary/usages.yml.",
        examples=["visioconference"],
    )
    sources: Sources
    doubt: Doubt = None


class Indicator(Model):
    """A dated, sourced figure: networks, sites, coverage, context."""

    named_by: ClassVar[tuple[str, ...]] = ("label", "programme", "date")

    programme: Annotated[
        ShortText | None, Shown(help="Le nom d'un des programmes ci-dessus, s'il y en a un.")
    ] = Field(
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
        title="Valeur", description="Le nombre seul, l'unité à part.", examples=["210000"]
    )
    unit: ShortText = Field(title="Unité", description="Unité du chiffre.", examples=["prises"])
    nature: Annotated[
        Identifier,
        Shown(words="natures", help="Un objectif, ce qui existe, ou un chiffre de contexte."),
    ] = Field(
        title="Nature",
        description="Prise dans data/vocabulary/natures.yml : objectif, existant ou contexte.",
        examples=["objectif"],
    )
    approximate: Annotated[bool, Shown(help="La source dit « environ ».")] = Field(
        False, title="Environ", description="true si la source dit « environ »."
    )
    date: PartialDate | None = Field(
        None, title="Date du chiffre", description="Date à laquelle ce chiffre était vrai."
    )
    sources: Sources
    doubt: Doubt = None


class Territory(Model):
    """A territory: ``data/territories/<dep>/<code>-<slug>.yml``.

    Name, population and place come from data/reference/; only a code in ``x-…`` (syndicat,
    dissolved EPCI, foreign town) names itself here.
    """

    code: Annotated[
        Code,
        Shown(
            section="which",
            name="Territoire",
            help="La commune, l'intercommunalité, le département ou la région.",
            fact=False,
        ),
    ] = Field(
        title="Code",
        description="Code INSEE d'une commune, SIREN d'une intercommunalité, dep-59, reg-32 ou "
        "x-nom. Toujours entre guillemets.",
        examples=['"59378"'],
    )
    name: Annotated[ShortText | None, Shown(help="Le nom officiel.", fact=False)] = Field(
        None,
        title="Nom",
        description="Seulement pour un code en x- : le nom officiel du territoire.",
        examples=["Syndicat mixte des Inforoutes de l'Ardèche"],
    )
    kind: Annotated[
        Identifier | None,
        Shown(
            words="kinds", help="Syndicat, intercommunalité dissoute, ville étrangère…", fact=False
        ),
    ] = Field(
        None,
        title="Type",
        description="Seulement pour un code en x- : pris dans data/vocabulary/kinds.yml.",
        examples=["syndicat"],
    )
    departement: Annotated[
        Code | None,
        Shown(
            control="choice", words="departements", help="Le département de son siège.", fact=False
        ),
    ] = Field(
        None,
        title="Département",
        description="Seulement pour un code en x- : code du département de son siège.",
        examples=['"07"'],
    )
    country: Annotated[ShortText | None, Shown(fact=False)] = Field(
        None,
        title="Pays",
        description="Seulement pour une ville étrangère.",
        examples=["Canada (Québec)"],
    )
    successor: Annotated[
        Code | None,
        Shown(
            help="Le territoire qui lui a succédé.",
            column="Code du territoire qui lui a succédé.",
            fact=False,
        ),
    ] = Field(
        None,
        title="Successeur",
        description="Seulement pour un code en x- : code du territoire qui lui a succédé.",
        examples=['"200043396"'],
    )
    website: Annotated[Address | None, Shown(fact=False)] = Field(
        None,
        title="Site officiel",
        description="À remplir si l'adresse affichée sur la page est fausse ou absente.",
        examples=["https://www.marcq-en-baroeul.org/"],
    )
    memberships: Annotated[
        list[Membership],
        Shown(
            section="memberships",
            help="Adhésions à l'association qui porte le label.",
            entry="adhésion",
            feminine=True,
        ),
    ] = Field([], max_length=50, title="Adhésions")
    labels: Annotated[
        list[Label],
        Shown(
            section="labels",
            help="Un label par édition, et un par ancienne commune.",
            entry="label",
        ),
    ] = Field([], max_length=60, title="Labels")
    services: Annotated[
        list[Service],
        Shown(
            section="services",
            help="Les services en ligne offerts aux habitants.",
            entry="service en ligne",
        ),
    ] = Field([], max_length=200, title="Services en ligne")
    programmes: Annotated[
        list[Programme],
        Shown(
            section="figures",
            help="Programmes auxquels se rattachent les chiffres ci-dessous.",
            entry="programme",
        ),
    ] = Field([], max_length=100, title="Programmes")
    indicators: Annotated[
        list[Indicator],
        Shown(help="Des chiffres datés : réseaux, sites, couverture.", entry="indicateur"),
    ] = Field([], max_length=500, title="Indicateurs")
    sources: Annotated[Sources | None, Shown(section="record")] = None
    doubt: Doubt = None
