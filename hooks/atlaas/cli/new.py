"""``new``: write a record by answering questions, or by options alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import click

from atlaas.cli.french_click import Group
from atlaas.cli.paths import pass_project
from atlaas.edit.duplicates import compare, item
from atlaas.edit.new_record import RecordError, new_record
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.imports.actions import ADD, body_of
from atlaas.imports.levels import level_of
from atlaas.imports.lines import near_terms, place, source, terms_of
from atlaas.imports.table import Row
from atlaas.model import Term
from atlaas.project import Project

_ask = click.option(
    "--no-input", is_flag=True, help="Ne pose aucune question : tout vient des options."
)
_departement = click.option(
    "--departement", metavar="DÉP", default="", help="Numéro ou nom, pour départager un homonyme."
)
_source = click.option("--source", metavar="URL", default="", help="Page où le fait a été lu.")
_publisher = click.option("--publisher", metavar="TEXTE", default="", help="Éditeur d'un imprimé.")
_source_title = click.option("--source-title", metavar="TEXTE", default="", help="Son titre.")
_date = click.option("--date", metavar="DATE", default="", help="Sa date : 2018, 2018-02…")
_doubt = click.option("--doubt", metavar="TEXTE", default="", help="Ce qui reste à vérifier.")


@click.group("new", cls=Group, short_help="Écrit une fiche en répondant à des questions.")
def group() -> None:
    """Écrit une nouvelle fiche, en forme canonique et contrôlée, sans jamais en remplacer une."""


@group.command("action", short_help="Une action numérique.")
@click.option("--territory", metavar="NOM|CODE", default="", help="Territoire qui porte l'action.")
@_departement
@click.option("--title", metavar="TEXTE", default="", help="Titre, en une ligne.")
@click.option("--theme", multiple=True, metavar="THÈME", help="Thème ; répétable, trois au plus.")
@click.option("--enjeu", multiple=True, metavar="ENJEU", help="Enjeu ; répétable.")
@click.option("--usage", multiple=True, metavar="USAGE", help="Usage ; répétable.")
@click.option("--status", metavar="ÉTAT", default="", help="prevue, en-cours, realisee, arretee.")
@click.option("--started", metavar="DATE", default="", help="Début : 2016, 2016-07…")
@click.option("--website", metavar="URL", default="", help="Page de l'action.")
@click.option("--body", metavar="TEXTE", default="", help="Récit, en quelques phrases.")
@_source
@_publisher
@_source_title
@_date
@_doubt
@click.option("--force", is_flag=True, help="Écrit même si une action voisine lui ressemble.")
@_ask
@pass_project
def new_action(
    project: Project,
    territory: str,
    departement: str,
    title: str,
    theme: tuple[str, ...],
    enjeu: tuple[str, ...],
    usage: tuple[str, ...],
    status: str,
    started: str,
    website: str,
    body: str,
    source: str,
    publisher: str,
    source_title: str,
    date: str,
    doubt: str,
    force: bool,
    no_input: bool,
) -> None:
    """Écrit une action dans le dossier de son territoire.

    Le territoire se donne par son nom (les homonymes sont proposés) ou son code, les thèmes par
    leur nom ou leur identifiant. Sort avec 1 si le contrôle refuse la fiche.
    """
    space = open_workspace(project)
    code = _territory(space, territory, departement, no_input)
    data: dict[str, Any] = {"title": _text("Titre", title, no_input), "territory": code}
    data["themes"] = _terms(space, "themes", "Thèmes (un à trois)", theme, no_input, needed=True)
    for key, label, given in (("enjeux", "Enjeux", enjeu), ("usages", "Usages", usage)):
        found = _terms(space, key, f"{label} (ou rien)", given, no_input, needed=False)
        if found:
            data[key] = found
    states = _terms(space, "statuses", "État d'avancement (ou rien)", (status,), no_input, False)
    if states:
        data["status"] = states[0]
    for key, label, value in (
        ("started", "Début (année, ou rien)", started),
        ("website", "Page de l'action (ou rien)", website),
    ):
        answer = _text(label, value, no_input, needed=False)
        if answer:
            data[key] = answer
    data["sources"] = [_where(source, publisher, source_title, date, no_input)]
    if doubt:
        data["doubt"] = doubt
    story = body_of(_text("Récit (une ligne, ou rien)", body, no_input, needed=False))
    _near(space, code, data["title"], story, force, no_input)
    _write(space, "action", data, story)


@group.command("territory", short_help="La fiche d'un territoire.")
@click.option("--territory", metavar="NOM|CODE", default="", help="Nom ou code du territoire.")
@_departement
@click.option(
    "--website", metavar="URL", default="", help="Site officiel, si la référence l'ignore."
)
@click.option("--edition", metavar="ANNÉE", default="", help="Édition d'un label reçu.")
@click.option("--level", metavar="NIVEAU", default="", help="Son niveau, de 1 à 5.")
@click.option("--mention", multiple=True, metavar="MENTION", help="Sa mention ; répétable.")
@_source
@_publisher
@_source_title
@_date
@_doubt
@click.option("--name", metavar="TEXTE", default="", help="Nom, pour un code en x- seulement.")
@click.option("--kind", metavar="GENRE", default="", help="Genre, pour un code en x- seulement.")
@_ask
@pass_project
def new_territory(
    project: Project,
    territory: str,
    departement: str,
    website: str,
    edition: str,
    level: str,
    mention: tuple[str, ...],
    source: str,
    publisher: str,
    source_title: str,
    date: str,
    doubt: str,
    name: str,
    kind: str,
    no_input: bool,
) -> None:
    """Écrit la fiche d'un territoire, avec un label si l'on en donne l'édition.

    Un territoire absent de la géographie officielle (syndicat, ville étrangère) prend un code en
    x-, un nom et un genre.
    """
    space = open_workspace(project)
    own = territory.startswith("x-")
    code = territory if own else _territory(space, territory, departement, no_input)
    if code in space.territories:  # said before any other question is asked
        raise click.ClickException(f"{space.territories[code]} existe déjà : corrigez cette fiche")
    data: dict[str, Any] = {"code": code}
    if own:
        data["name"] = _text("Nom", name, no_input)
        kinds = _terms(space, "kinds", "Genre", (kind,), no_input, needed=True)
        data["kind"] = kinds[0]
        if departement:
            data["departement"] = departement
    answer = _text("Site officiel (ou rien)", website, no_input, needed=False)
    if answer:
        data["website"] = answer
    year = _text("Édition d'un label (année, ou rien)", edition, no_input, needed=False)
    if year:
        data["labels"] = [
            _label(space, year, level, mention, doubt, no_input)
            | {"sources": [_where(source, publisher, source_title, date, no_input)]}
            | ({"doubt": doubt} if doubt else {})
        ]
    _write(space, "territory", data)


def _label(
    space: Workspace, year: str, level: str, mention: tuple[str, ...], doubt: str, no_input: bool
) -> dict[str, Any]:
    label: dict[str, Any] = {"edition": year}
    answer = _text("Niveau (1 à 5, ou rien)", level, no_input, needed=False)
    found = level_of(answer)
    if found is None:
        raise click.ClickException(f"niveau « {answer} » illisible : écrivez un chiffre de 1 à 5")
    if found:
        label["level"] = str(found)
    mentions = _terms(space, "mentions", "Mentions (ou rien)", mention, no_input, needed=False)
    return label | ({"mentions": mentions} if mentions else {})


def _text(label: str, given: str, no_input: bool, needed: bool = True) -> str:
    """What was given, or the answer to a question; an empty one only where it may be."""
    if given or (no_input and not needed):
        return given
    if no_input:
        raise click.UsageError(f"il manque : {label.lower()}")
    answer: str = click.prompt(label, default=None if needed else "", show_default=False)
    return answer.strip()


def _territory(space: Workspace, given: str, departement: str, no_input: bool) -> str:
    """The code of a territory, by its name or code; candidates are offered where there are some."""
    while True:
        name = _text("Territoire (nom ou code)", given, no_input)
        is_code = name in space.index.known or name in space.reference.former
        row = Row(1, {"code": name} if is_code else {"nom": name, "département": departement})
        place(row, space, is_sheet=True)
        if row.code:
            if not no_input:
                click.echo(f"→ {space.name(row.code)} ({row.code})")
            return row.code
        click.echo(f"« {name} » : {row.reason}", err=True)
        for number, candidate in enumerate(row.candidates, 1):
            click.echo(f"  {number}. {candidate}", err=True)
        if no_input:
            raise click.ClickException("donnez le code du territoire")
        if row.candidates:
            choice = click.prompt(
                "Lequel (0 : aucun)", type=click.IntRange(0, len(row.candidates)), default=1
            )
            if choice:
                return row.candidates[choice - 1].partition(" ")[0]
        given = ""


def _terms(
    space: Workspace,
    vocabulary: str,
    label: str,
    given: tuple[str, ...],
    no_input: bool,
    needed: bool,
) -> list[str]:
    """Ids of a vocabulary from names or ids; the nearest ones are named where one is unknown."""
    terms: Mapping[str, Term] = space.context.vocabularies.get(vocabulary, {})
    answer = ";".join(part for part in given if part)
    while True:
        if not answer and not no_input:
            click.echo(f"{', '.join(terms)}")
        text = _text(label, answer, no_input, needed)
        found, unknown = terms_of(text, terms)
        if not unknown and (found or not needed):
            return found
        near = ", ".join(near_terms(unknown[0], terms)) if unknown else ""
        said = f"« {unknown[0]} » est inconnu" if unknown else f"il manque : {label.lower()}"
        said += f" ; proches : {near}" if near else ""
        if no_input:
            raise click.ClickException(f"{said} (voir data/vocabulary/{vocabulary}.yml)")
        click.echo(said, err=True)
        answer = ""


def _where(url: str, publisher: str, title: str, date: str, no_input: bool) -> dict[str, str]:
    """A source: an address, or publisher, title and date."""
    if not (url or publisher):
        url = _text("Source (adresse de la page)", "", no_input)
    return source(url, publisher, title, date)


def _near(space: Workspace, code: str, title: str, body: str, force: bool, no_input: bool) -> None:
    """Show the actions of the territory that look like the new one, and ask whether to go on."""
    mine = item("", code, title, body, space.reference)
    for path in space.actions.get(code, ()):
        document = space.document(path)
        if document.problems:
            continue
        other = item(
            path, code, str(document.data.get("title") or ""), document.body, space.reference
        )
        reason = compare(other, mine)
        if reason and not force:
            said = f"{path} lui ressemble : {reason}"
            if no_input:
                raise click.ClickException(f"{said} (pour l'écrire quand même : --force)")
            click.echo(said, err=True)
            if not click.confirm(f"{ADD.capitalize()} quand même ?", default=False):
                raise click.Abort


def _write(
    space: Workspace, kind: Literal["action", "territory"], values: dict[str, Any], story: str = ""
) -> None:
    """Write a record that the rules accept, and say where."""
    try:
        made = new_record(space, kind, values, story)
    except RecordError as error:
        raise click.ClickException(str(error)) from None
    errors = [problem for problem in made.problems if problem.severity == "error"]
    if errors:
        lines = [f"{problem.message}. {problem.advice}".strip() for problem in errors]
        raise click.ClickException("le contrôle refuse la fiche :\n  " + "\n  ".join(lines))
    space.write([(made.path, made.text)])
    click.echo(f"écrit {made.path}")
