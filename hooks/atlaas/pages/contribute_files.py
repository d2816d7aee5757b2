"""The small files that the forms of /contribuer/ fetch: what exists, records to correct."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages.page import Asset, Site
from atlaas.read.comments import comments_in
from atlaas.read.layout import departement_of

URL = "contribuer/"
FOLDER = f"{URL}fiches/"
TWINS = "api/v1/actions/{id}.json"  # the API's document of an action, see publish/api.py


def files(directory: Directory, site: Site) -> Iterator[Asset]:
    """All of them."""
    yield from _titles(directory)
    yield from _records(directory, site)


def _titles(directory: Directory) -> Iterator[Asset]:
    """``contribuer/titres/<folder>.json``: what exists already in each département.

    ``{"actions": {code: {slug: title}}, "territories": [codes with a file]}``, and the comments of
    these files by path under "comments" where there are any: a correction keeps them.
    """
    actions: dict[str, list[LinkedAction]] = defaultdict(list)
    files: dict[str, list[str]] = defaultdict(list)
    paths: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for action in directory.actions.values():
        actions[departement_of(action.path)].append(action)
        if action.path in directory.commented:
            paths[departement_of(action.path)].append((action.path, "action"))
    for territory in directory.territories.values():
        if territory.path:
            files[departement_of(territory.path)].append(territory.code)
            if territory.path in directory.commented:
                paths[departement_of(territory.path)].append((territory.path, "territory"))
    root = directory.project.root
    for folder in sorted({*actions, *files}):
        held = actions[folder], files[folder], root, paths[folder]
        yield Asset(f"{URL}titres/{folder}.json", partial(_existing, *held))


def _existing(
    actions: Iterable[LinkedAction],
    territories: Iterable[str],
    root: Path,
    paths: Iterable[tuple[str, str]],
) -> bytes:
    """The bytes of such a file; records that may have comments are read again for them."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for action in actions:
        code, _, slug = action.id.partition("/")
        titles[code][slug] = action.record.title
    content: dict[str, Any] = {"actions": titles, "territories": territories}
    found = ((path, comments_in(f"{root}/{path}", kind)) for path, kind in paths)
    comments = {path: data for path, these in found if (data := these.as_data())}
    return to_json(content | ({"comments": comments} if comments else {}))


def _records(directory: Directory, site: Site) -> Iterator[Asset]:
    """``contribuer/fiches/…``: a record as its file says it, for a correction.

    Territories always (the API's document of one holds what the reference says too), actions
    where the API leaves theirs out.
    """
    if not site.api:
        for action in directory.actions.values():
            yield Asset(f"{FOLDER}actions/{action.id}.json", partial(_action, action), action)
    for territory in directory.territories.values():
        if territory.path:
            url = f"{FOLDER}territories/{territory.code}.json"
            yield Asset(url, partial(_territory, territory))


def _territory(territory: LinkedTerritory) -> bytes:
    return to_json({"file": territory.path, **_plain(territory.record)})


def _action(action: LinkedAction) -> bytes:
    return to_json({"file": action.path, **_plain(action.record), "text": action.body})


def _plain(record: BaseModel) -> dict[str, Any]:
    """The values of a record as its file writes them: texts, lists and mappings."""
    values = record.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return {key: _texts(value) for key, value in values.items()}


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
