"""``make bench``: build the same sites with the Atlaas and its peers, and write RESULTS.md.

    python -m benchmarks.run [--sizes 1k,20k] [--peers hugo,floor] [--repeat 3] [--quick]

The runs of all tools alternate, so that a busy machine slows all of them; each figure is the
median. Every size is written to .cache/benchmarks/results/ as JSON as soon as it is measured, and
RESULTS.md is made from all that is there: a further run adds to it. « real » among the sizes stands
for the records of the project itself.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import generate, measure, real, report, weigh
from benchmarks.measure import Run
from benchmarks.tools import (
    CACHE,
    ROOT,
    SLOW,
    Tool,
    forget,
    mkdocs,
    peer_version,
    prepare,
    say,
    tried,
)

RESULTS = CACHE / "results"
REAL = "real"
SIZES = f"{REAL},1k,20k,official,100k,1M"
SLOW_UP_TO = 1_000  # actions up to which the slow peers run
ONCE_ABOVE = 50_000  # above which all runs once, as a turn takes ten minutes, and steps never
ALONE_ABOVE = 200_000  # above which the Atlaas alone is built, once, to see that it ends
PREVIEW_ABOVE, PREVIEW_BELOW = 20_000, 100_000
ATTRIBUTED = 20_000  # actions at which every CPU second of a build is attributed
REST = 120  # seconds for the disk, after much was removed


def commit(code: Path) -> str:
    """The commit of a checkout, with a + where its files are others."""
    git = ["git", "-C", str(code)]
    name = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
    # But what a run itself writes, which says nothing of what was measured.
    where = (".", ":!benchmarks/*.md", ":!benchmarks/*.svg")
    status = [*git, "status", "--porcelain", "-uno", "--", *where]
    changed = subprocess.check_output(status, text=True).strip()
    return f"{name}+" if changed else name


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
    repeat = turns_of(size, given.repeat)
    first = scratch / f"{size}-first"
    pages.again(first)  # fills the caches of what the reference alone decides
    tools, ways = [pages], {}
    for peer in peers:
        if peer not in SLOW or size <= SLOW_UP_TO:
            tool, ways[peer] = prepare(peer, project, first, scratch / f"{size}-{peer}")
            tools.append(tool)
    tools.append(whole)
    for turn in range(repeat):
        if turn:
            make_way(tools, size)
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
        "versions": {p: peer_version(p) for p in peers if p in ways},
        "given": {peer: way for peer, way in ways.items() if way},
        "tree": measure.tree(pages.site)._asdict(),
        "bytes": weigh.weigh(whole.site)._asdict(),
        "builds": {tool.name: measure.middle(tool.runs)[:3] for tool in tools},
        "all_walls": {tool.name: [run.wall for run in tool.runs] for tool in tools},
        "pages": {
            tool.name: measure.tree(tool.site)._asdict() for tool in tools if tool.name != "floor"
        },
    }
    result["rebuilds"] = {tool.name: rebuilds(tool, repeat) for tool in (pages, whole)}
    result["query"] = tried("querying", whole.site)
    result["explorer"] = tried("exploring", whole.site)
    if size <= ONCE_ABOVE:
        result["steps"] = tried("steps", project, folder=project)
    result["search"] = tried("searching", project, folder=project)
    if size == ATTRIBUTED:
        forget(project)
        result["attribution"] = tried(
            "attribution", project, scratch / f"{size}-attributed", folder=project
        )
    if PREVIEW_ABOVE <= size <= PREVIEW_BELOW:
        result["preview"] = tried("preview", project, folder=project)
        result["merge"] = tried("merging", project, scratch / f"{size}-merge", folder=project)
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


def turns_of(size: int, repeat: int) -> int:
    """How often each tool runs."""
    return 1 if size > ONCE_ABOVE else repeat


def room(size: int, turns: int = 1) -> int:
    """Bytes of disk that a size needs at most, with all that so many turns build of it."""
    pages = size + 42_000  # with those of places without a record, lists and diagnoses
    if size > ALONE_ABOVE:
        return pages * 30_000  # its records, what is kept of them, and one site
    # Each turn: pages, floor, Hugo and the whole, which is larger; before it records, a first site
    # and the projects of the peers; after it the sites of a merge and two of attribution. Where
    # every commune has a record, the sites of a merge have three files a page.
    return pages * 11_000 * (6 * turns + (12 if size > ONCE_ABOVE else 6))


def make_room(scratch: Path, size: int, turns: int) -> bool:
    """Remove what smaller sizes left where the disk would not hold this one, and let it rest.

    False where the disk is too small even then for a turn.
    """
    if free(scratch) < room(size, turns) and any(scratch.iterdir()):
        for left in scratch.iterdir():
            shutil.rmtree(left)
        rest()
    return free(scratch) >= room(size)


def make_way(tools: list[Tool], size: int) -> None:
    """The same before a further turn, of what the turn before it made."""
    if free(tools[0].folder) < room(size):
        for tool in tools:
            if tool.name not in SLOW:  # which run no further
                shutil.rmtree(tool.site)
        rest()


def free(folder: Path) -> int:
    """Bytes of disk that are left."""
    return shutil.disk_usage(folder).free


def rest() -> None:
    """Give the disk time after much was removed, when it makes files several times slower."""
    os.sync()
    time.sleep(REST)


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
    parser.add_argument("--scratch", type=Path, default=CACHE / "sites", help="emptied first")
    parser.add_argument("--report", type=Path, default=ROOT / "benchmarks", help="where to write")
    parser.add_argument("--keep", action="store_true", help="leave the sites there afterwards")
    given = parser.parse_args()
    if given.quick:
        given.sizes, given.repeat, given.peers = "1k", 1, "hugo,floor"
    RESULTS.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(given.scratch, ignore_errors=True)
    given.scratch.mkdir(parents=True)
    peers = [peer for peer in given.peers.split(",") if peer]
    go = {"commit": commit(given.code), "begun": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}
    failed = False
    for text in given.sizes.split(","):
        size = 0 if text == REAL else generate.number(text)
        if not make_room(given.scratch, size, turns_of(size, given.repeat)):
            say(f"{text}: left out, the disk is too small for it")
            continue
        try:
            if text == REAL:
                result = real.bench(given.code.resolve(), given.scratch.resolve(), given.repeat)
            else:
                result = bench(size, peers, given)
        except RuntimeError as error:  # a build failed: the other sizes are measured all the same
            say(f"{text}: {error}")
            failed = True
            continue
        part = RESULTS / f"{size or REAL}.json"
        part.write_text(json.dumps(result | go, ensure_ascii=False, indent=1), encoding="utf-8")
        report.write(RESULTS, given.report.resolve())
    if not given.keep:
        shutil.rmtree(given.scratch)
    if failed:
        raise SystemExit("not all sizes could be measured")
    say(f"written: {os.path.relpath(given.report / 'RESULTS.md')}")


if __name__ == "__main__":
    main()
