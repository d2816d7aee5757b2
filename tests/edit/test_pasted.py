"""`fix` and the requests clean what was pasted as the forms do: tests/shared/typed.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlaas import build
from atlaas.contribute import intake
from atlaas.edit.canonical import fix, story
from atlaas.project import Project
from atlaas.read import read_bytes
from atlaas.rules import make_context
from contribute.test_intake import body
from support import tiny_tree
from tiny import TINY

TABLE = json.loads((Path(__file__).parents[1] / "shared" / "typed.json").read_text("utf-8"))
PATH = next(path for path in TINY if path.startswith("data/actions/"))
TOLD = [(pasted, clean) for pasted, clean in TABLE["pasted"] if clean.strip()]
KEPT = [(typed, held) for typed, held in TABLE["addresses"] if held.startswith("https://a.fr/")]


@pytest.mark.parametrize(("pasted", "clean"), TOLD)
def test_fix_cleans_a_story(pasted: str, clean: str) -> None:
    text = f'---\ntitle: Un titre\nterritory: "59378"\n---\n\nDébut.\n\n{pasted}\n'
    document = read_bytes(text.encode(), PATH, "action")
    found, problems = fix(document, make_context(None, [], [], "2026-11-29"))  # type: ignore[arg-type]
    assert problems == []
    told = story("Début.\n\n" + clean)
    assert found.partition("---\n\n")[2] == told + "\n"


@pytest.mark.parametrize(("typed", "held"), KEPT)
def test_fix_cleans_an_address(typed: str, held: str) -> None:
    quoted = json.dumps(typed)
    text = f'---\ntitle: Un titre\nterritory: "59378"\nsources:\n  - url: {quoted}\n---\n'
    document = read_bytes(text.encode(), PATH, "action")
    found, problems = fix(document, make_context(None, [], [], "2026-11-29"))  # type: ignore[arg-type]
    assert (
        problems == []
        and f"  - url: {json.dumps(held) if '#' in held and ' #' in held else held}\n" in found
    )


def test_a_request_is_understood_as_a_form_is(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path)
    text = body(
        territory="Marcq-en-Barœul, Nord",
        title="Le fab\u00adlab",
        started="01/09/2021",
        website="[Page](https://a.fr/x?fbclid=1)",
        sources="[Un article](https://a.fr/y?utm_source=z)",
        body="Deux ateliers :\n•\tmardi\n•\tjeudi",
    )
    path = intake.take("action", text, build.load(Project(root))[0]).file.path
    assert path == "data/actions/59/59378-marcq-en-baroeul/le-fablab.md"
    written = (root / path).read_text("utf-8")
    assert "title: Le fablab\n" in written and "started: 2021-09-01\n" in written
    assert "website: https://a.fr/x\n" in written and "  - url: https://a.fr/y\n" in written
    assert written.endswith("Deux ateliers :\n- mardi\n- jeudi\n")
