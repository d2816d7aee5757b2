"""The project that a command works in, and paths given to it as paths of that project."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from atlaas.project import Project
from atlaas.review.versions import VersionError
from atlaas.work.terminal import leave_plain

P = ParamSpec("P")
T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., object])


def pass_project(command: Callable[Concatenate[Project, P], T]) -> Callable[P, T]:
    """Give a command the project as its first argument; there must be one.

    A version that Git does not know is a mistake of who called.
    """

    @wraps(command)
    def run(*arguments: P.args, **named: P.kwargs) -> T:
        project = click.get_current_context().find_object(Project)
        if project is None:
            raise click.UsageError(
                "aucun projet ici : allez dans un dossier qui contient data/ et mkdocs.yml, ou "
                "donnez-le par « atlaas --project DOSSIER »"
            )
        try:
            return command(project, *arguments, **named)
        except VersionError as error:
            raise click.UsageError(str(error)) from None

    return run


def format_option(forms: Iterable[str], help: str) -> Callable[[Command], Command]:
    """The option --format, which a command gets as ``form``; text where it is not given."""
    choice = click.Choice(sorted(forms))
    return click.option(
        "--format", "form", type=choice, default="text", callback=_for_whom, help=help
    )


def _for_whom(context: click.Context, option: click.Parameter, form: str) -> str:
    if form != "text":
        leave_plain()
    return form


def chosen(project: Project, paths: tuple[Path, ...]) -> Callable[[str], bool] | None:
    """Whether a path of the project is one of those given, or below one of them.

    None where nothing was given, or the whole project: every path is chosen.
    """
    if not paths:
        return None
    given = []
    for path in paths:
        full = path if path.is_absolute() else Path.cwd() / path
        if not full.exists() and not full.is_symlink():
            raise click.UsageError(f"le chemin « {path} » n'existe pas")
        try:
            given.append(full.absolute().relative_to(project.root).as_posix())
        except ValueError:
            raise click.UsageError(f"« {path} » n'est pas dans le projet {project.root}") from None
    wanted = tuple(given)
    if "." in wanted:
        return None
    return lambda path: any(path == one or path.startswith(f"{one}/") for one in wanted)
