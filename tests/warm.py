"""Builds that share an interpreter's start: each is a fork of one that has imported everything.

Half of a small build is Python that imports. What a build itself keeps in memory dies with its
fork, as it dies with a process of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class WarmBuilder:
    """Builds one project, whose code must not change meanwhile; to be closed."""

    def __init__(self, project: Path, environment: Mapping[str, str]) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, __file__, project / "hooks"],
            cwd=project,
            env=environment,
            encoding="utf-8",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run MkDocs with these arguments; all it says in stdout."""
        assert self._parent.stdin and self._parent.stdout
        print(json.dumps(arguments), file=self._parent.stdin, flush=True)
        said: list[str] = []
        for line in self._parent.stdout:
            if line.startswith(_END):
                code = int(line.removeprefix(_END))
                return subprocess.CompletedProcess(arguments, code, "".join(said))
            said.append(line)
        raise AssertionError("".join(said))

    def close(self) -> None:
        """End the process that builds."""
        with self._parent as parent:
            assert parent.stdin
            parent.stdin.close()


_END = "\x00end "  # begins the line that ends what a build says, and gives its exit status


def _serve(hooks: str) -> None:
    """Build with each line of arguments, as JSON, in a fork of this process."""
    sys.path.insert(0, hooks)
    from mkdocs.__main__ import cli

    for name in ("mkdocs.commands.build", "mkdocs_hooks", "material.templates"):
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            cli(json.loads(line), prog_name="mkdocs")  # exits
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(f"{_END}{status}", flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
