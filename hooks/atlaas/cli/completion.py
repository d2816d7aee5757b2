"""``completion``: the script that makes a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

from atlaas.work.terminal import leave_plain

_SHELLS = ("bash", "fish", "zsh")


@click.command("completion", short_help="Complète les commandes avec la touche Tab.")
@click.argument("shell", type=click.Choice(_SHELLS), metavar="bash|fish|zsh")
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Écrit le script qui complète les commandes et les options d'« atlaas ».

    Pour bash : eval "$(atlaas completion bash)".
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"pas de complétion pour {shell}")
    leave_plain()
    click.echo(made(context.find_root().command, {}, "atlaas", "_ATLAAS_COMPLETE").source())
