"""What Windows does differently, as far as it can be tried here: line ends, consoles, the system.

The job « Windows » of check.yml runs these there as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from atlaas import build
from atlaas.cli.paths import chosen
from atlaas.project import Project
from atlaas.read.problem import as_text
from support import PROJECT, build_options, clean_environment, tiny_tree
from test_vendor import PACKAGES

ACTION = "data/actions/59/59350-lille/maison-du-numerique.md"
# What a console of code page 1252 or 850 cannot show, beside what it can.
STRANGE = "œuvre → 5 ≥ 4 😀 « à\u202fvoir » 漢"
# Hides from a program what Windows lacks, before it has loaded anything of ours; a lock is counted.
WITHOUT = """
import os, subprocess, sys, types
sys.modules["fcntl"] = None
locks = []
sys.modules["msvcrt"] = types.SimpleNamespace(
    LK_LOCK=1, LK_NBLCK=2, locking=lambda file, how, count: locks.append(how)
)
for name in ("fork", "getuid", "geteuid", "O_NOFOLLOW"):
    if hasattr(os, name):
        delattr(os, name)
import runpy
sys.argv = sys.argv[1:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    print("verrous", locks)
"""


def crlf(root: Path) -> None:
    """The texts of a project as Windows editors save them."""
    for folder in ("data", "content"):
        for path in (root / folder).rglob("*"):
            if path.suffix in (".md", ".yml", ".csv") and "reference" not in path.parts:
                raw = path.read_bytes()
                path.write_bytes(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def git(*words: str, cwd: Path) -> str:
    done = subprocess.run(
        ["git", *words], cwd=cwd, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_records_with_windows_line_ends_are_the_same_records(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    tiny_tree(unix)
    tiny_tree(windows)
    crlf(windows)
    assert b"\r\n" in (windows / ACTION).read_bytes()
    one, other = (build.load(Project(root))[0] for root in (unix, windows))
    assert list(one.actions) == list(other.actions)
    for key, action in one.actions.items():
        assert (other.actions[key].record, other.actions[key].body) == (action.record, action.body)
    assert {k: t.record for k, t in one.territories.items()} == {
        k: t.record for k, t in other.territories.items()
    }


def test_problems_have_the_same_places_with_windows_line_ends(tmp_path: Path) -> None:
    bad = {
        ACTION: "---\ntitle: Maison du numérique\nterritory: 59350\nstatus: Terminée\n---\n\nX\n"
    }
    said = []
    for name, ends in (("unix", False), ("windows", True)):
        root = tiny_tree(tmp_path / name, bad)
        if ends:
            crlf(root)
        with pytest.raises(build.DataError) as error:
            build.load(Project(root))
        said.append(as_text(error.value.problems))
    assert said[0] == said[1] and f"{ACTION}:4:9: vocabulaire:" in said[0]


def program(*words: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "atlaas", *words],
        env=clean_environment(
            PYTHONPATH=str(PROJECT / "hooks"), PYTHONIOENCODING=encoding, PYTHONUTF8="0"
        ),
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_a_console_that_cannot_show_a_sign_still_gets_the_rest(
    tmp_path: Path, encoding: str
) -> None:
    text = f'---\ntitle: "{STRANGE}"\nterritory: "59350"\nthemes: ["{STRANGE}"]\n---\n\n{STRANGE}\n'
    root = tiny_tree(tmp_path, {ACTION: text})
    done = program("--project", str(root), "check", encoding=encoding)
    out = done.stdout.decode(encoding)
    assert done.returncode == 1 and b"Traceback" not in done.stderr, done.stderr
    assert f"{ACTION}:4:10: vocabulaire:" in out
    assert "uvre -> 5 >= 4 \\U0001f600 «\xa0" in out.replace("« ", "«\xa0") and "\\u6f22" in out
    for words in (("--help",), ("check", "--help"), ("new", "action", "--help")):
        shown = program(*words, encoding=encoding)
        assert shown.returncode == 0 and b"Traceback" not in shown.stderr, shown.stderr
        assert shown.stdout.decode(encoding)


def without(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A module run without what Windows lacks."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words],
        env=clean_environment(
            PYTHONPATH=str(PROJECT / "hooks"), PYTHONIOENCODING="utf-8", ATLAAS_PROCESSES="1"
        ),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows lacks them by itself")
def test_the_commands_need_nothing_that_windows_lacks(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path)
    for words, said in (
        (("check",), "0 erreur, 0 avertissement"),
        (("stats",), "territoires"),
        (("fix",), ""),
    ):
        done = without("atlaas", "--project", str(root), *words, cwd=root)
        assert done.returncode == 0 and said in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows lacks them by itself")
def test_a_site_is_built_in_one_process_under_the_lock_of_windows(
    sample_root: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    done = without("mkdocs", *build_options(sample_root, site), cwd=sample_root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verrous [2]" in done.stdout and (site / "index.html").is_file()


def test_paths_are_given_as_windows_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« data\\actions\\59 » on Windows; a path is compared by its parts, never by its text."""
    root = tiny_tree(tmp_path)
    monkeypatch.chdir(root)
    project = Project(root)
    keep = chosen(project, (Path("data", "actions", "59"), Path("data") / "actors"))
    assert keep and keep(ACTION) and not keep("data/territories/59/59350-lille.yml")


def test_every_file_is_opened_in_utf8() -> None:
    """On Windows a file without a word on its encoding is read as cp1252."""
    ruff = Path(sys.executable).parent / ("ruff.exe" if os.name == "nt" else "ruff")
    command = [str(ruff), "check", "--preview", "--select", "PLW1514", "--no-cache", "hooks"]
    done = subprocess.run(
        [*command, "scripts"], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_clone_of_windows_has_the_bytes_that_were_committed(tmp_path: Path) -> None:
    """With core.autocrlf=true, which Git for Windows proposes: vendored files keep their hashes."""
    if not (PROJECT / ".git").exists():
        pytest.skip("pas de dépôt Git ici")
    clone = tmp_path / "clone"
    git(
        *("clone", "-q", "--no-tags", "--depth", "1", "-c", "core.autocrlf=true"),
        *("--no-checkout", f"file://{PROJECT}", str(clone)),
        cwd=tmp_path,
    )
    vendored = [f"overrides/assets/vendor/{package['folder']}" for package in PACKAGES]
    parts = [
        "data/actions",
        "data/vocabulary",
        "overrides",
        "requirements",
        "scripts",
        "tests/vendor",
    ]
    git("checkout", "-q", "HEAD", "--", ".gitattributes", *parts, cwd=clone)
    changed = [
        line
        for line in git("ls-files", "--eol", "--", *parts, cwd=clone).splitlines()
        if line.split()[0].removeprefix("i/") != line.split()[1].removeprefix("w/")
    ]
    assert changed == []
    assert all(any((clone / folder).iterdir()) for folder in vendored)
    assert git("hash-object", "--no-filters", *files(clone, vendored), cwd=clone).split() == [
        line.split()[2]
        for line in git("ls-tree", "-r", "HEAD", "--", *vendored, cwd=clone).splitlines()
    ]


def files(root: Path, folders: list[str]) -> list[str]:
    """The tracked files of some folders, in the order of Git."""
    return git("ls-files", "--", *folders, cwd=root).splitlines()


def test_a_container_opens_with_preview_and_checks_ready() -> None:
    settings = json.loads((PROJECT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for command in ("postCreateCommand", "postAttachCommand"):
        verb = settings[command].removeprefix("make ")
        assert f"\n{verb}: " in makefile
    assert settings["postAttachCommand"] == "make serve"
    assert settings["forwardPorts"] == [8000] and "127.0.0.1:8000" in makefile
    assert settings["portsAttributes"]["8000"]["onAutoForward"] == "openPreview"
    recommended = json.loads((PROJECT / ".vscode/extensions.json").read_text("utf-8"))
    extensions = settings["customizations"]["vscode"]["extensions"]
    assert extensions == recommended["recommendations"]


def test_tasks_of_the_editor_need_no_make_on_windows() -> None:
    tasks = json.loads((PROJECT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    assert [task["windows"]["command"] for task in tasks] == [
        "py -m atlaas check",
        "py -m atlaas fix",
    ]
