"""Two versions of a record -> what changed, in French words for readers. Part of ``changes``.

Versions are the values as written (see ``read``), of any age, so every shape is borne with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from atlaas import text
from atlaas.read import Document
from atlaas.read.values import Values, mappings, texts, word

Labels = Mapping[str, Mapping[str, str]]  # vocabulary -> id -> label
_TERMS = {"themes": "thème", "enjeux": "enjeu", "usages": "usage"}
_NAMED = (  # key of a territory, what names an entry, its word, whether it is feminine
    ("memberships", "level", "adhésion", True),
    ("services", "title", "service en ligne", False),
    ("programmes", "title", "programme", False),
    ("indicators", "label", "chiffre", False),
)
_short = partial(text.shortened, longest=120)


def labels_of(terms: Any) -> dict[str, str]:
    """Id -> label of a vocabulary as it is written."""
    entries = terms if isinstance(terms, list) else []
    return {str(t.get("id")): str(t.get("label")) for t in entries if isinstance(t, dict)}


def new_words(counts: Mapping[str, int]) -> tuple[str, ...]:
    """« 103 territoires ajoutés », « 1 060 actions ajoutées »."""
    words = {"territory": ("territoire ajouté", "territoires ajoutés")}
    default = ("action ajoutée", "actions ajoutées")
    return tuple(text.plural(n, *words.get(kind, default)) for kind, n in sorted(counts.items()))


def action_words(before: Document | None, after: Document, labels: Labels) -> list[str] | None:
    """What changed in an action; nothing to say of a new one; None where nothing changed."""
    if before is None:
        return []
    if before.data == after.data and before.body.strip() == after.body.strip():
        return None
    return list(_action(before, after, labels)) or ["fiche modifiée"]


def _action(before: Document, after: Document, labels: Labels) -> Iterator[str]:
    old, new = before.data, after.data
    if word(old, "title") != word(new, "title"):
        yield f"nouveau titre (était « {_short(word(old, 'title'))} »)"
    if word(old, "status") != word(new, "status"):
        status = _label(labels, "statuses", word(new, "status")).lower()
        was = _label(labels, "statuses", word(old, "status")).lower()
        if status and was:
            yield f"passe de « {was} » à « {status} »"
        elif status:
            yield f"état d'avancement : {status}"
    for key, noun in _TERMS.items():
        yield from _terms(key, noun, old, new, labels)
    old_body, new_body = before.body.strip(), after.body.strip()
    if old_body != new_body:
        yield "récit complété" if new_body.startswith(old_body) else "récit modifié"
    for key, words in (
        ("lessons", "enseignements mis à jour"),
        ("started", "date de début mise à jour"),
        ("website", "page de l'action mise à jour"),
        ("partners", "territoires partenaires mis à jour"),
        ("actors", "acteurs mis à jour"),
    ):
        if old.get(key) != new.get(key):
            yield words
    verified = word(new, "verified")
    if verified and verified != word(old, "verified"):
        yield f"vérifiée le {_date(verified)}"
    yield from _trust(old, new)


def _terms(key: str, noun: str, old: Values, new: Values, labels: Labels) -> Iterator[str]:
    was, now = texts(old, key), texts(new, key)
    for id_ in now:
        if id_ not in was:
            yield f"{noun} ajouté : {_label(labels, key, id_)}"
    for id_ in was:
        if id_ not in now:
            yield f"{noun} retiré : {_label(labels, key, id_)}"


def territory_words(before: Document | None, after: Document, labels: Labels) -> list[str] | None:
    """What changed in a territory's file; what a new one says of its labels; None: nothing."""
    if before is None:
        return [_named_label(edition, label) for edition, label in _labels(after.data).items()]
    if before.data == after.data:
        return None
    return list(_territory(before.data, after.data, labels)) or ["fiche modifiée"]


def _territory(old: Values, new: Values, labels: Labels) -> Iterator[str]:
    was, now = _labels(old), _labels(new)
    for edition in sorted({*was, *now}):
        if edition not in was:
            yield _added_label(edition, now)
        elif edition not in now:
            yield f"label {edition} retiré"
        elif was[edition] != now[edition]:
            yield from _changed_label(edition, was[edition], now[edition], labels)
    for key, name, noun, feminine in _NAMED:
        yield from _entries(key, name, noun, "e" * feminine, old, new, labels)
    if old.get("website") != new.get("website"):
        yield "site officiel mis à jour"
    if old.get("successor") != new.get("successor"):
        yield "successeur mis à jour"
    if old.get("name") != new.get("name"):
        yield f"nouveau nom : {_short(word(new, 'name'))}"
    yield from _trust(old, new)


def _named_label(edition: str, label: Values) -> str:
    level = word(label, "level")
    return f"label {edition} ({level} @)" if level else f"label {edition}"


def _added_label(edition: str, now: Mapping[str, Values]) -> str:
    """« label 2019 ajouté : passe de 4 à 5 @ », where the level of the one before is known."""
    level = word(now[edition], "level")
    earlier = [other for other in now if other < edition]
    previous = word(now[max(earlier)], "level") if earlier else ""
    if level and previous and level != previous:
        return f"label {edition} ajouté : passe de {previous} à {level} @"
    return f"label {edition} ajouté" + (f" ({level} @)" if level else "")


def _changed_label(edition: str, old: Values, new: Values, labels: Labels) -> Iterator[str]:
    said = False
    was, now = word(old, "level"), word(new, "level")
    if was != now:
        said = True
        if was and now:
            yield f"label {edition} : passe de {was} à {now} @"
        else:
            yield f"label {edition} : " + (f"niveau connu, {now} @" if now else "niveau retiré")
    for id_ in texts(new, "mentions"):
        if id_ not in texts(old, "mentions"):
            said = True
            yield f"label {edition} : mention « {_label(labels, 'mentions', id_)} » ajoutée"
    for words in _trust(old, new):
        said = True
        yield f"label {edition} : {words}"
    if not said:
        yield f"label {edition} modifié"


def _entries(
    key: str, name: str, noun: str, mark: str, old: Values, new: Values, labels: Labels
) -> Iterator[str]:
    was = {word(entry, name): entry for entry in mappings(old, key)}
    now = {word(entry, name): entry for entry in mappings(new, key)}
    for title in (*now, *(title for title in was if title not in now)):
        verb = "ajouté" if title not in was else "modifié" if title in now else "retiré"
        if verb != "modifié" or was[title] != now[title]:
            shown = _label(labels, "membership-levels", title) if name == "level" else title
            yield f"{noun} {verb}{mark} : {_short(shown)}"


def _trust(old: Values, new: Values) -> Iterator[str]:
    """Changes of the doubt and of the sources."""
    was, now = word(old, "doubt"), word(new, "doubt")
    if was and not now:
        yield "doute levé"
    elif now and now != was:
        yield f"à vérifier : {_short(now)}"
    if old.get("sources") != new.get("sources"):
        more = len(mappings(new, "sources")) > len(mappings(old, "sources"))
        yield "source ajoutée" if more else "sources modifiées"


def _labels(data: Values) -> dict[str, Values]:
    return {word(label, "edition"): label for label in mappings(data, "labels")}


def _label(labels: Labels, vocabulary: str, id_: str) -> str:
    return labels.get(vocabulary, {}).get(id_, id_)


def _date(value: str) -> str:
    try:
        return text.date(value)
    except (ValueError, IndexError):
        return value
