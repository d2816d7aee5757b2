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
SHA, OLD = "a" * 40, "b" * 40
RUN = "https://forge.example/run/99"
GH = """#!{python}
import json, pathlib, sys
here = pathlib.Path({folder!r})
args = sys.argv[1:]
body = sys.stdin.read() if "--input" in args else ""
with open(here / "calls.jsonl", "a") as log:
    log.write(json.dumps([args, body]) + "\\n")
path = args[1]
if "-X" in args:
    if "/7/" in path and (here / "refuse").exists():
        sys.exit(1)
    print("{{}}")
elif "/pulls" in path:
    print((here / "pulls.json").read_text())
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
    """A folder with a false `gh` in it, and one open pull request: the seventh."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pulls([{"number": 7, "head": {"sha": SHA}}])
        self.comments([])
        (folder / "gh").write_text(GH.format(python=sys.executable, folder=str(folder)))
        (folder / "gh").chmod(0o755)

    def pulls(self, pulls: list[dict[str, object]]) -> None:
        (self.folder / "pulls.json").write_text(json.dumps(pulls))

    def comments(self, comments: list[dict[str, object]]) -> None:
        (self.folder / "comments.json").write_text(json.dumps(comments))

    def run(self, *arguments: str, pulls: object = (), code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={
                **os.environ,
                "GH_REPO": "o/r",
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "PULLS": json.dumps(pulls),
                "RUN_URL": RUN,
            },
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    def comment(self, report: str | None = "Lille : nouvelle action", code: int = 0) -> str:
        folder = self.folder / "propositions" / "proposition-7"
        folder.mkdir(parents=True, exist_ok=True)
        if report is not None:
            (folder / "report.md").write_text(report, "utf-8")
        pulls = [{"number": 7, "sha": SHA}]
        return self.run("comment", str(folder.parent), pulls=pulls, code=code)

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


def own(sha: str, kind: str = "Bot") -> dict[str, object]:
    body = f"<!-- atlaas: compte rendu de {sha} -->\nLille"
    return {"id": 5, "user": {"type": kind}, "body": body}


def test_what_has_no_report_yet_is_listed(forge: Forge) -> None:
    listed = f'pulls=[{{"number": 7, "sha": "{SHA}"}}]\n'
    assert forge.run("list") == listed
    forge.comments([{"id": 4, "user": {"type": "User"}, "body": None}, own(OLD)])
    assert forge.run("list") == listed
    forge.comments([own(SHA, "User")])  # anybody may write the mark
    assert forge.run("list") == listed
    forge.comments([own(SHA)])
    assert forge.run("list") == "pulls=[]\n"


def test_ten_are_listed_at_once_and_nothing_strange(forge: Forge) -> None:
    many: list[dict[str, object]] = [{"number": n, "head": {"sha": SHA}} for n in range(1, 13)]
    forge.pulls([{"number": 99, "head": {"sha": "x; rm -rf /"}}, *many])
    listed = json.loads(forge.run("list").removeprefix("pulls="))
    assert [pull["number"] for pull in listed] == list(range(1, 11))


def test_a_comment_is_written_once(forge: Forge) -> None:
    assert "7 : compte rendu écrit" in forge.comment()
    [(verb, address, body)] = forge.written()
    assert (verb, address) == ("POST", "repos/o/r/issues/7/comments")
    assert body == (
        f"<!-- atlaas: compte rendu de {SHA} -->\nLille : nouvelle action\n\n"
        f"Compte rendu entier et aperçu des pages : [artefact `proposition-7`]({RUN})."
    )


def test_the_same_comment_is_kept_up_to_date(forge: Forge) -> None:
    forge.comments([own(OLD, "User"), own(OLD)])
    assert "mis à jour" in forge.comment()
    assert [(verb, address) for verb, address, _ in forge.written()] == [
        ("PATCH", "repos/o/r/issues/comments/5")
    ]


def test_a_report_that_failed_says_so(forge: Forge) -> None:
    forge.comment(None)
    [(_, _, body)] = forge.written()
    assert "n'a pas pu être fait" in body and RUN in body


def test_one_that_fails_does_not_stop_the_others(forge: Forge) -> None:
    (forge.folder / "refuse").write_text("")
    pulls = [{"number": 7, "sha": SHA}, {"number": 8, "sha": SHA}]
    said = forge.run("comment", str(forge.folder), pulls=pulls, code=1)
    assert "7 :" not in said and "8 : compte rendu écrit" in said


def test_a_long_report_is_cut_between_lines() -> None:
    report = load()
    text = "\n".join("ligne" for _ in range(20_000))
    short = report.cut(text)
    assert len(short) < 60_100
    assert short.endswith("ligne\n\n… la suite est dans l'artefact.")
    assert report.cut("bref") == "bref"
