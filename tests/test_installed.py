"""The package as ``pipx run`` or ``uv tool run`` installs it: a wheel, away from its checkout."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from atlaas import __version__
from support import PROJECT, clean_environment, tiny_tree

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
# Distributions whose name is not that of what is imported.
NAMES = {"PIL": "pillow", "frontmatter": "python-frontmatter", "yaml": "pyyaml"}
BROUGHT = {"pydantic_core": "pydantic", "branca": "folium"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel alone."""
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("target")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    build = [*pip, "wheel", *offline, "--no-build-isolation", "-w", str(wheels), str(PROJECT)]
    subprocess.run(build, check=True, timeout=120)
    [wheel] = wheels.glob("*.whl")
    install = [*pip, "install", *offline, "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, timeout=120)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command, in a folder."""
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "atlaas"), *arguments],
        cwd=folder,
        env=clean_environment(PYTHONPATH=str(installed), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_it_holds_the_package_and_no_more(installed: Path, tmp_path: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert names == {"atlaas", "bin", f"atlaas-{__version__}.dist-info"}
    done = run(installed, tmp_path, "--version")
    assert (done.stdout, done.stderr) == (f"atlaas {__version__}\n", "")


def test_it_checks_the_project_above_the_folder_where_one_is(
    installed: Path, tmp_path: Path
) -> None:
    root = tiny_tree(tmp_path / "checkout")
    (root / "mkdocs.yml").touch()
    done = run(installed, root / "data" / "actions", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 erreur, " in done.stdout
    wrong = root / "data" / "territories" / "59" / "59512-roubaix.yml"
    wrong.write_text('code: "59512"\nlevel: 6\n', "utf-8")
    done = run(installed, tmp_path, "--project", "checkout", "check")
    assert done.returncode == 1
    assert "data/territories/59/59512-roubaix.yml:2:1: " in done.stdout


def test_without_a_project_it_says_what_to_do(installed: Path, tmp_path: Path) -> None:
    for command in (["check"], ["new", "action"], ["report", "main", "x"]):
        done = run(installed, tmp_path, *command)
        assert done.returncode == 2
        assert "aucun projet ici" in done.stderr and "--project DOSSIER" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert run(installed, tmp_path, "check", "--help").returncode == 0


def test_what_builds_it_is_locked() -> None:
    [backend] = PYPROJECT["build-system"]["requires"]
    assert backend in (PROJECT / "requirements" / "site.in").read_text("utf-8").splitlines()
    assert f"\n{backend} " in (PROJECT / "requirements" / "site.txt").read_text("utf-8")


def test_what_it_imports_is_declared() -> None:
    declared = {re.split("[<>=]", line)[0] for line in PYPROJECT["project"]["dependencies"]}
    found = set()
    for path in (PROJECT / "hooks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    tops = {name.partition(".")[0] for name in found} - {
        "atlaas",
        "_typeshed",  # of type checkers alone
        *sys.stdlib_module_names,
    }
    distributions = {NAMES.get(top) or BROUGHT.get(top) or top for top in tops}
    distributions = {name.replace("_", "-") for name in distributions}
    distributions = {"ruamel.yaml" if name == "ruamel" else name for name in distributions}
    assert distributions == declared - {"mkdocs-material"}  # the theme is named in mkdocs.yml
