"""An action: what a territory does, with whom, on what, and what came of it."""

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
    ShortText,
    Shown,
    Sources,
)


class Cost(Model):
    """What an action cost, in euros of a given year."""

    amount: int | None = Field(
        None,
        ge=0,
        le=10**11,
        title="Montant",
        description="En euros, en chiffres. À omettre s'il n'est pas connu.",
        examples=["42000"],
    )
    period: Annotated[Identifier | None, Shown(words="periods", help="En tout, ou par an.")] = (
        Field(
            None,
            title="Période",
            description="Prise dans data/vocabulary/periods.yml : en tout, ou par an.",
            examples=["total"],
        )
    )
    note: ShortText | None = Field(
        None,
        title="Ce que compte le montant",
        description="Ce qu'il comprend, ou ce qui le précise.",
        examples=["logiciels et formation, hors temps des agents"],
    )
    funding: ShortText | None = Field(
        None, title="Financement", description="Qui paie, et quelle part.", examples=["DETR, 40 %"]
    )
    date: PartialDate = Field(
        title="Année du coût", description="L'année de ce montant.", examples=["2021"]
    )


class Result(Model):
    """What came of an action by a given date."""

    named_by = ("text", "date")

    text: ShortText = Field(
        title="Résultat",
        description="Ce qui a été compté ou obtenu.",
        examples=["312 personnes accompagnées"],
    )
    date: PartialDate = Field(
        title="Date du résultat",
        description="À quelle date il était vrai : année, mois ou jour.",
        examples=["2023"],
    )


class Action(Model):
    """A digital action: front matter of ``data/actions/<dep>/<code>-<slug>/<slug>.md``."""

    title: Annotated[
        str, StringConstraints(min_length=5, max_length=140), Shown(section="what", fact=False)
    ] = Field(
        title="Titre",
        description="Ce que fait l'action, en une ligne.",
        examples=["Appel à projets « La bonne appli »"],
    )
    territory: Annotated[
        Code,
        Shown(
            section="where",
            help="La commune, l'intercommunalité, le département ou la région qui porte l'action.",
            fact=False,
            column="Code du territoire (table « territoires »).",
        ),
    ] = Field(
        title="Territoire",
        description="Code du territoire qui porte l'action, entre guillemets.",
        examples=['"59378"'],
    )
    partners: Annotated[
        list[Code],
        Shown(
            section="find",
            order=1,
            help="Les autres territoires qui y prennent part.",
            asked=False,
            fact=False,
            recipe="Partenaires",
            column="Codes d'autres territoires, par « | ».",
        ),
    ] = Field(
        [],
        max_length=50,
        title="Territoires partenaires",
        description="Codes d'autres territoires, entre guillemets.",
        examples=['"200093201"'],
    )
    actors: Annotated[
        list[Identifier],
        Shown(
            control="actors",
            words="actors",
            section="find",
            order=1,
            help="Associations, entreprises, universités… qui ont déjà une fiche. Pour une autre, "
            "citez-la dans la description.",
            asked=False,
            fact=False,
            recipe="Partenaires",
        ),
    ] = Field(
        [],
        max_length=50,
        title="Acteurs",
        description="Associations, entreprises, universités… prises dans data/actors/.",
        examples=["universite-de-lille"],
    )
    themes: Annotated[
        list[Identifier],
        Shown(
            words="themes",
            section="what",
            order=1,
            help="De quoi parle l'action : un à trois thèmes.",
            fact=False,
            entry="thème",
        ),
    ] = Field(
        min_length=1,
        max_length=3,
        title="Thèmes",
        description="Un à trois thèmes, pris dans data/vocabulary/themes.yml.",
        examples=["reseau-social"],
    )
    enjeux: Annotated[
        list[Identifier],
        Shown(
            words="enjeux",
            section="find",
            help="À quoi sert l'action : cinq au plus.",
            asked=False,
            fact=False,
            entry="enjeu",
        ),
    ] = Field(
        [],
        max_length=5,
        title="Enjeux",
        description="Enjeux servis, pris dans data/vocabulary/enjeux.yml.",
        examples=["vie-quotidienne"],
    )
    usages: Annotated[
        list[Identifier],
        Shown(
            words="usages",
            help="Ce que les habitants font en ligne grâce à elle : dix au plus.",
            asked=False,
            fact=False,
            entry="usage",
        ),
    ] = Field(
        [],
        max_length=10,
        title="Usages",
        description="Usages servis, pris dans data/vocabulary/usages.yml.",
        examples=["demarches-administratives"],
    )
    status: Annotated[
        Identifier | None,
        Shown(
            words="statuses",
            section="state",
            help="Laissez « non connu » si vous ne savez pas.",
            fact=False,
        ),
    ] = Field(
        None,
        title="État d'avancement",
        description="Pris dans data/vocabulary/statuses.yml. À omettre s'il n'est pas connu.",
        examples=["en-cours"],
    )
    started: Annotated[
        PartialDate | None, Shown(fact=False, changed="date de début mise à jour")
    ] = Field(
        None,
        title="Début",
        description="Année (2016), mois (2016-07) ou jour (2016-07-02).",
        examples=["2016"],
    )
    website: Annotated[
        Address | None,
        Shown(section="state", order=1, fact=False, changed="page de l'action mise à jour"),
    ] = Field(
        None, title="Page de l'action", description="Adresse https de l'action, si elle en a une."
    )
    audience: Annotated[
        list[Identifier],
        Shown(
            words="audiences",
            section="again",
            help="Cinq au plus : à qui elle s'adresse.",
            recipe="Pour qui",
            fact=False,
            entry="public",
        ),
    ] = Field(
        [],
        max_length=5,
        title="Publics",
        description="À qui elle s'adresse, pris dans data/vocabulary/audiences.yml.",
        examples=["seniors"],
    )
    cost: Annotated[
        Cost | None, Shown(help="Ce qu'elle a coûté, et l'année.", recipe="Coût", fact=False)
    ] = Field(None, title="Coût", description="Ce qu'elle a coûté : un montant, et son année.")
    tools: Annotated[
        list[ShortText],
        Shown(
            help="Logiciels, services, équipements : un par ligne.",
            recipe="Outils",
            fact=False,
            entry="outil",
        ),
    ] = Field(
        [],
        max_length=20,
        title="Outils",
        description="Logiciels, services et équipements employés.",
        examples=["Decidim"],
    )
    duration: Annotated[ShortText | None, Shown(recipe="Durée", fact=False)] = Field(
        None, title="Durée", description="De la décision au premier usage.", examples=["8 mois"]
    )
    results: Annotated[
        list[Result],
        Shown(
            help="Ce que l'on a compté ou obtenu, et quand.",
            recipe="Résultats",
            fact=False,
            entry="résultat",
        ),
    ] = Field(
        [], max_length=20, title="Résultats", description="Ce qui a été obtenu, avec la date."
    )
    lessons: Annotated[
        LongText | None,
        Shown(
            help="Ce que l'on referait, ou non. D'une action arrêtée : pourquoi, et ce qui a "
            "servi.",
            recipe="À refaire ou non",
            fact=False,
        ),
    ] = Field(
        None,
        title="Enseignements",
        description="Ce que l'on retient. Obligatoire pour une action arrêtée.",
    )
    contact: Annotated[
        Address | None,
        Shown(
            help="Une page du service, jamais celle d'une personne.", recipe="Contact", fact=False
        ),
    ] = Field(
        None,
        title="Contact du service",
        description="Adresse https d'une page où joindre le service, jamais celle d'une personne.",
        examples=["https://www.ville.fr/contact"],
    )
    sources: Annotated[Sources, Shown(section="sources")]
    verified: Annotated[
        PartialDate | None,
        Shown(
            section="state",
            order=1,
            help="Le jour où vous avez relu la fiche et sa source.",
            asked=False,
            fact=False,
        ),
    ] = Field(
        None,
        title="Vérifiée le",
        description="Jour où une personne a relu la fiche et sa source pour la dernière fois.",
        examples=["2026-11-21"],
    )
    doubt: Annotated[Doubt, Shown(section="state", order=2)] = None
