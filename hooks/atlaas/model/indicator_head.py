"""What an imported indicator is: ``data/indicators/<id>.yml``, next to its values in ``<id>.csv``.

The kinds, and how the values of communes make that of an area:

- ``somme``: what is counted (places, posts). An area has the sum; compared per 10 000 inhabitants.
- ``taux``: a part of a whole, both kept. An area has the sum of parts over the sum of wholes.
- ``evolution``: a later number and an earlier one, both kept. An area has the sums of both.
- ``nombre``: a measure that does not add up. An area has none.
- ``classe``: one of the classes of the head. An area has how many communes and inhabitants of each.
- ``oui-non``: 1 or 0. An area has how many have it.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlaas.model.base import Address, Identifier, LongText, Model, PartialDate, ShortText

IndicatorKind = Literal["nombre", "taux", "somme", "evolution", "classe", "oui-non"]
IndicatorLevel = Literal["commune", "epci", "departement", "region"]
IndicatorTopic = Literal["couverture", "zones-blanches", "accueil", "mediation"]
Natural = Annotated[int, Field(ge=0)]
QUOTIENTS = ("taux", "evolution")  # kinds that keep two numbers
COUNTED = ("somme", "oui-non")  # kinds of which absent may mean none


def _suits(topic: str | None, kind: str, level: str) -> bool:
    """Whether the page on the digital divide can show of an indicator what its topic promises."""
    match topic:
        case None:
            return True
        case "couverture":
            return kind in ("taux", "nombre") and level in ("commune", "departement")
        case "zones-blanches":
            return kind == "somme" and level in ("commune", "departement")
    return kind == "somme" and level == "commune"


class IndicatorClass(Model):
    """A class of an indicator, and what it is called."""

    value: int = Field(title="Valeur")
    label: ShortText = Field(title="Libellé")


class IndicatorHead(Model):
    """What is measured, when, by whom, and what the import did."""

    id: Identifier = Field(title="Identifiant")
    label: ShortText = Field(title="Ce qui est mesuré")
    kind: IndicatorKind = Field(
        title="Nature",
        description="nombre, taux (une part d'un tout), somme, evolution, classe ou oui-non.",
    )
    level: IndicatorLevel = Field(
        "commune",
        title="Maille",
        description="À quoi se rapporte une valeur : commune, epci, departement ou region.",
    )
    unit: ShortText = Field(title="Unité", description="Au singulier : « lieu ».")
    plural: ShortText | None = Field(None, title="Unité au pluriel", description="« lieux ».")
    absent: Literal["zero", "inconnu"] = Field(
        "inconnu",
        title="Absence",
        description="Ce que veut dire l'absence d'une ligne : zero ou inconnu.",
    )
    classes: list[IndicatorClass] = Field([], max_length=30, title="Classes")
    role: Literal["densite", "centralite"] | None = Field(
        None, title="Rôle", description="Grille qui sert à dire quels territoires sont comparables."
    )
    rank: int = Field(
        50, ge=1, le=99, title="Rang", description="Place sur les pages, parmi les indicateurs."
    )
    topic: IndicatorTopic | None = Field(
        None,
        title="Sujet",
        description="Ce que la page « La fracture numérique » en montre : couverture (le moins est "
        "le pire), zones-blanches, mediation, accueil (des lieux, dont elle mesure la distance).",
    )
    date: PartialDate = Field(title="Date", description="À quand se rapportent les valeurs.")
    since: PartialDate | None = Field(
        None, title="Date la plus ancienne", description="Si toutes n'ont pas la même date."
    )
    publisher: ShortText = Field(title="Producteur")
    dataset: ShortText | None = Field(None, title="Jeu de données")
    source: Address = Field(title="Adresse", description="Où le fichier a été pris.")
    origin: ShortText | None = Field(
        None, title="Fichier d'origine", description="Chemin et version du fichier à cette adresse."
    )
    licence: ShortText = Field(title="Licence")
    imported: PartialDate | None = Field(None, title="Date de l'import")
    note: LongText | None = Field(None, title="Remarque")
    rows: Natural = Field(title="Lignes", description="Nombre de lignes du fichier CSV.")
    missing: Natural = Field(0, title="Valeurs absentes", description="Lignes sans valeur.")
    ignored: Natural = Field(0, title="Codes passés", description="Lignes d'un code inconnu.")
    skipped: Natural = Field(0, title="Lignes passées", description="Lignes fausses, passées.")
    clipped: Natural = Field(0, title="Parts ramenées", description="Parts ramenées à leur tout.")
    added: Natural = Field(
        0, title="Sommes de parties", description="Communes dont les parties sont additionnées."
    )

    @model_validator(mode="after")
    def _fits(self) -> "IndicatorHead":
        values = [one.value for one in self.classes]
        if bool(values) != (self.kind == "classe") or len({*values}) < len(values):
            raise ValueError("classes")
        if self.absent == "zero" and self.kind not in COUNTED:
            raise ValueError("absent")
        if self.role and (self.kind != "classe" or self.level != "commune"):
            raise ValueError("role")
        if not _suits(self.topic, self.kind, self.level):
            raise ValueError("topic")
        return self

    @property
    def class_labels(self) -> dict[int, str]:
        """Value of a class -> what it is called, in the order of the head."""
        return {one.value: one.label for one in self.classes}
