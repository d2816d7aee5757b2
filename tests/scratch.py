"""A small project in a folder of its own, on the lists and geography of the sample, under Git."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from click.testing import CliRunner, Result

from atlaas.cli import main
from support import REFERENCE, SAMPLE, git

SOURCES = "sources:\n  - url: https://exemple.fr/page\n"


def label(code: str, *labels: tuple[int, int]) -> str:
    """The text of a territory's file with these (edition, level)."""
    lines = [f'code: "{code}"', "labels:"] if labels else [f'code: "{code}"']
    for edition, level in labels:
        lines += [f"  - edition: {edition}", f"    level: {level}", "    sources:"]
        lines += ["      - url: https://exemple.fr/page"]
    return "\n".join(lines) + "\n"


def action(title: str, code: str, body: str = "Un récit assez long.", more: str = "") -> str:
    """The text of an action of the theme « solidarité numérique »."""
    return (
        f'---\ntitle: {title}\nterritory: "{code}"\nthemes:\n  - solidarite-numerique\n{more}'
        f"{SOURCES}---\n\n{body}\n"
    )


def subcommands(group: click.Group) -> dict[str, click.Command]:
    """The commands of a group by name, those that are imported when they are asked for too."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command}


class Project:
    """The folder, with the commands that tests run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str]) -> None:
        """Write files from a dict of path -> content."""
        for path, text in files.items():
            full = self.root / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    def files(self, folder: str = "data") -> dict[str, str]:
        """Path -> text of the records below a folder."""
        found = sorted((self.root / folder).rglob("*"))
        return {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in found
            if path.is_file() and "reference" not in path.parts
        }

    def git(self, *arguments: str, day: str = "") -> str:
        """Run git in the folder, at noon of a day where one is given."""
        return git(self.root, *arguments, day=day)

    def commit(self, message: str = "x", day: str = "") -> str:
        """Commit everything; the commit's name."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, input: str | None = None) -> Result:
        """Run the command line; an exception that it did not mean is raised."""
        result = CliRunner().invoke(main, ["--project", str(self.root), *arguments], input=input)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


def make_project(root: Path) -> Project:
    """Lists and geography of the sample, no record yet, one commit."""
    (root / "data").mkdir()
    for folder in ("vocabulary", "editions"):
        shutil.copytree(SAMPLE / "data" / folder, root / "data" / folder)
    shutil.copytree(REFERENCE, root / "data" / "reference")
    project = Project(root)
    project.write({".gitignore": ".cache/\n"})
    project.git("init", "-q", "-b", "main")
    project.commit("début")
    return project
