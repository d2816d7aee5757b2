"""The page on tools names every command and every option: the documentation can not fall behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from atlaas.cli import main
from review.scratch import ROOT

PAGE = (ROOT / "content" / "outils.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Title of a section -> its text."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        full = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


@pytest.mark.parametrize(("name", "command"), list(commands(main)), ids=lambda value: str(value))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    found = sections()
    text = found.get(name) or found.get(name.split(" ", maxsplit=1)[0])
    assert text, f"content/outils.md n'a pas de section « {name} »"
    assert f"python -m atlaas {name}" in text
    for option in command.params:
        if isinstance(option, click.Option):
            for spelling in option.opts:
                assert re.search(rf"`[^`]*{spelling}\b", text), f"{name} {spelling}"


def test_no_option_is_told_that_does_not_exist() -> None:
    known = {opt for _, command in commands(main) for p in command.params for opt in p.opts}
    known |= {opt for p in main.params for opt in p.opts} | {"--help"}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE))
    assert told <= known


def test_the_table_names_every_command() -> None:
    table = PAGE.partition("## check")[0]
    for name, _ in commands(main):
        assert f"`{name}`" in table or name in table, name
