"""What the documents of the API hold: the records' own models with what linking adds.

Only schemas are made from these models (see ``schemas``); the documents themselves are made by
``api`` from the records, and tests hold one against the other.
"""

from typing import Annotated, Literal

from pydantic import Field

from atlaas.model import Action, Actor, Collection, Edition, Indicator, Model, Term, Territory
from atlaas.model.base import Shown
from atlaas.model.indicator_head import IndicatorHead

ActionIds = list[str]
_DAY = r"^\d{4}-\d\d-\d\d$"
_COMMIT = r"^[0-9a-f]{40}$"


class Versioned(Model):
    """What every document has."""

    api_version: str = Field(
        title="Version de l'API",
        description="Majeure, mineure, correction : le journal de l'API dit ce qui y a changé.",
        examples=["1.1.0"],
    )


class OfFile(Versioned):
    """What every document has that comes from one file."""

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
        pattern=_DAY,
        examples=["2026-11-21"],
    )
    commit: str | None = Field(
        None,
        title="Version du fichier",
        description="Le commit de ce dernier changement, s'il est connu.",
        pattern=_COMMIT,
    )


class Linked(OfFile):
    """What every document of a record has."""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")


class OfData(Versioned):
    """What a document says of all the data."""

    data_date: str | None = Field(
        None,
        title="Date des données",
        description="Jour du dernier changement d'une fiche, s'il est connu.",
        pattern=_DAY,
        examples=["2026-11-21"],
    )
    commit: str | None = Field(
        None,
        title="Version des données",
        description="Le commit de ce dernier changement, s'il est connu.",
        pattern=_COMMIT,
    )


class Listing(Model):
    """A document that lists more than it can hold."""

    next: str | None = Field(
        None,
        title="Suite",
        description="Adresse de la suite de la liste. Absente quand la liste est finie.",
    )
    previous: str | None = Field(
        None,
        title="Partie d'avant",
        description="Adresse de ce qui précède. Absente au début de la liste.",
    )


class ActionSummary(Model):
    """An action in a list of others."""

    id: str = Field(
        title="Identifiant",
        description="Son document est actions/<identifiant>.json.",
        examples=["59378/la-bonne-appli"],
    )
    title: str = Field(title="Titre")
    territory: str = Field(title="Territoire", description="Code.", examples=["59378"])
    territory_name: str = Field(title="Nom du territoire", examples=["Marcq-en-Barœul"])
    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")


class ActionIdListing(Listing):
    """A document that lists actions by their ids: the page of one is at actions/<id>/."""

    actions_count: int = Field(ge=0, title="Nombre d'actions")
    actions: ActionIds = Field(title="Actions", description="Identifiants, au plus 1 000.")


class ActionListing(ActionIdListing):
    """A document that lists actions, and says what each is."""

    actions_summary: list[ActionSummary] = Field(
        title="Actions en bref",
        description="Les mêmes, dans le même ordre, avec leur titre et leur adresse.",
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


class IndicatorDocument(OfFile, IndicatorHead):
    """indicators/<id>.json"""

    values: dict[str, ImportedFigure] = Field(
        title="Valeurs",
        description="Par code : régions, départements, et « france ». Toutes les autres sont dans "
        "le fichier que donne « values_file ».",
    )
    values_file: str = Field(title="Toutes les valeurs", description="Adresse du fichier CSV.")


class TerritoryDocument(ActionListing, Linked, Territory):
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
    partner_in: ActionIds = Field(
        title="Actions en partenariat",
        description="Identifiants d'actions portées par d'autres, au plus 1 000.",
    )
    partner_in_summary: list[ActionSummary] = Field(
        title="Actions en partenariat, en bref",
        description="Les mêmes, dans le même ordre, avec leur titre et leur adresse.",
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


class ActorDocument(ActionListing, Linked, Actor):
    """actors/<id>.json"""

    id: str = Field(title="Identifiant")


class CollectionDocument(Linked, Collection):
    """collections/<id>.json"""

    id: str = Field(title="Identifiant")
    actions_summary: list[ActionSummary] = Field(
        title="Actions en bref",
        description="Les mêmes, dans le même ordre, avec leur titre et leur adresse.",
    )


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


class TermDocument(ActionIdListing, OfFile, Term):
    """themes/<id>.json, enjeux/<id>.json, usages/<id>.json"""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")


class MentionDocument(Listing, OfFile, Term):
    """mentions/<id>.json"""

    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")
    labels_count: int = Field(ge=0, title="Nombre de labels")
    labels: list[LabelOfEdition] = Field(title="Labels", description="Au plus 1 000.")


class ChangedRecord(Model):
    """A record that changed on a day, in changes/<day>.json"""

    kind: Literal["territories", "actions", "actors", "editions", "collections"] = Field(
        title="Genre", description="Le dossier de son document dans l'API."
    )
    id: str = Field(title="Identifiant", examples=["59378/la-bonne-appli"])
    name: str | None = Field(None, title="Nom", description="Son titre ou son nom.")
    url: str | None = Field(
        None, title="Page", description="Adresse de la page du site pour les lecteurs."
    )
    document: str | None = Field(None, title="Document", description="Son adresse dans l'API.")
    removed: bool = Field(
        False, title="Retiré", description="Vrai si la fiche n'existe plus, ou porte un autre nom."
    )


class DayDocument(Listing, Versioned):
    """changes/<day>.json"""

    date: str = Field(title="Jour", pattern=_DAY, examples=["2026-11-21"])
    changes_count: int = Field(ge=0, title="Nombre de fiches")
    changes: list[ChangedRecord] = Field(
        title="Changements",
        description="Les fiches dont le dernier changement est de ce jour, au plus 1 000. Chacune "
        "n'est qu'à un jour : lisez tous ceux qui suivent votre dernière visite.",
    )


class DayOfChanges(Model):
    """A day in changes/index.json"""

    date: str = Field(title="Jour", pattern=_DAY, examples=["2026-11-21"])
    count: int = Field(ge=1, title="Nombre de fiches")
    document: str = Field(title="Document", description="Son adresse.")


class ChangesDocument(OfData):
    """changes/index.json"""

    days: list[DayOfChanges] = Field(title="Jours", description="Du plus récent au plus ancien.")


class PartDocument(Listing, Versioned):
    """The second and later parts of a list that is too long for one document."""

    page: int = Field(ge=2, title="Partie", description="Rang de cette partie, à partir de 2.")
    pages: int = Field(ge=2, title="Parties", description="Nombre de parties.")
    actions: ActionIds | None = Field(None, title="Actions", description="Identifiants.")
    actions_summary: list[ActionSummary] | None = Field(
        None,
        title="Actions en bref",
        description="Les mêmes, avec leur titre et leur adresse : d'un territoire, d'un acteur.",
    )
    labels: list[LabelOfEdition] | None = Field(None, title="Labels")
    changes: list[ChangedRecord] | None = Field(None, title="Changements")


class Moved(Model):
    """What stands at an old address."""

    moved: str = Field(
        title="Nouvelle adresse", description="Adresse du document qui a pris sa place."
    )
    url: str = Field(title="Page", description="Adresse de la page du site pour les lecteurs.")


class VocabularyDocument(OfFile):
    """vocabularies/<name>.json"""

    name: str = Field(title="Liste", examples=["themes"])
    terms: list[Term] = Field(title="Entrées", description="Dans l'ordre de la liste.")


class IndexDocument(OfData):
    """index.json"""

    name: str = Field(title="Nom", examples=["Atlaas"])
    version: Literal["1"] = Field(
        title="Version des adresses", description="Celle de /api/v1/ ; voir aussi « api_version »."
    )
    licence: str = Field(title="Licence", examples=["etalab-2.0"])
    licence_url: str = Field(title="Texte de la licence")
    documentation: str = Field(title="Documentation")
    changelog: str = Field(title="Journal des changements de l'API")
    openapi: str = Field(title="Description OpenAPI")
    bulk: str = Field(title="Fichiers complets", description="Leur datapackage.json.")
    changes: str = Field(
        title="Changements", description="Adresse de ce qui a changé, jour par jour."
    )
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
    collections: list[str] = Field(title="Collections", description="Identifiants.")
