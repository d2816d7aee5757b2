"""``fix``: the canonical form, and every fix that a rule can make."""

import sys
from pathlib import Path

import click

from atlaas.cli.paths import chosen, pass_project
from atlaas.edit.canonical import fix
from atlaas.edit.workspace import open_workspace
from atlaas.project import Project
from atlaas.read import read_entry
from atlaas.read.problem import Problem, as_text
from atlaas.text import plural


@click.command(
    "fix",
    short_help="Met les fiches en forme et répare ce qui peut l'être.",
    help="Met les fiches dans la mise en forme commune et répare ce qui peut l'être : toutes les "
    "fiches, ou celles des chemins donnés. Les commentaires sont gardés. Une fiche illisible est "
    "signalée et laissée telle quelle.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[CHEMIN]...")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="N'écrit rien : dit quelles fiches changeraient, et renvoie le code 1 s'il y en a.",
)
@pass_project
def command(project: Project, paths: tuple[Path, ...], only_check: bool) -> None:
    """Rewrite what is not in canonical form; exit with 1 where a file could not be read."""
    wanted = chosen(project, paths)
    space = open_workspace(project)
    problems: list[Problem] = []
    changed = []
    seen = 0
    for entry in space.entries:
        if wanted and not wanted(entry.path):
            continue
        seen += 1
        document = read_entry(entry)
        before = Path(entry.absolute).read_bytes()
        try:
            text, found = fix(document, space.context)
        except ValueError as error:
            found = [Problem(entry.path, 1, 1, "forme", str(error))]
            text = document.text
        problems.extend(found)
        if not found and text.encode() != before:
            changed.append(entry.path)
            if not only_check:
                space.write([(entry.path, text)])
    for path in changed:
        click.echo(path)
    if problems:
        click.echo(as_text(problems), err=True)
    verb = "à remettre en forme" if only_check else "remise en forme"
    many = "à remettre en forme" if only_check else "remises en forme"
    count = plural(len(changed), f"fiche {verb}", f"fiches {many}")
    click.echo(f"{count} sur {seen} ; {plural(len(problems), 'problème')} de lecture.")
    sys.exit(1 if problems or (only_check and changed) else 0)
