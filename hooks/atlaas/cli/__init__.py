"""The command line, one module a command. Printing happens here and nowhere else.

Exit status: 0 all is well, 1 the data hold an error, 2 the command was not called rightly.
"""

from __future__ import annotations

from pathlib import Path

import click

from atlaas.cli import check

ROOT = Path(__file__).resolve().parents[3]


@click.group(help="L'Atlaas en ligne de commande : contrôler les fiches, les revoir, les importer.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=ROOT,
    help="Dossier du projet, s'il n'est pas celui du programme.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Hand the project's folder to the commands."""
    context.obj = root.resolve()


main.add_command(check.command)
