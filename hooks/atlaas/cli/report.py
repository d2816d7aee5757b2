"""``report`` and ``gate``: what a proposal changes, for the forge and those who review it."""

import shutil
import sys
from pathlib import Path

import click

from atlaas.cli.check import of_changed
from atlaas.cli.paths import format_option, pass_project
from atlaas.project import Project
from atlaas.review import proposal
from atlaas.review.compared_sites import compare_sites, edited_pages
from atlaas.review.forge_report import as_markdown
from atlaas.review.laid_over import sides


@click.command("report", short_help="Compte rendu d'une proposition, avec les pages qui changent.")
@click.argument("base")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DOSSIER")
@click.option("--number", default="", metavar="N", help="Numéro de la proposition sur la forge.")
@click.option(
    "--head",
    metavar="VERSION",
    help="Cette version de Git, dont seules les données sont prises, jamais le code.",
)
@click.option("--no-pages", is_flag=True, help="Les fiches seules : aucun site construit.")
@pass_project
def command(
    project: Project, base: str, folder: Path, number: str, head: str | None, no_pages: bool
) -> None:
    """Écrit dans DOSSIER, vidé avant, ce qui change entre BASE et le dossier tel qu'il est.

    Y sont report.md, number, pages.txt et apercu/, où les pages des fiches s'ouvrent avant et
    après. Les deux sites sont construits. Renvoie le code 0 même si des fiches ont des erreurs :
    elles sont dans le compte rendu, avant tout le reste.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "number").write_text(number, encoding="utf-8")
    with sides(project, base, head) as both:
        diff = proposal.meaning(project, base, head, both.after)
        problems, broken = of_changed(both.after, {version.path for version in both.found})
        diff.add_problems([*problems, *broken])
        parts = [as_markdown(diff).strip()]
        if not no_pages:
            roots = both.before.root, both.after.root
            parts += compare_sites(
                *roots, both.scratch, edited_pages([*diff.cards, *diff.tabled]), folder
            )
    (folder / "report.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


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
