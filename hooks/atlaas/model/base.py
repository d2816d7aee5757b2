"""What all records are made of: short types, and where a fact was read."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def partial_date(value: str) -> str:
    """Accept ``2016``, ``2016-07`` or ``2016-07-02`` as text; raise ValueError otherwise."""
    if not PARTIAL_DATE.fullmatch(value):
        raise ValueError("partial_date")
    if len(value) == 10:
        date.fromisoformat(value)
    return value


Control = (
    Literal["text", "long", "url", "date", "whole", "number", "flag"]
    | Literal["choice", "choices", "place", "places", "actors", "group", "part", "lines"]
)


@dataclass(frozen=True)
class Shown:
    """Where and how a field appears, where its type, title and description do not say.

    It stands in the annotation of the field, or in a type for all fields of that type. Most
    fields need none: see ``fields``, which says what is derived from where.
    """

    control: Control | None = None  # what enters the value in the form
    words: str = ""  # the list that its values come from: a vocabulary, editions, actors…
    section: str = ""  # of the form; that of the field before it in the model, where empty
    order: int = 0  # among the fields of its section: lower ones first, then as in the model
    name: str = ""  # what the form calls it; its title, where empty
    help: str = ""  # for who fills in the form; its description, where empty
    asked: bool = True  # by the issue form; False: only in the web form
    fact: bool = True  # among the facts of its record's page; False: the template has its place
    recipe: str = ""  # heads what it says under « Pour refaire », and counts for a full record
    column: str = ""  # what its column of the open data holds; its description, where empty
    changed: str = ""  # what feeds say when it changes; « <title> mis à jour », where empty
    entry: str = ""  # of a list: what sentences call one of its entries, « adhésion ajoutée »
    feminine: bool = False  # the gender of ``entry``


PartialDate = Annotated[str, AfterValidator(partial_date), Shown(control="date")]
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=80)]
Code = Annotated[str, StringConstraints(min_length=2, max_length=80), Shown(control="place")]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Address = Annotated[str, StringConstraints(min_length=8, max_length=500), Shown(control="url")]


class Model(BaseModel):
    """What all records share: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # Of an entry of a list: the keys that distinguish it; the first one is its name.
    named_by: ClassVar[tuple[str, ...]] = ()


_NO_FIELDS: set[str] = set()


def lighten(record: BaseModel) -> None:
    """Have a record, and the models in it, take a third of the memory.

    Which fields were given is forgotten (1 kB each). Their values move into a dict that shares its
    keys with those of the other records, as objects of Python have them (PEP 412) and pydantic's
    have not. Of equal lists of words, most of them empty, one is kept: no record ever changes.
    """
    holder = _holder(type(record))()
    for name, value in record.__dict__.items():
        if type(value) is list:
            if not value or type(value[0]) is str:
                value = _one_list(*value)
            else:
                for item in value:
                    lighten(item)
        elif isinstance(value, BaseModel):
            lighten(value)
        setattr(holder, name, value)
    object.__setattr__(record, "__pydantic_fields_set__", _NO_FIELDS)
    object.__setattr__(record, "__dict__", holder.__dict__)


@cache
def _holder(model: type[BaseModel]) -> type:
    """A plain class whose objects share the keys of a model's fields."""
    return type(model.__name__, (), {})


@lru_cache(maxsize=4096)
def _one_list(*words: str) -> list[str]:
    return list(words)


class Source(Model):
    """Where a fact was read: an address, or a printed source (publisher, title and date)."""

    named_by = ("publisher", "title", "date")  # where it has no address

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
        description="De publication : année (2018), mois (2018-02) ou jour (2018-02-14). "
        "L'année vient d'abord.",
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
    Shown(
        fact=False,
        column="Adresses des sources (ou éditeur, titre et date d'une source imprimée), séparées "
        "par « | ».",
    ),
]
Doubt = Annotated[
    LongText | None,
    Field(
        title="À vérifier",
        description="Ce qui est incertain, et pourquoi, en une phrase. Affiché « à vérifier » "
        "sur le site.",
        examples=["Le niveau est déduit de « treizième année de suite »."],
    ),
    Shown(fact=False, column="Ce qui reste à vérifier, et pourquoi. Vide si rien n'est incertain."),
]
