"""The command line, one module a command. Only its modules print.

Exit status: 0 all is well, 1 the data hold an error (or a list still has lines to look at),
2 the command was not called rightly.
"""

from __future__ import annotations

from pathlib import Path

import click

from atlaas import __version__
from atlaas.cli import (
    check,
    completion,
    diff,
    fix,
    freshness,
    generate,
    imports,
    intake,
    moves,
    new,
    offline,
    reference,
    report,
    stats,
)
from atlaas.cli.french_click import Group
from atlaas.project import Project


@click.group(
    cls=Group,
    help="L'Atlaas en ligne de commande : contrôler les fiches, les revoir, les importer.",
    epilog="Codes de sortie : 0 tout va bien, 1 il reste une erreur ou une ligne à revoir, "
    "2 la commande est mal écrite. Chaque commande répond à --help.",
)
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
    help="Dossier du projet ; sinon celui où l'on est, ou le premier au-dessus qui en est un.",
)
@click.version_option(__version__, message="%(prog)s %(version)s", help="Affiche la version.")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Hand the project to the commands."""
    context.obj = Project.above(Path.cwd()) if folder is None else Project(folder.resolve())


_COMMANDS: tuple[click.Command, ...] = (
    check.command,
    completion.command,
    diff.command,
    fix.command,
    freshness.command,
    report.gate,
    generate.command,
    imports.group,
    intake.command,
    moves.merge,
    new.group,
    offline.command,
    moves.rename,
    reference.group,
    report.command,
    stats.command,
)
for _command in _COMMANDS:
    main.add_command(_command)
