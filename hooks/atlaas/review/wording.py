"""What changed in a record, value by value, for the person who reviews it: French sentences.

Each carries why it deserves a look, where something says so, and of a text the words that
changed. ``cards`` adds names, ``written`` speaks of what is written at length.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from atlaas.history.differences import ENTRIES, FieldChange, record_changes
from atlaas.model.fields import ModelField
from atlaas.read import Document
from atlaas.read.values import Values, mappings, texts, word
from atlaas.review import written
from atlaas.review.changed_words import ChangedSpan
from atlaas.review.risk import Risk
from atlaas.text import shortened

LONGEST = 160
_HALF = Decimal("0.5")
_QUOTED = frozenset({"title", "name"})
_LEVELS = "levels"  # the words of a field that counts arobases
_REMOVED = {"labels": "label retiré", ENTRIES: "entrée retirée d'une liste"}
_UNWATCHED = frozenset({"verified", "seen"})  # dates of a look, not facts
_FIGURES = frozenset({"value", "amount"})


class Glossary(NamedTuple):
    """What people call codes and ids: territories, and the terms of vocabularies."""

    place: Callable[[str], str]
    term: Callable[[str, str], str]  # vocabulary, id -> label

    def called(self, id_: str, field: ModelField | None) -> str:
        """The name of what a field names by its code or its id; other values as they are."""
        if field and field.kind in ("place", "places"):
            id_ = self.place(id_)
        elif field and field.vocabulary:
            id_ = self.term(field.vocabulary, id_)
        return short(id_)


class Note(NamedTuple):
    """One change, and why it deserves a look (an empty text where nothing says so)."""

    text: str
    look: str = ""
    risk: Risk = Risk.OTHER
    about: str = ""  # the field, in words
    spans: tuple[ChangedSpan, ...] = ()  # of a text, the words that changed

    @property
    def why(self) -> str:
        """Why it deserves a look, where the change itself does not say it."""
        return "" if self.look in self.text else self.look


def short(text: object) -> str:
    """A value as a sentence quotes it: on one line, and cut when it is long."""
    return shortened(" ".join(str(text).split()), LONGEST)


def notes(before: Document, after: Document, glossary: Glossary) -> Iterator[Note]:
    """What changed between two versions of one record."""
    return _notes(record_changes(before, after), glossary)


def _notes(changes: Sequence[FieldChange], glossary: Glossary) -> Iterator[Note]:
    for change in changes:
        about = "description" if change.shape == "story" else change.title
        for note in _said(change, changes, glossary):
            yield note._replace(about=note.about or about)


def _said(
    change: FieldChange, changes: Sequence[FieldChange], glossary: Glossary
) -> Iterator[Note]:
    match change.shape:
        case "entries" | "items" if not change.entries and not change.items:
            yield _rearranged(change)
        case "entries":
            yield from _entries(change, glossary)
        case "items":
            for verb, item in change.items:
                yield Note(f"{_verb(change, verb)} : {glossary.called(item, change.field)}")
        case "sources":
            yield from _sources(change)
        case "doubt":
            yield _doubt(change, changes)
        case "story":
            yield _story(change)
        case _ if change.field and change.field.words == _LEVELS:
            yield _level(change)
        case _:
            yield _value(change, glossary)


def _value(change: FieldChange, glossary: Glossary) -> Note:
    was, now = (_shown(change, side, glossary) for side in (change.old, change.new))
    if change.shape == "text" and was and now:
        old, new = word(change.old, change.key), word(change.new, change.key)
        found = written.compared(old, new)
        return Note(f"{change.title} : texte modifié", found.look, found.risk, "", found.spans)
    if was and now:
        look = _figure_look(change, was, now)
        return Note(f"{change.title} : {was} → {now}", look, Risk.FIGURE if look else Risk.OTHER)
    if now:
        return Note(f"{change.title} : {now}")
    look = "" if change.key in _UNWATCHED else "fait retiré"
    return Note(f"{change.title}, retrait : {was}", look, Risk.REMOVED if look else Risk.OTHER)


def _figure_look(change: FieldChange, was: str, now: str) -> str:
    """Why a value that changed deserves a look: a figure, alone or in a part, is another one."""
    if change.key == "value":
        if _far(was, now):
            return "chiffre changé de plus de moitié"
        return "chiffre changé" if Decimal(was) != Decimal(now) else ""
    old, new = change.old.get(change.key), change.new.get(change.key)
    if isinstance(old, dict) and isinstance(new, dict):
        return "chiffre changé" if any(old.get(key) != new.get(key) for key in _FIGURES) else ""
    return ""


def _shown(change: FieldChange, side: Values, glossary: Glossary) -> str:
    value = side.get(change.key)
    if not value:
        return ""
    if isinstance(value, dict):
        fields = {field.key: field for field in (change.field.fields if change.field else ())}
        return short(
            ", ".join(
                _part_word(fields.get(key), key, inner, glossary) for key, inner in value.items()
            )
        )
    if isinstance(value, list):
        return short(", ".join(map(str, value)))
    text = glossary.called(value, change.field)
    if change.key in _QUOTED:
        return f"« {text} »"
    return text.lower() if change.field and change.field.vocabulary else text


def _part_word(field: ModelField | None, key: str, value: object, glossary: Glossary) -> str:
    """« montant 42000 »: a value of a part, after what the model calls it."""
    if field is None:
        return f"{key} {value}"
    said = glossary.called(str(value), field)
    return f"{field.label.lower()} {said.lower() if field.vocabulary else said}"


def _far(old: str, new: str) -> bool:
    """Whether a figure changed by more than half of what it was."""
    try:
        was, now = Decimal(old), Decimal(new)
        return was != now and (was == 0 or abs(now - was) > abs(was) * _HALF)
    except ArithmeticError:
        return True


def _level(change: FieldChange) -> Note:
    was, now = word(change.old, change.key), word(change.new, change.key)
    look = ""
    if len(mappings(change.new, "sources")) < 2:
        look = "niveau changé sans seconde source"
    elif was.isdecimal() and now.isdecimal() and abs(int(was) - int(now)) > 1:
        look = "niveau changé de plus d'une arobase"
    return Note(f"{short(was) or '?'} → {short(now) or '?'} @", look, Risk.FIGURE)


def _verb(change: FieldChange, verb: str) -> str:
    """« thème ajouté », or « acteurs, ajout » where the model does not say what to call one."""
    if change.key == ENTRIES:
        return f"entrée {verb}e"
    if change.shown.entry:
        return f"{change.shown.entry} {verb}{'e' * change.shown.feminine}"
    return f"{change.title}, {'ajout' if verb == 'ajouté' else 'retrait'}"


def _rearranged(change: FieldChange) -> Note:
    was, now = (sorted(map(str, side.get(change.key) or ())) for side in (change.old, change.new))
    return Note(f"{change.title} {'dans un autre ordre' if was == now else ': liste modifiée'}")


def _entries(change: FieldChange, glossary: Glossary) -> Iterator[Note]:
    labels, listed = change.key == "labels", change.key == ENTRIES
    noun = change.shown.entry or change.title
    for entry in sorted(change.entries, key=lambda e: e.name) if labels else change.entries:
        values = (entry.old if entry.new is None else entry.new) or {}
        name = glossary.called(entry.name, change.naming)
        called = name if listed else f"{noun} {name}" if labels else f"{noun} « {name} »"
        look = _REMOVED.get(change.key) or _verb(change, "retiré") if entry.new is None else ""
        if entry.fields:
            for note in _notes(entry.fields, glossary):
                yield note._replace(text=f"{called}, {note.text}", about=called)
            continue
        if labels:
            text = f"{called} {entry.verb}{label_words(values, glossary)}"
        elif listed:
            text = f"{_verb(change, entry.verb)} : « {short(word(values, 'label'))} » ({name})"
        else:
            text = f"{_verb(change, entry.verb)} : « {name} »{_details(values, glossary)}"
        yield Note(text, look, Risk.REMOVED if look else Risk.OTHER, called)


def _details(entry: Values, glossary: Glossary) -> str:
    """« , 210000 prises, depuis 2016 »: the figure or the dates of an entry, after its name."""
    said = ""
    if "value" in entry:
        said += f", {short(entry['value'])} {short(word(entry, 'unit'))}".rstrip()
    for key in ("since", "started"):
        if word(entry, key):
            said += f", depuis {short(word(entry, key))}"
    if word(entry, "through"):
        said += f", par {short(glossary.place(word(entry, 'through')))}"
    return said


def label_words(label: Values, glossary: Glossary) -> str:
    """« , 5 @ (mention Numérique éducatif) »: what a label says, to follow its edition."""
    level = word(label, "level")
    mentions = [short(glossary.term("mentions", id_)) for id_ in texts(label, "mentions")]
    said = f", {short(level)} @" if level else ""
    if word(label, "won_by"):
        said += f", reçu par {glossary.place(word(label, 'won_by'))}, avant la fusion"
    return said + (f" (mention {', '.join(mentions)})" if mentions else "")


def _sources(change: FieldChange) -> Iterator[Note]:
    for entry in change.entries:
        if not entry.fields:
            look = "source retirée" if entry.new is None else ""
            yield Note(f"source {entry.verb}e : {short(entry.name)}", look, Risk.SOURCE)
    if all(entry.fields for entry in change.entries):
        yield Note("sources précisées")


def _doubt(change: FieldChange, changes: Sequence[FieldChange]) -> Note:
    was, now = (short(word(side, change.key)) for side in (change.old, change.new))
    if now:
        return Note(f"doute {'changé' if was else 'ajouté'} : « {now} »")
    sources = [entry for other in changes if other.shape == "sources" for entry in other.entries]
    sourced = any(entry.verb == "ajouté" for entry in sources)
    look = "" if sourced else "doute levé sans nouvelle source"
    return Note(f"doute levé (« {was} »)", look, Risk.SOURCE)


def _story(change: FieldChange) -> Note:
    found = written.compared(word(change.old, change.key), word(change.new, change.key))
    return Note(f"description {found.verb}", found.look, found.risk, "", found.spans)
