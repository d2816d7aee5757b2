"""The API's description and what a machine makes of it."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from scripts.validate.told import FOLDER, TOOLS, Validated, ask, run

NODE = FOLDER / "node_modules" / ".bin"


def described(given: Validated) -> Path:
    """The file of the description."""
    return given.site / "api" / "v1" / "openapi.json"


def redocly(given: Validated) -> str:
    """Redocly's recommended rules, warnings included."""
    said = run([NODE / "redocly", "lint", "--format=json", described(given)])
    found = json.loads(said[said.index("{") : said.rindex("}") + 1])
    totals: dict[str, int] = found["totals"]
    ask(not totals["errors"] and not totals["warnings"], json.dumps(found, indent=1)[:4000])
    return f"{totals['errors']} erreur, {totals['warnings']} avertissement"


def spectral(given: Validated) -> str:
    """Spectral's rules for OpenAPI, warnings included."""
    rules = FOLDER / "spectral.yaml"
    return run([NODE / "spectral", "lint", "--fail-severity=hint", "-r", rules, described(given)])


def generated(given: Validated) -> str:
    """A client that a generator writes reads the served site, and every kind of document."""
    with tempfile.TemporaryDirectory() as folder:
        target, settings = Path(folder) / "client", Path(folder) / "settings.json"
        settings.write_text(json.dumps({"post_hooks": []}))  # no formatter over what it writes
        program: list[str | Path] = [
            TOOLS / "openapi-python-client",
            "generate",
            "--meta=none",
            "--fail-on-warning",
        ]
        files: list[str | Path] = [
            "--config",
            settings,
            "--path",
            described(given),
            "--output-path",
            target,
        ]
        run([*program, *files])
        sys.path.insert(0, folder)
        try:
            return _read(given, importlib.import_module("client"))
        finally:
            sys.path.remove(folder)
            shutil.rmtree(target, ignore_errors=True)


def _read(given: Validated, package: ModuleType) -> str:
    client = package.Client(base_url=f"{given.address}api/v1", raise_on_unexpected_status=True)

    def get(tag: str, operation: str, **values: Any) -> Any:
        module = importlib.import_module(f"client.api.{tag}.{operation}")
        return module.sync(client=client, **values)

    index = get("sommaire", "index")
    read = 1
    for code in index.regions:
        ask(get("fiches", "territories_code", code=code).code == code, f"territories/{code}")
        read += 1
    departement = get("fiches", "territories_code", code="dep-59")
    actions = 0
    for code in departement.inside:
        territory = get("fiches", "territories_code", code=code)
        read += 1
        ids = [item.id for item in territory.actions_summary]
        ask(ids == territory.actions, f"territories/{code}: {ids}")
        for id_ in ids[:3]:
            slug = id_.partition("/")[2]
            action = get("fiches", "actions_code_slug", code=code, slug=slug)
            ask(action.id == id_ and action.territory_name == territory.name, id_)
            actions += 1
    for name in ("themes", "enjeux", "usages", "mentions", "actors", "collections", "indicators"):
        tag = "fiches" if name in ("actors", "collections", "indicators") else "listes"
        for id_ in getattr(index, name):
            ask(get(tag, f"{name}_id", id=id_).id == id_, f"{name}/{id_}")
            read += 1
    for year in index.editions:
        ask(get("fiches", "editions_year", year=year).edition == year, str(year))
        read += 1
    for name in index.vocabularies:
        ask(get("listes", "vocabularies_name", name=name).name == name, name)
        read += 1
    for day in get("sommaire", "changes_index").days:
        ask(get("sommaire", "changes_date", date=day.date).changes_count == day.count, day.date)
        read += 2
    return f"{len(package.models.__all__)} classes, {read + actions} documents lus"
