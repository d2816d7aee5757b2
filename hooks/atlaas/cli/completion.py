"""``completion``: the script that makes a shell complete commands and options.

Click's own scripts ask a program that is called ``atlaas``; here that name is a function of the
shell, which ``env`` does not see. They are made to ask Python instead.
"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "fish", "zsh")
_POSIX = '"${ATLAAS_PYTHON:-python}" -m atlaas'
_FISH = "(_atlaas_python) -m atlaas"
_CALL = {
    "bash": f'atlaas() {{ {_POSIX} "$@"; }}',
    "zsh": f'atlaas() {{ {_POSIX} "$@"; }}',
    "fish": "function _atlaas_python; set -q ATLAAS_PYTHON; and echo $ATLAAS_PYTHON; "
    f"or echo python; end\nfunction atlaas; env {_FISH} $argv; end",
}
# What click writes -> what stands there instead.
_MENDED = {
    "bash": (("_ATLAAS_COMPLETE=bash_complete $1)", f"_ATLAAS_COMPLETE=bash_complete {_POSIX})"),),
    "zsh": (
        ("    (( ! $+commands[atlaas] )) && return 1\n", ""),
        ("_ATLAAS_COMPLETE=zsh_complete atlaas)", f"_ATLAAS_COMPLETE=zsh_complete {_POSIX})"),
    ),
    "fish": (("COMP_CWORD=(commandline -t) atlaas)", f"COMP_CWORD=(commandline -t) {_FISH})"),),
}


@click.command("completion", short_help="Complétion pour l'interpréteur de commandes.")
@click.argument("shell", type=click.Choice(_SHELLS), metavar="bash|fish|zsh")
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Écrit le script qui définit la commande « atlaas » et complète ses options.

    Pour bash : eval "$(python -m atlaas completion bash)".
    """
    made = get_completion_class(shell)
    script = (
        made(context.find_root().command, {}, "atlaas", "_ATLAAS_COMPLETE").source() if made else ""
    )
    for written, mended in _MENDED[shell]:
        if written not in script:
            raise click.ClickException(f"pas de complétion pour {shell}")
        script = script.replace(written, mended)
    click.echo(_CALL[shell])
    click.echo(script)
