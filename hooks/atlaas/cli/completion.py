"""``completion``: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "fish", "zsh")
_CALL = {
    "bash": 'atlaas() { "${ATLAAS_PYTHON:-python}" -m atlaas "$@"; }',
    "zsh": 'atlaas() { "${ATLAAS_PYTHON:-python}" -m atlaas "$@"; }',
    "fish": "function atlaas; python -m atlaas $argv; end",
}


@click.command("completion", short_help="Complétion pour l'interpréteur de commandes.")
@click.argument("shell", type=click.Choice(_SHELLS), metavar="bash|fish|zsh")
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Écrit le script qui définit la commande « atlaas » et complète ses options.

    Pour bash : eval "$(python -m atlaas completion bash)".
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"pas de complétion pour {shell}")
    root = context.find_root().command
    click.echo(_CALL[shell])
    click.echo(made(root, {}, "atlaas", "_ATLAAS_COMPLETE").source())
