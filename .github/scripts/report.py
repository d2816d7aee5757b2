"""One sticky comment on each open pull request, from what its last `check` left as an artefact.

The artefact was made by code that nobody has reviewed. It is read as text, and only where its
number is that of the pull request whose last commit was checked. Talks to GitHub by `gh` alone.

Not on `workflow_run`: such a run belongs to the proposal that starts it, and still writes to the
repository's caches (https://docs.zizmor.sh/audits/#dangerous-triggers).
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LONGEST = 60_000  # characters; GitHub takes 65 536
BIGGEST = 5 * 1024 * 1024  # bytes of a report
MARK = "<!-- atlaas: compte rendu du contrôle {} -->"
_MARK = re.compile(r"<!-- atlaas: compte rendu du contrôle (\d+) -->")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def gh(*arguments: str, body: str | None = None) -> str:
    """The output of a command of GitHub's own tool; raises CalledProcessError."""
    done = subprocess.run(
        ["gh", *arguments], input=body, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def api(path: str, *arguments: str, body: str | None = None) -> Any:
    """The JSON that an address of the API answers."""
    return json.loads(gh("api", path, *arguments, body=body) or "null")


def tame(text: str) -> str:
    """A report without HTML, images, mentions or references: the robot of the project signs it."""
    text = _HIDDEN.sub("", text).replace("<", "&lt;").replace("![", "!\\[")
    text = re.sub(r"@(?=[\w-])", "@\u200b", text)
    return re.sub(r"#(?=\d)", "#\u200b", text)


def cut(text: str) -> str:
    """A report short enough for a comment, cut between two lines."""
    if len(text) <= LONGEST:
        return text
    end = text.rfind("\n", 0, LONGEST)
    return f"{text[: end if end > 0 else LONGEST]}\n\n… la suite est dans le résumé du contrôle."


def read(folder: Path, name: str, most: int) -> str:
    """The text of a regular file of the artefact; empty where there is none, or a link."""
    path = folder / name
    try:
        info = path.lstat()
    except OSError:
        return ""
    if not stat.S_ISREG(info.st_mode) or info.st_size > most:
        return ""
    return path.read_bytes().decode("utf-8", "replace")


def comment_of(repo: str, number: int) -> tuple[int, str]:
    """(id, run) of the comment already there; (0, "") without one."""
    path = f"repos/{repo}/issues/{number}/comments?per_page=100"
    for comment in api(path, "--paginate"):
        found = _MARK.match(comment["body"] or "")
        if found and comment["user"]["type"] == "Bot":
            return comment["id"], found[1]
    return 0, ""


def report_on(repo: str, pull: dict[str, Any]) -> str:
    """Comment on one pull request; says what was done, in a word for the log."""
    number, sha = int(pull["number"]), str(pull["head"]["sha"])
    runs = api(
        f"repos/{repo}/actions/workflows/check.yml/runs"
        f"?event=pull_request&status=completed&head_sha={sha}&per_page=1"
    )["workflow_runs"]
    if not runs:
        return "pas encore contrôlée"
    run = str(int(runs[0]["id"]))
    comment, told = comment_of(repo, number)
    if told == run:
        return "à jour"
    with tempfile.TemporaryDirectory() as folder:
        try:
            gh("run", "download", run, "--repo", repo, "--name", "proposal", "--dir", folder)
        except subprocess.CalledProcessError:
            return "sans compte rendu"
        said = read(Path(folder), "number", 20).strip()
        text = read(Path(folder), "report.md", BIGGEST).strip()
    if not re.fullmatch(r"[0-9]{1,9}", said) or int(said) != number:
        return "le compte rendu est celui d'une autre proposition"
    if not text:
        return "sans compte rendu"
    body = json.dumps({"body": f"{MARK.format(run)}\n{cut(tame(text))}"})
    if comment:
        api(f"repos/{repo}/issues/comments/{comment}", "-X", "PATCH", "--input", "-", body=body)
        return "compte rendu mis à jour"
    api(f"repos/{repo}/issues/{number}/comments", "-X", "POST", "--input", "-", body=body)
    return "compte rendu écrit"


def main() -> int:
    """Report on every open pull request; one that fails does not stop the others."""
    repo = os.environ["GH_REPO"]
    failed = 0
    for pull in api(f"repos/{repo}/pulls?state=open&sort=updated&direction=desc&per_page=50"):
        try:
            print(f"{pull['number']} : {report_on(repo, pull)}")
        except (subprocess.CalledProcessError, KeyError, ValueError) as error:
            failed = 1
            print(f"{pull['number']} : {type(error).__name__}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
