"""``report`` and ``gate``: what a proposal changes, for the forge and those who review it."""

import shutil
from pathlib import Path

import click

from atlaas.cli.paths import format_option, pass_project
from atlaas.project import Project
from atlaas.review import proposal
from atlaas.review.report import as_markdown


@click.command("report", short_help="Compte rendu d'une proposition, avec les pages qui changent.")
@click.argument("base")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DOSSIER")
@click.option("--number", default="", metavar="N", help="Numéro de la proposition sur la forge.")
@pass_project
def command(project: Project, base: str, folder: Path, number: str) -> None:
    """Écrit dans DOSSIER, vidé avant, ce qui change entre BASE et le dossier tel qu'il est.

    Y sont report.md, number, pages.txt et pages/, la nouvelle version de chaque page qui change.
    Les deux sites sont construits. Renvoie le code 0 même si des fiches ont des erreurs : c'est à
    check de les dire.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "number").write_text(number, encoding="utf-8")
    parts = [as_markdown(proposal.meaning(project, base, None)).strip()]
    parts += proposal.compare_sites(project, base, folder)
    (folder / "report.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


@click.command("gate", short_help="Avertit si données et code changent à la fois.")
@click.argument("base")
@format_option(
    ("github", "text"),
    "text pour une personne (par défaut), github pour une annotation de la forge.",
)
@pass_project
def gate(project: Project, base: str, form: str) -> None:
    """Avertit si ce qui change depuis BASE touche à la fois des données et du code.

    N'interdit rien, et sort toujours avec 0.
    """
    words = proposal.gate(project, base)
    if words:
        mark = "::warning title=données et code::" if form == "github" else ""
        click.echo(mark + (words.replace("%", "%25") if mark else words))
