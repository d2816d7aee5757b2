"""``freshness``: what has aged, asked of the network."""

import json
from datetime import date
from pathlib import Path

import click

from atlaas.build import load
from atlaas.cli.paths import pass_project
from atlaas.contribute.generated_files import stale
from atlaas.project import Project
from atlaas.review import freshness

_OUT = click.Path(path_type=Path, dir_okay=False)


@click.command("freshness", short_help="Liens morts, fiches anciennes, nouvelle géographie.")
@click.option(
    "--state",
    type=_OUT,
    metavar="FICHIER",
    help="Ce que les passages ont vu ; sinon .cache/freshness/state.json.",
)
@click.option(
    "--report",
    type=_OUT,
    metavar="FICHIER",
    help="Où écrire le compte rendu ; sinon .cache/freshness/report.md.",
)
@click.option(
    "--limit", type=int, default=1500, show_default=True, metavar="N", help="Adresses par passage."
)
@click.option("--offline", is_flag=True, help="Ne demande rien au réseau.")
@pass_project
def command(
    project: Project, state: Path | None, report: Path | None, limit: int, offline: bool
) -> None:
    """Cherche les liens qui ne répondent plus et les fiches jamais revues depuis longtemps.

    Un lien n'est signalé qu'après plusieurs échecs, d'un passage à l'autre. Signale aussi une
    nouvelle version de la géographie officielle, et les fichiers que « make generate » doit
    refaire. Renvoie le code 0, qu'il y ait à faire ou non.
    """
    state_file = state or project.cache / "freshness" / "state.json"
    report_file = report or project.cache / "freshness" / "report.md"
    today = date.today()
    directory = load(project)[0]
    known = freshness.addresses(directory)
    seen: freshness.LinkStates = {}
    if state_file.is_file():
        seen = json.loads(state_file.read_text("utf-8"))
    asked = [] if offline else freshness.due(known, seen, limit)
    seen = freshness.remember(seen, freshness.ask(asked, freshness.probe), known, today.isoformat())
    newest = "" if offline else freshness.newest_reference()
    text = freshness.report(directory, known, seen, today, newest, stale(directory))
    kept = json.dumps(seen, ensure_ascii=False, indent=1) + "\n"
    for file, content in ((state_file, kept), (report_file, text)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    click.echo(f"{len(asked)} adresses demandées sur {len(known)}.")
