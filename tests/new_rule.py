"""A rule that nobody has written yet: one file and one example, in a copy of the project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from support import PROJECT, tiny_tree

RULE = '''"""Actions from before the web: most are slips of the keyboard."""

from atlaas.rules.rule import Rule
from atlaas.rules.conditions import Earlier
from atlaas.rules.statements import Statement

OLD_START = Rule(
    "debut-ancien",
    "Une action a commencé en 1990 au plus tôt.",
    kinds=("action",),
    severity="warning",
    statements=(
        Statement(
            "action",
            Earlier("started", "1990"),
            message="cette action aurait commencé en {started}, avant 1990",
            advice="Vérifiez l'année.",
            at="started",
        ),
    ),
)
'''
PATH = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
ACTION = """\
---
title: Appel à projets « La bonne appli »
territory: "59378"
themes:
  - reseau-social
started: 1989-11
sources:
  - url: https://www.villes-internet.net/
---

Une ville cherche une application.
"""
WARNING = f"""\
{PATH}:6:10: debut-ancien: avertissement : cette action aurait commencé en 1989-11, avant 1990
    Vérifiez l'année.
"""
SENTENCE = "Cette action aurait commencé en 1989-11, avant 1990. Vérifiez l'année."


class Copy:
    """The project's code and tests in another folder, with the rule and its example."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("hooks", "tests", "overrides"):
            shutil.copytree(
                PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in ("data", "pyproject.toml"):
            (root / name).symlink_to(PROJECT / name)
        (root / "hooks/atlaas/rules/old_start.py").write_text(RULE, "utf-8")
        example = root / "tests/examples/invalid/debut-ancien"
        (example / PATH).parent.mkdir(parents=True)
        (example / PATH).write_text(ACTION, "utf-8")
        (example / "expected.txt").write_text(WARNING, "utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python on the copy's code."""
        path = os.pathsep.join((str(self.root / "hooks"), str(self.root / "tests")))
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    def form(self, tree: Path) -> str:
        """The page of the form for actions, inside a bare shell, for the tiny project."""
        tiny_tree(tree)
        code = "from pathlib import Path; from support import Small; import sys; "
        code += "print(Small(Path(sys.argv[1])).html('contribuer/action/'))"
        done = self.run("-c", code, str(tree))
        assert done.returncode == 0, done.stderr
        return done.stdout


def settings_of(page: str) -> dict[str, Any]:
    """What the script of a form is given."""
    start = page.index(">", page.index('id="settings"')) + 1
    settings: dict[str, Any] = json.loads(page[start : page.index("</script>", start)])
    return settings
