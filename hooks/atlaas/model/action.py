"""An action: what a territory does, with whom, on what, and what came of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from atlaas.model.base import (
    Address,
    Code,
    Doubt,
    Identifier,
    LongText,
    Model,
    PartialDate,
    Sources,
)


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
        None, title="Début", description="Année, année-mois ou date de début.", examples=["2016"]
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
