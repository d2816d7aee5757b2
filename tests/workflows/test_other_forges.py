"""What runs on GitLab and Forgejo: the same verbs as on GitHub, with no right and no secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from support import PROJECT
from workflows.test_workflows import PINS, tool

GITLAB = PROJECT / ".gitlab-ci.yml"
FORGEJO = PROJECT / ".forgejo/workflows/check.yml"
GITHUB = PROJECT / ".github/workflows/check.yml"
FETCHES = re.compile(r"apt-get update -qq && apt-get install -y -qq chromium > /dev/null")
COPIES = "cp -R site public"  # where GitLab Pages looks
# The way out of MkDocs is tried, and what is published validated, on GitHub alone, where the report
# is made apart from the checks.
ELSEWHERE = {"hedge", "proposal", "validate"}


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def scripts() -> list[str]:
    """Every line that GitLab runs."""
    jobs = [job for job in read(GITLAB).values() if isinstance(job, dict)]
    return [
        line for job in jobs for key in ("before_script", "script") for line in job.get(key, ())
    ]


def verbs(lines: list[str]) -> set[str]:
    """The verbs of the Makefile that lines call."""
    found = (re.match(r"make ((?:[a-z]+ ?)+)", line) for line in lines)
    return {verb for match in found if match for verb in match[1].split()}


def test_the_same_verbs_judge_a_proposal() -> None:
    github = verbs([step.get("run", "") for step in steps(GITHUB)]) - ELSEWHERE
    assert verbs([step.get("run", "") for step in steps(FORGEJO)]) - ELSEWHERE == github
    assert verbs(scripts()) - ELSEWHERE == github
    known = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"check", "site", "changed", "gate"} < github <= known


def test_nothing_else_is_run() -> None:
    for line in [*scripts(), *(step["run"] for step in steps(FORGEJO) if "run" in step)]:
        assert line.startswith("make ") or FETCHES.fullmatch(line) or line == COPIES, line
        assert "${{" not in line


def test_forgejo_is_read_as_github_is() -> None:
    """By zizmor as it is; by actionlint with its own label and address of an action put aside."""
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-config", "--no-progress", str(FORGEJO)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = FORGEJO.read_text("utf-8").replace("runs-on: docker", "runs-on: ubuntu-24.04")
    done = subprocess.run(
        [tool("actionlint"), "-no-color", "-"],
        input=text.replace("https://github.com/", ""),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_is_a_known_commit() -> None:
    for step in steps(FORGEJO):
        if "uses" in step:
            name, _, commit = step["uses"].removeprefix("https://github.com/").partition("@")
            assert PINS[name] == commit
            assert step["with"]["persist-credentials"] == "false"


def test_nothing_may_be_written_and_no_secret_is_read() -> None:
    assert read(FORGEJO)["permissions"] == {}
    assert {str(job["permissions"]) for job in read(FORGEJO)["jobs"].values()} == {
        "{'contents': 'read'}"
    }
    for path in (FORGEJO, GITLAB):
        assert not re.search(r"secrets?\.|TOKEN|PASSWORD|_KEY", path.read_text("utf-8"))


def test_gitlab_publishes_only_what_was_judged() -> None:
    """Its site knows where it is and whose, and is never made without the whole history."""
    jobs = read(GITLAB)
    pages = jobs["pages"]
    assert set(pages["needs"]) == {"fiches", "code", "navigateur"}
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert pages["variables"] == {"ATLAAS_SITE_URL": "$CI_PAGES_URL/", "ATLAAS_HISTORY": "required"}
    assert pages["script"] == ["make site", COPIES]
    assert pages["cache"] == {"key": "publication", "paths": [".cache", "site"]}
    kept = [name for name, job in jobs.items() if isinstance(job, dict) and "cache" in job]
    assert kept == ["pages"]  # no proposal reads or writes it
    assert jobs["variables"] == {
        "GIT_DEPTH": "0",
        "ATLAAS_FORGE_KIND": "gitlab",
        "ATLAAS_FORGE_URL": "$CI_PROJECT_URL",
        "ATLAAS_FORGE_BRANCH": "$CI_DEFAULT_BRANCH",
    }
