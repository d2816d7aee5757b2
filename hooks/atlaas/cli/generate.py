"""``generate``: the committed files that are made from the models."""

import sys

import click

from atlaas.build import load
from atlaas.cli.paths import pass_project
from atlaas.contribute.generated_files import files, stale
from atlaas.project import Project


@click.command("generate", short_help="Refait les formulaires, schémas et modèles de fiches.")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="N'écrit rien : dit quels fichiers sont à refaire, et renvoie le code 1 s'il y en a.",
)
@pass_project
def command(project: Project, only_check: bool) -> None:
    """Refait les fichiers tirés des modèles et des listes.

    Ce sont les formulaires de la forge, les schémas JSON et les modèles de fiches des éditeurs.
    """
    directory = load(project)[0]
    if only_check:
        wrong = stale(directory)
        for path in wrong:
            click.echo(f"{path} : à refaire par « make generate »")
        sys.exit(1 if wrong else 0)
    for path, text in files(directory):
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
