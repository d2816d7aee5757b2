"""What changed in a record, in a few French words for the readers of feeds."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from atlaas import text
from atlaas.history.differences import STORY, EntryChange, FieldChange, record_changes
from atlaas.model import PARTIAL_DATE
from atlaas.read import Document
from atlaas.read.values import Values, mappings, values_of, word

TermLabels = Mapping[str, Mapping[str, str]]  # vocabulary -> id -> label
# What readers want to know first; fields that are not named here stand in the place of « * ».
_ORDER = (
    f"title status themes enjeux usages {STORY} lessons started labels memberships services "
    "programmes indicators website partners actors successor name * verified doubt sources"
).split()
_SILENT = frozenset({"code", "territory"})  # where a record belongs, which is no news of it
_ENTRIES = {"indicators": "chiffre"}  # what readers call an entry otherwise than contributors
FORMER = "former"  # in place of a vocabulary: the names of former communes by code
_short = partial(text.shortened, longest=120)


def new_words(counts: Mapping[str, int]) -> tuple[str, ...]:
    """« 103 territoires ajoutés », « 1 060 actions ajoutées »."""
    words = {"territory": ("territoire ajouté", "territoires ajoutés")}
    default = ("action ajoutée", "actions ajoutées")
    return tuple(text.plural(n, *words.get(kind, default)) for kind, n in sorted(counts.items()))


def record_words(
    before: Document | None, after: Document, labels: TermLabels
) -> tuple[str, ...] | None:
    """What changed in a record, None where nothing did; of a new territory, its labels."""
    if before is None:
        found = mappings(values_of(after), "labels")
        return tuple(f"{_called(label, labels)}{_level(label)}" for label in found)
    changes = record_changes(before, after)
    return (tuple(_words(changes, labels)) or ("fiche modifiée",)) if changes else None


def _words(changes: Iterable[FieldChange], labels: TermLabels) -> Iterator[str]:
    ranks = {key: rank for rank, key in enumerate(_ORDER)}
    for change in sorted(changes, key=lambda change: ranks.get(change.key, ranks["*"])):
        if change.key not in _SILENT:
            yield from _of_field(change, labels)


def _of_field(change: FieldChange, labels: TermLabels) -> Iterator[str]:
    was, now = word(change.old, change.key), word(change.new, change.key)
    noun, mark = change.shown.entry, "e" * change.shown.feminine
    match change.shape, change.key:
        case "unknown", _:  # a key that no model knows says nothing to readers
            return
        case "story", _:
            yield "description complétée" if now.startswith(was) else "description modifiée"
        case "doubt", _:
            yield f"à vérifier : {_short(now)}" if now else "doute levé"
        case "sources", _:
            more = len(mappings(change.new, "sources")) > len(mappings(change.old, "sources"))
            yield "source ajoutée" if more else "sources modifiées"
        case "value", "title":
            yield f"nouveau titre (était « {_short(was)} »)"
        case "value", "name":
            yield f"nouveau nom : {_short(now)}"
        case "value", "verified":
            if now:
                yield f"vérifiée le {text.date(now) if PARTIAL_DATE.fullmatch(now) else now}"
        case "value", "status":
            was, now = (_term(labels, "statuses", status).lower() for status in (was, now))
            if now:
                yield f"passe de « {was} » à « {now} »" if was else f"{change.title} : {now}"
        case "value", "level" if was and now:
            yield f"passe de {was} à {now} @"
        case "value", "level":
            yield f"niveau connu, {now} @" if now else "niveau retiré"
        case "items", "mentions":
            for verb, id_ in change.items:
                if verb == "ajouté":
                    yield f"mention « {_term(labels, 'mentions', id_)} » ajoutée"
        case "items", _ if noun and change.field:
            for verb, id_ in change.items:
                yield f"{noun} {verb}{mark} : {_term(labels, change.field.vocabulary, id_)}"
        case "entries", "labels":
            for entry in sorted(change.entries, key=lambda entry: entry.name):
                yield from _of_label(entry, change, labels)
        case "entries", _ if noun:
            yield from _of_entries(change, labels)
        case _:
            yield change.shown.changed or f"{change.title} mis à jour"


def _of_entries(change: FieldChange, labels: TermLabels) -> Iterator[str]:
    """« service en ligne ajouté : … »: once for all the entries of one name."""
    verbs: dict[str, set[str]] = {}
    for entry in change.entries:
        verbs.setdefault(entry.name, set()).add(entry.verb)
    noun, mark = _ENTRIES.get(change.key, change.shown.entry), "e" * change.shown.feminine
    vocabulary = change.naming.vocabulary if change.naming else ""
    for name, found in verbs.items():
        verb = found.pop() if len(found) == 1 else "modifié"
        yield f"{noun} {verb}{mark} : {_short(_term(labels, vocabulary, name))}"


def _of_label(entry: EntryChange, change: FieldChange, labels: TermLabels) -> Iterator[str]:
    """« label 2019 ajouté : passe de 4 à 5 @ », where the level of the one before is known."""
    label = _called(entry.new or entry.old or {}, labels)
    if entry.old is not None:
        words = list(_words(entry.fields, labels))
        yield from (f"{label} : {said}" for said in words)
        if not words:
            yield f"{label} {entry.verb}"
        return
    level = word(entry.new or {}, "level")
    same = word(entry.new or {}, "won_by")
    levels = {
        word(one, "edition"): word(one, "level")
        for one in mappings(change.new, "labels")
        if word(one, "won_by") == same
    }
    before = levels.get(max((edition for edition in levels if edition < entry.name), default=""))
    if level and before and level != before:
        yield f"{label} ajouté : passe de {before} à {level} @"
    else:
        yield f"{label} ajouté{_level(entry.new or {})}"


def _called(label: Values, labels: TermLabels) -> str:
    """« label 2018 », « label 2018 reçu par X, avant la fusion »."""
    winner = word(label, "won_by")
    said = f" reçu par {_short(_term(labels, FORMER, winner))}, avant la fusion" if winner else ""
    return f"label {word(label, 'edition')}{said}"


def _level(label: Values) -> str:
    level = word(label, "level")
    return f" ({level} @)" if level else ""


def _term(labels: TermLabels, vocabulary: str, id_: str) -> str:
    return labels.get(vocabulary, {}).get(id_, id_)
