"""``check``: every problem of the records, or of some of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from atlaas.build import read_and_check
from atlaas.problem import FORMATS, count_errors
from atlaas.text import plural


@click.command("check", help="Contrôle les fiches : toutes, ou celles des chemins donnés.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
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
    checked = read_and_check(root, _chosen(root, paths))
    problems = checked.problems
    if problems or form == "json":
        click.echo(FORMATS[form](problems))
    errors = count_errors(problems)
    if form == "text":
        warnings = len(problems) - errors
        words = f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}."
        click.echo(f"\n{words}" if problems else f"Tout est bon : {words}", err=bool(errors))
    sys.exit(1 if errors else 0)


def _chosen(root: Path, paths: tuple[Path, ...]) -> Callable[[str], bool] | None:
    """Whether a path of the project is one of those given, or below one of them."""
    if not paths:
        return None
    given = []
    for path in paths:
        full = path if path.is_absolute() else Path.cwd() / path
        if not full.exists() and not full.is_symlink():
            raise click.UsageError(f"le chemin « {path} » n'existe pas")
        try:
            given.append(full.absolute().relative_to(root).as_posix())
        except ValueError:
            raise click.UsageError(f"« {path} » n'est pas dans le projet {root}") from None
    wanted = tuple(given)
    if "." in wanted:
        return None
    return lambda path: any(path == one or path.startswith(f"{one}/") for one in wanted)
