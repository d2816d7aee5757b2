"""The workflows: read by zizmor and actionlint, pinned to known commits, made of our own verbs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import PROJECT, write_tree

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
# The only actions and commits that may be used, seen in the workflows of public projects.
PINS = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97",
    "actions/setup-node": "820762786026740c76f36085b0efc47a31fe5020",
    "astral-sh/setup-uv": "c771a70e6277c0a99b617c7a806ffedaca235ff9",
    "actions/upload-artifact": "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
    "actions/download-artifact": "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
    "actions/github-script": "3a2844b7e9c422d3c10d287c895573f7108da1b3",
    "actions/configure-pages": "45bfe0192ca1faeb007ade9deae92b16b8254a0d",
    "actions/upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9",
    "actions/deploy-pages": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    "actions/attest-build-provenance": "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32",
    "peter-evans/create-pull-request": "5f6978faf089d4d20b00c7766989d076bb2fc7f1",
    "zizmorcore/zizmor-action": "6fc4b006235f201fdab3722e17240ab420d580e5",
}
# On Windows there is neither make nor sh: Python runs the modules of the lock, and ours.
PY = re.compile(
    r"py -m (atlaas [a-z]+|mkdocs build|pytest|pip install --(require-hashes|no-deps))\b"
)
PROPOSE = ("intake.yml", "propose")
OWN = re.compile(r"^(make [a-z]+|scripts/\w+\.sh|python3 \.github/scripts/\w+\.py)\b")


def tool(name: str) -> str:
    """A program of the virtual environment that runs the tests."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} n'est pas installé : make lock, puis make test"
    return found


def jobs() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """(file, name of the job, job, workflow) of all."""
    found = []
    for path in WORKFLOWS:
        workflow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        found += [(path.name, name, job, workflow) for name, job in workflow["jobs"].items()]
    return found


def steps() -> list[tuple[str, dict[str, Any]]]:
    return [(file, step) for file, _, job, _ in jobs() for step in job["steps"]]


def test_the_workflows_that_are_promised_are_there() -> None:
    assert {path.stem for path in WORKFLOWS} == {
        "check",
        "freshness",
        "intake",
        "publish",
        "report",
        "security",
    }


def test_zizmor_finds_nothing() -> None:
    """Without a configuration and without a word that silences it."""
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-config", "--no-progress", *map(str, WORKFLOWS)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for path in WORKFLOWS:
        assert "zizmor:" not in path.read_text("utf-8")
    assert not list(PROJECT.glob("**/zizmor.yml"))


def test_actionlint_finds_nothing() -> None:
    done = subprocess.run(
        [tool("actionlint"), "-no-color", *map(str, WORKFLOWS)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_is_a_known_commit() -> None:
    for file, step in steps():
        if "uses" in step:
            name, _, commit = step["uses"].partition("@")
            assert PINS.get(name) == commit, (file, step["uses"])


def test_every_pin_says_its_version() -> None:
    for path in WORKFLOWS:
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_nothing_is_permitted_that_is_not_said() -> None:
    for file, name, job, workflow in jobs():
        assert workflow["permissions"] == {}, file
        assert "permissions" in job, (file, name)
        assert int(job["timeout-minutes"]) <= 120, (file, name)


def test_a_proposal_never_meets_a_right_to_write() -> None:
    """What runs on a fork's code may read the repository, and nothing more."""
    for file, name, job, workflow in jobs():
        triggers = workflow["on"]
        assert "pull_request_target" not in triggers and "workflow_run" not in triggers, file
        if "pull_request" in triggers:
            assert job["permissions"] == {"contents": "read"}, (file, name)
            assert "secrets" not in str(job), (file, name)
            assert "upload-artifact" not in str(job), (file, name)  # what it says, nobody reads


def test_what_runs_the_code_of_the_project_holds_no_token() -> None:
    """Tests, checks, builds and the reading of proposals: the right to read, no token at hand."""
    for file, name, job, workflow in jobs():
        made = [step for step in job["steps"] if step.get("run", "").startswith("make ")]
        if made:
            assert set(job["permissions"].values()) == {"read"}, (file, name)
            assert "github.token" not in str(made) + str(job.get("env", "")), (file, name)
            assert "github.token" not in str(workflow.get("env", "")), (file, name)


def test_the_report_is_made_by_the_code_of_the_main_branch() -> None:
    """Nothing of a proposal is checked out: its commits are fetched, its data read from Git."""
    named = {name: job for file, name, job, _ in jobs() if file == "report.yml"}
    assert set(named) == {"list", "read", "comment"}
    for name, job in named.items():
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert "ref" not in step["with"] and "repository" not in step["with"], name
    runs = [step["run"] for step in named["read"]["steps"] if "run" in step]
    assert runs[:2] == [
        'scripts/fetch_proposal.sh "$NUMBER" "$HEAD"',
        'make proposal BASE=HEAD NUMBER="$NUMBER" HEAD="$HEAD"',
    ]
    writes = [name for name, job in named.items() if "write" in job["permissions"].values()]
    assert writes == ["comment"]


def test_a_publication_is_looked_at_and_told() -> None:
    named = {name: job for file, name, job, _ in jobs() if file == "publish.yml"}
    assert named["build"]["needs"] == ["address", "check"]
    assert named["smoke"]["needs"] == "deploy"
    assert set(named["tell"]["needs"]) == set(named) - {"tell"}
    assert named["tell"]["permissions"] == {"contents": "read", "issues": "write"}


def test_the_proposals_of_the_robot_are_checked_and_credited() -> None:
    """Its label comes off, its branch is checked (the right to start a workflow), in one job."""
    steps = next(job["steps"] for file, name, job, _ in jobs() if (file, name) == PROPOSE)
    [made] = [step["with"] for step in steps if "create-pull-request" in step.get("uses", "")]
    assert made["add-paths"] == "data/" and "github.event.issue.user.login" in made["author"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[-2:] == [
        'gh workflow run check.yml --ref "fiche/$NUMBER"',
        'gh issue edit "$NUMBER" --remove-label "fiche approuvée"',
    ]
    assert not any(run.startswith("make") for run in runs)
    check = yaml.load((PROJECT / ".github/workflows/check.yml").read_text("utf-8"), yaml.BaseLoader)
    assert "workflow_dispatch" in check["on"] and "origin/main" in check["env"]["BASE"]


def test_a_record_is_carried_from_one_job_to_another(tmp_path: Path) -> None:
    """New and changed records arrive; a patch that would touch anything else leaves it alone."""
    script = str(PROJECT / "scripts" / "record_patch.sh")

    def run(*words: str, cwd: Path) -> None:
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
        who |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in who.items()}
        subprocess.run(words, cwd=cwd, check=True, capture_output=True, env={**os.environ, **who})

    one, two, patch = tmp_path / "one", tmp_path / "two", str(tmp_path / "fiche.patch")
    write_tree(one, {"data/a.yml": "a: 1\n", "hooks/a.py": "1\n"})
    for words in (("init", "-b", "main"), ("add", "."), ("commit", "-m", "before")):
        run("git", *words, cwd=one)
    run("git", "clone", str(one), str(two), cwd=tmp_path)
    write_tree(one, {"data/a.yml": "a: 2\n", "data/new/é.yml": "é: 1\n", "hooks/a.py": "2\n"})
    run("sh", script, "make", patch, cwd=one)
    run("sh", script, "apply", patch, cwd=two)
    assert (two / "data/a.yml").read_text() == "a: 2\n"
    assert (two / "data/new/é.yml").read_text("utf-8") == "é: 1\n"
    assert (two / "hooks/a.py").read_text() == "1\n"
    hostile = Path(patch).read_text("utf-8").replace("data/a.yml", "hooks/a.py")
    Path(patch).write_text(hostile, encoding="utf-8")
    run("git", "clone", str(one), str(tmp_path / "three"), cwd=tmp_path)
    subprocess.run(["sh", script, "apply", patch], cwd=tmp_path / "three", check=False)
    assert (tmp_path / "three/hooks/a.py").read_text() == "1\n"


def test_a_proposal_is_fetched_without_being_checked_out(tmp_path: Path) -> None:
    """Its commit can be read afterwards, the folder is as it was; another commit is refused."""

    def git(*words: str, cwd: Path) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *who, *words], cwd=cwd, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    forge, here = tmp_path / "forge", tmp_path / "here"
    write_tree(forge, {"a": "1"})
    git("init", "-b", "main", cwd=forge)
    git("add", ".", cwd=forge)
    git("commit", "-m", "before", cwd=forge)
    git("clone", str(forge), str(here), cwd=tmp_path)
    write_tree(forge, {"a": "2"})
    git("commit", "-am", "after", cwd=forge)
    sha = git("rev-parse", "HEAD", cwd=forge)
    git("update-ref", "refs/pull/12/head", sha, cwd=forge)

    def fetch(number: str, commit: str) -> int:
        script = str(PROJECT / "scripts" / "fetch_proposal.sh")
        return subprocess.run(["sh", script, number, commit], cwd=here, check=False).returncode

    assert fetch("12", sha) == 0
    assert git("show", f"{sha}:a", cwd=here) == "2"
    assert (here / "a").read_text() == "1" and git("status", "--porcelain", cwd=here) == ""
    assert fetch("12", "0" * 40) != 0
    assert fetch("13", sha) != 0 and fetch("12; x", sha) != 0


def test_no_checkout_leaves_its_token_behind() -> None:
    for file, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", file


def test_no_expression_reaches_a_shell() -> None:
    for file, step in steps():
        assert "${{" not in step.get("run", ""), (file, step)


def test_every_command_runs_at_home_as_well() -> None:
    """A step is a verb of the Makefile or a script of the repository."""
    verbs = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    small = {  # what only makes sense on the forge: its summary, its comments, its exit
        'cat .cache/proposal/report.md >> "$GITHUB_STEP_SUMMARY"',
        'gh issue comment "$NUMBER" --body-file .cache/intake/message.md',
        'gh workflow run check.yml --ref "fiche/$NUMBER"',
        'gh issue edit "$NUMBER" --remove-label "fiche approuvée"',
        "exit 1",
    }
    windows = [s for *_, job, _ in jobs() if "windows" in job["runs-on"] for s in job["steps"]]
    for file, step in steps():
        for line in step.get("run", "").splitlines():
            if step in windows and PY.match(line):
                words = [
                    word for word in line.split() if word.startswith(("tests/", "requirements/"))
                ]
                assert all((PROJECT / word).exists() for word in words), (file, line)
                continue
            assert line in small or OWN.match(line), (file, line)
            if line.startswith("make "):
                assert line.split()[1] in verbs, (file, line)
            elif OWN.match(line):
                script = next(word for word in line.split() if "/" in word)
                assert (PROJECT / script).is_file(), (file, script)


@pytest.mark.parametrize("path", sorted((PROJECT / "scripts").glob("*.sh")), ids=lambda p: p.stem)
def test_a_script_is_sound_shell(path: Path) -> None:
    assert path.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", str(path)], check=True)


def test_code_owners_name_paths_that_exist() -> None:
    for line in (PROJECT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern, *owners = line.split()
            assert owners and all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners)
            assert pattern == "*" or (PROJECT / pattern.strip("/")).exists(), pattern


def test_what_runs_the_code_holds_no_right_to_sign_or_deploy() -> None:
    """A job that may write anything but a comment or a proposal gets files, and no checkout."""
    for file, name, job, _ in jobs():
        if {"id-token", "attestations"} & set(job["permissions"]):
            steps = job["steps"]
            assert not any("run" in step for step in steps), (file, name)
            assert not any("checkout" in step.get("uses", "") for step in steps), (file, name)


def test_records_are_published_without_the_tests_of_the_code() -> None:
    """Neither the job that judges records nor those that publish start a browser or tests."""
    judged = [job for file, name, job, _ in jobs() if (file, name) == ("check.yml", "records")]
    published = [job for file, _, job, _ in jobs() if file == "publish.yml"]
    runs = [step["run"] for job in judged + published for step in job["steps"] if "run" in step]
    verbs = {line.split()[1] for run in runs for line in run.splitlines() if "make" in line}
    assert verbs == {"changed", "check", "site", "gate", "archive", "sbom"}


def test_what_only_code_needs_waits_for_the_scope() -> None:
    named = {name: job for file, name, job, _ in jobs() if file == "check.yml"}
    for name in ("tests", "browser", "hedge", "validate"):
        assert named[name]["if"] == "${{ needs.scope.outputs.code == 'true' }}"
    assert "if" not in named["records"]
    assert set(named["verdict"]["needs"]) == set(named) - {"verdict"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/actors/a.yml", "false"),
        ("content/a.md", "false"),
        ("hooks/a.py", "true"),
        ("data.py", "true"),
        ("content.md", "true"),
    ],
)
def test_the_scope_of_a_proposal(tmp_path: Path, path: str, code: str) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    shutil.copy(PROJECT / "Makefile", tmp_path)
    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "before")
    write_tree(tmp_path, {path: "a: 1\n"})
    git("add", ".")
    git("commit", "-m", "after")
    done = subprocess.run(
        ["make", "scope", "BASE=HEAD~1"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == f"code={code}\n"
    lost = subprocess.run(
        ["make", "scope", f"BASE={'0' * 40}"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert lost.stdout == "code=true\n"  # the first push of a branch has nothing before it
