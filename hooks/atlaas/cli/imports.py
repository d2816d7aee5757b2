"""``import``: a published list -> records, with a sheet of the lines that a person must settle."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from atlaas.cli import indicators
from atlaas.cli.french_click import Group
from atlaas.cli.paths import pass_project
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.imports import actions, entries, palmares
from atlaas.imports.decisions import groups
from atlaas.imports.lines import Plan
from atlaas.imports.lines import source as make_source
from atlaas.imports.reading import TableError
from atlaas.imports.review_page import review_page
from atlaas.imports.sheet import sheet
from atlaas.imports.table import Roles, Table, choices
from atlaas.project import Project
from atlaas.rules.addresses import wrong
from atlaas.text import plural

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_STDIN = Path("-")
_NO_SOURCE = "donnez --source (l'adresse de la page), ou --publisher, --title et --date"


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """The argument and options that every import has."""
    for decorate in reversed(
        (
            click.argument("file", required=False, type=_FILE, metavar="[LISTE]"),
            click.option("--source", metavar="URL", default="", help="Page où la liste est lue."),
            click.option("--publisher", metavar="TEXTE", default="", help="Éditeur de la source."),
            click.option("--title", metavar="TEXTE", default="", help="Titre de la source."),
            click.option("--date", metavar="DATE", default="", help="Date de la source."),
            click.option("--seen", metavar="DATE", default="", help="Jour où la page a été lue."),
            click.option(
                "--column",
                "columns",
                multiple=True,
                metavar='RÔLE="TITRE"',
                help='Ce que dit une colonne : niveau="Nb @" ; peut se répéter.',
            ),
            click.option("--tab", metavar="NOM", default="", help="Feuille du classeur à lire."),
            click.option(
                "--sheet",
                "sheet_path",
                metavar="RELECTURE.csv",
                type=click.Path(path_type=Path, dir_okay=False),
                help="Où écrire la feuille de relecture ; sinon à côté de la liste, en "
                "« -revue.csv ».",
            ),
            click.option(
                "--apply",
                "apply_path",
                metavar="RELECTURE.csv",
                type=_FILE,
                help="Reprend une feuille de relecture corrigée, au lieu d'une liste.",
            ),
            click.option(
                "--review",
                is_flag=True,
                help="Écrit aussi une page où décider d'une touche par ligne, sans serveur.",
            ),
            click.option(
                "--dry-run", is_flag=True, help="N'écrit aucune fiche, seulement la feuille."
            ),
        )
    ):
        command = decorate(command)
    return command


@click.group("import", cls=Group, short_help="Reprend une liste : labels, actions, services…")
def group() -> None:
    """Reprend une liste telle qu'on l'a : classeur, CSV ou texte collé, colonnes dans tout ordre.

    Les lignes sûres sont écrites dans les fiches. Une feuille de relecture dit pour chaque ligne ce
    qui a été fait, ce qui reste douteux (avec les candidats) ou refusé, et pourquoi. On y
    répond par « oui », un numéro ou un nom, puis --apply la reprend. Relancer ne change rien.
    """


@group.command("labels", short_help="Reprend le palmarès d'une édition.")
@_shared
@click.option(
    "--edition", type=int, metavar="ANNÉE", help="Édition, si la liste n'en a pas la colonne."
)
@pass_project
def labels(project: Project, /, edition: int | None, **given: Any) -> None:
    """Reprend un palmarès : nom, département, niveau, mention.

    Le niveau est dans une colonne, ou donné par des titres (« Villes 5 @ ») au-dessus des noms.

    Un niveau qui contredit celui d'une fiche n'est jamais remplacé sans l'accord écrit dans la
    colonne « décision » de la feuille : « remplacer », ou « ignorer ».
    """
    where = _where(given)
    space = open_workspace(project)
    if edition and not 1999 <= edition <= int(space.context.today[:4]) + 1:
        raise click.UsageError(f"--edition : il n'y a pas d'édition {edition}")
    table = _table(
        given,
        palmares.ROLES,
        lambda raw, chosen, tab: palmares.read(
            raw, space, edition, palmares.wanted(edition, chosen, tab)
        ),
    )
    if not edition and "édition" not in table.found:
        raise click.UsageError("donnez --edition ANNÉE : la liste n'a pas de colonne « édition »")
    if not where and "source" not in table.found:
        raise click.UsageError(_NO_SOURCE)
    done = palmares.plan(space, table, edition, where)
    _carry_out(space, done, table, palmares.SHOWN, given, "palmares")


@group.command("actions", short_help="Reprend une liste d'actions.")
@_shared
@pass_project
def actions_(project: Project, /, **given: Any) -> None:
    """Reprend une liste d'actions : territoire, titre, thèmes, texte, source…

    La source d'une ligne vaut pour elle ; celle de la commande, pour les lignes qui n'en ont pas.
    Une action déjà présente n'est pas modifiée ; une action de titre proche attend la décision
    « ajouter » ou « ignorer ».
    """
    where = _where(given)
    table = _table(given, actions.ROLES, actions.read)
    space = open_workspace(project)
    done = actions.plan(space, table, where)
    _carry_out(space, done, table, actions.SHOWN, given, "actions")


def _command(kind: entries.EntryKind) -> click.Command:
    """The command of a kind of entries of the territories' files."""

    @click.command(kind.name, short_help=kind.summary, help=kind.help)
    @_shared
    @pass_project
    def command(project: Project, /, **given: Any) -> None:
        where = _where(given)
        table = _table(given, kind.roles, partial(entries.read, kind))
        space = open_workspace(project)
        done = entries.plan(kind, space, table, where)
        _carry_out(space, done, table, kind.shown, given, kind.name)

    return command


def _where(given: dict[str, Any]) -> dict[str, Any]:
    """The source that the options give, if they give one."""
    where = make_source(*[given[key] for key in ("source", "publisher", "title", "date", "seen")])
    if "url" in where:
        found = wrong(where["url"])
        if found:
            raise click.UsageError(f"--source : {found[0]}. {found[1]}")
    elif where and not {"publisher", "title", "date"} <= set(where):
        raise click.UsageError(_NO_SOURCE)
    return where


def _table(
    given: dict[str, Any], roles: Roles, read: Callable[[bytes, dict[str, str], str], Table]
) -> Table:
    """The list, or the sheet that a person has corrected."""
    origin: Path = given["apply_path"] or given["file"] or _STDIN
    raw = _piped() if origin == _STDIN else origin.read_bytes()
    if not raw and origin == _STDIN:
        raise click.UsageError(
            "donnez une liste (un fichier, ou un texte sur l'entrée standard), ou --apply REVUE.csv"
        )
    name = "entrée standard" if origin == _STDIN else origin.name
    try:
        table = read(raw, choices(given["columns"], roles), given["tab"])
    except TableError as error:
        raise click.UsageError(f"{name} : {error}") from None
    if given["apply_path"] and not table.is_sheet:
        raise click.UsageError(
            f"{name} : ce n'est pas une feuille de relecture (colonne « décision »)"
        )
    return table


def _piped() -> bytes:
    """What is piped in; nothing where a person sits at the terminal."""
    return b"" if sys.stdin.isatty() else sys.stdin.buffer.read()


def _sheet_path(given: dict[str, Any], kind: str) -> Path:
    """Where the review sheet goes: next to the list, or in the folder where one is."""
    if given["sheet_path"]:
        return Path(given["sheet_path"])
    origin: Path = given["apply_path"] or given["file"] or _STDIN
    if origin == _STDIN:
        return Path(f"{kind}-revue.csv")
    return origin.with_name(f"{origin.stem.removesuffix('-revue')}-revue.csv")


def _carry_out(
    space: Workspace,
    done: Plan,
    table: Table,
    shown: dict[str, str],
    given: dict[str, Any],
    kind: str,
) -> None:
    """Write records and the sheet, and say so; exit with 1 where lines are left to a person."""
    if not given["dry_run"]:
        space.write(sorted(done.files.items()))
    path = _sheet_path(given, kind)
    path.write_text(sheet(done.rows, shown), encoding="utf-8", newline="")
    if table.tab:
        click.echo(f"Feuille « {table.tab} ».")
    columns = ", ".join(f"{role} « {heading} »" for role, heading in table.found.items())
    if columns:
        click.echo(f"Colonnes : {columns}.")
    for title in table.titles:
        click.echo(f"Section {title}")
    if table.skipped:
        click.echo("Titres sans niveau, laissés : " + ", ".join(table.skipped) + ".")
    if table.ignored and not table.is_sheet:
        click.echo("Colonnes laissées : " + ", ".join(f"« {h} »" for h in table.ignored) + ".")
    for same in groups(done.rows).values():
        row, *others = same
        also = f" (et {', '.join(str(other.number) for other in others)})" if others else ""
        click.echo(f"ligne {row.number}{also}, {row.values.get('nom', '')} : {row.reason}")
        for rank, candidate in enumerate(row.candidates, 1):
            click.echo(f"    {rank}. {candidate}")
    for row in done.rows:
        if row.state == "refusée":
            click.echo(f"ligne {row.number}, {row.values.get('nom', '')} : refusée, {row.reason}")
    left, aside = done.decisions, done.count("écartée")
    verb = "à écrire" if given["dry_run"] else "écrites"
    click.echo(
        f"\n{plural(len(done.rows), 'ligne')} : {plural(done.count('réglée'), 'réglée')}, "
        f"{plural(done.count('douteuse'), 'douteuse')}, {plural(done.count('refusée'), 'refusée')}"
        + (f", {plural(aside, 'écartée')}" if aside else "")
        + f" ; fiches {verb} : {len(done.files)}."
    )
    if left:
        click.echo(f"{plural(left, 'décision')} à prendre, dans la colonne « décision ».")
    click.echo(f"Feuille de relecture : {path}")
    if given["review"] and left:
        page = path.with_suffix(".html")
        page.write_text(review_page(done.rows, shown, path.name), encoding="utf-8")
        click.echo(f"Page de relecture, à ouvrir dans un navigateur : {page}")
    sys.exit(1 if left else 0)


for _kind in entries.KINDS:
    group.add_command(_command(_kind))
group.add_command(indicators.command)
