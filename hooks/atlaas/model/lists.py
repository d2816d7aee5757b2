"""What records name: actors, editions, terms; and the figures of the whole country."""

from typing import Annotated

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
from atlaas.model.territory import Indicator


class Actor(Model):
    """A structure that takes part in actions: ``data/actors/<slug>.yml``. Never a person."""

    name: Annotated[ShortText, Shown(fact=False)] = Field(
        title="Nom", description="Nom de la structure.", examples=["Université de Lille"]
    )
    kind: Annotated[ShortText | None, Shown(fact=False)] = Field(
        None,
        title="Type",
        description="Type d'acteur : association, entreprise, université…",
        examples=["association"],
    )
    territory: Annotated[Code | None, Shown(fact=False)] = Field(
        None, title="Territoire", description="Code du territoire de son siège, entre guillemets."
    )
    website: Annotated[Address | None, Shown(fact=False)] = Field(
        None, title="Site", description="Adresse https du site."
    )
    description: Annotated[LongText | None, Shown(fact=False)] = Field(
        None, title="Description", description="Ce qu'elle fait."
    )
    sources: Sources
    doubt: Doubt = None


class Ceremony(Model):
    """When and where the labels of an edition were given."""

    date: PartialDate | None = Field(None, title="Date")
    place: ShortText | None = Field(None, title="Lieu")


class Count(Model):
    """A figure published about an edition; figures of several sources are never merged."""

    named_by = ("label", "level", "date")

    label: ShortText = Field(title="Ce qui est compté", examples=["collectivités labellisées"])
    value: int = Field(ge=0, title="Valeur", examples=["205"])
    total: bool = Field(
        False,
        title="Total de l'édition",
        description="true pour le nombre de labels auquel se compare ce qui est connu ici.",
    )
    inexact: bool = Field(
        False,
        title="Compte autre chose que les labels",
        description="true pour un total qui ne compte pas les labels de toute l'édition, et eux "
        "seuls : participants, communes seules, nombre annoncé.",
    )
    level: int | None = Field(None, ge=1, le=5, title="Niveau compté")
    approximate: bool = Field(False, title="Environ")
    at_least: bool = Field(False, title="Plus de", description="true si la source dit « plus de ».")
    date: PartialDate | None = Field(None, title="Date du chiffre")
    sources: Sources
    doubt: Doubt = None


class Edition(Model):
    """A yearly edition of the label: ``data/editions/<year>.yml``."""

    edition: Annotated[int, Shown(fact=False)] = Field(
        ge=1999, le=2100, title="Édition", examples=["2018"]
    )
    number: Annotated[int | None, Shown(fact=False)] = Field(
        None, ge=1, title="Rang", description="Rang que donne une source.", examples=["19"]
    )
    ceremony: Ceremony | None = Field(None, title="Remise des labels")
    counts: Annotated[list[Count], Shown(entry="chiffre publié")] = Field(
        [], max_length=60, title="Chiffres publiés"
    )
    notes: Annotated[list[LongText], Shown(column="Séparées par « | ».", fact=False)] = Field(
        [], max_length=20, title="Remarques"
    )
    sources: Sources
    doubt: Doubt = None


class Term(Model):
    """An entry of a vocabulary: ``data/vocabulary/<list>.yml`` is a list of them."""

    named_by = ("id",)

    id: Identifier = Field(title="Identifiant")
    label: ShortText = Field(title="Libellé")
    definition: LongText | None = Field(None, title="Définition")
    origin: ShortText | None = Field(
        None, title="Provenance", description="D'où vient l'entrée.", examples=["label 2017"]
    )
    since: int | None = Field(None, title="Année d'apparition")
    category: Annotated[Identifier | None, Shown(words="categories")] = Field(
        None, title="Catégorie (enjeux)"
    )
    theme: Annotated[Identifier | None, Shown(words="themes")] = Field(
        None, title="Thème correspondant (mentions)"
    )
    enjeu: Annotated[Identifier | None, Shown(words="enjeux")] = Field(
        None, title="Enjeu de même nom (thèmes)"
    )
    spellings: Annotated[list[ShortText], Shown(column="Séparées par « | ».")] = Field(
        [], title="Autres écritures", description="Écritures qui mènent à cette entrée."
    )
    sources: Sources | None = None


class ContextFigure(Indicator):
    """A national figure, outside any territory: an entry of ``data/context.yml``."""

    named_by = ("label",)

    area: ShortText = Field(title="Périmètre", examples=["France"])


VOCABULARIES = tuple(
    (
        "themes categories enjeux usages mentions statuses audiences periods natures "
        "membership-levels kinds aliases synonyms publishers"
    ).split()
)
