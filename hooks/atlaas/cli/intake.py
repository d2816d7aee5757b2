"""``intake``: what somebody sent, a request, a mail, a draft -> the file of a record."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from atlaas.build import load
from atlaas.cli.paths import pass_project
from atlaas.contribute.handed import MAX_MESSAGE, HandedError, message_text
from atlaas.contribute.intake import RequestError, comment, noted, outputs
from atlaas.contribute.received import receive
from atlaas.project import Project

_OUT = click.Path(path_type=Path, dir_okay=False)


@click.command("intake", short_help="Fait une fiche d'une demande, d'un courriel, d'un brouillon.")
@click.argument("source", type=click.File("rb"), required=False, metavar="[FICHIER]")
@click.option(
    "--answer",
    type=_OUT,
    metavar="FICHIER",
    help="Où écrire la réponse : un refus, ou ce qui est à regarder.",
)
@click.option(
    "--outputs",
    "results",
    type=_OUT,
    metavar="FICHIER",
    help="Où ajouter made, path et title, pour la forge.",
)
@pass_project
def command(
    project: Project, source: BinaryIO | None, answer: Path | None, results: Path | None
) -> None:
    """Fait une fiche de ce que quelqu'un a envoyé, et la contrôle.

    FICHIER est un courriel ou son texte, une demande écrite avec un formulaire de la forge, le
    lien d'un brouillon ou le texte d'une fiche ; « - » lit ce qui est collé, et sans rien, c'est
    la variable ISSUE_BODY. Sort avec 1, sans rien laisser, si cela ne peut pas devenir une fiche.
    """
    made, message = None, ""
    try:
        given = (
            source.read(MAX_MESSAGE + 1) if source else os.environ.get("ISSUE_BODY", "").encode()
        )
        made = receive(message_text(given), load(project)[0])
        click.echo(f"{made.file.path} : {made.title}")
        message = noted(made)
    except HandedError as error:
        message = comment([str(error)])
    except RequestError as error:
        message = comment(error.reasons)
    if message:
        click.echo(message, err=True)
    if answer:
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.write_text(message, encoding="utf-8")
    if results:
        with results.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in outputs(made, message))
    sys.exit(0 if made else 1)
