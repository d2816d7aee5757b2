"""``new``: write a record by answering questions, or by options alone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import click

from atlaas.cli.french_click import Group
from atlaas.cli.paths import pass_project
from atlaas.edit.given_place import place_given
from atlaas.edit.likely_twins import likely_twins
from atlaas.edit.new_record import RecordError, new_record
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.imports.actions import ADD, body_of
from atlaas.imports.levels import level_of
from atlaas.imports.lines import near_terms, source, terms_of
from atlaas.imports.placing import departement_of
from atlaas.model import Term
from atlaas.project import Project

_DEPARTEMENT = click.option(
    "--departement", metavar="DÉP", default="", help="Numéro ou nom, pour départager un homonyme."
)
_LAST = (  # options of every record
    click.option("--source", metavar="URL", default="", help="Page où le fait a été lu."),
    click.option("--publisher", metavar="TEXTE", default="", help="Éditeur d'un document imprimé."),
    click.option("--source-title", metavar="TEXTE", default="", help="Son titre."),
    click.option("--date", metavar="DATE", default="", help="Sa date : 2018, 2018-02…"),
    click.option("--doubt", metavar="TEXTE", default="", help="Ce qui reste à vérifier."),
    click.option(
        "--no-input", is_flag=True, help="Ne pose aucune question : tout vient des options."
    ),
)


def _with_last(command: Callable[..., None]) -> Callable[..., None]:
    for decorate in reversed(_LAST):
        command = decorate(command)
    return command


@click.group("new", cls=Group, short_help="Écrit une fiche en répondant à des questions.")
def group() -> None:
    """Écrit une nouvelle fiche, en forme canonique et contrôlée, sans jamais en remplacer une."""


@group.command("action", short_help="Une action numérique.")
@click.option("--territory", metavar="NOM|CODE", default="", help="Territoire qui porte l'action.")
@_DEPARTEMENT
@click.option("--title", metavar="TEXTE", default="", help="Titre, en une ligne.")
@click.option("--theme", multiple=True, metavar="THÈME", help="Thème ; répétable, trois au plus.")
@click.option("--enjeu", multiple=True, metavar="ENJEU", help="Enjeu ; répétable.")
@click.option("--usage", multiple=True, metavar="USAGE", help="Usage ; répétable.")
@click.option("--status", metavar="ÉTAT", default="", help="prevue, en-cours, realisee, arretee.")
@click.option("--started", metavar="DATE", default="", help="Début : 2016, 2016-07…")
@click.option("--website", metavar="URL", default="", help="Page de l'action.")
@click.option("--body", metavar="TEXTE", default="", help="Récit, en quelques phrases.")
@click.option("--force", is_flag=True, help="Écrit même si une action voisine lui ressemble.")
@_with_last
@pass_project
def new_action(
    project: Project, /, territory: str, departement: str, force: bool, no_input: bool, **given: Any
) -> None:
    """Écrit une action dans le dossier de son territoire.

    Le territoire se donne par son nom (les homonymes sont proposés) ou son code, les thèmes par
    leur nom ou leur identifiant. Renvoie le code 1 si le contrôle refuse la fiche.
    """
    ask = _Questions(open_workspace(project), no_input)
    code = ask.territory(territory, departement)
    data: dict[str, Any] = {"title": ask.text("Titre", given["title"]), "territory": code}
    data["themes"] = ask.terms("themes", "Thèmes (un à trois)", given["theme"])
    data["enjeux"] = ask.terms("enjeux", "Enjeux (ou rien)", given["enjeu"], needed=False)
    data["usages"] = ask.terms("usages", "Usages (ou rien)", given["usage"], needed=False)
    states = ask.terms("statuses", "État d'avancement (ou rien)", [given["status"]], needed=False)
    data["status"] = "".join(states)
    data["started"] = ask.text("Début (année, ou rien)", given["started"], needed=False)
    data["website"] = ask.text("Page de l'action (ou rien)", given["website"], needed=False)
    data["sources"] = [ask.source(given)]
    data["doubt"] = given["doubt"]
    story = body_of(ask.text("Récit (une ligne, ou rien)", given["body"], needed=False))
    ask.whether_new(code, data["title"], story, force)
    _write(ask.space, "action", data, story)


@group.command("territory", short_help="La fiche d'un territoire.")
@click.option("--territory", metavar="NOM|CODE", default="", help="Nom ou code du territoire.")
@_DEPARTEMENT
@click.option(
    "--website",
    metavar="URL",
    default="",
    help="Site officiel, s'il manque dans la géographie officielle.",
)
@click.option("--edition", metavar="ANNÉE", default="", help="Édition d'un label reçu.")
@click.option("--level", metavar="NIVEAU", default="", help="Son niveau, de 1 à 5.")
@click.option("--mention", multiple=True, metavar="MENTION", help="Sa mention ; répétable.")
@click.option("--name", metavar="TEXTE", default="", help="Nom, pour un code en x- seulement.")
@click.option("--kind", metavar="TYPE", default="", help="Type, pour un code en x- seulement.")
@_with_last
@pass_project
def new_territory(
    project: Project, /, territory: str, departement: str, no_input: bool, **given: Any
) -> None:
    """Écrit la fiche d'un territoire, avec un label si l'on en donne l'édition.

    Un territoire absent de la géographie officielle (syndicat, ville étrangère) prend un code en
    x-, un nom et un type.
    """
    ask = _Questions(open_workspace(project), no_input)
    own = territory.startswith("x-")
    code = territory if own else ask.territory(territory, departement)
    known = ask.space.territories.get(code)
    if known:  # said before any other question is asked
        raise click.ClickException(f"{known} existe déjà : corrigez cette fiche")
    data: dict[str, Any] = {"code": code}
    if own:
        data["name"] = ask.text("Nom", given["name"])
        data["kind"] = ask.terms("kinds", "Type", [given["kind"]])[0]
        data["departement"] = departement
    data["website"] = ask.text("Site officiel (ou rien)", given["website"], needed=False)
    year = ask.text("Édition d'un label (année, ou rien)", given["edition"], needed=False)
    if year:
        data["labels"] = [ask.label(year, given)]
    _write(ask.space, "territory", data)


class _Questions:
    """Asks for what the options do not give; without input, what is missing ends the command."""

    def __init__(self, space: Workspace, no_input: bool) -> None:
        self.space = space
        self._no_input = no_input

    def text(self, label: str, given: str, needed: bool = True) -> str:
        """What was given, or the answer to a question; an empty one only where it may be."""
        if given or (self._no_input and not needed):
            return given
        if self._no_input:
            raise click.UsageError(f"il manque : {label.lower()}")
        answer: str = click.prompt(label, default=None if needed else "", show_default=False)
        return answer.strip()

    def territory(self, given: str, departement: str) -> str:
        """The code of a territory, by its name or code; a person chooses between several."""
        space = self.space
        while True:
            name = self.text("Territoire (nom ou code)", given)
            asked = departement_of(departement, space) if departement else None
            if departement and asked is None:
                raise click.UsageError(f"département « {departement} » inconnu")
            found = place_given(name, space, asked)
            if found.code:
                former = f", où est {found.former}" if found.former else ""
                click.echo(f"→ {space.name(found.code)} ({found.code}){former}", err=True)
                return found.code
            what = "à préciser" if found.candidates else "aucun territoire de ce nom ni de ce code"
            click.echo(f"« {name} » : {what}", err=True)
            for number, one in enumerate(found.candidates, 1):
                click.echo(f"  {number}. {one.code} {one.name} : {one.reason}", err=True)
            if self._no_input:
                raise click.UsageError("donnez le code du territoire")
            if found.candidates:
                numbers = click.IntRange(0, len(found.candidates))
                choice = click.prompt("Lequel (0 : aucun)", type=numbers, default=1)
                if choice:
                    return found.candidates[choice - 1].code
            given = ""

    def terms(
        self, vocabulary: str, label: str, given: Iterable[str], needed: bool = True
    ) -> list[str]:
        """Ids of a vocabulary from names or ids; the nearest ones are named for an unknown one."""
        terms: Mapping[str, Term] = self.space.context.vocabularies.get(vocabulary, {})
        answer = ";".join(part for part in given if part)
        while True:
            if not answer and not self._no_input:
                click.echo(f"{', '.join(terms)}")
            found, unknown = terms_of(self.text(label, answer, needed), terms)
            if not unknown and (found or not needed):
                return found
            near = ", ".join(near_terms(unknown[0], terms)) if unknown else ""
            said = f"« {unknown[0]} » est inconnu" if unknown else f"il manque : {label.lower()}"
            said += f" ; proches : {near}" if near else ""
            if self._no_input:
                raise click.ClickException(f"{said} (voir data/vocabulary/{vocabulary}.yml)")
            click.echo(said, err=True)
            answer = ""

    def source(self, given: Mapping[str, str]) -> dict[str, str]:
        """A source: an address, or publisher, title and date."""
        url, publisher = given["source"], given["publisher"]
        if not (url or publisher):
            url = self.text("Source (adresse de la page)", "")
        return source(url, publisher, given["source_title"], given["date"])

    def label(self, year: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """A label of an edition, with its source."""
        answer = self.text("Niveau (1 à 5, ou rien)", given["level"], needed=False)
        level = level_of(answer)
        if level is None:
            raise click.ClickException(
                f"niveau « {answer} » illisible : écrivez un chiffre de 1 à 5"
            )
        mentions = self.terms("mentions", "Mentions (ou rien)", given["mention"], needed=False)
        label = {"edition": year, "level": str(level or ""), "mentions": mentions}
        return _filled(label | {"sources": [self.source(given)], "doubt": given["doubt"]})

    def whether_new(self, code: str, title: str, body: str, force: bool) -> None:
        """Show the actions of the territory that look like the new one, and ask to go on."""
        for twin in likely_twins(self.space, code, title, body):
            if force or not (twin.here or twin.reason.startswith("même")):
                continue
            said = f"{twin.path} lui ressemble : {twin.reason}, {twin.place}"
            if self._no_input:
                raise click.ClickException(f"{said} (pour l'écrire quand même : --force)")
            click.echo(said, err=True)
            if not click.confirm(f"{ADD.capitalize()} quand même ?", default=False):
                raise click.Abort


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that have nothing to say."""
    return {key: value for key, value in values.items() if value}


def _write(
    space: Workspace, kind: Literal["action", "territory"], values: dict[str, Any], story: str = ""
) -> None:
    """Write a record that the rules accept, and say where."""
    try:
        made = new_record(space, kind, _filled(values), story)
    except RecordError as error:
        raise click.ClickException(str(error)) from None
    errors = [problem for problem in made.problems if problem.severity == "error"]
    if errors:
        lines = [f"{problem.message}. {problem.advice}".strip() for problem in errors]
        raise click.ClickException("le contrôle refuse la fiche :\n  " + "\n  ".join(lines))
    space.write([(made.path, made.text)])
    click.echo(f"écrit {made.path}")
