"""The command line, one module per command. Only its modules print.

Exit status: 0 all is well, 1 the data hold an error (or a list still has lines to look at),
2 the command was not called rightly.
"""

from importlib import import_module
from pathlib import Path

import click

from atlaas import __version__
from atlaas.cli.french_click import Group
from atlaas.project import Project

_COMMANDS = {  # name -> where it stands
    "check": "check.command",
    "completion": "completion.command",
    "diff": "diff.command",
    "fix": "fix.command",
    "freshness": "freshness.command",
    "gate": "report.gate",
    "generate": "generate.command",
    "import": "imports.group",
    "intake": "intake.command",
    "merge": "moves.merge",
    "new": "new.group",
    "offline": "offline.command",
    "reference": "reference.group",
    "release": "release.command",
    "rename": "moves.rename",
    "report": "report.command",
    "stats": "stats.command",
}


class _Commands(Group):
    """Commands that are imported when they are asked for: completion waits for none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"atlaas.cli.{module}"), name)
        return command


@click.group(
    cls=_Commands,
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
