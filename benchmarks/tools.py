"""The tools that build the same site: the Atlaas, its peers and the floor, each with its runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.measure import Run

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "benchmarks"
SLOW = ("mkdocs", "zensical")  # run once, and not above the smallest size
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "ATLAAS_SITE_URL": "https://atlaas.example.org/",
    "ATLAAS_FORGE_URL": "https://forge.example.org/atlaas",
    "PYTHONDONTWRITEBYTECODE": "",  # modules are compiled once, as on any machine
}


def environment(folder: Path) -> dict[str, str]:
    """What a process is told that runs in a folder, with the code of the project that is there."""
    path = os.pathsep.join([str(ROOT), str(folder / "hooks")])
    return {**ENVIRONMENT, "PYTHONPATH": path}


def module(name: str, *arguments: object, folder: Path = ROOT) -> Run:
    """Run a module of this package in a process of its own, with the code that stands in a folder.

    Raises RuntimeError with its output where it fails.
    """
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    return measure.run(command, folder, environment(folder))


def tried(name: str, *arguments: object, folder: Path = ROOT) -> dict[str, Any]:
    """What such a module prints as JSON, and the MB that it took; why, where it failed."""
    try:
        done = module(name, *arguments, folder=folder)
    except RuntimeError as error:
        say(f"{name} failed: {error}")
        return {"failed": str(error)[-300:]}
    found: dict[str, Any] = json.loads(done.output)
    short = {key: value for key, value in found.items() if not isinstance(value, dict)}
    say(f"{name}: {short}")
    return {"memory": done.memory, **found}


def say(words: str) -> None:
    """Tell how far the run is."""
    print(words, flush=True)


@dataclass
class Tool:
    """One way of making the site: ``command`` gives what builds it into a folder."""

    name: str
    command: Callable[[Path], list[str]]
    folder: Path  # where it runs
    sites: Path  # below which it writes, each run into a new folder
    runs: list[Run] = field(default_factory=list)
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def site(self) -> Path:
        """Where the last run wrote."""
        return self.sites / str(len(self.runs))

    def run(self) -> Run:
        """Build into a folder that is new, and keep what it took.

        Nothing is removed between runs: on ext4, files are made several times slower for a minute
        after many were removed.
        """
        done = self.again(self.sites / str(len(self.runs) + 1))
        if self.name == "floor":
            done = done._replace(wall=float(done.output))
        self.runs.append(done)
        return done

    def again(self, site: Path) -> Run:
        """Build into a folder, new or not."""
        site.parent.mkdir(parents=True, exist_ok=True)
        told = {**environment(self.folder), **self.environment}
        return measure.run(self.command(site), self.folder, told)


def peer_python(peer: str) -> Path:
    """The interpreter of a peer's own environment, made where it is missing."""
    home = CACHE / peer
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        lock = str(ROOT / "benchmarks" / f"requirements-{peer}.txt")
        command = [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", lock]
        subprocess.run(command, check=True)
    return python


def mkdocs(site: Path) -> list[str]:
    """How MkDocs builds the project in which it runs; the Atlaas is built so too."""
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]


def peer_command(peer: str, folder: Path) -> Callable[[Path], list[str]]:
    """How a peer builds the project in a folder."""
    if peer == "mkdocs":
        return mkdocs
    python = peer_python(peer)
    if peer == "zensical":  # it has no option for where to write: run once, into folder/site
        return lambda site: [str(python.with_name("zensical")), "build"]
    # The binary itself: the package's own command starts Python first.
    binary = next(python.parents[1].glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return lambda site: [
        str(binary),
        "--source",
        str(folder),
        "--destination",
        str(site),
        "--quiet",
    ]


def peer_version(peer: str) -> str:
    """The version of a peer."""
    if peer == "floor":
        return "a loop of open and write"
    if peer == "mkdocs":
        return f"{version('mkdocs')}, Material {version('mkdocs-material')}"
    code = f"from importlib.metadata import version; print(version({peer!r}))"
    return subprocess.check_output([str(peer_python(peer)), "-c", code], text=True).strip()


def prepare(
    peer: str, project: Path, built: Path, folder: Path
) -> tuple[Tool, dict[str, int] | None]:
    """The project of a peer, made from the Atlaas's and its pages, and how many were given how."""
    if peer == "floor":
        command = [sys.executable, "-m", "benchmarks.floor", str(built)]
        return Tool(peer, lambda site: [*command, str(site)], ROOT, folder), None
    say(f"the project of {peer}")
    ways = json.loads(module("peers", project, built, folder, peer, folder=project).output)
    tool = Tool(peer, peer_command(peer, folder), folder, folder / "sites")
    if peer == "zensical":
        tool.sites.mkdir()
        (tool.sites / "1").symlink_to(folder / "site")
    return tool, ways


def forget(project: Path) -> None:
    """Have the next build read and check every record, and index every word, again."""
    for name in ("records", "search"):
        shutil.rmtree(project / ".cache" / name, ignore_errors=True)
