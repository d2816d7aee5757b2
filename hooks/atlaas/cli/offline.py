"""``offline``: the built site as one zip."""

from pathlib import Path

import click

from atlaas.cli.paths import pass_project
from atlaas.project import Project
from atlaas.publish.offline import SCRIPT, pack
from atlaas.text import plural


@click.command("offline", short_help="Fait du site construit un zip à lire hors ligne.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
    help="Le site construit ; sinon site/ du projet.",
)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False), metavar="FICHIER.zip")
@pass_project
def command(project: Project, site: Path | None, target: Path) -> None:
    """Fait du site construit un zip à lire hors ligne ; le même site donne les mêmes octets."""
    folder = site or project.root / "site"
    if not (folder / "index.html").is_file():
        raise click.UsageError(f"pas de site dans {folder} : lancez d'abord « make site »")
    files = pack(folder, target, (project.overrides / SCRIPT).read_bytes())
    click.echo(f"{target} : {plural(files, 'fichier')}, {target.stat().st_size / 1e6:.1f} Mo")
