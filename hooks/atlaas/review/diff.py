"""What a proposal means, for a reviewer who reads no YAML: facts, pages, and what deserves a look.

``versions`` says which files differ, ``pairs`` which records they hold, ``wording`` which values
changed. Here each change gets the name of its territory, and doubtful spots are gathered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from atlaas.edit.duplicates import Item
from atlaas.edit.duplicates import pairs as duplicate_pairs
from atlaas.edit.workspace import Workspace
from atlaas.model.fields import MODELS, fields_of
from atlaas.read import Document
from atlaas.read.layout import kind_of
from atlaas.read.values import mappings, texts, values_of, word
from atlaas.review.affected import Pages, affected
from atlaas.review.naming import called, carrier, glossary_of, owner, url_of
from atlaas.review.pairs import RecordPair, pairs_of
from atlaas.review.versions import Version
from atlaas.review.wording import Glossary, label_words, notes, short
from atlaas.text import plural

# Data, pages, and what is generated or written along with them: nothing that runs.
_NO_CODE = ("data/", "content/", "schemas/", "CHANGELOG.md", ".github/ISSUE_TEMPLATE/", ".vscode/")


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


_PREFIXED = ("action", "actor", "collection", "vocabulary")  # whose facts name their record


@dataclass
class Diff:
    """All that a proposal changes."""

    changes: list[ChangedFact] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    pages: Pages = field(default_factory=dict)  # address -> nouvelle | modifiée | supprimée
    others: list[str] = field(default_factory=list)  # files that are no record
    records: dict[str, int] = field(default_factory=dict)  # ajout, retrait… -> how many records


Around = Callable[[set[str]], Iterable[Item]]  # codes -> the actions of their EPCI


def review(
    space: Workspace, found: Iterable[Version], around: Around, redirected: frozenset[str]
) -> Diff:
    """The meaning of the files that differ.

    ``around`` gives the actions among which a new one may be a duplicate, ``redirected`` the
    addresses that data/redirects.yml sends on.
    """
    diff, records = Diff(), []
    for version in found:
        if version.odd:
            diff.looks.append(Look("", f"{version.odd} : jamais accepté ici", version.path))
        if version.odd or not kind_of(version.path):
            diff.others.append(version.path)
        else:
            records.append(version)
    pairs = pairs_of(records)
    glossary = glossary_of(space, pairs)
    for pair in pairs:
        _one(pair, diff, glossary, space, redirected)
    if look := mixed([*diff.others, *(version.path for version in records)]):
        diff.looks.append(look)
    for path in diff.others:
        if path.startswith("data/reference/"):
            diff.looks.append(Look("", "la géographie officielle change", path))
    _duplicates(pairs, diff, around, glossary)
    return diff


def _one(
    pair: RecordPair, diff: Diff, glossary: Glossary, space: Workspace, redirected: frozenset[str]
) -> None:
    """What one record's change means."""
    before, after = pair
    shown, kind = pair.shown, pair.kind
    who = owner(shown, glossary)
    diff.records[kind] = diff.records.get(kind, 0) + 1

    def add(text: str, look: str = "") -> None:
        diff.changes.append(ChangedFact(who, text, kind, shown.kind, shown.path))
        if look:
            look_at(f"{look} : {text}")

    def look_at(text: str) -> None:
        diff.looks.append(Look(who, text, shown.path))

    if after and after.problems:
        problem = after.problems[0]
        add("fiche illisible")
        look_at(f"fiche illisible, ligne {problem.line} : {problem.message}")
        return
    if before and before.problems and after:
        before = None  # it could not be read: all that it says now is new
    if after is None:
        add(f"{called(shown)} retirée")
        url = url_of(shown, glossary)
        if url and url not in redirected:
            look_at(f"fiche retirée sans redirection de {url}")
    elif before is None:
        add(_new(after, glossary))
    else:
        moved = before.path != after.path
        if moved:
            old, new = url_of(before, glossary), url_of(after, glossary)
            add(f"{called(after)} : adresse changée, {old} → {new}")
            if old and old != new and old not in redirected:
                look_at(f"pas de redirection de {old}")
        prefix = f"{called(after)}, " if after.kind in _PREFIXED else ""
        found = list(notes(before, after, glossary))
        for note in found:
            add(f"{prefix}{note.text}", note.look)
        if not found and not moved:
            add(f"{prefix}mise en forme seulement")
            return
    for url, change in affected(before, after, glossary, space).items():
        if change != "modifiée" or url not in diff.pages:  # what comes or goes is not changed
            diff.pages[url] = change


def _new(after: Document, glossary: Glossary) -> str:
    """What a new record brings."""
    data = values_of(after)
    if after.kind == "actor":
        return f"nouvel acteur « {short(word(data, 'name'))} »"
    if after.kind != "territory":
        themes = (short(glossary.term("themes", id_)).lower() for id_ in texts(data, "themes"))
        listed = ", ".join(themes)
        return f"nouvelle {called(after)}" + (f" ({listed})" if listed else "")
    said = [
        f"label {short(word(label, 'edition'))}{label_words(label, glossary)}"
        for label in mappings(data, "labels")
    ]
    for field_ in fields_of(MODELS["territory"]):
        count = len(mappings(data, field_.key))
        if field_.shown.entry and field_.key != "labels" and count:
            said.append(plural(count, field_.shown.entry, field_.label.lower()))
    return "nouvelle fiche" + (f" : {' ; '.join(said)}" if said else "")


def mixed(paths: Iterable[str]) -> Look | None:
    """What is said of a proposal of data and code at once, which are reviewed differently."""
    found = list(paths)
    data = [path for path in found if path.startswith("data/")]
    code = [path for path in found if not path.startswith(_NO_CODE)]
    if not data or not code:
        return None
    shown = ", ".join(path if path.isprintable() else "?" for path in code[:5])
    more = f" et {len(code) - 5} autres" if len(code) > 5 else ""
    words = (
        f"cette proposition touche {plural(len(data), 'fichier')} de données et {len(code)} de "
        f"code ({shown}{more}) : mieux vaut deux propositions, chacune se relit autrement"
    )
    return Look("", words, code[0])


def _duplicates(
    records: Iterable[RecordPair], diff: Diff, around: Around, glossary: Glossary
) -> None:
    """New or retitled actions that look like another one of the territory or its EPCI."""
    fresh: dict[str, str] = {}
    for before, after in records:
        if after is None or after.kind != "action" or after.problems:
            continue
        if before is None or values_of(before).get("title") != values_of(after).get("title"):
            fresh[after.path] = carrier(after)
    if not fresh:
        return
    for found in duplicate_pairs(around(set(fresh.values()))):
        for path, other in ((found.path, found.other), (found.other, found.path)):
            if path in fresh:
                text = f"doublon possible, {found.reason} : {other}"
                diff.looks.append(Look(glossary.place(fresh[path]), text, path))
                break
