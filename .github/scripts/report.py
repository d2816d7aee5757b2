"""One sticky comment on each open pull request: `list` those to report on, `comment` the reports.

The reports are made in between, by the code of the main branch, from the proposal's data alone
(`atlaas report --head`). A comment says which commit it speaks of: one that is up to date is left
alone. Talks to GitHub by `gh` alone.

Not on `workflow_run`: such a run belongs to the proposal that starts it, and still writes to the
repository's caches (https://docs.zizmor.sh/audits/#dangerous-triggers).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST = 10  # pull requests a run; the others wait for the next one
LONGEST = 60_000  # characters; GitHub takes 65 536
MARK = "<!-- atlaas: compte rendu de {} -->"
_MARK = re.compile(r"<!-- atlaas: compte rendu de ([0-9a-f]{40}) -->")
_SHA = re.compile(r"[0-9a-f]{40}")
_FAILED = "Le compte rendu de cette proposition n'a pas pu être fait : voir [le détail]({})."
_PREVIEW = "\n\nCompte rendu entier et aperçu des pages : [artefact `proposition-{}`]({})."


def gh(*arguments: str, body: str | None = None) -> str:
    """The output of a command of GitHub's own tool; raises CalledProcessError."""
    done = subprocess.run(
        ["gh", *arguments], input=body, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def api(path: str, *arguments: str, body: str | None = None) -> Any:
    """The JSON that an address of the API answers."""
    return json.loads(gh("api", path, *arguments, body=body) or "null")


def cut(text: str) -> str:
    """A report short enough for a comment, cut between two lines."""
    if len(text) <= LONGEST:
        return text
    end = text.rfind("\n", 0, LONGEST)
    return f"{text[: end if end > 0 else LONGEST]}\n\n… la suite est dans l'artefact."


def comment_of(repo: str, number: int) -> tuple[int, str]:
    """(id, commit) of the comment already there; (0, "") without one."""
    path = f"repos/{repo}/issues/{number}/comments?per_page=100"
    for comment in api(path, "--paginate"):
        found = _MARK.match(comment["body"] or "")
        if found and comment["user"]["type"] == "Bot":
            return comment["id"], found[1]
    return 0, ""


def waiting(repo: str) -> list[dict[str, Any]]:
    """Number and commit of the open pull requests whose comment is missing or out of date."""
    found: list[dict[str, Any]] = []
    for pull in api(f"repos/{repo}/pulls?state=open&sort=updated&direction=desc&per_page=100"):
        number, sha = int(pull["number"]), str(pull["head"]["sha"])
        if len(found) < MOST and _SHA.fullmatch(sha) and comment_of(repo, number)[1] != sha:
            found.append({"number": number, "sha": sha})
    return found


def write(repo: str, pull: dict[str, Any], folder: Path, run: str) -> str:
    """Comment on one pull request; says what was done, in a word for the log."""
    number, sha = int(pull["number"]), str(pull["sha"])
    path = folder / f"proposition-{number}" / "report.md"
    text = path.read_text("utf-8").strip() if path.is_file() else ""
    said = cut(text) + _PREVIEW.format(number, run) if text else _FAILED.format(run)
    body = json.dumps({"body": f"{MARK.format(sha)}\n{said}"})
    comment, _ = comment_of(repo, number)
    if comment:
        api(f"repos/{repo}/issues/comments/{comment}", "-X", "PATCH", "--input", "-", body=body)
        return "compte rendu mis à jour"
    api(f"repos/{repo}/issues/{number}/comments", "-X", "POST", "--input", "-", body=body)
    return "compte rendu écrit"


def main(verb: str, *arguments: str) -> int:
    """Do one of the two; a pull request that fails does not stop the others."""
    repo = os.environ["GH_REPO"]
    if verb == "list":
        print(f"pulls={json.dumps(waiting(repo))}")
        return 0
    failed = 0
    for pull in json.loads(os.environ["PULLS"]):
        try:
            done = write(repo, pull, Path(arguments[0]), os.environ["RUN_URL"])
            print(f"{pull['number']} : {done}")
        except (subprocess.CalledProcessError, KeyError, ValueError) as error:
            failed = 1
            print(f"{pull['number']} : {type(error).__name__}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
