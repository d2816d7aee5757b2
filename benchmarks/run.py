"""``make bench``: build the same sites with the Atlaas and its peers, and write RESULTS.md.

    python -m benchmarks.run [--sizes 1k,5k,20k] [--peers hugo,floor] [--repeat 3] [--quick]

The runs of all tools alternate, so that a busy machine slows all of them; each figure is the
median. Every size is written to .cache/benchmarks/results/ as JSON as soon as it is measured, and
RESULTS.md is made from all that is there: a further run adds to it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import generate, measure, report, weigh
from benchmarks.measure import Run

CACHE = ROOT / ".cache" / "benchmarks"
RESULTS = CACHE / "results"
SIZES = "1k,5k,20k"
SLOW = ("mkdocs", "zensical")  # once each above this many actions, and never above the next
ONCE_ABOVE, NEVER_ABOVE = 1_000, 20_000
PREVIEW_ABOVE, PREVIEW_BELOW = 20_000, 100_000
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "ATLAAS_SITE_URL": "https://atlaas.example.org/",
    "ATLAAS_FORGE_URL": "https://forge.example.org/atlaas",
    "PYTHONPATH": str(ROOT),
}


@dataclass
class Tool:
    """One way of making the site."""

    name: str
    command: list[str]
    folder: Path  # where it runs
    site: Path  # where it writes


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


def peer_command(peer: str, folder: Path) -> list[str]:
    """How a peer builds the project in a folder."""
    if peer == "mkdocs":
        return [sys.executable, "-m", "mkdocs", "build", "-q"]
    python = peer_python(peer)
    if peer == "zensical":
        return [str(python.with_name("zensical")), "build"]
    # The binary itself: the package's own command starts Python first.
    binary = next(python.parents[1].glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return [str(binary), "--source", str(folder), "--destination", str(folder / "site"), "--quiet"]


def peer_version(peer: str) -> str:
    """The version of a peer."""
    if peer == "floor":
        return "a loop of open and write"
    if peer == "mkdocs":
        return f"{version('mkdocs')}, Material {version('mkdocs-material')}"
    code = f"from importlib.metadata import version; print(version({peer!r}))"
    return subprocess.check_output([str(peer_python(peer)), "-c", code], text=True).strip()


def module(name: str, *arguments: object, folder: Path = ROOT) -> str:
    """Run a module of this package in a process of its own; what it prints."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    return measure.run(command, folder, ENVIRONMENT).output


def say(words: str) -> None:
    """Tell how far the run is."""
    print(words, flush=True)


def empty(site: Path) -> None:
    """Remove a site before a run, which is not measured."""
    shutil.rmtree(site, ignore_errors=True)


def bench(size: int, peers: list[str], given: argparse.Namespace) -> dict[str, Any]:
    """Everything there is to measure at one size."""
    scratch, repeat = given.scratch.resolve(), given.repeat
    project = scratch / str(size)
    say(f"{size} actions: records")
    records = generate.make_project(project, size, given.seed, given.code.resolve())
    atlaas = Tool("atlaas", [sys.executable, "-m", "mkdocs", "build"], project, project / "site")
    measure.run(atlaas.command, project, ENVIRONMENT)
    built = measure.tree(atlaas.site)
    result: dict[str, Any] = {
        "actions": size, "records": records, "tree": built._asdict(), "repeat": repeat,
        "machine": measure.machine(), "seed": given.seed,
        "versions": {"atlaas": version("mkdocs"), **{p: peer_version(p) for p in peers}},
    }  # fmt: skip
    result["bytes"] = weigh.weigh(atlaas.site)._asdict()
    tools = [atlaas]
    for peer in peers:
        if peer in SLOW and size > NEVER_ABOVE:
            continue
        folder = scratch / f"{size}-{peer}"
        if peer == "floor":
            # A copy of the site, so that the runs of the Atlaas do not take it away.
            source = scratch / f"{size}-floor-source"
            empty(source)
            shutil.copytree(atlaas.site, source)
            command = [sys.executable, "-m", "benchmarks.floor", str(source), str(folder)]
            tools.append(Tool(peer, command, ROOT, folder))
        else:
            say(f"{size} actions: the project of {peer}")
            module("peers", project, folder, peer)
            tools.append(Tool(peer, peer_command(peer, folder), folder, folder / "site"))
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(repeat):
        for tool in tools:
            if tool.name in SLOW and size > ONCE_ABOVE and turn:
                continue
            empty(tool.site)
            done = measure.run(tool.command, tool.folder, ENVIRONMENT)
            if tool.name == "floor":
                done = done._replace(wall=float(done.output))
            runs[tool.name].append(done)
            say(f"{size} actions: {tool.name} {done.wall:.2f} s, {done.memory:.0f} MB")
    result["builds"] = {name: measure.middle(all_)[:3] for name, all_ in runs.items()}
    result["all_walls"] = {name: [r.wall for r in all_] for name, all_ in runs.items()}
    result["pages"] = {
        tool.name: measure.tree(tool.site)._asdict() for tool in tools if tool.name != "floor"
    }
    result.update(rebuilds(atlaas, repeat))
    result["steps"] = json.loads(module("steps", project, folder=project))
    say(f"{size} actions: steps measured")
    if PREVIEW_ABOVE <= size <= PREVIEW_BELOW:
        try:
            result["preview"] = json.loads(module("preview", project, folder=project))
        except RuntimeError as error:
            result["preview"] = {"failed": str(error)[-300:]}
        say(f"{size} actions: preview {result['preview']}")
    return result


def rebuilds(tool: Tool, repeat: int) -> dict[str, Any]:
    """Build over the site that is there: nothing changed, then one action's text changed."""
    same, one, files = [], [], []
    action = sorted((tool.folder / "data" / "actions").rglob("*.md"))[-1]
    for turn in range(repeat):
        same.append(_rebuild(tool, files.append if turn == 0 else None))
        text = action.read_text(encoding="utf-8")
        action.write_text(f"{text}\nPhrase numéro {turn}, ajoutée.\n", encoding="utf-8")
        one.append(_rebuild(tool, files.append if turn == 0 else None))
    say(f"rebuilt: {measure.middle(same).wall:.2f} s and {measure.middle(one).wall:.2f} s")
    return {
        "unchanged": measure.middle(same)[:3], "one_change": measure.middle(one)[:3],
        "unchanged_files": files[0], "one_change_files": files[1],
    }  # fmt: skip


def _rebuild(tool: Tool, count: Callable[[int], None] | None) -> Run:
    before = measure.fingerprint(tool.site) if count else {}
    done = measure.run(tool.command, tool.folder, ENVIRONMENT)
    if count:
        after = measure.fingerprint(tool.site)
        count(sum(before.get(path) != now for path, now in after.items()))
    return done


def main() -> None:
    """Measure the sizes asked for and write RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of actions ({SIZES}; 100k, 1M)")
    parser.add_argument("--peers", default="hugo,floor,mkdocs,zensical")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="1k, once, Hugo and the floor only")
    parser.add_argument("--code", type=Path, default=ROOT, help="another checkout to measure")
    parser.add_argument("--scratch", type=Path, default=CACHE / "sites")
    parser.add_argument("--keep", action="store_true", help="leave the sites there afterwards")
    given = parser.parse_args()
    if given.quick:
        given.sizes, given.repeat, given.peers = "1k", 1, "hugo,floor"
    RESULTS.mkdir(parents=True, exist_ok=True)
    given.scratch.mkdir(parents=True, exist_ok=True)
    peers = [peer for peer in given.peers.split(",") if peer]
    for text in given.sizes.split(","):
        size = generate.number(text)
        result = bench(size, peers, given)
        part = RESULTS / f"{size}.json"
        part.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        if not given.keep:
            for folder in given.scratch.glob(f"{size}*"):
                shutil.rmtree(folder)
        report.write(RESULTS, ROOT / "benchmarks" / "RESULTS.md")
    say(f"written: {os.path.relpath(ROOT / 'benchmarks' / 'RESULTS.md')}")


if __name__ == "__main__":
    main()
