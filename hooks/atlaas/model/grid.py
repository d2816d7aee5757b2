"""The grid of self-evaluation: ``data/evaluation/grille.yml``."""

from typing import Annotated

from pydantic import Field

from atlaas.model.base import Identifier, LongText, Model, PartialDate, ShortText, Sources

Percent = Annotated[int, Field(ge=0, le=100)]


class GridClass(Model):
    """A kind of territory to which statements and weights are adapted."""

    id: Identifier
    label: ShortText
    kinds: list[Identifier] = Field(min_length=1)
    least: Annotated[int, Field(ge=0)] = 0  # inhabitants
    below: Annotated[int, Field(ge=1)] | None = None
    reason: LongText
    sources: Sources | None = None


class Answer(Model):
    """A possible answer; without points it takes the statement out of the count."""

    id: Identifier
    label: ShortText
    points: Annotated[int, Field(ge=0, le=10)] | None = None


class Step(Model):
    """What an indicative level asks for, in percent."""

    level: Annotated[int, Field(ge=1, le=5)]
    least: Percent
    least_each: Percent
    reason: LongText


class GridStatement(Model):
    """What a territory may say of itself."""

    id: Identifier
    enjeu: Identifier
    theme: Identifier
    usages: list[Identifier] = Field([])
    text: LongText
    texts: dict[Identifier, LongText] = Field({})  # class -> another wording
    weights: dict[Identifier, Annotated[int, Field(ge=0, le=5)]]
    reason: LongText


class Grid(Model):
    """The whole grid."""

    version: Annotated[int, Field(ge=1)]
    date: PartialDate
    title: ShortText
    note: LongText
    answered: Percent
    strength: Percent
    lead: Percent
    classes: list[GridClass] = Field(min_length=1, max_length=10)
    answers: list[Answer] = Field(min_length=2, max_length=9)
    steps: list[Step] = Field(min_length=1, max_length=5)
    statements: list[GridStatement] = Field(min_length=1, max_length=200)
    sources: Sources
