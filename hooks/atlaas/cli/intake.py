"""``intake``: an approved request of the forge -> the file of a record."""

import os
import sys
from pathlib import Path
from typing import TextIO

import click

from atlaas.build import load
from atlaas.cli.paths import pass_project
from atlaas.contribute.generated_files import FILES
from atlaas.contribute.intake import RequestError, comment, kind_of, outputs, take
from atlaas.project import Project

_OUT = click.Path(path_type=Path, dir_okay=False)


@click.command("intake", short_help="Fait une fiche d'une demande de la forge.")
@click.argument("kind", type=click.Choice(["auto", *FILES]), default="auto", metavar="[GENRE]")
@click.option(
    "--body",
    type=click.File(encoding="utf-8"),
    metavar="FICHIER",
    help="Texte de la demande ; sinon celui de la variable ISSUE_BODY.",
)
@click.option("--answer", type=_OUT, metavar="FICHIER", help="Où écrire la réponse à un refus.")
@click.option(
    "--outputs",
    "results",
    type=_OUT,
    metavar="FICHIER",
    help="Où ajouter made, path et title, pour la forge.",
)
@pass_project
def command(
    project: Project, kind: str, body: TextIO | None, answer: Path | None, results: Path | None
) -> None:
    """Fait une fiche d'une demande écrite avec un formulaire de la forge, et la contrôle.

    GENRE est action, territory ou, par défaut, auto : d'après les questions de la demande. Sort
    avec 1, sans rien laisser, si la demande ne peut pas devenir une fiche.
    """
    text = body.read() if body else os.environ.get("ISSUE_BODY", "")
    made, message = None, ""
    try:
        made = take(kind_of(text) if kind == "auto" else kind, text, load(project)[0])
        click.echo(f"{made.file.path} : {made.title}")
    except RequestError as error:
        message = comment(error.reasons)
        click.echo(message, err=True)
    if answer:
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.write_text(message, encoding="utf-8")
    if results:
        with results.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in outputs(made, message))
    sys.exit(0 if made else 1)
