"""``stats``: what the records hold."""

import json

import click

from atlaas.cli.paths import format_option, pass_project
from atlaas.directory.loading import read_and_check
from atlaas.project import Project
from atlaas.review.stats import count
from atlaas.text import number


@click.command("stats", short_help="Compte les fiches.")
@format_option(("json", "text"), "text pour une personne (par défaut), json pour un programme.")
@pass_project
def command(project: Project, form: str) -> None:
    """Compte les fiches valides : territoires, actions, labels, sources, doutes."""
    checked = read_and_check(project)
    counts = count(checked.records, checked.reference, len(checked.problems))
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    width = max(map(len, counts))
    for title, value in counts.items():
        if isinstance(value, dict):
            shown = ", ".join(f"{key} {number(many)}" for key, many in value.items())
            click.echo(f"{title:<{width}}  {shown or '—'}")
        else:
            click.echo(f"{title:<{width}}  {number(value)}")
