"""Paths given on the command line, as paths of the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


def chosen(root: Path, paths: tuple[Path, ...]) -> Callable[[str], bool] | None:
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
            given.append(full.absolute().relative_to(root).as_posix())
        except ValueError:
            raise click.UsageError(f"« {path} » n'est pas dans le projet {root}") from None
    wanted = tuple(given)
    if "." in wanted:
        return None
    return lambda path: any(path == one or path.startswith(f"{one}/") for one in wanted)
