"""The records, as pydantic models: what a file may hold, with the French words that describe it.

Every schema, form and reference page is derived from here. Values arrive as text (see ``read``)
and are typed here. What depends on other files or on the geography is checked by ``rules``.
"""

from atlaas.model.action import Action, Cost, Result
from atlaas.model.base import (
    IDENTIFIER,
    PARTIAL_DATE,
    Address,
    Code,
    Doubt,
    Identifier,
    LongText,
    Model,
    PartialDate,
    ShortText,
    Shown,
    Source,
    Sources,
    lighten,
    partial_date,
)
from atlaas.model.collection import Collection
from atlaas.model.grid import Grid, GridStatement
from atlaas.model.indicator_head import IndicatorClass, IndicatorHead, IndicatorKind, IndicatorLevel
from atlaas.model.lists import VOCABULARIES, Actor, Ceremony, ContextFigure, Count, Edition, Term
from atlaas.model.territory import Indicator, Label, Membership, Programme, Service, Territory
