"""What a workflow takes from its last good run: never from one that a proposal could start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support import PROJECT

# What stands for the forge's command: it lists the runs given, and downloads what a run left.
GH = f"""#!{sys.executable}
import os, pathlib, sys
words = sys.argv[1:]
if words[:2] == ["run", "list"]:
    assert words[words.index("--branch") + 1] == "main", words
    assert words[words.index("--status") + 1] == "success", words
    print(os.environ["RUNS"])
    sys.exit(int(os.environ["STATUS"]))
assert words[:2] == ["run", "download"], words
pathlib.Path(words[words.index("--dir") + 1], "from").write_text(words[2])
"""


def taken(folder: Path, runs: str, status: int = 0) -> str:
    """The run whose artefact is fetched, where these are the last ones; or nothing."""
    gh = folder / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(GH)
    gh.chmod(0o755)
    path = f"{gh.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [str(PROJECT / "scripts" / "previous_state.sh"), "publish.yml", "archive", "last"],
        cwd=folder,
        env={**os.environ, "PATH": path, "RUNS": runs, "STATUS": str(status)},
        check=True,
    )
    fetched = folder / "last" / "from"
    return fetched.read_text() if fetched.exists() else ""


@pytest.mark.parametrize(
    ("runs", "run"),
    [
        ("push 12\npush 11", "12"),
        ("workflow_dispatch 7", "7"),
        ("schedule 3", "3"),
        ("pull_request 13\npush 12", "12"),
        ("pull_request 13\npull_request_target 14\nissue_comment 15", ""),
        ("", ""),
        ("push 1;x", ""),
        ("push --dir=/", ""),
    ],
)
def test_only_a_run_of_the_main_branch_counts(tmp_path: Path, runs: str, run: str) -> None:
    """A fork's branch may be called main, and its proposal may change the workflow that it runs."""
    assert taken(tmp_path, runs) == run


def test_a_forge_that_does_not_answer_leaves_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path, "push 12", status=1) == ""


def test_a_publication_starts_from_the_last_one_and_leaves_as_much() -> None:
    """The archive of the site and the caches next to it: taken before, put there after."""
    text = (PROJECT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    workflow = yaml.load(text, yaml.BaseLoader)
    assert set(workflow["on"]) == {"push", "workflow_dispatch"}
    build = workflow["jobs"]["build"]
    assert build["permissions"] == {"contents": "read", "actions": "read"}
    runs = [step["run"] for step in build["steps"] if "run" in step]
    assert runs[:5] == [
        "scripts/previous_state.sh publish.yml archive .cache/last",
        "scripts/kept.sh take .cache/last",
        "make site",
        "make archive",
        "scripts/kept.sh put .cache/archive",
    ]
    [left] = [step["with"] for step in build["steps"] if "upload-artifact@" in step.get("uses", "")]
    assert (left["name"], left["path"]) == ("archive", ".cache/archive/")
