"""The sticky comment, with a `gh` of paper that keeps what it was asked."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from support import PROJECT

SCRIPT = PROJECT / ".github" / "scripts" / "report.py"
GH = """#!{python}
import json, os, pathlib, sys
here = pathlib.Path({folder!r})
args = sys.argv[1:]
body = sys.stdin.read() if "--input" in args else ""
with open(here / "calls.jsonl", "a") as log:
    log.write(json.dumps([args, body]) + "\\n")
if args[:2] == ["run", "download"]:
    target = pathlib.Path(args[args.index("--dir") + 1])
    source = here / "artefact"
    if not source.is_dir():
        sys.exit(1)
    for file in source.iterdir():
        if file.is_symlink():
            os.symlink(os.readlink(file), target / file.name)
        else:
            (target / file.name).write_bytes(file.read_bytes())
    sys.exit(0)
path = args[1]
if "-X" in args:
    print("{{}}")
elif "/pulls" in path:
    print(json.dumps([{{"number": 7, "head": {{"sha": "abc"}}}}]))
elif "/runs" in path:
    assert "head_sha=abc" in path
    print(json.dumps({{"workflow_runs": [{{"id": 99}}]}}))
else:
    print((here / "comments.json").read_text())
"""


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("report", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Forge:
    """A folder with a false `gh` in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "artefact").mkdir()
        (folder / "comments.json").write_text("[]")
        (folder / "gh").write_text(GH.format(python=sys.executable, folder=str(folder)))
        (folder / "gh").chmod(0o755)

    def run(self, number: str = "7", report: str = "Lille : nouvelle action") -> str:
        (self.folder / "artefact" / "number").write_text(number)
        if not (self.folder / "artefact" / "report.md").is_symlink():
            (self.folder / "artefact" / "report.md").write_text(report, "utf-8")
        done = subprocess.run(
            [sys.executable, str(SCRIPT)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "GH_REPO": "o/r", "PATH": f"{self.folder}:{os.environ['PATH']}"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def written(self) -> list[tuple[str, str, str]]:
        """(verb, address, body) of what was written."""
        calls = map(json.loads, (self.folder / "calls.jsonl").read_text().splitlines())
        return [
            (args[args.index("-X") + 1], args[1], json.loads(body)["body"])
            for args, body in calls
            if "-X" in args
        ]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def test_a_comment_is_written_once(forge: Forge) -> None:
    assert "écrit" in forge.run()
    [(verb, address, body)] = forge.written()
    assert (verb, address) == ("POST", "repos/o/r/issues/7/comments")
    assert body == "<!-- atlaas: compte rendu du contrôle 99 -->\nLille : nouvelle action"


def test_the_same_comment_is_kept_up_to_date(forge: Forge) -> None:
    mine = {
        "id": 5,
        "user": {"type": "Bot"},
        "body": "<!-- atlaas: compte rendu du contrôle 98 -->",
    }
    other = {"id": 4, "user": {"type": "User"}, "body": mine["body"]}
    (forge.folder / "comments.json").write_text(json.dumps([other, mine]))
    forge.run()
    assert [(verb, address) for verb, address, _ in forge.written()] == [
        ("PATCH", "repos/o/r/issues/comments/5")
    ]
    mine["body"] = "<!-- atlaas: compte rendu du contrôle 99 -->"
    (forge.folder / "comments.json").write_text(json.dumps([mine]))
    assert "à jour" in forge.run()
    assert len(forge.written()) == 1


@pytest.mark.parametrize("number", ["8", "7; rm -rf /", "", "٧", "../7", "7" * 15])
def test_a_report_for_another_number_is_not_written(forge: Forge, number: str) -> None:
    assert "autre proposition" in forge.run(number)
    assert forge.written() == []


def test_a_link_is_not_followed(forge: Forge, tmp_path: Path) -> None:
    (forge.folder / "artefact" / "report.md").symlink_to("/etc/passwd")
    assert "sans compte rendu" in forge.run()
    assert forge.written() == []


def test_what_the_report_says_is_only_text() -> None:
    tame = load().tame
    assert tame("<img src=x> ![a](b) @alice #12 5 @ \u202eabc\x1b[0m") == (
        "&lt;img src=x> !\\[a](b) @\u200balice #\u200b12 5 @ abc[0m"
    )


def test_a_long_report_is_cut_between_lines() -> None:
    report = load()
    text = "\n".join("ligne" for _ in range(20_000))
    short = report.cut(text)
    assert len(short) < 60_100
    assert short.endswith("ligne\n\n… la suite est dans le résumé du contrôle.")
