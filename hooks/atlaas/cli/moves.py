"""``rename`` and ``merge``: files, references and redirects in one go."""

import contextlib

import click

from atlaas.cli.paths import pass_project
from atlaas.directory.redirects import PATH
from atlaas.edit import redirects
from atlaas.edit.moves import Move, MoveError, rename_action, rename_actor, take_over
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from atlaas.read.layout import code_of, stem_of
from atlaas.text import plural, slug

_dry = click.option("--dry-run", is_flag=True, help="Montre ce qui changerait, sans rien écrire.")


@click.command("rename", short_help="Renomme une action, un acteur ou un territoire.")
@click.argument("old", metavar="ANCIEN")
@click.argument("new", metavar="NOUVEAU")
@click.option("--title", metavar="TEXTE", default="", help="Nouveau titre, pour une action.")
@_dry
@pass_project
def rename(project: Project, old: str, new: str, title: str, dry_run: bool) -> None:
    """Renomme une fiche, avec ce qui y renvoie, et redirige son ancienne adresse.

    ANCIEN est l'identifiant d'une action (59350/portail-famille), d'un acteur (acteurs/adico), le
    code d'un territoire, ou le chemin d'une fiche. NOUVEAU est son nouveau nom de fichier, ou le
    nouveau code du territoire ; le même code range ses fiches sous son nom officiel du moment.
    """
    space = open_workspace(project)
    try:
        move = _rename(space, _name_of(old), new, title)
    except MoveError as error:
        raise click.ClickException(str(error)) from None
    _carry_out(space, move, dry_run)


def _name_of(given: str) -> str:
    """An identifier from what was typed: a path of data/ is brought back to it."""
    parts = given.removeprefix("./").strip("/").split("/")
    if parts[0] != "data":
        return given.strip("/")
    stem = stem_of(parts[-1]) or parts[-1]
    if parts[1:2] == ["actions"] and len(parts) == 5:
        return f"{code_of(parts[3])}/{stem}"
    return f"acteurs/{stem}" if parts[1:2] == ["actors"] else code_of(stem)


def _rename(space: Workspace, old: str, new: str, title: str) -> Move:
    folder, _, name = old.rpartition("/")
    if folder == "acteurs":
        if not (space.project.root / f"data/actors/{name}.yml").is_file():
            raise MoveError(f"aucun acteur ne s'appelle « {name} »")
        return rename_actor(space, name, _identifier(new.removeprefix("acteurs/")))
    if folder:
        path = next((p for p in space.actions.get(folder, ()) if p.endswith(f"/{name}.md")), None)
        if path is None:
            raise MoveError(f"aucune action ne s'appelle « {old} »")
        return rename_action(space, path, _identifier(new.rpartition("/")[2]), title)
    if title:
        raise MoveError("--title ne vaut que pour une action")
    return take_over(space, [old], new, merged=False)


def _identifier(text: str) -> str:
    stem = slug(text.removesuffix(".md").removesuffix(".yml"))
    if not stem:
        raise MoveError(f"« {text} » ne fait pas un nom de fichier")
    return stem


@click.command("merge", short_help="Réunit des communes en une commune nouvelle.")
@click.argument("codes", nargs=-1, required=True, metavar="ANCIEN... NOUVEAU")
@click.option(
    "--source",
    metavar="URL",
    default="",
    help="Page qui dit la fusion, si la géographie officielle ne la connaît pas.",
)
@_dry
@pass_project
def merge(project: Project, codes: tuple[str, ...], source: str, dry_run: bool) -> None:
    """Réunit les fiches et les actions de communes dans celle de la commune nouvelle.

    Le dernier code est celui de la commune nouvelle ; il peut être celui d'une des anciennes, à
    ne pas répéter alors. Chaque label repris dit qui l'a reçu. Des communes qu'aucun mouvement
    officiel ne joint, ou une commune partagée entre plusieurs, ne sont réunies qu'avec une source.
    """
    if len(codes) < 2:
        raise click.UsageError("donnez au moins un ancien code, puis le nouveau")
    space = open_workspace(project)
    try:
        move = take_over(space, codes[:-1], codes[-1], merged=True, source=source)
    except MoveError as error:
        raise click.ClickException(str(error)) from None
    _carry_out(space, move, dry_run)


def _carry_out(space: Workspace, move: Move, dry_run: bool) -> None:
    """Write the new files, remove the old ones, record the redirects, and say so."""
    try:
        text = redirects.add(redirects.read(space.project), move.redirects)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    written = {path: new for path, new in move.files.items() if new is not None}
    gone = [path for path, new in move.files.items() if new is None and path not in written]
    for path in sorted(written):
        click.echo(f"écrit    {path}")
    for path in sorted(gone):
        click.echo(f"retiré   {path}")
    for old, new in sorted(move.redirects.items()):
        if old != new:
            click.echo(f"redirigé {old} → {new}")
    for remark in move.remarks:
        click.echo(f"à relire : {remark}")
    if dry_run:
        click.echo("Rien n'a été écrit (--dry-run).")
        return
    space.write([*written.items(), (PATH, text)])
    for path in gone:
        full = space.project.root / path
        full.unlink()
        with contextlib.suppress(OSError):  # others stand in the folder
            full.parent.rmdir()
    count = plural(len(written), "fiche écrite", "fiches écrites")
    click.echo(f"{count}, {plural(len(gone), 'retirée')}. Relisez avec « git diff ».")
