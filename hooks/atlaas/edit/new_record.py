"""The one way to make a record: values -> its path, its canonical text, what the rules say of it.

Requests, ``new`` and the imports all come through here, so that every new file is named, written
and checked alike, and none ever takes the place of another.
"""

from collections.abc import Container, Mapping
from typing import Any, Literal, NamedTuple

from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft, draft_of
from atlaas.edit.workspace import Workspace
from atlaas.read import read_bytes
from atlaas.read.layout import action_stem, free_path, own_home
from atlaas.read.problem import Problem


class RecordError(Exception):
    """The record cannot be made; the message says why, in French."""


class RecordFile(NamedTuple):
    """The file of a record before it is written, and what the rules say of it."""

    path: str
    text: str
    problems: list[Problem]


def new_record(
    space: Workspace,
    kind: Literal["action", "territory", "edition"],
    values: Mapping[str, Any],
    story: str = "",
    planned: Container[str] = (),
) -> RecordFile:
    """The file of a new record; empty values are left out.

    ``planned`` holds the paths that other new records will take. Raises RecordError where the
    record has no place, or is there already.
    """
    data = {key: value for key, value in values.items() if value}
    if kind == "action":
        path = _action_path(space, data, planned)
    else:
        path = (
            _territory_path(space, data)
            if kind == "territory"
            else f"data/editions/{data['edition']}.yml"
        )
        if path in planned or space.is_taken(path):
            raise RecordError(f"{path} existe déjà : corrigez cette fiche")
    return record_file(space, path, Draft(kind, data, story))


def record_file(space: Workspace, path: str, draft: Draft) -> RecordFile:
    """A draft as it is to be written at a path."""
    text = render(draft)
    return RecordFile(path, text, space.problems(path, text))


def territory_draft(space: Workspace, code: str, planned: Mapping[str, str]) -> tuple[str, Draft]:
    """The path and the draft of a territory's file: as planned, as it stands, or a new one.

    Raises RecordError where the code leads nowhere or the file cannot be read.
    """
    path = _territory_path(space, {"code": code})
    if path in planned:
        return path, draft_of(read_bytes(planned[path].encode(), path, "territory"))
    if not space.exists(path):
        return path, Draft("territory", {"code": code})
    document = space.document(path)
    if document.problems:
        raise RecordError(f"la fiche {path} est illisible : {document.problems[0].message}")
    return path, draft_of(document)


def _action_path(space: Workspace, data: Mapping[str, Any], planned: Container[str]) -> str:
    code = data["territory"]
    folder = space.action_folder(code)
    if folder is None:
        raise RecordError(f"le code « {code} » n'a pas de place dans data/actions/")
    stem = action_stem(data["title"])
    if not stem:
        raise RecordError("le titre ne contient aucun mot")
    return free_path(folder, stem, lambda path: path in planned or space.is_taken(path))


def _territory_path(space: Workspace, data: Mapping[str, Any]) -> str:
    code = data["code"]
    path = space.territory_path(code)
    if path is None and code.startswith("x-") and "name" in data:
        folder, stem = own_home(code, data.get("departement"), space.reference)
        path = f"data/territories/{folder}/{stem}.yml"
    if path is None:
        raise RecordError(f"le code « {code} » n'a pas de place dans data/territories/")
    return path
