"""``import indicators``: an open-data CSV by official code -> data/indicators/."""

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import ValidationError

from atlaas.cli.paths import pass_project
from atlaas.directory.indicator_sets import wrong_keys
from atlaas.geography.reference import Reference
from atlaas.imports.indicator_files import as_csv, as_yaml, sources_with
from atlaas.imports.indicators import Columns, Converted, convert
from atlaas.model.indicator_head import (
    QUOTIENTS,
    IndicatorHead,
    IndicatorKind,
    IndicatorLevel,
    IndicatorTopic,
)
from atlaas.project import Project
from atlaas.read.problem import as_text
from atlaas.text import plural

_PLURALS = {
    "commune": ("commune", "communes"),
    "epci": ("intercommunalité", "intercommunalités"),
    "departement": ("département", "départements"),
    "region": ("région", "régions"),
}


def _pairs(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    pairs = {}
    for one in given:
        column, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(f"« {one} » s'écrit {parameter.metavar}")
        pairs[column] = value
    return pairs


def _text(name: str, help: str, *other: str, **more: Any) -> Callable[..., Any]:
    return click.option(
        f"--{name}", *other, metavar=more.pop("metavar", "TEXTE"), help=help, **more
    )


@click.command("indicators", short_help="Reprend un indicateur par territoire (CSV ouvert).")
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FICHIER.csv"
)
@_text("id", "Identifiant : « fibre-2026 ».", required=True, metavar="ID")
@_text("label", "Ce qui est mesuré.", required=True)
@click.option(
    "--kind",
    type=click.Choice(get_args(IndicatorKind)),
    help="Nature des valeurs ; sans elle, un taux avec --total, sinon un nombre.",
)
@click.option(
    "--level",
    type=click.Choice(get_args(IndicatorLevel)),
    default="commune",
    show_default=True,
    help="À quoi se rapporte une ligne.",
)
@_text("unit", "Unité, au singulier : « lieu ».", default="%", show_default=True)
@_text("plural", "Unité au pluriel : « lieux ».")
@click.option(
    "--absent",
    type=click.Choice(["zero", "inconnu"]),
    default="inconnu",
    show_default=True,
    help="Ce que veut dire l'absence d'une ligne.",
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    callback=_pairs,
    metavar="NOMBRE=LIBELLÉ",
    help="Une classe ; peut se répéter.",
)
@click.option(
    "--role",
    type=click.Choice(["densite", "centralite"]),
    help="Grille qui dit quels territoires sont comparables.",
)
@click.option(
    "--rank",
    type=click.IntRange(1, 99),
    default=50,
    metavar="NOMBRE",
    help="Place sur les pages, de 1 à 99.",
)
@click.option(
    "--topic",
    type=click.Choice(get_args(IndicatorTopic)),
    help="Ce que la page « La fracture numérique » en montre.",
)
@_text("date", "À quand se rapportent les valeurs.", metavar="DATE")
@_text("date-column", "Colonne de la date de chaque ligne.", default="", metavar="COLONNE")
@_text("publisher", "Qui publie les données.", required=True)
@_text("dataset", "Nom du jeu de données.")
@_text("source", "Où le fichier a été pris.", required=True, metavar="URL")
@_text("origin", "Chemin et version du fichier à cette adresse.")
@_text("licence", "Licence des données.", required=True)
@_text("imported", "Jour de l'import.", metavar="DATE")
@_text("note", "Ce qu'il faut savoir.")
@_text("code", "Colonne du code.", default="code_insee", show_default=True, metavar="COLONNE")
@_text("value", "Colonne de la valeur.", default="", metavar="COLONNE")
@_text("total", "Colonne du total dont la valeur est une part.", default="", metavar="COLONNE")
@click.option(
    "--where",
    multiple=True,
    callback=_pairs,
    metavar="COLONNE=VALEUR",
    help="Ne prend que ces lignes ; peut se répéter.",
)
@click.option(
    "--places", is_flag=True, help="Chaque ligne est un lieu : compte, ou additionne --value."
)
@_text("missing", "Valeur qui dit qu'il n'y en a pas : -9999.", default="", metavar="VALEUR")
@click.option("--skip-unknown", is_flag=True, help="Passe les codes qui ne sont plus en usage.")
@click.option("--clip", is_flag=True, help="Ramène à son total une part qui le dépasse.")
@click.option("--skip-odd", is_flag=True, help="Passe les lignes dont la valeur est fausse.")
@click.option("--dry-run", is_flag=True, help="N'écrit rien.")
@pass_project
def command(project: Project, /, file: Path, dry_run: bool, **given: Any) -> None:
    """Reprend dans data/indicators/ un indicateur donné par commune, ou à une autre maille.

    Exemple, avec la couverture fixe de l'Arcep (Ma connexion internet, commune_techno.csv) :
    --id fibre --label "Locaux éligibles à la fibre" --value elig_ftth --total nbr.
    """
    date_column = given.pop("date_column")
    if not given["value"] and not given["places"]:
        raise click.UsageError("dites la colonne avec --value, ou comptez des lieux avec --places")
    if bool(given["date"]) == bool(date_column):
        raise click.UsageError("dites la date avec --date, ou sa colonne avec --date-column")
    given["kind"] = given["kind"] or (
        "taux" if given["total"] else "somme" if given["places"] else "nombre"
    )
    if bool(given["total"]) != (given["kind"] in QUOTIENTS):
        raise click.UsageError("--total va avec les natures taux et evolution, et elles seules")
    given["classes"] = [{"value": v, "label": label} for v, label in given["classes"].items()]
    reference = Reference(project)
    names = {one.name for one in fields(Columns)} - {"date"}
    columns = Columns(**{name: given.pop(name) for name in names}, date=date_column)
    # What the head says of values has to be known before they are read; its counts come after.
    head = _head(given | {"rows": 0, "date": given["date"] or "2000"})
    done = convert(file.read_bytes(), file.name, columns, head, reference)
    if done.problems:
        click.echo(as_text(done.problems[:50]), err=True)
        click.echo(f"\n{plural(len(done.problems), 'erreur')} : rien n'est écrit.", err=True)
        sys.exit(1)
    head = _head(given | _counts(done))
    if not dry_run:
        _write(project, head, done)
    for code in done.added[:10]:
        click.echo(f"{reference.places[code].name} : ses parties sont additionnées.")
    if len(done.added) > 10:
        click.echo(f"… et {plural(len(done.added) - 10, 'autre commune', 'autres communes')}.")
    place = plural(len(done.parts), *_PLURALS[head.level])
    click.echo(f"{place}{_left(done)} : data/indicators/{head.id}.csv")


def _head(given: dict[str, Any]) -> IndicatorHead:
    known = {key: value for key, value in given.items() if value not in (None, "")}
    try:
        return IndicatorHead.model_validate(known)
    except ValidationError as error:
        names = {"classes": "class"}
        wrong = sorted({names.get(k, k) for key in wrong_keys(error) for k in key.split(".")[:1]})
        options = ", ".join(f"--{key}" for key in wrong)
        raise click.UsageError(f"valeur refusée : {options}") from None


def _counts(done: Converted) -> dict[str, Any]:
    """What the head says of the import."""
    counts: dict[str, Any] = {
        "rows": len(done.parts),
        "added": len(done.added),
        **{key: getattr(done, key) for key in ("missing", "ignored", "skipped", "clipped")},
    }
    if done.dates:
        oldest, newest = done.dates
        counts |= {"date": newest, "since": oldest if oldest != newest else None}
    return counts


def _write(project: Project, head: IndicatorHead, done: Converted) -> None:
    folder = project.data / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder / "SOURCES.md"
    known = sources.read_text(encoding="utf-8") if sources.exists() else ""
    for name, content in (
        (f"{head.id}.csv", as_csv(head, done.parts, done.wholes)),
        (f"{head.id}.yml", as_yaml(head)),
        ("SOURCES.md", sources_with(known, head)),
    ):
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


def _left(done: Converted) -> str:
    """« , 2 lignes passées, 1 valeur absente »: what is not in the file, or was changed."""
    words = (
        (done.ignored, "code inconnu passé", "codes inconnus passés"),
        (done.missing, "valeur absente", "valeurs absentes"),
        (done.skipped, "ligne fausse passée", "lignes fausses passées"),
        (done.clipped, "part ramenée à son total", "parts ramenées à leur total"),
    )
    return "".join(f", {plural(count, one, many)}" for count, one, many in words if count)
