"""What the documents of the API hold: the records' own models with what linking adds.

Only schemas are made from these models (see ``schemas``); the documents themselves are made by
``api`` from the records, and tests hold one against the other.
"""

from typing import Annotated, Literal

from pydantic import Field

from atlaas.model import Action, Actor, Edition, Indicator, Model, Term, Territory
from atlaas.model.base import Shown
from atlaas.model.indicator_head import IndicatorHead

ActionIds = list[str]


class Linked(Model):
    """What every document of a record has."""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")
    file: str | None = Field(
        None,
        title="Fichier",
        description="Fichier du dépôt. Absent si rien n'est encore écrit sur ce territoire.",
        examples=["data/territories/59/59378-marcq-en-baroeul.yml"],
    )
    changed: str | None = Field(
        None,
        title="Modifiée le",
        description="Jour du dernier changement du fichier dans Git, s'il est connu.",
        pattern=r"^\d{4}-\d\d-\d\d$",
    )


class Listing(Model):
    """A document that lists more than it can hold."""

    next: str | None = Field(
        None,
        title="Suite",
        description="Adresse de la suite de la liste. Absente quand la liste est finie.",
    )


class NumberIndicator(Indicator):
    """A figure whose value is a JSON number."""

    value: int | float = Field(  # type: ignore[assignment]  # JSON has no Decimal, the parent has
        title="Valeur", description="Un nombre.", examples=[210000]
    )


class ImportedFigure(Model):
    """What an imported indicator says of a territory."""

    value: int | float = Field(
        title="Valeur",
        description="Le nombre, la somme, la part d'un taux, la classe, 1 ou 0 (le nombre de "
        "communes qui l'ont, pour un territoire plus grand).",
    )
    whole: int | float | None = Field(
        None,
        title="Total",
        description="Ce dont la valeur est une part : taux = 100 × valeur ÷ total ; évolution = "
        "100 × (valeur ÷ total − 1).",
    )
    known: int = Field(ge=0, title="Connus", description="Territoires dont la valeur est faite.")
    of: int = Field(ge=1, title="Sur", description="Territoires qu'il y a en tout.")


class FigureOfTerritory(ImportedFigure):
    """An imported figure in the document of its territory."""

    indicator: str = Field(
        title="Indicateur", description="Identifiant : sa fiche est sous indicators/."
    )


class IndicatorDocument(IndicatorHead):
    """indicators/<id>.json"""

    values: dict[str, ImportedFigure] = Field(
        title="Valeurs",
        description="Par code : régions, départements, et « france ». Toutes les autres sont dans "
        "le fichier que donne « values_file ».",
    )
    values_file: str = Field(title="Toutes les valeurs", description="Adresse du fichier CSV.")


class TerritoryDocument(Listing, Linked, Territory):
    """territories/<code>.json"""

    name: str = Field(title="Nom", description="Nom officiel.", examples=["Marcq-en-Barœul"])
    kind: Annotated[str, Shown(words="kinds")] = Field(
        title="Type", description="Type de territoire.", examples=["commune"]
    )
    kind_label: str = Field(
        title="Type en mots",
        description="Type en français, plus précis pour une intercommunalité.",
        examples=["Métropole"],
    )
    region: str | None = Field(
        None, title="Région", description="Code de la région, sans préfixe.", examples=["32"]
    )
    departement: str | None = Field(
        None, title="Département", description="Code du département.", examples=["59"]
    )
    epci: str | None = Field(
        None, title="EPCI", description="SIREN de l'EPCI d'une commune.", examples=["200093201"]
    )
    population: int | None = Field(
        None, ge=1, title="Population", description="Population municipale."
    )
    lat: float | None = Field(None, ge=-90, le=90, title="Latitude", description="WGS 84.")
    lon: float | None = Field(None, ge=-180, le=180, title="Longitude", description="WGS 84.")
    postcodes: list[str] = Field([], title="Codes postaux", description="D'une commune.")
    indicators: list[NumberIndicator] = Field(  # type: ignore[assignment]  # lists are invariant
        [], title="Indicateurs"
    )
    figures: list[FigureOfTerritory] = Field(
        [],
        title="Chiffres importés",
        description="Ce qu'en disent les indicateurs repris de données ouvertes.",
    )
    actions_count: int = Field(ge=0, title="Nombre d'actions", description="Actions portées.")
    actions: ActionIds = Field(
        title="Actions", description="Identifiants des actions portées, par titre, au plus 1 000."
    )
    partner_in: ActionIds = Field(
        title="Actions en partenariat",
        description="Identifiants d'actions portées par d'autres, au plus 1 000.",
    )
    inside: list[str] = Field(
        [],
        title="Territoires inclus",
        description="Codes des territoires qui ont une page : ceux d'un département, les communes "
        "d'un EPCI, les départements d'une région.",
    )


class ActionDocument(Linked, Action):
    """actions/<code>/<slug>.json"""

    id: str = Field(
        title="Identifiant",
        description="Code du territoire, « / », nom court.",
        examples=["59378/la-bonne-appli"],
    )
    text: str = Field(title="Description", description="La description de l'action, en Markdown.")
    territory_name: str = Field(title="Nom du territoire")
    departement: str | None = Field(None, title="Département", description="Celui du territoire.")
    region: str | None = Field(None, title="Région", description="Celle du territoire.")


class ActorDocument(Listing, Linked, Actor):
    """actors/<id>.json"""

    id: str = Field(title="Identifiant")
    actions_count: int = Field(ge=0, title="Nombre d'actions")
    actions: ActionIds = Field(title="Actions", description="Identifiants, au plus 1 000.")


class LabelOfEdition(Model):
    """A label in the document of its edition or mention."""

    territory: str = Field(title="Territoire", description="Code du territoire.")
    name: str = Field(title="Nom", description="Nom du territoire.")
    edition: int = Field(title="Édition")
    level: int | None = Field(None, ge=1, le=5, title="Niveau", description="Arobases.")
    won_by: str | None = Field(
        None,
        title="Reçu par",
        description="Commune qui l'a reçu avant de fusionner : code INSEE, ou nom.",
    )
    mentions: Annotated[list[str], Shown(words="mentions")] = Field([], title="Mentions")
    doubt: str | None = Field(None, title="Doute")


class EditionDocument(Listing, Linked, Edition):
    """editions/<year>.json"""

    labels_total: int | None = Field(
        None, title="Labels décernés", description="Total publié, s'il est connu."
    )
    labels_count: int = Field(ge=0, title="Labels connus", description="Connus ici.")
    labels: list[LabelOfEdition] = Field(
        title="Labels", description="Du niveau le plus haut au plus bas, au plus 1 000."
    )


class TermDocument(Listing, Term):
    """themes/<id>.json, enjeux/<id>.json, usages/<id>.json"""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")
    actions_count: int = Field(ge=0, title="Nombre d'actions")
    actions: ActionIds = Field(title="Actions", description="Identifiants, au plus 1 000.")


class MentionDocument(Listing, Term):
    """mentions/<id>.json"""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")
    labels_count: int = Field(ge=0, title="Nombre de labels")
    labels: list[LabelOfEdition] = Field(title="Labels", description="Au plus 1 000.")


class PartDocument(Listing):
    """The second and later parts of a list that is too long for one document."""

    page: int = Field(ge=2, title="Partie", description="Rang de cette partie, à partir de 2.")
    pages: int = Field(ge=2, title="Parties", description="Nombre de parties.")
    actions: ActionIds | None = Field(None, title="Actions", description="Identifiants.")
    labels: list[LabelOfEdition] | None = Field(None, title="Labels")


class Moved(Model):
    """What stands at an old address."""

    moved: str = Field(
        title="Nouvelle adresse", description="Adresse du document qui a pris sa place."
    )
    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")


class VocabularyDocument(Model):
    """vocabularies/<name>.json"""

    name: str = Field(title="Liste", examples=["themes"])
    terms: list[Term] = Field(title="Entrées", description="Dans l'ordre de la liste.")


class IndexDocument(Model):
    """index.json"""

    name: str = Field(title="Nom", examples=["Atlaas"])
    version: Literal["1"] = Field(title="Version", description="Version de l'API.")
    licence: str = Field(title="Licence", examples=["etalab-2.0"])
    licence_url: str = Field(title="Texte de la licence")
    documentation: str = Field(title="Documentation")
    changelog: str = Field(title="Journal des changements de l'API")
    openapi: str = Field(title="Description OpenAPI")
    bulk: str = Field(title="Fichiers complets", description="Leur datapackage.json.")
    counts: dict[str, int] = Field(
        title="Nombres", description="Nombre de documents de chaque sorte."
    )
    regions: list[str] = Field(
        title="Régions", description="Codes (reg-32), d'où l'on descend aux départements."
    )
    others: list[str] = Field(
        title="Autres territoires", description="Codes des territoires hors de toute région."
    )
    editions: list[int] = Field(title="Éditions")
    themes: list[str] = Field(title="Thèmes", description="Identifiants.")
    enjeux: list[str] = Field(title="Enjeux", description="Identifiants.")
    usages: list[str] = Field(title="Usages", description="Identifiants.")
    mentions: list[str] = Field(title="Mentions", description="Identifiants.")
    indicators: list[str] = Field(
        title="Indicateurs importés", description="Identifiants, sous indicators/."
    )
    vocabularies: list[str] = Field(title="Listes", description="Noms de toutes les listes.")
    actors: list[str] = Field(title="Acteurs", description="Identifiants.")
