"""The yearly archives: a page that lists them, with what each says of itself.

The site holds their manifests and what changed, a few kilobytes; the archives themselves stand
where the manifest says. ``atlaas release`` writes both into the folder releases/ of the project.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from atlaas import text
from atlaas.directory import Directory
from atlaas.pages.page import Asset, Page, PageValues, Site, page_kind, root_of
from atlaas.project import Project
from atlaas.read.problem import DataError, Problem

URL = "donnees/archives/"
FOLDER = "releases"  # of the project
_COUNTED = {"territories": "territoire", "actions": "action", "labels": "label"}
CHANGES_CSV, CHANGES_TEXT = "{year}-changements.csv", "{year}-changements.txt"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArchivedFile(_Strict):
    """A file of an archive, or the archive: its name, its size, its digest."""

    name: str
    bytes: int
    sha256: str


class Release(_Strict):
    """The manifest of a year's archive."""

    year: int
    date: str  # ISO date of the commit
    commit: str
    data_date: str  # of the newest record
    counts: dict[str, int]  # territories, actions, labels
    archive: ArchivedFile
    url: str = ""  # where the archive is; empty where nobody has said it yet
    since: int | None = None  # the year of the archive before, with which it is compared
    summary: str = ""  # « 2 fiches ajoutées, 1 fiche retirée »
    files: list[ArchivedFile]


def releases(project: Project) -> list[Release]:
    """The releases of a project, the newest first. Raises DataError for a manifest that is none."""
    return sorted(map(_read, (project.root / FOLDER).glob("*.json")), key=lambda r: -r.year)


def _read(path: Path) -> Release:
    where = f"{FOLDER}/{path.name}"
    try:
        found = Release.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = f"ce n'est pas un manifeste d'archive : {'.'.join(map(str, first['loc']))}"
        raise DataError([_problem(where, said)]) from None
    if path.stem != str(found.year):
        raise DataError([_problem(where, f"le manifeste est celui de {found.year}")])
    return found


def _problem(where: str, message: str) -> Problem:
    advice = f"Refaites-le par « atlaas release {Path(where).stem} »."
    return Problem(where, 1, 1, "archive", message, advice)


@page_kind(order=150, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, and the files of each release that stand in the project."""
    found = releases(directory.project)

    def values() -> dict[str, Any]:
        root = root_of(URL)
        return {
            "crumbs": [("Accueil", root), ("Données", f"{root}donnees/"), ("Archives", None)],
            "releases": [_view(directory.project, release) for release in found],
        }

    yield Page(
        URL,
        "archives",
        "donnees",
        "Archives annuelles",
        "Les données de l'Atlaas d'un jour de chaque année, avec leurs empreintes et ce qui a "
        "changé depuis l'archive d'avant.",
        values,
    )
    for release in found:
        for path in _files(directory.project, release):
            yield Asset(URL + path.name, path.read_bytes)


def _files(project: Project, release: Release) -> list[Path]:
    """The manifest, and what changed where there was an archive before."""
    folder = project.root / FOLDER
    names = (name.format(year=release.year) for name in ("{year}.json", CHANGES_CSV, CHANGES_TEXT))
    return [path for name in names if (path := folder / name).is_file()]


def _view(project: Project, release: Release) -> PageValues:
    return PageValues(
        {
            "release": release,
            "date": text.date(release.date),
            "data_date": text.date(release.data_date) if release.data_date else "",
            "megabytes": text.number(max(1, round(release.archive.bytes / 1e6))),
            "counts": ", ".join(
                text.plural(release.counts.get(key, 0), word) for key, word in _COUNTED.items()
            ),
            "changes": [path.name for path in _files(project, release)[1:]],
        }
    )


def as_json(release: Release) -> str:
    """A manifest as its file has it."""
    return json.dumps(release.model_dump(), ensure_ascii=False, indent=2) + "\n"
