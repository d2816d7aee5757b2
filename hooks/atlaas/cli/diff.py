"""``diff``: what a proposal means, for a reviewer."""

import click

from atlaas.cli.paths import format_option, pass_project
from atlaas.project import Project
from atlaas.review.proposal import meaning
from atlaas.review.report import FORMATS


@click.command("diff", short_help="Dit ce qu'une proposition change, sans jargon.")
@click.argument("base")
@click.argument("head", required=False)
@format_option(
    FORMATS,
    "Forme du compte rendu : text pour une personne (par défaut), markdown pour la forge, "
    "json pour un programme.",
)
@pass_project
def command(project: Project, base: str, head: str | None, form: str) -> None:
    """Dit en français ce qui change entre BASE et HEAD (deux versions de Git).

    Sans HEAD, c'est le dossier tel qu'il est, fichiers non enregistrés compris. La comparaison
    part du point où les deux se séparent, si bien que l'avance de BASE n'y compte pas.
    """
    click.echo(FORMATS[form](meaning(project, base, head)), nl=False)
