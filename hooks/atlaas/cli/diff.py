"""``diff``: what a proposal means, for a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from atlaas.cli.paths import pass_project
from atlaas.edit.duplicates import Item, group_of, item
from atlaas.edit.redirects import PATH
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from atlaas.read import read_bytes
from atlaas.read.layout import carrier_of
from atlaas.review.diff import Diff, review
from atlaas.review.report import FORMATS
from atlaas.review.versions import VersionError, contents_at, paths_at, versions


@click.command("diff", short_help="Dit ce qu'une proposition change, sans jargon.")
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    help="Forme du compte rendu : text pour une personne (par défaut), markdown pour la forge, "
    "json pour un programme.",
)
@pass_project
def command(project: Project, base: str, head: str | None, form: str) -> None:
    """Dit en français ce qui change entre BASE et HEAD (deux versions de Git).

    Sans HEAD, c'est le dossier tel qu'il est, fichiers non enregistrés compris. La comparaison
    part du point où les deux se séparent, si bien que l'avance de BASE n'y compte pas.
    """
    click.echo(FORMATS[form](reviewed(project, base, head)), nl=False)


def reviewed(project: Project, base: str, head: str | None) -> Diff:
    """What changes between two versions; None for that on disk."""
    try:
        found = versions(project.root, base, head)
        redirects = contents_at(project.root, head, [PATH]).get(PATH, b"")
        space = open_workspace(project)
        return review(space, found, lambda codes: _around(space, head, codes), _sent_on(redirects))
    except VersionError as error:
        raise click.UsageError(str(error)) from None


def _sent_on(raw: bytes) -> frozenset[str]:
    """The old addresses that data/redirects.yml knows; none where it cannot be read."""
    document = read_bytes(raw, PATH, "vocabulary")
    listed = document.data if isinstance(document.data, list) and not document.problems else []
    return frozenset(str(entry.get("from")) for entry in listed if isinstance(entry, dict))


def _around(space: Workspace, head: str | None, codes: Iterable[str]) -> Iterator[Item]:
    """The actions carried within the EPCI of these territories, at ``head``."""
    groups = {group_of(code, space.reference) for code in codes}
    near = [
        path
        for path in paths_at(space.project.root, head, "data/actions")
        if path.count("/") == 4 and group_of(carrier_of(path), space.reference) in groups
    ]
    for path, raw in contents_at(space.project.root, head, near).items():
        document = read_bytes(raw, path, "action")
        if not document.problems:
            code = str(document.data.get("territory") or "")
            title = str(document.data.get("title") or "")
            yield item(path, code, title, document.body, space.reference)
