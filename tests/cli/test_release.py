"""A year's archive: what it holds, what its manifest says, what changed since the one before."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from hashlib import sha256

import pytest

from atlaas import build
from atlaas.pages import archives
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project as RealProject
from atlaas.read.problem import DataError
from scratch import Project, action, label
from support import PROJECT

LILLE = "data/actions/59/59350-lille/atelier.md"
AIX = "data/territories/73/73008-aix-les-bains.yml"
URL = "https://exemple.fr/atlaas-2026.zip"


@pytest.fixture
def released(project: Project) -> Project:
    """A project whose data of 2026 are an archive."""
    project.write({LILLE: action("Atelier du mardi", "59350"), AIX: label("73008", (2018, 4))})
    (project.root / "overrides").symlink_to(PROJECT / "overrides")
    project.write(
        {".gitignore": ".cache/\ndist/\noverrides\n", "CITATION.cff": "cff-version: 1.2.0\n"}
    )
    project.commit("fiches", day="2026-11-21")
    done = project.run("release", "2026", "--url", URL)
    assert done.exit_code == 0, done.output
    assert "atlaas-2026.zip : " in done.output and "Depuis" not in done.output
    return project


def held(project: Project, year: int) -> dict[str, bytes]:
    """Name -> bytes of the files of an archive."""
    with zipfile.ZipFile(project.root / f"dist/atlaas-{year}.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 21, 0, 0, 0)}
        names = [name.removeprefix(f"atlaas-{year}/") for name in archive.namelist()]
        return dict(zip(names, map(archive.read, archive.namelist()), strict=True))


def test_an_archive_holds_tables_records_and_the_digest_of_each(released: Project) -> None:
    files = held(released, 2026)
    assert files["fiches/" + LILLE.removeprefix("data/")] == released.read(LILLE).encode()
    rows = list(csv.DictReader(io.StringIO(files["donnees/actions.csv"].decode())))
    assert [row["title"] for row in rows] == ["Atelier du mardi"]
    assert "données du 2026-11-21" in files["LISEZ-MOI.txt"].decode()
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {n: sha256(c).hexdigest() for n, c in files.items() if n != "SHA256SUMS"}


def test_the_manifest_says_what_the_archive_is(released: Project) -> None:
    said = json.loads(released.read("releases/2026.json"))
    whole = (released.root / "dist/atlaas-2026.zip").read_bytes()
    assert said["archive"] == {
        "name": "atlaas-2026.zip",
        "bytes": len(whole),
        "sha256": sha256(whole).hexdigest(),
    }
    assert said["date"] == "2026-11-21" <= said["data_date"] and said["url"] == URL
    assert said["commit"] == released.git("rev-parse", "HEAD")
    assert (said["counts"]["actions"], said["counts"]["labels"]) == (1, 1)
    files = held(released, 2026)
    assert {f["name"]: f["bytes"] for f in said["files"]} == {n: len(c) for n, c in files.items()}
    assert said["since"] is None


def test_the_same_version_gives_the_same_bytes(released: Project) -> None:
    first = (released.root / "dist/atlaas-2026.zip").read_bytes()
    assert released.run("release", "2026", "--to", str(released.root / "dist")).exit_code == 0
    assert (released.root / "dist/atlaas-2026.zip").read_bytes() == first


def test_the_next_one_tells_what_changed(released: Project) -> None:
    released.commit("archive", day="2026-11-22")
    released.write({AIX: label("73008", (2018, 5)), LILLE: action("=Atelier du lundi", "59350")})
    released.write({"data/territories/69/69029-bron.yml": label("69029", (2018, 3))})
    released.commit("changements", day="2026-11-21")
    done = released.run("release", "2027")
    assert done.exit_code == 0, done.output
    assert "Depuis 2026 : 1 fiche ajoutée, 2 fiches modifiées." in done.output
    table = csv.reader(io.StringIO(released.read("releases/2027-changements.csv")))
    rows = {row[4]: row for row in table}
    assert rows["fichier"] == ["qui", "changement", "genre", "fiche", "fichier"]
    assert set(rows) == {"fichier", AIX, LILLE, "data/territories/69/69029-bron.yml"}
    assert rows[AIX][0] == "Aix-les-Bains" and rows[AIX][2:4] == ["modification", "territory"]
    assert not [cell for row in rows.values() for cell in row if cell.startswith(("=", "+"))]
    words = released.read("releases/2027-changements.txt")
    assert words.startswith("Atlaas, de l'archive de 2026 à celle de 2027.\n")
    assert "- Bron : fiche du territoire, nouvelle : label 2018, 3 @\n" in words


def test_what_is_not_committed_is_no_version(project: Project) -> None:
    project.write({AIX: label("73008", (2018, 4))})
    done = project.run("release", "2026")
    assert done.exit_code == 2
    assert f"{AIX} n'est pas enregistré dans Git" in done.output
    assert not (project.root / "dist").exists() and not (project.root / "releases").exists()


@pytest.mark.parametrize("year", ["26", "deux mille"])
def test_a_year_is_asked_for(project: Project, year: str) -> None:
    assert project.run("release", year).exit_code == 2
    assert project.run("release", "2026", "--url", "http://exemple.fr/x.zip").exit_code == 2


def test_the_citation_takes_the_year_and_the_day(released: Project) -> None:
    released.write({"CITATION.cff": 'version: "2025"\ndate-released: 2025-01-01\ntitle: Atlaas\n'})
    assert released.run("release", "2026").exit_code == 0
    said = released.read("CITATION.cff")
    assert said == 'version: "2026"\ndate-released: 2026-11-21\ntitle: Atlaas\n'


def things(project: Project) -> tuple[Page, dict[str, bytes]]:
    directory, _ = build.load(RealProject(project.root))
    page, *assets = archives.pages(directory, Site())
    assert isinstance(page, Page)
    return page, {a.url: a.content() for a in assets if isinstance(a, Asset)}


def test_the_site_shows_manifests_and_changes_but_no_archive(released: Project) -> None:
    page, files = things(released)
    assert list(files) == ["donnees/archives/2026.json"]
    [view] = page.values()["releases"]
    assert (view.date, view.changes, view.release.url) == ("21 novembre 2026", [], URL)
    assert view.counts.endswith("1 action, 1 label")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "ce n'est pas un manifeste d'archive"),
        ('{"year": 2026}', "ce n'est pas un manifeste d'archive : date"),
        (None, "le manifeste est celui de 2026"),
    ],
)
def test_a_manifest_that_is_none_stops_with_its_place(
    released: Project, text: str | None, said: str
) -> None:
    released.write({"releases/2025.json": text or released.read("releases/2026.json")})
    with pytest.raises(DataError) as stopped:
        things(released)
    [problem] = stopped.value.problems
    assert problem.path == "releases/2025.json" and problem.message.startswith(said)
    assert "atlaas release 2025" in problem.advice
