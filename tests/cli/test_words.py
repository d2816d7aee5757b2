"""All that the command line says of itself is in French; counts and completion."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from atlaas.cli import main
from scratch import Project, label, subcommands
from support import PROJECT, clean_environment

ENGLISH = re.compile(
    r"\b(Show|Usage:|Options? |COMMAND|ARGS|TEXT|PATH|FILE|INTEGER|DIRECTORY|BOOLEAN|required|"
    r"default|Missing|Error|Try|No such|message|exit\.|Commands)\b"
)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in subcommands(group).items():
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
        command = subcommands(command)[name]
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
        (("import", "indicators", "x.csv"), "« x.csv » n'existe pas."),
        (("import", "labels", "absent.csv"), "« absent.csv » n'existe pas."),
    ],
)
def test_mistakes_are_reported_in_french(
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
    assert counts["par type"] == {"commune": 1}
    assert counts["labels et actions à une seule source"] == 2
    assert "labels par édition                    2018 1, 2019 1" in project.run("stats").output


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_completion_of_a_shell_is_sound(project: Project, shell: str) -> None:
    script = project.run("completion", shell).output
    assert f"_ATLAAS_COMPLETE={shell}_complete" in script
    program = shutil.which(shell)
    if program:
        done = subprocess.run([program, "-n"], input=script, encoding="utf-8", check=False)
        assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ch",), {"check"}),
        (("import", ""), {"actions", "indicators", "labels", "memberships", "services"}),
        (("reference", "refresh", "--d"), {"--dry-run"}),
        (("completion", ""), {"bash", "fish", "zsh"}),
        (("diff", "main", "--format", ""), {"text", "markdown", "json"}),
    ],
)
def test_completion_in_a_real_shell(words: tuple[str, ...], offered: set[str]) -> None:
    program = shutil.which("bash")
    if program is None:
        pytest.skip("bash n'est pas installé")  # a shell to complete in: not ours to install
    folder = Path(sys.executable).parent  # where the command is installed
    script = (
        'eval "$(atlaas completion bash)"\n'
        f"COMP_WORDS=(atlaas {shlex.join(words)})\nCOMP_CWORD={len(words)}\n"
        '_atlaas_completion atlaas\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        [program, "--norc", "--noprofile", "-c", script],
        env=clean_environment(
            PATH=f"{folder}:{os.environ['PATH']}", PYTHONPATH=str(PROJECT / "hooks")
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.stderr, set(done.stdout.split())) == ("", offered)


def test_exit_codes_are_those_that_are_told(project: Project) -> None:
    """0 all is well, 1 an error or a line left, 2 a command that is not well written."""
    reported = re.compile(
        r"0,? tout va bien.*?1,? il reste une erreur.*?2,? la\s+commande est mal écrite"
    )
    page = " ".join((PROJECT / "content" / "outils.md").read_text("utf-8").split())
    assert reported.search(page)
    assert reported.search(" ".join(project.run("--help").output.split()))
    assert project.run("check").exit_code == 0
    assert project.run("fix", "--check").exit_code == 0
    project.write({"data/territories/59/59350-lille.yml": "labels: []\ncode: 59350\n"})
    assert project.run("check").exit_code == 1
    assert project.run("fix", "--check").exit_code == 1
    assert project.run("check", "--format", "xml").exit_code == 2
    assert project.run("diff", "nulle-part").exit_code == 2
