"""``check``: every problem of the records, or of some of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from atlaas.cli.paths import chosen
from atlaas.loading import read_and_check
from atlaas.problem import FORMATS, count_errors
from atlaas.text import plural


@click.command("check", help="Contrôle les fiches : toutes, ou celles des chemins donnés.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[CHEMIN]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    help="Forme des messages : pour une personne, pour la forge, pour un programme.",
)
@click.pass_obj
def command(root: Path, paths: tuple[Path, ...], form: str) -> None:
    """Print the problems; exit with 1 where one of them is an error."""
    checked = read_and_check(root, chosen(root, paths))
    problems = checked.problems
    if problems or form == "json":
        click.echo(FORMATS[form](problems))
    errors = count_errors(problems)
    if form == "text":
        warnings = len(problems) - errors
        words = f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}."
        click.echo(f"\n{words}" if problems else f"Tout est bon : {words}", err=bool(errors))
    sys.exit(1 if errors else 0)
