"""Two versions of a record -> what changed, value by value, for the person who reviews it.

Pure: documents in, French sentences out. Versions are the values as written, of any shape, since
a proposal may be wrong in any way. ``diff`` adds names, pages and what deserves a look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from atlaas import model
from atlaas.edit.canonical import MODELS
from atlaas.read import Document
from atlaas.read.values import Values, mappings, texts, word
from atlaas.text import shortened

LONGEST = 160
_HALF = Decimal("0.5")


class Words(NamedTuple):
    """How a record's codes and ids are called: for territories, and for vocabulary terms."""

    place: Callable[[str], str]
    term: Callable[[str, str], str]  # vocabulary, id -> label


class Note(NamedTuple):
    """One change, and why it deserves a look (an empty text where nothing says so)."""

    text: str
    look: str = ""


class _List(NamedTuple):
    """A list of mappings in a record: what names an entry, and how sentences call it."""

    keys: tuple[str, ...]
    word: str
    mark: str  # e for the feminine
    model: Any


_LISTS = {
    "memberships": _List(("level", "through"), "adhésion", "e", model.Membership),
    "services": _List(("title",), "service en ligne", "", model.Service),
    "programmes": _List(("title",), "programme", "", model.Programme),
    "indicators": _List(("programme", "label", "date"), "indicateur", "", model.Indicator),
    "counts": _List(("label", "level", "date"), "chiffre publié", "", model.Count),
}
_TERMS = {
    "themes": ("thème", "themes"),
    "enjeux": ("enjeu", "enjeux"),
    "usages": ("usage", "usages"),
    "mentions": ("mention", "mentions"),
}
_VOCABULARY = {"status": "statuses", "kind": "kinds", "usage": "usages", "nature": "natures"} | {
    "level": "membership-levels",
    "offers": "membership-levels",
}
_CODES = frozenset({"territory", "through", "successor", "code"})
_LONG = frozenset({"description", "lessons", "definition", "note"})


def short(text: object) -> str:
    """A value as a sentence quotes it: on one line, and cut when it is long."""
    return shortened(" ".join(str(text).split()), LONGEST)


def values(document: Document | None) -> Values:
    """The mapping of a record; empty where there is none."""
    return document.data if document and isinstance(document.data, dict) else {}


def changes(before: Document, after: Document, words: Words) -> Iterator[Note]:
    """What changed between two versions of one record."""
    old, new = values(before), values(after)
    owner = MODELS.get(after.kind)
    if owner is None:
        return
    if isinstance(after.data, list):
        yield from _entries(before.data, after.data, owner, words)
        return
    for key in [*owner.model_fields, *(k for k in new if k not in owner.model_fields)]:
        if key == "labels":
            yield from _labels(old, new, words)
        elif key not in ("sources", "doubt") and old.get(key) != new.get(key):
            yield from _field(key, old, new, owner, words)
    if before.body.strip() != after.body.strip():
        yield _story(before.body.strip(), after.body.strip())
    yield from _trust(old, new)


def _field(key: str, old: Values, new: Values, owner: Any, words: Words) -> Iterator[Note]:
    if key in _TERMS:
        yield from _terms(key, old, new, words)
    elif key in _LISTS:
        yield from _list(key, old, new, words)
    elif isinstance(old.get(key), list) or isinstance(new.get(key), list):
        name = _name(owner, key)
        was, now = (texts(side, key) for side in (old, new))
        show = words.place if key == "partners" else str
        for item in now:
            if item not in was:
                yield Note(f"{name}, ajout : {short(show(item))}")
        for item in was:
            if item not in now:
                yield Note(f"{name}, retrait : {short(show(item))}")
    else:
        yield _value(key, old, new, owner, words)


def _name(owner: Any, key: str) -> str:
    field = owner.model_fields.get(key) if owner else None
    title = str(field.title) if field and field.title else f"« {short(key)} »"
    return title[:1].lower() + title[1:]


def _value(key: str, old: Values, new: Values, owner: Any, words: Words) -> Note:
    name = _name(owner, key)
    was, now = _shown(key, old, owner, words), _shown(key, new, owner, words)
    if key in _LONG and was and now:
        return Note(f"{name} : texte modifié, « {now} »")
    if not was:
        return Note(f"{name} : {now}")
    return Note(f"{name} : {was} → {now}" if now else f"{name}, retrait : {was}")


def _shown(key: str, data: Values, owner: Any, words: Words) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, dict):
        return short(", ".join(f"{k} {v}" for k, v in value.items()))
    text = short(value)
    if key in _CODES:
        return words.place(text)
    if key == "title" or key == "name":
        return f"« {text} »"
    numeric = owner in (model.Label, model.Count) and key == "level"
    if key in _VOCABULARY and not numeric and owner is not model.Actor:
        return words.term(_VOCABULARY[key], text).lower()
    return text


def _terms(key: str, old: Values, new: Values, words: Words) -> Iterator[Note]:
    name, vocabulary = _TERMS[key]
    mark = "e" if name == "mention" else ""
    was, now = texts(old, key), texts(new, key)
    for id_ in now:
        if id_ not in was:
            yield Note(f"{name} ajouté{mark} : {short(words.term(vocabulary, id_))}")
    for id_ in was:
        if id_ not in now:
            yield Note(f"{name} retiré{mark} : {short(words.term(vocabulary, id_))}")
    if sorted(was) == sorted(now) and was != now:
        yield Note(f"{name}s dans un autre ordre")


def _labels(old: Values, new: Values, words: Words) -> Iterator[Note]:
    was = {word(label, "edition"): label for label in mappings(old, "labels")}
    now = {word(label, "edition"): label for label in mappings(new, "labels")}
    for edition in sorted({*was, *now}):
        if edition not in was:
            yield Note(f"label {edition} ajouté{label_words(now[edition], words)}")
        elif edition not in now:
            text = f"label {edition} retiré{label_words(was[edition], words)}"
            yield Note(text, "label retiré")
        elif was[edition] != now[edition]:
            for note in _label(was[edition], now[edition], words):
                yield note._replace(text=f"label {edition}, {note.text}")


def label_words(label: Values, words: Words) -> str:
    """« , 5 @ (mention Numérique éducatif) »: what a label says, to follow its edition."""
    level = word(label, "level")
    mentions = [short(words.term("mentions", id_)) for id_ in texts(label, "mentions")]
    said = f", {short(level)} @" if level else ""
    return said + (f" (mention {', '.join(mentions)})" if mentions else "")


def _label(old: Values, new: Values, words: Words) -> Iterator[Note]:
    was, now = word(old, "level"), word(new, "level")
    if was != now:
        look = ""
        if len(mappings(new, "sources")) < 2:
            look = "niveau changé sans seconde source"
        elif was.isdecimal() and now.isdecimal() and abs(int(was) - int(now)) > 1:
            look = "niveau changé de plus d'une arobase"
        yield Note(f"{short(was) or '?'} → {short(now) or '?'} @", look)
    yield from _terms("mentions", old, new, words)
    yield from _trust(old, new)
    yield from _unknown_keys(old, new, {"edition", "level", "mentions", "sources", "doubt"})


def _unknown_keys(old: Values, new: Values, known: set[str]) -> Iterator[Note]:
    for key in (*new, *(key for key in old if key not in new)):
        if key not in known and old.get(key) != new.get(key):
            yield Note(f"« {short(key)} » : {short(old.get(key))} → {short(new.get(key))}")


def _list(key: str, old: Values, new: Values, words: Words) -> Iterator[Note]:
    what = _LISTS[key]
    was, now = _keyed(mappings(old, key), what), _keyed(mappings(new, key), what)
    for name, entry in now.items():
        if name not in was:
            yield Note(f"{what.word} ajouté{what.mark} : {_entry(entry, what, words)}")
        elif was[name] != entry:
            for note in _inside(was[name], entry, what, words):
                yield note._replace(
                    text=f"{what.word} {_entry_name(entry, what, words)}, {note.text}"
                )
    for name, entry in was.items():
        if name not in now:
            yield Note(f"{what.word} retiré{what.mark} : {_entry(entry, what, words)}")


def _keyed(entries: list[Values], what: _List) -> dict[tuple[str, ...], Values]:
    result: dict[tuple[str, ...], Values] = {}
    for entry in entries:
        key = tuple(word(entry, name) for name in what.keys)
        while key in result:
            key = (*key, "")
        result[key] = entry
    return result


def _entry_name(entry: Values, what: _List, words: Words) -> str:
    key = "label" if "label" in what.keys else what.keys[0]
    if key == "level":
        return f"« {short(words.term('membership-levels', word(entry, key)))} »"
    return f"« {short(word(entry, key))} »"


def _entry(entry: Values, what: _List, words: Words) -> str:
    """An entry in a few words: its name, then its figure or its dates."""
    said = _entry_name(entry, what, words)
    if "value" in entry:
        said += f", {short(entry['value'])} {short(word(entry, 'unit'))}".rstrip()
    for key in ("since", "started"):
        if word(entry, key):
            said += f", depuis {short(word(entry, key))}"
    if word(entry, "through"):
        said += f", par {short(words.place(word(entry, 'through')))}"
    return said


def _inside(old: Values, new: Values, what: _List, words: Words) -> Iterator[Note]:
    for key in (*new, *(key for key in old if key not in new)):
        if key in ("sources", "doubt") or old.get(key) == new.get(key):
            continue
        note = _value(key, old, new, what.model, words)
        if key == "value" and _far(old.get(key), new.get(key)):
            note = note._replace(look="chiffre changé de plus de moitié")
        yield note
    yield from _trust(old, new)


def _far(old: object, new: object) -> bool:
    """Whether a figure changed by more than half of what it was."""
    try:
        was, now = Decimal(str(old)), Decimal(str(new))
        return was != now and (was == 0 or abs(now - was) > abs(was) * _HALF)
    except InvalidOperation:
        return True


def _trust(old: Values, new: Values) -> Iterator[Note]:
    """Changes of the sources and of the doubt."""
    was, now = ({_source(s): s for s in mappings(side, "sources")} for side in (old, new))
    more = [name for name in now if name not in was]
    gone = [name for name in was if name not in now]
    for name in more:
        yield Note(f"source ajoutée : {name}")
    for name in gone:
        yield Note(f"source retirée : {name}", "source retirée")
    if not more and not gone and old.get("sources") != new.get("sources"):
        yield Note("sources précisées")
    doubt_was, doubt_now = short(word(old, "doubt")), short(word(new, "doubt"))
    if doubt_was and not doubt_now:
        yield Note(
            f"doute levé (« {doubt_was} »)", "" if more else "doute levé sans nouvelle source"
        )
    elif doubt_now and doubt_now != doubt_was:
        yield Note(f"doute {'changé' if doubt_was else 'ajouté'} : « {doubt_now} »")


def _source(source: Values) -> str:
    url = word(source, "url")
    parts = [word(source, key) for key in ("publisher", "title", "date")]
    return short(url or ", ".join(part for part in parts if part))


def _story(old: str, new: str) -> Note:
    count_old, count_new = len(old.split()), len(new.split())
    if not old:
        return Note(f"récit ajouté ({count_new} mots)")
    if not new:
        return Note(f"récit retiré ({count_old} mots)", "récit retiré")
    if new.startswith(old):
        return Note(f"récit complété : « {short(new[len(old) :])} »")
    look = "récit réduit de plus de moitié" if count_new * 2 < count_old else ""
    return Note(f"récit modifié ({count_old} → {count_new} mots)", look)


def _entries(old: Any, new: Any, owner: Any, words: Words) -> Iterator[Note]:
    """What changed in a list file: a vocabulary, or the figures of context."""
    key = "id" if owner is model.Term else "label"
    was, now = (
        {
            word(item, key): item
            for item in (side if isinstance(side, list) else ())
            if isinstance(item, dict)
        }
        for side in (old, new)
    )
    for name, item in now.items():
        if name not in was:
            yield Note(f"entrée ajoutée : « {short(word(item, 'label'))} » ({short(name)})")
        elif was[name] != item:
            for changed in owner.model_fields:
                if was[name].get(changed) != item.get(changed) and changed != "sources":
                    for note in _field(changed, was[name], item, owner, words):
                        yield note._replace(text=f"{short(name)}, {note.text}")
            if was[name].get("sources") != item.get("sources"):
                yield Note(f"{short(name)}, sources modifiées")
    for name, item in was.items():
        if name not in now:
            text = f"entrée retirée : « {short(word(item, 'label'))} » ({short(name)})"
            yield Note(text, "entrée retirée d'une liste")
