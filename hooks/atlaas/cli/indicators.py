"""``import indicators``: an open-data CSV by INSEE code -> data/indicators/."""

import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from atlaas.cli.paths import pass_project
from atlaas.directory.indicator_sets import IndicatorMeta
from atlaas.geography.reference import Reference
from atlaas.imports.indicators import Columns, as_csv, as_yaml, convert, sources_with
from atlaas.project import Project
from atlaas.read.problem import as_text
from atlaas.text import number, plural


def _pairs(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    pairs = {}
    for one in given:
        column, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(f"« {one} » s'écrit COLONNE=VALEUR")
        pairs[column] = value
    return pairs


@click.command("indicators", short_help="Reprend un indicateur par commune (CSV ouvert).")
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FICHIER.csv"
)
@click.option("--id", required=True, metavar="ID", help="Identifiant : « fibre-2026 ».")
@click.option("--label", required=True, metavar="TEXTE", help="Ce qui est mesuré.")
@click.option("--unit", default="%", show_default=True, metavar="UNITÉ", help="Unité affichée.")
@click.option("--date", required=True, metavar="DATE", help="À quand se rapportent les valeurs.")
@click.option("--publisher", required=True, metavar="TEXTE", help="Qui publie les données.")
@click.option("--source", required=True, metavar="URL", help="Page des données.")
@click.option("--licence", required=True, metavar="TEXTE", help="Licence des données.")
@click.option(
    "--code",
    metavar="COLONNE",
    default="code_insee",
    show_default=True,
    help="Colonne du code INSEE.",
)
@click.option("--value", required=True, metavar="COLONNE", help="Colonne de la valeur.")
@click.option(
    "--total", default="", metavar="COLONNE", help="Colonne du total : la valeur devient une part."
)
@click.option(
    "--where",
    multiple=True,
    callback=_pairs,
    metavar="COLONNE=VALEUR",
    help="Ne prend que ces lignes ; peut se répéter.",
)
@click.option(
    "--area",
    "sum",
    type=click.Choice(["moyenne", "somme"]),
    default="moyenne",
    show_default=True,
    help="Valeur d'une intercommunalité : moyenne pondérée par la population, ou somme.",
)
@click.option(
    "--missing", metavar="VALEUR", default="", help="Valeur qui dit qu'il n'y en a pas : -9999."
)
@click.option("--skip-unknown", is_flag=True, help="Passe les codes d'aucune commune actuelle.")
@click.option("--dry-run", is_flag=True, help="N'écrit rien.")
@pass_project
def command(project: Project, /, file: Path, dry_run: bool, **given: Any) -> None:
    """Reprend dans data/indicators/ un indicateur donné par commune.

    Exemple, avec la couverture fixe de l'Arcep (Ma connexion internet, commune_techno.csv) :
    --id fibre --label "Locaux éligibles à la fibre" --value elig_ftth --total nbr.
    """
    reference = Reference(project)
    given["counts"] = given["sum"] == "somme"
    columns = Columns(**{field.name: given.pop(field.name) for field in fields(Columns)})
    done = convert(file.read_bytes(), file.name, columns, reference)
    if done.problems:
        click.echo(as_text(done.problems[:50]), err=True)
        click.echo(f"\n{plural(len(done.problems), 'erreur')} : rien n'est écrit.", err=True)
        sys.exit(1)
    try:
        meta = IndicatorMeta.model_validate(
            {**given, "rows": len(done.values), "ignored": done.ignored}
        )
    except ValidationError as error:
        wrong = ", ".join(sorted({f"--{item['loc'][0]}" for item in error.errors()}))
        raise click.UsageError(f"valeur refusée : {wrong}") from None
    folder = project.data / "indicators"
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        sources = folder / "SOURCES.md"
        known = sources.read_text(encoding="utf-8") if sources.exists() else ""
        for name, content in (
            (f"{meta.id}.csv", as_csv(done.values)),
            (f"{meta.id}.yml", as_yaml(meta)),
            ("SOURCES.md", sources_with(known, meta)),
        ):
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    left = f", {plural(done.ignored, 'ligne passée', 'lignes passées')}" if done.ignored else ""
    if done.missing:
        left += f", {plural(done.missing, 'valeur absente', 'valeurs absentes')}"
    for code in done.added:
        click.echo(f"{reference.places[code].name} : ses arrondissements sont additionnés.")
    click.echo(f"{number(len(done.values))} communes{left} : data/indicators/{meta.id}.csv")
