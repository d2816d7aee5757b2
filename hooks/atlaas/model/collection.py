"""A collection: actions and territories that somebody put together, and why."""

from typing import Annotated

from pydantic import Field, StringConstraints

from atlaas.model.base import Code, LongText, Model, ShortText, Shown

# Whether there is such an action is the rule « membre-inconnu ».
ActionId = Annotated[str, StringConstraints(min_length=1, max_length=160)]


class Collection(Model):
    """A choice on one subject: ``data/collections/<slug>.yml``. Its members hold the sources."""

    title: Annotated[ShortText, Shown(fact=False)] = Field(
        title="Titre",
        description="Ce que la collection réunit.",
        examples=["Aller vers les habitants en bus"],
    )
    why: Annotated[LongText, Shown(fact=False)] = Field(
        title="Pourquoi",
        description="Ce que ces fiches ont en commun, et à qui les lire ensemble peut servir.",
        examples=["Des communes voisines qui se partagent un même véhicule."],
    )
    actions: Annotated[list[ActionId], Shown(fact=False)] = Field(
        min_length=1,
        max_length=100,
        title="Actions",
        description="Code du territoire et nom du fichier de chaque action, dans l'ordre où les "
        "montrer.",
        examples=["59378/la-bonne-appli"],
    )
    territories: Annotated[list[Code], Shown(fact=False)] = Field(
        [],
        max_length=100,
        title="Territoires",
        description="Codes des territoires à voir en entier, entre guillemets.",
        examples=['"59378"'],
    )
