"""``check``: every problem of the records, of some of them, or of what a branch touches."""

import sys
from pathlib import Path

import click

from atlaas import build
from atlaas.cli.paths import chosen, format_option, pass_project
from atlaas.directory import link
from atlaas.directory.loading import Checked, read_and_check
from atlaas.directory.redirects import misdirected, steps
from atlaas.edit import duplicates, told_labels
from atlaas.pages.page import Site
from atlaas.project import Project
from atlaas.read.door import tracked
from atlaas.read.problem import FORMATS, Problem, count_errors
from atlaas.review.versions import versions
from atlaas.text import plural


@click.command("check", short_help="Contrôle les fiches : toutes, certaines, ou une proposition.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[CHEMIN]...")
@click.option(
    "--changed",
    "base",
    metavar="BASE",
    help="Seulement ce qui change depuis cette version de Git, et ce que cela casse ailleurs.",
)
@format_option(
    FORMATS,
    "Forme des messages : text pour une personne (par défaut), github pour la forge, json pour un "
    "programme.",
)
@pass_project
def command(project: Project, paths: tuple[Path, ...], base: str | None, form: str) -> None:
    """Contrôle les fiches : toutes, ou celles des chemins donnés.

    Chaque problème a son fichier, sa ligne et sa colonne. Renvoie le code 1 s'il y a une erreur.
    Les doublons possibles, et les labels d'une description que la fiche du territoire n'a pas, ne
    sont cherchés que sans chemin.
    """
    if base is not None and paths:
        raise click.UsageError("--changed ne va pas avec des chemins")
    if base is None:
        problems = _all(project, paths)
        elsewhere: list[Problem] = []
    else:
        touched = {version.path for version in versions(project.root, base, None)}
        problems, elsewhere = of_changed(project, touched)
    if form == "text" and elsewhere:
        lines = [*([FORMATS[form](problems), ""] if problems else ())]
        lines += ["Ailleurs, dans des fiches qui ne changent pas :", FORMATS[form](elsewhere)]
        click.echo("\n".join(lines))
    elif problems or elsewhere or form == "json":
        click.echo(FORMATS[form]([*problems, *elsewhere]))
    problems = [*problems, *elsewhere]
    errors = count_errors(problems)
    if form == "text":
        words = f"{plural(errors, 'erreur')}, {plural(len(problems) - errors, 'avertissement')}."
        click.echo(f"\n{words}" if problems else f"Tout est bon : {words}", err=bool(errors))
    sys.exit(1 if errors else 0)


def _all(project: Project, paths: tuple[Path, ...]) -> list[Problem]:
    """The problems of all records, or of those at the paths."""
    wanted = chosen(project, paths)
    checked = read_and_check(project, wanted)
    if wanted is not None:
        return checked.problems
    between = _between_records(checked)
    return sorted([*checked.problems, *between, *_of_the_whole(project, checked)])


def of_changed(project: Project, touched: set[str]) -> tuple[list[Problem], list[Problem]]:
    """The problems of the files that were touched, and the errors in all others."""
    checked = read_and_check(project)
    between = _between_records(checked, touched)
    whole = _of_the_whole(project, checked)
    problems = sorted([*checked.problems, *between, *whole])
    broken = [p for p in problems if p.path not in touched and p.severity == "error"]
    return [problem for problem in problems if problem.path in touched], broken


def _between_records(checked: Checked, touched: set[str] | None = None) -> list[Problem]:
    """What is seen only next to other records: actions that may be one, labels told in a story."""
    records = checked.records
    return [
        *duplicates.warnings(records.actions, checked.reference, touched),
        *told_labels.warnings(records.actions, records.territories, touched),
    ]


def _of_the_whole(project: Project, checked: Checked) -> list[Problem]:
    """What Git tracks and should not; and, of records without error, where old addresses lead."""
    found = tracked(str(project.root))
    if not count_errors(checked.problems) and steps(project):
        directory = link(checked.reference, checked.records, {})
        addresses = build.addresses_of(build.pages_of(directory, Site()), project)
        found += misdirected(project, addresses)
    return found
