"""After a publication: what is answered is compared with what was built, and failures are told."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import tarfile
from pathlib import Path
from types import ModuleType

import pytest
from scripts.serving import served

from support import PROJECT, write_tree

PAGE = "territoires/59350-lille/index.html"
BUILT = {
    "index.html": "accueil",
    "404.html": "introuvable",
    PAGE: "Lille",
    "territoires/index.html": "liste",
    "territoires/59350-lille/embed/index.html": "carte",
    "api/v1/index.json": json.dumps({"commit": "c" * 40}),
}


def load() -> ModuleType:
    path = PROJECT / ".github" / "scripts" / "smoke.py"
    spec = importlib.util.spec_from_file_location("smoke", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_tree(tmp_path / "built" / "site", BUILT)
    with tarfile.open(tmp_path / "site.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "built" / "site", "site")
    return tmp_path / "site.tar.gz"


def smoke(served_files: dict[str, str], archive: Path, pauses: list[float]) -> int:
    """The exit status for a host that serves these files."""
    site = write_tree(archive.parent / "served", served_files)
    with served(site, "/atlaas/") as address:
        code: int = load().main(address, str(archive), pauses.append)
    return code


def test_a_site_as_built_passes_at_once(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pauses: list[float] = []
    assert smoke(BUILT, archive, pauses) == 0
    assert pauses == []
    assert "l'API (commit cccccccccccc)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("index.html", "ancien", "/atlaas/ n'est pas ce qui a été construit\n"),
        (PAGE, "ancien", "59350-lille/ n'est pas ce qui a été construit\n"),
        (
            "api/v1/index.json",
            json.dumps({"commit": "d" * 40}),
            "index.json n'est pas ce qui a été construit (commit dddddddddddd, attendu cccc",
        ),
        ("api/v1/index.json", "<html>", "(commit ?, attendu cccccccccccc)"),
        ("api/v1/index.json", None, "/api/v1/index.json répond 404"),
    ],
)
def test_another_site_fails_after_a_while(
    archive: Path, capsys: pytest.CaptureFixture[str], path: str, content: str | None, said: str
) -> None:
    files = {name: text for name, text in BUILT.items() if name != path}
    pauses: list[float] = []
    assert smoke({**files, **({path: content} if content else {})}, archive, pauses) == 1
    assert pauses == [30] * 9
    assert said in capsys.readouterr().err


def test_a_host_that_does_not_answer_fails(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load().main("http://127.0.0.1:1/", str(archive), lambda _: None) == 1
    assert "ne répond pas (URLError)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (["success", "success"], False),
        (["success", "failure"], True),
        (["failure", "skipped"], True),
        (["success", "cancelled"], False),
    ],
)
def test_a_failure_is_told_with_what_to_do(results: list[str], told: bool) -> None:
    done = subprocess.run(
        ["sh", str(PROJECT / "scripts" / "publication_failed.sh")],
        env={**os.environ, "RESULTS": json.dumps(results), "COMMIT": "abc", "RUN_URL": "https://r"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert bool(done.stdout) is told
    if told:
        assert "commit abc" in done.stdout and "[le détail](https://r)" in done.stdout
        title = done.stdout.split("docs/forge.md, « ")[1].split(" »")[0]
        assert f"## {title}" in (PROJECT / "docs" / "forge.md").read_text("utf-8")
