"""Two versions of a record -> one typed list of what changed, walked from its model.

``feed_wording`` says it to readers, ``review.wording`` to reviewers. Versions are the values as
written (see ``read``), of any age, and a proposal may be wrong in any way: no shape is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from atlaas.model import Model, Shown, Source
from atlaas.model.fields import MODELS, ModelField, field_of, fields_of
from atlaas.read import Document
from atlaas.read.values import Values, mappings, texts, values_of, word

# How a value changes: as a whole, item by item or entry by entry; « unknown » to the model.
Shape = Literal["value", "text", "items", "entries", "sources", "doubt", "story", "unknown"]
STORY, ENTRIES = "story", "entries"  # keys of what is no field: an action's text, a list file
_ITEMS = frozenset({"choices", "places", "actors", "lines"})
_LAST = {"sources": 1, "doubt": 2}  # what a fact rests on stands after the facts


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry of a list that was added (``old`` is None), removed (``new`` is None) or edited."""

    name: str
    old: Values | None
    new: Values | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def verb(self) -> str:
        """« ajouté », « retiré » or « modifié »."""
        return "ajouté" if self.old is None else "retiré" if self.new is None else "modifié"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs between two versions of a record, or of one of its entries."""

    key: str
    shape: Shape
    old: Values  # the mappings that hold the field, before and after
    new: Values
    field: ModelField | None = None  # None where no model knows the key
    entries: tuple[EntryChange, ...] = ()

    @property
    def title(self) -> str:
        """What the model calls the field, to stand inside a sentence: « état d'avancement »."""
        title = self.field.label if self.field else f"« {self.key} »"
        return title[:1].lower() + title[1:]

    @property
    def shown(self) -> Shown:
        """How the model wants the field to be shown."""
        return self.field.shown if self.field else Shown()

    @property
    def naming(self) -> ModelField | None:
        """The field by which an entry of the list is named."""
        model = self.field.inner if self.field else None
        return field_of(model, _named_by(model)[0]) if model else None

    @property
    def items(self) -> list[tuple[str, str]]:
        """The items of a list that only one version has, each after « ajouté » or « retiré »."""
        was, now = texts(self.old, self.key), texts(self.new, self.key)
        added = [("ajouté", item) for item in now if item not in was]
        return added + [("retiré", item) for item in was if item not in now]


def record_changes(before: Document, after: Document) -> list[FieldChange]:
    """What changed between two versions of one record, in the order of its model.

    The text of an action stands after its fields, sources and doubt at the end. A list file is
    one field of entries.
    """
    model = MODELS.get(after.kind)
    if model is None:
        return []
    if isinstance(after.data, list) or isinstance(before.data, list):
        old, new = {ENTRIES: before.data}, {ENTRIES: after.data}
        entries = _entry_changes(old, new, ENTRIES, model)
        return [FieldChange(ENTRIES, "entries", old, new, entries=entries)] if entries else []
    changes = _field_changes(values_of(before), values_of(after), model)
    stories = {STORY: before.body.strip()}, {STORY: after.body.strip()}
    if stories[0] != stories[1]:
        facts = sum(change.shape not in _LAST for change in changes)
        changes.insert(facts, FieldChange(STORY, "story", *stories))
    return changes


def _field_changes(old: Values, new: Values, model: type[BaseModel]) -> list[FieldChange]:
    fields = {field.key: field for field in fields_of(model)}
    changes = []
    for key in dict.fromkeys((*fields, *new, *old)):
        if (old.get(key) or None) != (new.get(key) or None):
            field = fields.get(key)
            shape = _shape(field, old.get(key), new.get(key))
            inner = field.inner if field and shape in ("entries", "sources") else None
            entries = _entry_changes(old, new, key, inner) if inner else ()
            changes.append(FieldChange(key, shape, old, new, field, entries))
    return sorted(changes, key=lambda change: _LAST.get(change.shape, 0))


def _shape(field: ModelField | None, *values: object) -> Shape:
    """How to compare; what is written otherwise than the model wants changes as a whole."""
    if field is None:
        return "unknown"
    if all(isinstance(value, list | None) for value in values):
        if field.kind == "group":
            return "sources" if field.inner is Source else "entries"
        if field.kind in _ITEMS:
            return "items"
    if all(isinstance(value, str | None) for value in values):
        if field.key == "doubt":
            return "doubt"
        if field.kind == "long":
            return "text"
    return "value"


def _named_by(model: type[BaseModel]) -> tuple[str, ...]:
    named = model.named_by if issubclass(model, Model) else ()
    return named or tuple(model.model_fields)[:1]


def _entry_changes(
    old: Values, new: Values, key: str, model: type[BaseModel]
) -> tuple[EntryChange, ...]:
    was, now = (dict(_named(mappings(side, key), model)) for side in (old, new))
    both = {name: _field_changes(was[name], now[name], model) for name in now if name in was}
    changes = [
        EntryChange(name[0], was.get(name), entry, tuple(both.get(name, ())))
        for name, entry in now.items()
        if name not in was or both[name]
    ]
    gone = [EntryChange(name[0], entry, None) for name, entry in was.items() if name not in now]
    return (*changes, *gone)


def _named(
    entries: list[Values], model: type[BaseModel]
) -> Iterator[tuple[tuple[str, ...], Values]]:
    """What distinguishes an entry, and the entry; of several equal ones, their rank too."""
    known: set[tuple[str, ...]] = set()
    for entry in entries:
        name = tuple(word(entry, key) for key in _named_by(model))
        if model is Source:
            name = (word(entry, "url") or ", ".join(part for part in name if part),)
        while name in known:
            name = (*name, "")
        known.add(name)
        yield name, entry
