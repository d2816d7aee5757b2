"""The page on tools names every command and every option: the documentation cannot fall behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from atlaas.cli import main
from scratch import subcommands
from support import PROJECT

PAGE = (PROJECT / "content" / "outils.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Title of a section -> its text."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in subcommands(group).items():
        full = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


def missing(name: str, command: click.Command, page: dict[str, str]) -> list[str]:
    """What the page does not say of a command: its section, its call, its options."""
    text = page.get(name) or page.get(name.split(" ", maxsplit=1)[0])
    if not text:
        return [f"content/outils.md n'a pas de section « {name} »"]
    wanted = [rf"(?m:^|[`(])atlaas {name}\b"]
    for option in command.params:
        if isinstance(option, click.Option):
            wanted += [rf"`[^`\n]*{spelling}\b(?!-)[^`\n]*`" for spelling in option.opts]
    return [pattern for pattern in wanted if not re.search(pattern, text)]


@pytest.mark.parametrize(("name", "command"), list(commands(main)), ids=lambda value: str(value))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    assert missing(name, command, sections()) == []


def test_what_is_not_documented_is_found() -> None:
    """The guard itself: a command without a section, a call or an option that is not reported."""
    option = click.Option(["--source"])
    command = click.Command("fix", params=[option])
    page = {"fix": "`atlaas fix`, et `--source-title TEXTE`"}
    assert missing("rien", command, page) == ["content/outils.md n'a pas de section « rien »"]
    assert len(missing("fix", command, page)) == 1
    assert len(missing("fix", command, {"fix": "`--source URL` sans appel"})) == 1
    assert len(missing("fix", command, {"fix": "`atlaas fix`, puis --source"})) == 1
    assert missing("fix", command, {"fix": "`atlaas fix`, `--source URL`"}) == []


def test_no_option_is_reported_that_does_not_exist() -> None:
    known = {opt for _, command in commands(main) for p in command.params for opt in p.opts}
    known |= {opt for p in main.params for opt in p.opts} | {"--help"}
    own = re.sub(r"py -m (?:pip|mkdocs) [^\n`]*", "", PAGE)  # what others offer
    reported = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", own))
    assert reported <= known


def test_the_table_names_every_command() -> None:
    table = PAGE.partition("## check")[0]
    for name, _ in commands(main):
        assert f"`{name}`" in table or name in table, name
