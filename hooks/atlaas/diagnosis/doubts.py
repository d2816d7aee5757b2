"""What is doubtful in the records, and what would settle it: the queue of those who verify."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from atlaas.directory import Directory, LinkedTerritory
from atlaas.model import Model, Source
from atlaas.model.fields import ModelField, fields_of


class DoubtKind(NamedTuple):
    """One question, by which doubts are put together, and what would answer it."""

    id: str
    title: str
    settled: str
    words: re.Pattern[str]


def _kind(id_: str, title: str, settled: str, words: str = "") -> DoubtKind:
    return DoubtKind(id_, title, settled, re.compile(words, re.IGNORECASE))


# The first whose words a doubt holds is its kind; the last holds any.
DOUBT_KINDS = (
    _kind(
        "niveau",
        "Le niveau d'un label",
        "Un palmarès, un panneau ou un article qui donne le nombre d'arobases.",
        r"\bniveaux?\b|arobases?|\d ?@",
    ),
    _kind(
        "adresse",
        "L'adresse d'un service",
        "Ouvrez le service : son adresse est celle où un habitant s'en sert.",
        r"\badresses?\b|\baccueil du site\b|\bsous-domaine\b",
    ),
    _kind(
        "porteur",
        "Qui porte l'action, quel territoire",
        "Une page qui nomme la collectivité, avec son département.",
        r"\bporte(?:nt|ur)?\b|\bsyndicat\b|\bquelle commune\b|\bcommunes? (?:ont|a) ce nom\b|"
        r"\bconduit\b|\bcollectivité\b",
    ),
    _kind(
        "fait",
        "Ce qui a vraiment été fait",
        "Une page d'après l'annonce : c'est ouvert, installé, en cours, ou arrêté.",
        r"\bannonc|\bréalis|\bouverture\b|\binstallation\b|\bsuite\b|\bexiste encore\b",
    ),
    _kind(
        "date",
        "Une année, une date",
        "Une page datée, ou un document qui dit quand.",
        r"\bannées?\b|\bdat(?:e|es|é|ée|és|ées)\b|\bantérieur|\ben \d{4} ou après\b",
    ),
    _kind(
        "classement",
        "Un thème, une mention",
        "Le domaine ou la mention que nomme le palmarès, ou une description plus longue.",
        r"\bthèmes?\b|\bdomaines?\b|\bmentions?\b|\benjeux?\b",
    ),
    _kind(
        "chiffre",
        "Un chiffre",
        "Le document d'où vient le chiffre, avec son unité et sa date.",
        r"\bchiffres?\b|\bnombres?\b|\bobjectifs?\b",
    ),
    _kind(
        "source",
        "Une source plus précise",
        "La page de la collectivité, ou un article qui en dit plus d'une phrase.",
        r"\bsources?\b|\bextraits?\b|\barticles?\b|\bpages?\b|\brecueils?\b|\bintitulé\b|\blu\b",
    ),
    _kind("autre", "Autre chose", "Ce que dit la note de chaque fiche.", ""),
)


class DoubtfulSpot(NamedTuple):
    """One doubtful spot of a record: in words what it is about (empty: the record), why, where."""

    about: str
    reason: str
    sources: tuple[Source, ...]
    at: str = ""  # the entry, as forms name it: « labels-0 »; empty: the record

    @property
    def kind(self) -> DoubtKind:
        """By what it would be settled."""
        return kind_of_doubt(self.reason)


class DoubtfulRecord(NamedTuple):
    """A doubtful spot, with the record it stands in: its name, page and the record's own id."""

    title: str
    url: str
    of: str  # « actions/59350/portail », « territories/59350 »; empty where no form corrects it
    doubt: DoubtfulSpot

    @property
    def named(self) -> str:
        """« Lille, label 2018 »: the record, and what is doubtful in it."""
        return f"{self.title}, {self.doubt.about}" if self.doubt.about else self.title


def kind_of_doubt(reason: str) -> DoubtKind:
    """By what a doubt would be settled."""
    return next(kind for kind in DOUBT_KINDS if kind.words.search(reason))


def doubts_in(record: BaseModel, about: str = "", at: str = "") -> Iterator[DoubtfulSpot]:
    """The doubtful spots of a record, its own first, then those of its entries, in order."""
    reason = getattr(record, "doubt", None)
    if reason:
        yield DoubtfulSpot(about, reason, tuple(getattr(record, "sources", None) or ()), at)
    for field in fields_of(type(record)):
        if field.inner and field.inner is not Source:
            value = getattr(record, field.key)
            for number, part in enumerate(value if isinstance(value, list) else [value]):
                if part:
                    path = f"{field.key}-{number}" if isinstance(value, list) else field.key
                    yield from doubts_in(part, _named(field, part), f"{at}-{path}".strip("-"))


def _named(field: ModelField, part: BaseModel) -> str:
    """« label 2018 », « service en ligne « Portail famille » »: what an entry is called."""
    noun = field.shown.entry or field.label.lower()
    named_by = part.named_by if isinstance(part, Model) else ()
    name = getattr(part, named_by[0], None) if named_by else None
    if isinstance(name, int):
        return f"{noun} {name}"
    return f"{noun} « {name} »" if name and field.key != "memberships" else noun


def doubts_of(territory: LinkedTerritory) -> Iterator[DoubtfulRecord]:
    """The doubtful spots of a territory, then of the actions that it carries."""
    of = f"territories/{territory.code}" if territory.path else ""
    for found in doubts_in(territory.record):
        yield DoubtfulRecord(territory.name, territory.url, of, found)
    for action in territory.actions:
        for found in doubts_in(action.record):
            title = f"{action.record.title} ({territory.name})"  # which others may have too
            yield DoubtfulRecord(title, action.url, f"actions/{action.id}", found)


def doubts(directory: Directory) -> Iterator[DoubtfulRecord]:
    """Every doubtful spot of the directory: of territories and their actions, then of the rest."""
    for territory in directory.territories.values():
        yield from doubts_of(territory)
    for actor in directory.actors.values():
        for found in doubts_in(actor.record):
            yield DoubtfulRecord(actor.record.name, actor.url, "", found)
    for edition in directory.editions.values():
        for found in doubts_in(edition.record):
            yield DoubtfulRecord(f"Label {edition.year}", edition.url, "", found)
