"""All that the command line says of itself is in French; counts and completion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import click
import pytest

from atlaas.cli import main
from review.scratch import Project, label

ENGLISH = re.compile(
    r"\b(Show|Usage:|Options? |COMMAND|ARGS|TEXT|PATH|FILE|INTEGER|DIRECTORY|BOOLEAN|required|"
    r"default|Missing|Error|Try|No such|message|exit\.|Commands)\b"
)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = [(), *commands(main)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "atlaas")
def test_help_is_in_french(project: Project, path: tuple[str, ...]) -> None:
    result = project.run(*path, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage : ")
    assert "Affiche cette aide." in result.output
    assert not ENGLISH.search(result.output.replace("[OPTIONS]", "")), result.output


@pytest.mark.parametrize("path", ALL[1:], ids=" ".join)
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert command.help or command.short_help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rien",), "L'option --rien n'existe pas."),
        (("rien",), "La commande rien n'existe pas."),
        (("check", "--format", "xml"), "« xml » n'est pas parmi"),
        (("diff",), "Il manque l'argument 'BASE'."),
        (("stats", "de", "trop"), "Arguments en trop : de trop"),
        (("fix", "--check=1"), "L'option --check ne prend pas de valeur."),
        (("import", "labels", "--edition", "x"), "« x » n'est pas un nombre admis."),
        (("import", "labels"), "Il manque l'option '--edition'."),
        (("import", "labels", "absent.csv"), "« absent.csv » n'existe pas."),
    ],
)
def test_mistakes_are_told_in_french(
    project: Project, arguments: tuple[str, ...], words: str
) -> None:
    result = project.run(*arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output
    assert not ENGLISH.search(result.output.replace("[OPTIONS]", ""))


def test_stats(project: Project) -> None:
    project.write({"data/territories/59/59350-lille.yml": label("59350", (2018, 4), (2019, 5))})
    counts = json.loads(project.run("stats", "--format", "json").output)
    assert counts["labels"] == 2
    assert counts["labels par niveau"] == {"4 @": 1, "5 @": 1}
    assert counts["par genre"] == {"commune": 1}
    assert counts["labels et actions à une seule source"] == 2
    assert "labels par édition                    2018 1, 2019 1" in project.run("stats").output


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_completion(project: Project, shell: str) -> None:
    script = project.run("completion", shell).output
    assert "_ATLAAS_COMPLETE" in script
    assert "-m atlaas" in script
