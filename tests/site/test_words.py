"""Words of the glossary everywhere: built site, scripts, messages, help of commands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import click
import pytest

from atlaas.cli import main
from atlaas.rules import all_rules
from atlaas.rules.statements import published
from glossary import found_in, glossary, replaced
from support import PROJECT, SAMPLE, Html, plain

# Pages about the files themselves, for those who write programs or by hand.
_ABOUT_DATA = ("donnees/", "api-journal/", "outils/")
_UNREAD = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile("<[^>]*>")
_CODE = re.compile(r"\$\{[^}]*\}")
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')


def _data() -> str:
    """All that records say, which is shown as it is."""
    files = [p for p in (SAMPLE / "data").rglob("*") if p.suffix in (".yml", ".md", ".csv")]
    return plain(" ".join(p.read_text("utf-8") for p in sorted(files)))


def test_the_page_of_words_is_the_glossary() -> None:
    page = (PROJECT / "content" / "mots.md").read_text("utf-8")
    table = page.partition("## Tous les mots")[2]
    rows = re.findall(r"^\| \*\*(.+?)\*\*.*? \| (.+?) \|$", table, re.MULTILINE)
    assert rows == [(word.word, word.sense) for word in glossary()]
    assert len(rows) >= 25


def test_no_page_has_a_word_that_the_glossary_replaces(
    pages: dict[str, Html], sources: dict[str, bytes]
) -> None:
    pattern, data = replaced(), _data()
    found = {
        f"{url} : {near}"
        for url, page in pages.items()
        if url not in _ABOUT_DATA
        for text in (read_of(sources[url].decode()), *_attributes(page))
        for near in found_in(text, pattern, data)
    }
    assert sorted(found)[:20] == []


def read_of(source: str) -> str:
    """What is read of a page: its texts, apart from each other, without code and scripts."""
    return html.unescape(_TAG.sub(" ", _UNREAD.sub(" ", source)))


def _attributes(page: Html) -> Iterator[str]:
    for tag in page.tags:
        yield from (tag.attributes.get(name) or "" for name in ("title", "aria-label"))
        if tag.name == "meta" and tag.attributes.get("name") == "description":
            yield tag.attributes["content"]


def test_no_script_says_one() -> None:
    found = []
    for path in sorted((PROJECT / "overrides/assets/js").glob("*.js")):
        for literal in _LITERAL.findall(path.read_text("utf-8")):
            read = _CODE.sub("", literal).replace("Create pull request", "")  # a button of GitHub
            if " " in read:  # what people read; a name of one word is a key
                found += [f"{path.name} : {near}" for near in found_in(read, replaced())]
    assert found == []


def test_no_message_has_one() -> None:
    statements = published(all_rules())["statements"]
    said = [str(statement["say"]) for statement in statements]
    said += [p.read_text("utf-8") for p in (PROJECT / "tests/examples").rglob("expected.txt")]
    assert len(said) > 60
    assert [near for text in said for near in found_in(text, replaced(), _data())] == []


def test_no_help_has_one() -> None:
    found = [
        near
        for command, name in _commands(main, "atlaas")
        for near in found_in(command.get_help(click.Context(command, info_name=name)), replaced())
    ]
    assert found == []


def _commands(command: click.Command, name: str) -> Iterator[tuple[click.Command, str]]:
    yield command, name
    if isinstance(command, click.Group):
        for key, inner in command.commands.items():
            yield from _commands(inner, f"{name} {key}")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Genre : commune", True),
        ("son genre de page", True),
        ("un engendrement", False),
        ("Aucun EPCI", True),
        ("une demande de\u00a0fusion", True),
    ],
)
def test_what_is_found(text: str, wrong: bool) -> None:
    assert bool(list(found_in(text, replaced()))) == wrong
