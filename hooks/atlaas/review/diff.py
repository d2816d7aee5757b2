"""What a proposal means, for a reviewer who reads no YAML: facts, pages, and what deserves a look.

``versions`` says which files differ, ``wording`` which values; here each change gets the name of
its territory, records that moved are found again, and doubtful spots are gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from atlaas.directory import territory_url
from atlaas.edit.duplicates import Item, pairs
from atlaas.edit.workspace import Workspace
from atlaas.model import Term
from atlaas.names.resolve import words_of
from atlaas.read import Document, read_bytes
from atlaas.read.paths import carrier_of, code_of, kind_of, stem_of
from atlaas.read.values import mappings, texts, values_of, word
from atlaas.review.affected import Pages, affected
from atlaas.review.versions import Version
from atlaas.review.wording import Glossary, label_words, notes, short

GENERAL = {"actor": "Acteurs", "edition": "Éditions", "vocabulary": "Listes", "context": "Contexte"}


class ChangedFact(NamedTuple):
    """One fact that changes: « Lille : nouvelle action « … » » is who, then text."""

    who: str
    text: str
    kind: str  # ajout | retrait | modification | renommage
    record: str  # territory | action | actor | edition | vocabulary | context
    path: str


class Look(NamedTuple):
    """What deserves a look, and where."""

    who: str
    text: str
    path: str


@dataclass
class Diff:
    """All that a proposal changes."""

    changes: list[ChangedFact] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    pages: Pages = field(default_factory=dict)  # address -> nouvelle | modifiée | supprimée
    others: list[str] = field(default_factory=list)  # files that are no record
    records: dict[str, int] = field(default_factory=dict)  # ajout, retrait… -> how many records


class _Pair(NamedTuple):
    """A record before and after; one side is None where it is new or gone."""

    before: Document | None
    after: Document | None

    @property
    def path(self) -> str:
        one = self.after or self.before
        return one.path if one else ""


Around = Callable[[set[str]], Iterable[Item]]  # codes -> the actions of their EPCI


def review(
    space: Workspace, found: Iterable[Version], around: Around, redirected: frozenset[str]
) -> Diff:
    """The meaning of the files that differ.

    ``around`` gives the actions among which a new one may be a duplicate, ``redirected`` the
    addresses that data/redirects.yml sends on.
    """
    diff = Diff()
    documents: list[_Pair] = []
    for version in found:
        kind = kind_of(version.path)
        if not kind or version.odd:
            diff.others.append(version.path)
            if version.odd:
                diff.looks.append(Look("", f"{version.odd} : jamais accepté ici", version.path))
            continue
        sides = [
            read_bytes(raw, version.path, kind) if raw is not None else None
            for raw in (version.before, version.after)
        ]
        documents.append(_Pair(*sides))
    documents = _renamed(documents)
    glossary = _words(space, documents)
    for pair in documents:
        _one(pair, diff, glossary, space, redirected)
    _outside(diff, bool(documents))
    _duplicates(documents, diff, around, glossary)
    return diff


def _words(space: Workspace, documents: Iterable[_Pair]) -> Glossary:
    named: dict[str, str] = {}
    terms: dict[str, dict[str, str]] = {
        name: {id_: term.label for id_, term in listed.items() if isinstance(term, Term)}
        for name, listed in space.context.vocabularies.items()
    }
    for pair in documents:
        for side in pair:
            if side is None or side.problems:
                continue
            if side.kind == "territory" and word(side.data, "name"):
                named[word(side.data, "code")] = word(side.data, "name")
            if side.kind == "vocabulary" and isinstance(side.data, list):
                listed = terms.setdefault(stem_of(side.path), {})
                for item in side.data:
                    if isinstance(item, dict):
                        listed.setdefault(word(item, "id"), word(item, "label"))
    return Glossary(
        lambda code: short(named.get(code) or space.name(code)),
        lambda vocabulary, id_: terms.get(vocabulary, {}).get(id_) or id_,
    )


def _renamed(documents: list[_Pair]) -> list[_Pair]:
    """Records that are gone and new ones that say the same, put together again."""
    gone = [p.before for p in documents if p.before and p.after is None and not p.before.problems]
    result: list[_Pair] = []
    taken: set[str] = set()
    for pair in documents:
        if pair.before is None and pair.after and not pair.after.problems:
            after = pair.after
            best = max(
                (old for old in gone if old.kind == after.kind and old.path not in taken),
                key=lambda old: _likeness(old, after),
                default=None,
            )
            if best is not None and _likeness(best, after):
                taken.add(best.path)
                pair = _Pair(best, after)
        result.append(pair)
    return [p for p in result if p.after or (p.before and p.before.path not in taken)]


def _likeness(old: Document, new: Document) -> int:
    """How much two records say the same; from 1 on, one is the other under a new name."""
    was, now = values_of(old), values_of(new)
    if old.kind == "action":
        title = words_of(word(was, "title")) == words_of(word(now, "title"))
        story = len(old.body) > 40 and old.body == new.body
        shared = sum(1 for key in ("territory", "sources") if was.get(key) == now.get(key))
        return shared if title or story else 0
    if old.kind == "territory":
        keys = ("labels", "memberships", "services", "programmes", "indicators", "name")
        shared = sum(1 for key in keys if was.get(key) and was.get(key) == now.get(key))
        return shared + int(word(was, "code") == word(now, "code"))
    return int(bool(word(was, "name")) and word(was, "name") == word(now, "name"))


def _one(
    pair: _Pair, diff: Diff, glossary: Glossary, space: Workspace, redirected: frozenset[str]
) -> None:
    """What one record's change means."""
    before, after = pair
    who = _who(pair, glossary)
    record = (after or before or Document("", "", "")).kind
    kind = _kind(pair)
    diff.records[kind] = diff.records.get(kind, 0) + 1

    def add(text: str, look: str = "") -> None:
        diff.changes.append(ChangedFact(who, text, kind, record, pair.path))
        if look:
            diff.looks.append(Look(who, f"{look} : {text}", pair.path))

    if after is not None and after.problems:
        problem = after.problems[0]
        add("fiche illisible")
        diff.looks.append(
            Look(who, f"fiche illisible, ligne {problem.line} : {problem.message}", pair.path)
        )
        return
    if before is not None and before.problems:
        before = None
    if after is None:
        gone = before or Document(pair.path, record, "", {})
        add(f"{_called(gone)} retirée")
        url = url_of(gone, glossary)
        if url and url not in redirected:
            diff.looks.append(Look(who, f"fiche retirée sans redirection de {url}", pair.path))
    elif before is None:
        for text in _new(after, glossary):
            add(text)
    else:
        if before.path != after.path:
            old, new = url_of(before, glossary), url_of(after, glossary)
            add(f"{_called(after)} : adresse changée, {old} → {new}")
            if old and old != new and old not in redirected:
                diff.looks.append(Look(who, f"pas de redirection de {old}", pair.path))
        prefix = f"{_called(after)}, " if record in ("action", "actor", "vocabulary") else ""
        for note in notes(before, after, glossary):
            add(f"{prefix}{note.text}", note.look)
        if before.path == after.path and not any(c.path == pair.path for c in diff.changes):
            add(f"{prefix}mise en forme seulement")
            return
    for url, change in affected(before, after, url_of, glossary, space).items():
        if diff.pages.get(url) != "nouvelle":
            diff.pages[url] = change


def _kind(pair: _Pair) -> str:
    if pair.before is None:
        return "ajout"
    if pair.after is None:
        return "retrait"
    return "modification" if pair.before.path == pair.after.path else "renommage"


def _who(pair: _Pair, glossary: Glossary) -> str:
    """Whose record it is: a territory's name, or the part of the directory."""
    document = pair.after or pair.before
    if document is None:
        return ""
    if document.kind in GENERAL:
        return GENERAL[document.kind]
    return glossary.place(carrier(document))


def carrier(document: Document) -> str:
    """The code of the territory that a record is about, from its values or from its path."""
    data = values_of(document)
    if document.kind == "action":
        return word(data, "territory") or carrier_of(document.path)
    return word(data, "code") or code_of(stem_of(document.path))


def url_of(document: Document, glossary: Glossary) -> str:
    """The address of a record's page, or an empty text where it has none of its own."""
    stem = stem_of(document.path)
    if document.kind == "action":
        return f"actions/{carrier(document)}/{stem}/"
    if document.kind == "territory":
        code = carrier(document)
        if code_of(stem) != code or stem == code:
            return territory_url(code, glossary.place(code))
        return territory_url(code, stem.removeprefix(f"{code}-"))
    if document.kind == "actor":
        return f"acteurs/{stem}/"
    return f"label/{stem}/" if document.kind == "edition" else ""


def _called(document: Document) -> str:
    """« action « … » », « fiche du territoire », « acteur « … » »."""
    data = values_of(document)
    match document.kind:
        case "action":
            return f"action « {short(word(data, 'title') or stem_of(document.path))} »"
        case "actor":
            return f"fiche « {short(word(data, 'name') or stem_of(document.path))} »"
        case "territory":
            return "fiche du territoire"
        case "edition":
            return f"édition {stem_of(document.path)}"
    return f"liste « {stem_of(document.path)} »"


def _new(after: Document, glossary: Glossary) -> Iterator[str]:
    """What a new record brings."""
    data: Any = after.data
    match after.kind:
        case "action":
            themes = ", ".join(
                short(glossary.term("themes", t)).lower() for t in texts(data, "themes")
            )
            yield f"nouvelle {_called(after)}" + (f" ({themes})" if themes else "")
        case "territory":
            said = [
                f"label {short(word(label, 'edition'))}{label_words(label, glossary)}"
                for label in mappings(data, "labels")
            ]
            for key, name in (
                ("memberships", "adhésion"),
                ("services", "service en ligne"),
                ("indicators", "indicateur"),
            ):
                count = len(mappings(data, key))
                said += [f"{count} {name}{'s' if count > 1 else ''}"] if count else []
            yield "nouvelle fiche" + (f" : {' ; '.join(said)}" if said else "")
        case _:
            yield (
                f"nouvelle {_called(after)}"
                if after.kind != "actor"
                else (f"nouvel acteur « {short(word(data, 'name'))} »")
            )


def _outside(diff: Diff, has_records: bool) -> None:
    """Files that are no record: code beside data is told apart."""
    code = [path for path in diff.others if not path.startswith(("data/", "content/"))]
    if code and has_records:
        shown = ", ".join(code[:5]) + (f" et {len(code) - 5} autres" if len(code) > 5 else "")
        diff.looks.append(
            Look("", f"la proposition touche à la fois des fiches et du code : {shown}", code[0])
        )
    for path in diff.others:
        if path.startswith("data/reference/"):
            diff.looks.append(Look("", "la géographie officielle change", path))


def _duplicates(documents: Iterable[_Pair], diff: Diff, around: Around, glossary: Glossary) -> None:
    """New or retitled actions that look like another one of the territory or its EPCI."""
    fresh: dict[str, str] = {}
    for before, after in documents:
        if after is None or after.kind != "action" or after.problems:
            continue
        if before is None or values_of(before).get("title") != values_of(after).get("title"):
            fresh[after.path] = carrier(after)
    if not fresh:
        return
    for found in pairs(around(set(fresh.values()))):
        for path, other in ((found.path, found.other), (found.other, found.path)):
            if path in fresh:
                text = f"doublon possible, {found.reason} : {other}"
                diff.looks.append(Look(glossary.place(fresh[path]), text, path))
                break
