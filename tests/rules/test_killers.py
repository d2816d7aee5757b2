"""Texts that would slow a check down: on every text field, at most so many times an ordinary one.

Ratios of the CPU time of one process, the least of three where one is too much.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from atlaas.geography.reference import Reference
from atlaas.model.fields import fields_of_kind
from atlaas.read import read_bytes
from atlaas.rules import check, make_context
from atlaas.rules.rule import Context

SIZE = 60_000  # characters, all that a file may hold
MOST = 150  # times the ordinary text of this size; `level: "3   …` took 3 300
ACTION = "data/actions/59/59378-marcq-en-baroeul/x.md"
TERRITORY = "data/territories/59/59378-marcq-en-baroeul.yml"


def filled(part: str) -> str:
    return part * (SIZE // len(part))


PARTS = """a@ a. &# & < <a 1 0. +33 ( [ [a]( ![ * *a _a ` `a a- / https:// ' \\ é , | le A 2016- a:
@ <!-- </a &amp; 1er""".split()
KILLERS = {
    "spaces": "3" + filled(" "),
    **{
        part: filled(part)
        for part in (
            *PARTS,
            "01 ",
            "<a ",
            "*a ",
            "le ",
            "1er ",
            ". ",
            "a b ",
            "maire de ",
            "Ab Cd, ",
        )
    },
    "address": "https://a" + filled(".a"),
    "mail": "a@" + filled("a."),
}


@pytest.fixture(scope="module")
def context(reference: Reference) -> Context:
    return make_context(reference, [], [], "2026-11-21")


def action(key: str, value: str, body: str = "x") -> str:
    return (
        f'---\ntitle: La bonne appli\nterritory: "59378"\nthemes: [lien]\n{key}: {value}\n'
        f"sources:\n  - url: https://exemple.org/x\n---\n\n{body}\n"
    )


def territory(key: str, value: str) -> str:
    return f'code: "59378"\n{key}: {value}\n'


def fields() -> Iterator[tuple[str, str, Callable[[str], str]]]:
    """(kind, name, file of a value) of every field that holds a text."""
    for kind in ("action", "territory"):
        for field in fields_of_kind(kind):
            for inner in field.fields or (None,):
                if inner and inner.kind in ("group", "part"):
                    continue
                before = "\n  - " if field.kind == "group" else "\n  " if inner else ""
                start = f"{before}{inner.key}: " if inner else ""
                name = f"{field.key}.{inner.key}" if inner else field.key
                if kind == "action":
                    yield kind, name, lambda v, k=field.key, s=start: action(k, s + v)
                else:
                    yield (
                        kind,
                        name,
                        lambda v, k=field.key, s=start: f'code: "59378"\n{k}: {s}{v}\n',
                    )
    yield "action", "body", partial(action, "doubt", "x")


def _file(make: Callable[[str, str], str], key: str, start: str, value: str) -> str:
    return make(key, start + value)


def cost(kind: str, text: str, context: Context, times: int = 3) -> float:
    """The least CPU time of so many readings and checks."""
    least = 1e9
    for _ in range(times):
        started = time.process_time()
        path = ACTION if kind == "action" else TERRITORY
        check(read_bytes(text.encode(), path, kind), context)
        least = min(least, time.process_time() - started)
    return least


def test_no_text_is_a_killer(context: Context) -> None:
    ordinary = cost("action", action("doubt", '"' + filled("mot ") + '"'), context)
    slow = {}
    for kind, name, file in fields():
        for killer, text in KILLERS.items():
            value = text if name == "body" else '"' + text.replace('"', "") + '"'
            if cost(kind, file(value), context, 1) > MOST * ordinary:  # or something came between
                ratio = cost(kind, file(value), context) / ordinary
                if ratio > MOST:
                    slow[kind, name, killer] = round(ratio)
    assert slow == {}


def test_a_file_of_mistakes_says_some_of_each_kind(context: Context) -> None:
    """Twenty thousand tags in a title would be as many messages."""
    document = read_bytes(action("doubt", '"' + filled("<a ") + '"').encode(), ACTION, "action")
    _, problems = check(document, context)
    tags = [problem for problem in problems if problem.rule == "html"]
    assert len(tags) == 50
