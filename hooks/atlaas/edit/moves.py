"""Records that move: an action renamed, an actor renamed, a territory that another one takes over.

Pure plans: path -> new text (None: the file goes away), old address -> new one. Every reference in
other records follows, comments stay, and nothing is written that the rules would refuse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from atlaas.directory import territory_url
from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft, draft_of, same_source
from atlaas.edit.labels import add_doubt, add_label, complete_label, won_by
from atlaas.edit.workspace import Workspace
from atlaas.geography.meanings import meaning_of
from atlaas.read import Document, read_bytes
from atlaas.read.layout import carrier_of, free_path, kind_of, stem_of
from atlaas.read.problem import first_error
from atlaas.text import slug

_LISTS = ("memberships", "services", "programmes", "indicators", "sources")
_OWN = ("name", "kind", "departement", "country", "successor")  # only of a territory in x-
_REFERENCES = ("territory", "through", "successor")


class MoveError(Exception):
    """The move cannot be made; the message says why, in French."""


@dataclass
class Move:
    """What a move changes."""

    files: dict[str, str | None] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)  # what a person should look at


def _read(space: Workspace, path: str, move: Move | None = None) -> Document:
    text = move.files.get(path) if move else None
    document = (
        read_bytes(text.encode(), path, kind_of(path)) if text is not None else space.document(path)
    )
    if document.problems:
        raise MoveError(f"{path} est illisible : {document.problems[0].message}")
    return document


def _verify(space: Workspace, move: Move) -> Move:
    """The move, if the rules accept every file that it writes; raises MoveError otherwise."""
    gone = {path for path, text in move.files.items() if text is None}
    paths = {
        kind: (*(p for p in listed if p not in gone),)
        for kind, listed in space.context.paths.items()
    }
    for path, text in move.files.items():
        if text is not None and path not in paths.get(kind_of(path), ()):
            paths[kind_of(path)] = (*paths.get(kind_of(path), ()), path)
    stems = {kind: frozenset(stem_of(p) for p in listed) for kind, listed in paths.items()}
    own = frozenset(s for s in stems.get("territory", ()) if s.startswith("x-"))
    actors = stems.get("actor", frozenset())
    checked = replace(
        space, context=replace(space.context, paths=paths, own_codes=own, actors=actors)
    )
    for path, text in move.files.items():
        problem = first_error(checked.problems(path, text)) if text is not None else ""
        if problem:
            raise MoveError(f"le contrôle refuserait {path} : {problem}")
    return move


def rename_action(space: Workspace, path: str, stem: str, title: str = "") -> Move:
    """Give an action another file name, and with it another address."""
    draft = draft_of(_read(space, path))
    if title:
        draft.data["title"] = title
    new = f"{path.rpartition('/')[0]}/{stem}.md"
    if new != path and space.exists(new):
        raise MoveError(f"{new} existe déjà")
    code = carrier_of(path)
    move = Move({path: None, new: render(draft)})
    move.redirects[f"actions/{code}/{stem_of(path)}/"] = f"actions/{code}/{stem}/"
    _follow(space, frozenset(), code, move)
    return _verify(space, move)


def rename_actor(space: Workspace, old: str, new: str) -> Move:
    """Give an actor another identifier, in its file's name and in every action."""
    path, target = f"data/actors/{old}.yml", f"data/actors/{new}.yml"
    if space.exists(target):
        raise MoveError(f"{target} existe déjà")
    move = Move({path: None, target: render(draft_of(_read(space, path)))})
    for listed in space.actions.values():
        for action in listed:
            if old in (space.project.root / action).read_text(encoding="utf-8", errors="replace"):
                draft = draft_of(_read(space, action))
                if old in (draft.data.get("actors") or ()):
                    draft.data["actors"] = [new if a == old else a for a in draft.data["actors"]]
                    move.files[action] = render(draft)
    move.redirects[f"acteurs/{old}/"] = f"acteurs/{new}/"
    return _verify(space, move)


def take_over(
    space: Workspace, olds: Sequence[str], new: str, merged: bool, source: str = ""
) -> Move:
    """One territory takes over others: their labels, actions, references and addresses.

    ``merged`` for communes that merged: each label then says who won it, and ``source`` is where
    a person read of a merger that the reference does not know. Otherwise only the code changes
    (an EPCI under a new SIREN, a territory in x- that got an official code).
    """
    target = space.territory_path(new)
    if target is None:
        raise MoveError(
            f"le code « {new} » n'est ni dans la géographie officielle, ni celui d'une fiche en x- "
            "(après une fusion, lancez d'abord « reference refresh »)"
        )
    if new in olds and (merged or len(olds) > 1):
        raise MoveError(f"« {new} » ne peut pas se remplacer lui-même")
    for old in olds:
        if old not in space.territories and old not in space.actions:
            raise MoveError(f"« {old} » n'a ni fiche ni action")
        if old != new:
            _may_join(space, old, new, merged, source)
    move = Move()
    has_file = space.exists(target)
    draft = draft_of(_read(space, target)) if has_file else Draft("territory", {"code": new})
    if source:
        _tell(draft, source)
    url = territory_url(new, space.name(new))
    official = space.official_path(new) or target
    if has_file and official != target:  # its official name changed
        move.files[target] = None
        move.redirects[territory_url(new, stem_of(target).removeprefix(f"{new}-"))] = url
    _move_actions(space, new, new, move)
    for old in olds:
        if old == new:
            continue
        path = space.territories.get(old)
        if path:
            has_file = True
            _absorb(space, draft, draft_of(_read(space, path)), old if merged else "", new, move)
            move.files[path] = None
        _move_actions(space, old, new, move)
        stem = stem_of(path) if path else space.actions[old][0].split("/")[-2]
        move.redirects[territory_url(old, stem.removeprefix(f"{old}-"))] = url
    if has_file:
        move.files[official] = render(draft)
    _follow(space, frozenset(olds) - {new}, new, move)
    return _verify(space, move)


def _may_join(space: Workspace, old: str, new: str, merged: bool, source: str) -> None:
    """Raises MoveError where a commune would join one that it never did, or be one of several.

    A commune whose land went to several is a split: what comes of its records is decided by a
    person, who says where that is written.
    """
    reference = space.reference
    found, place = meaning_of(old, reference), reference.get(new)
    is_commune = bool(found.commune or found.successors or found.part)
    if merged and not (is_commune and place and place.kind == "commune"):
        words = "ne réunit que des communes ; pour un autre territoire, voyez « rename »"
        raise MoveError(f"« merge » {words} ({old}, {new})")
    if not is_commune or source:
        return
    name = f"{space.name(old)} ({old})"
    into = f"{space.name(new)} ({new})"
    if found.is_split:
        raise MoveError(
            f"{name} a été dissoute et ses terres partagées entre plusieurs communes : ce qui en "
            "revient à chacune se décide à la main. Pour tout donner à "
            f"{into}, dites où c'est écrit : --source URL"
        )
    joined = new in reference.former.get(old, ())
    if not merged and not (joined and slug(reference.former_name[old]) == slug(space.name(new))):
        way = f"réunissez-les par « merge {old} {new} »" if joined else "vérifiez les deux codes"
        raise MoveError(f"{name} et {into} sont deux communes, « rename » n'y suffit pas : {way}")
    if not joined:
        other = reference.successor(old)
        known = f" : elle a rejoint {space.name(other)} ({other})" if other else ""
        raise MoveError(
            f"aucun mouvement officiel ne joint {name} à {into}{known}. Vérifiez les codes, lancez "
            "« reference refresh » si la fusion est récente, ou dites où elle est écrite : "
            "--source URL"
        )


def _tell(draft: Draft, source: str) -> None:
    """Say in the territory's file where its merger is written."""
    known = draft.data.setdefault("sources", [])
    if not any(same_source({"url": source}, other) for other in known):
        known.append({"url": source})


def _absorb(space: Workspace, into: Draft, old: Draft, former: str, new: str, move: Move) -> None:
    """Put the facts of a territory's file into that of its successor, with their comments.

    ``former`` is the code of a commune that merged, whose labels say that it won them.
    """
    # What joins another one on the word of a source alone is no former code of it: its name then.
    official = new in space.reference.former.get(former, ())
    winner = former if official else space.name(former)
    for label in old.data.get("labels") or ():
        _absorb_label(into, won_by(dict(label), winner if former else ""), space, move)
    for key in _LISTS:
        items = old.data.get(key) or []
        if not items:
            continue
        mine = into.data.setdefault(key, [])
        for index, value in enumerate(items):
            if key == "sources" and any(same_source(value, other) for other in mine):
                continue
            _carry(into, old, (key, index), (key, len(mine)))
            mine.append(value)
    if old.data.get("website"):
        into.data.setdefault("website", old.data["website"])
    if old.data.get("doubt"):
        add_doubt(into.data, old.data["doubt"])
    if new.startswith("x-"):
        for key in _OWN:
            if key in old.data:
                into.data.setdefault(key, old.data[key])
    into.head += [line for line in old.head if not line.startswith("# yaml-language-server")]
    into.tail += old.tail


def _carry(into: Draft, old: Draft, path: tuple[Any, ...], target: tuple[Any, ...]) -> None:
    for key, lines in old.above.items():
        if key[: len(path)] == path:
            into.above[(*target, *key[len(path) :])] = lines
    for key, words in old.trailing.items():
        if key[: len(path)] == path:
            into.trailing[(*target, *key[len(path) :])] = words


def _absorb_label(into: Draft, label: dict[str, Any], space: Workspace, move: Move) -> None:
    level = label.get("level")
    mine = add_label(into, label)
    if mine is None:
        return
    shown = f"{level} @" if level else "sans niveau connu"
    winner = label.get("won_by")
    also = f"{space.name(winner) if winner else 'l’autre fiche'} : {shown}"
    add_doubt(mine, also)
    if level and str(mine.get("level") or "0") < str(level):
        mine["level"] = level
    complete_label(mine, label)
    move.remarks.append(
        f"deux labels {label['edition']} réunis, le plus haut niveau gardé ({also})"
    )


def _move_actions(space: Workspace, old: str, new: str, move: Move) -> None:
    folder = space.action_folder(new)
    if folder is None:
        raise MoveError(f"les actions de « {new} » n'ont pas de dossier")
    for path in space.actions.get(old, ()):
        if path.rpartition("/")[0] == folder:
            continue
        draft = draft_of(_read(space, path))
        draft.data["territory"] = new
        target = free_path(folder, stem_of(path), lambda p: p in move.files or space.exists(p))
        move.files[path] = None
        move.files[target] = render(draft)
        move.redirects[f"actions/{old}/{stem_of(path)}/"] = f"actions/{new}/{stem_of(target)}/"


def _follow(space: Workspace, olds: frozenset[str], new: str, move: Move) -> None:
    """Bring every reference to the old codes up to date, in the records that move and the rest."""
    wanted = [p for p, text in move.files.items() if text is not None]
    wanted += [e.path for e in space.entries if e.path not in move.files]
    for path in wanted:
        kind = kind_of(path)
        if kind not in ("territory", "action", "actor", "collection"):
            continue
        raw = move.files.get(path)
        if raw is None:
            raw = (space.project.root / path).read_text(encoding="utf-8", errors="replace")
        ids = _moved_actions(move) if kind == "collection" else {}
        if not any(old in raw for old in (*olds, *ids)):
            continue
        draft = draft_of(_read(space, path, move))
        if kind == "collection":
            changed = _renamed(draft.data, "actions", ids)
            changed |= _renamed(draft.data, "territories", dict.fromkeys(olds, new))
        else:
            changed = _replace(draft.data, olds, new, kind)
        if changed:
            move.files[path] = render(draft)


def _moved_actions(move: Move) -> dict[str, str]:
    """Old id of an action -> its new one."""
    moved = move.redirects.items()
    return {old[8:-1]: new[8:-1] for old, new in moved if old.startswith("actions/")}


def _renamed(data: dict[str, Any], key: str, names: Mapping[str, str]) -> bool:
    """Rename the members of a collection, each kept once; whether any changed."""
    known = data.get(key)
    if not isinstance(known, list):
        return False
    data[key] = list(dict.fromkeys(names.get(one, one) for one in known))
    return bool(data[key] != known)


def _replace(data: dict[str, Any], olds: frozenset[str], new: str, kind: str) -> bool:
    changed = False
    for key in _REFERENCES:
        if data.get(key) in olds:
            data[key] = new
            changed = True
    for membership in data.get("memberships") or () if kind == "territory" else ():
        if membership.get("through") in olds:
            membership["through"] = new
            changed = True
    partners = data.get("partners")
    if isinstance(partners, list) and (olds & set(partners) or new in partners):
        kept = dict.fromkeys(new if code in olds else code for code in partners)
        kept.pop(data.get("territory", ""), None)
        if list(kept) != partners:
            data["partners"] = list(kept)
            changed = True
        if not kept:
            del data["partners"]
    return changed
