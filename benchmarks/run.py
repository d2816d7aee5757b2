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
import time
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import generate, measure, report, weigh
from benchmarks.measure import Run

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "benchmarks"
RESULTS = CACHE / "results"
SIZES = "1k,5k,20k,100k,1M"
SLOW = ("mkdocs", "zensical")  # run once, and not above this many actions
NEVER_ABOVE = 5_000
ONCE_LESS_ABOVE = 50_000  # actions above which each tool runs once less
ALONE_ABOVE = 200_000  # above which the Atlaas alone is built, once, to see that it ends
PREVIEW_ABOVE, PREVIEW_BELOW = 20_000, 100_000
ROOM = 45_000  # bytes of disk that an action may need, with all that is built of it
REST = 180  # seconds for the disk, after much was removed
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "ATLAAS_SITE_URL": "https://atlaas.example.org/",
    "ATLAAS_FORGE_URL": "https://forge.example.org/atlaas",
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "hooks")]),
}


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
        return measure.run(self.command(site), self.folder, {**ENVIRONMENT, **self.environment})


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


def commit(code: Path) -> str:
    """The commit of a checkout, with a + where its files are others."""
    git = ["git", "-C", str(code)]
    name = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
    changed = subprocess.check_output([*git, "status", "--porcelain", "-uno"], text=True).strip()
    return f"{name}+" if changed else name


def module(name: str, *arguments: object, folder: Path = ROOT) -> str:
    """Run a module of this package in a process of its own; what it prints."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    return measure.run(command, folder, ENVIRONMENT).output


def say(words: str) -> None:
    """Tell how far the run is."""
    print(words, flush=True)


def bench(size: int, peers: list[str], given: argparse.Namespace) -> dict[str, Any]:
    """Everything there is to measure at one size."""
    scratch = given.scratch.resolve()
    project = scratch / str(size)
    say(f"{size} actions: records")
    records = generate.make_project(project, size, given.seed, given.code.resolve())
    # The pages alone are what the peers make; the whole adds open data, feeds and search.
    pages = Tool("atlaas", mkdocs, project, scratch / f"{size}-pages")
    pages.environment = {"ATLAAS_ONLY": "pages"}
    whole = Tool("whole", mkdocs, project, scratch / f"{size}-whole")
    if size > ALONE_ABOVE:
        return alone(pages, size, records, given)
    repeat = given.repeat - (size > ONCE_LESS_ABOVE and given.repeat > 1)
    first = scratch / f"{size}-first"
    pages.again(first)  # fills the caches of what the reference alone decides
    tools = [pages]
    for peer in peers:
        if peer not in SLOW or size <= NEVER_ABOVE:
            tools.append(prepare(peer, project, first, scratch / f"{size}-{peer}"))
    tools.append(whole)
    for turn in range(repeat):
        for tool in tools:
            if not turn or tool.name not in SLOW:
                forget(project)
                done = tool.run()
                say(f"{size} actions: {tool.name} {done.wall:.2f} s, {done.memory:.0f} MB")
    result: dict[str, Any] = {
        "actions": size,
        "records": records,
        "repeat": repeat,
        "machine": measure.machine(),
        "seed": given.seed,
        "versions": {p: peer_version(p) for p in peers if p in {tool.name for tool in tools}},
        "tree": measure.tree(pages.site)._asdict(),
        "bytes": weigh.weigh(whole.site)._asdict(),
        "builds": {tool.name: measure.middle(tool.runs)[:3] for tool in tools},
        "all_walls": {tool.name: [run.wall for run in tool.runs] for tool in tools},
        "pages": {
            tool.name: measure.tree(tool.site)._asdict() for tool in tools if tool.name != "floor"
        },
    }
    result["rebuilds"] = {tool.name: rebuilds(tool, given.repeat) for tool in (pages, whole)}
    result["query"] = json.loads(module("querying", whole.site))
    say(f"{size} actions: a reader's searches {result['query']}")
    result["explorer"] = json.loads(module("exploring", whole.site))
    say(f"{size} actions: the explorer {result['explorer']}")
    result["steps"] = json.loads(module("steps", project, folder=project))
    say(f"{size} actions: steps measured")
    command = [sys.executable, "-m", "benchmarks.searching", str(project)]
    searched = measure.run(command, project, ENVIRONMENT)
    result["search"] = {**json.loads(searched.output), "memory": searched.memory}
    say(f"{size} actions: search {result['search']}")
    if PREVIEW_ABOVE <= size <= PREVIEW_BELOW:
        try:
            result["preview"] = json.loads(module("preview", project, folder=project))
        except RuntimeError as error:
            result["preview"] = {"failed": str(error)[-300:]}
        say(f"{size} actions: preview {result['preview']}")
    return result


def alone(
    tool: Tool, size: int, records: dict[str, int], given: argparse.Namespace
) -> dict[str, Any]:
    """One build of a size at which nothing is compared."""
    done = tool.run()
    say(f"{size} actions: {done.wall:.2f} s, {done.memory:.0f} MB")
    return {
        "actions": size,
        "records": records,
        "repeat": 1,
        "machine": measure.machine(),
        "seed": given.seed,
        "versions": {},
        "tree": measure.tree(tool.site)._asdict(),
        "builds": {tool.name: done[:3]},
        "pages": {},
    }


def make_room(scratch: Path, size: int) -> None:
    """Remove what smaller sizes left where the disk would not hold this one, and let it rest."""
    if shutil.disk_usage(scratch).free < ROOM * size:
        for left in scratch.iterdir():
            shutil.rmtree(left)
        time.sleep(REST)


def prepare(peer: str, project: Path, built: Path, folder: Path) -> Tool:
    """The project of a peer, made from the Atlaas's and its pages."""
    if peer == "floor":
        command = [sys.executable, "-m", "benchmarks.floor", str(built)]
        return Tool(peer, lambda site: [*command, str(site)], ROOT, folder)
    say(f"the project of {peer}")
    module("peers", project, built, folder, peer)
    tool = Tool(peer, peer_command(peer, folder), folder, folder / "sites")
    if peer == "zensical":
        tool.sites.mkdir()
        (tool.sites / "1").symlink_to(folder / "site")
    return tool


def forget(project: Path) -> None:
    """Have the next build read and check every record, and index every word, again."""
    for name in ("records", "search"):
        shutil.rmtree(project / ".cache" / name, ignore_errors=True)


def rebuilds(tool: Tool, repeat: int) -> dict[str, Any]:
    """Build over the site that is there: nothing changed, then one action's text changed."""
    same, one, files = [], [], []
    action = sorted((tool.folder / "data" / "actions").rglob("*.md"))[-1]
    tool.again(tool.site)
    for turn in range(repeat):
        same.append(_rebuild(tool, files.append if turn == 0 else None))
        text = action.read_text(encoding="utf-8")
        words = f"Phrase numéro {turn}, ajoutée ({tool.name})."
        action.write_text(f"{text}\n{words}\n", encoding="utf-8")
        one.append(_rebuild(tool, files.append if turn == 0 else None))
    say(f"rebuilt: {measure.middle(same).wall:.2f} s and {measure.middle(one).wall:.2f} s")
    return {
        "unchanged": measure.middle(same)[:3],
        "one_change": measure.middle(one)[:3],
        "unchanged_files": files[0],
        "one_change_files": files[1],
    }


def _rebuild(tool: Tool, count: Callable[[int], None] | None) -> Run:
    before = measure.fingerprint(tool.site) if count else {}
    done = tool.again(tool.site)
    if count:
        after = measure.fingerprint(tool.site)
        count(sum(before.get(path) != now for path, now in after.items()))
    return done


def main() -> None:
    """Measure the sizes asked for and write RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of actions ({SIZES})")
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
    shutil.rmtree(given.scratch, ignore_errors=True)
    given.scratch.mkdir(parents=True)
    peers = [peer for peer in given.peers.split(",") if peer]
    go = {"commit": commit(given.code), "begun": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}
    for text in given.sizes.split(","):
        size = generate.number(text)
        make_room(given.scratch, size)
        result = bench(size, peers, given) | go
        part = RESULTS / f"{size}.json"
        part.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        report.write(RESULTS, ROOT / "benchmarks" / "RESULTS.md")
    if not given.keep:
        shutil.rmtree(given.scratch)
    say(f"written: {os.path.relpath(ROOT / 'benchmarks' / 'RESULTS.md')}")


if __name__ == "__main__":
    main()
