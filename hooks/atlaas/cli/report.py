"""``report`` and ``gate``: what a proposal changes, for the forge and those who review it."""

import shutil
import sys
from pathlib import Path

import click

from atlaas.cli.check import of_changed
from atlaas.cli.paths import format_option, pass_project
from atlaas.project import Project
from atlaas.review import proposal
from atlaas.review.diff import Diff
from atlaas.review.forge_report import as_markdown
from atlaas.review.versions import versions


@click.command("report", short_help="Compte rendu d'une proposition, avec les pages qui changent.")
@click.argument("base")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DOSSIER")
@click.option("--number", default="", metavar="N", help="Numéro de la proposition sur la forge.")
@click.option("--no-pages", is_flag=True, help="Les fiches seules : aucun site construit.")
@pass_project
def command(project: Project, base: str, folder: Path, number: str, no_pages: bool) -> None:
    """Écrit dans DOSSIER, vidé avant, ce qui change entre BASE et le dossier tel qu'il est.

    Y sont report.md, number, pages.txt et pages/, la nouvelle version de chaque page qui change.
    Les deux sites sont construits. Renvoie le code 0 même si des fiches ont des erreurs : elles
    sont dans le compte rendu, avant tout le reste.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "number").write_text(number, encoding="utf-8")
    parts = [as_markdown(judged(project, base)).strip()]
    if not no_pages:
        parts += proposal.compare_sites(project, base, folder)
    (folder / "report.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def judged(project: Project, base: str) -> Diff:
    """What a proposal means, with what ``check`` says of its files and what it breaks elsewhere."""
    diff = proposal.meaning(project, base, None)
    touched = {version.path for version in versions(project.root, base, None)}
    problems, broken = of_changed(project, touched)
    diff.add_problems([*problems, *broken])
    return diff


@click.command("gate", short_help="Refuse une proposition trop grosse, ou de données et de code.")
@click.argument("base")
@format_option(
    ("github", "text"),
    "text pour une personne (par défaut), github pour une annotation de la forge.",
)
@click.option("--allowed", is_flag=True, help="Un mainteneur l'accepte : avertir seulement.")
@pass_project
def gate(project: Project, base: str, form: str, allowed: bool) -> None:
    """Refuse ce qui change depuis BASE si c'est trop pour être relu, ou données et code à la fois.

    Sort avec 1 dans ce cas, avec 0 si --allowed est donné.
    """
    found = proposal.gate(project, base)
    for words in found:
        level = "warning" if allowed else "error"
        mark = f"::{level} title=proposition::" if form == "github" else ""
        click.echo(mark + (words.replace("%", "%25") if mark else words))
    if found and not allowed:
        click.echo("Un mainteneur peut l'accepter avec l'étiquette « proposition acceptée ».")
        sys.exit(1)
