"""tests/shared/rules.json: what `check` and a form say of the same records, worked out by hand.

A case changes a good record (null takes a key away). ``rules`` are the ids that `check` gives,
and a form too unless ``form_rules`` names others; ``says`` is what a form shows, by its place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.rules import Context, make_context

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "rules.json").read_text("utf-8"))
# Texts that name somebody, with the words that say so, and texts that name nobody.
PEOPLE = json.loads((HERE / "people.json").read_text("utf-8"))


class Case(NamedTuple):
    """One record, with what is wrong with it."""

    kind: str
    record: dict[str, Any]
    body: str
    rules: list[str]
    form_rules: list[str]
    says: dict[str, str]

    @property
    def path(self) -> str:
        """Where its file would stand."""
        return {
            "action": "data/actions/59/59378-marcq-en-baroeul/un-titre.md",
            "territory": "data/territories/59/59378-marcq-en-baroeul.yml",
            "edition": "data/editions/2018.yml",
        }[self.kind]

    @property
    def text(self) -> str:
        """The text of its file: JSON is YAML too."""
        data = json.dumps(self.record, ensure_ascii=False)
        return f"---\n{data}\n---\n\n{self.body}\n" if self.kind == "action" else f"{data}\n"


def cases() -> list[Case]:
    """All of them."""
    return [
        Case(
            case["kind"],
            {
                key: value
                for key, value in {**TABLE["base"][case["kind"]], **case["change"]}.items()
                if value is not None
            },
            case.get("body", "Un récit."),
            case.get("rules", []),
            case.get("form_rules", case.get("rules", [])),
            case["says"],
        )
        for case in TABLE["cases"]
    ]


def context(reference: Reference) -> Context:
    """What both sides know: the vocabularies, actors and editions of tests/examples/base."""
    entries, _ = read.inventory(str(HERE.parent / "examples" / "base"))
    return make_context(reference, entries, map(read.read_entry, entries), TABLE["today"])
