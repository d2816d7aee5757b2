"""What each step of the Atlaas's own build costs, measured by calling it in one process.

    python -m benchmarks.steps PROJECT

Run by the project's own copy of the code, in one process. Prints JSON: step -> {seconds, count,
bytes}; the seconds are of CPU, so that a busy machine changes little. Pages are grouped by
template and files for machines by their first folder, so that open data, feeds, finder and search
each have a line. Shells are a stand-in: joining them costs next to nothing.
"""

from __future__ import annotations

import inspect
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Cost = dict[str, float]


class Clock:
    """Adds up the seconds, the things and the bytes of each step."""

    def __init__(self) -> None:
        self.steps: dict[str, Cost] = {}

    def add(self, step: str, seconds: float, count: int = 0, size: int = 0) -> None:
        """Add to a step."""
        cost = self.steps.setdefault(step, {"seconds": 0.0, "count": 0, "bytes": 0})
        cost["seconds"] += seconds
        cost["count"] += count
        cost["bytes"] += size

    def call(self, step: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Time one call; a list or dict it returns is what it counts."""
        start = time.process_time()
        result = function(*arguments)
        size = len(result) if isinstance(result, (list, dict, tuple)) else 1
        self.add(step, time.process_time() - start, size)
        return result

    def each(self, name: Callable[[Any], str], things: Iterable[Any]) -> Iterator[Any]:
        """Time the making of each thing, under a name told from the thing."""
        iterator = iter(things)
        while True:
            start = time.process_time()
            try:
                thing = next(iterator)
            except StopIteration:
                return
            self.add(name(thing), time.process_time() - start)
            yield thing


def call(function: Callable[..., Any], given: dict[str, Any]) -> Any:
    """Call with those of the values given that the function asks for, by name."""
    asked = inspect.signature(function).parameters
    return function(**{name: given[name] for name in asked if name in given})


def measure(project: Path) -> dict[str, Any]:
    """The cost of every step."""
    os.environ["ATLAAS_PROCESSES"] = "1"
    clock = Clock()
    start = time.process_time()
    from atlaas import build, read, rules
    from atlaas.geography.reference import Reference
    from atlaas.pages.page import Page, Site
    from atlaas.project import Project
    from atlaas.render.shell import TOKENS, Shells

    clock.add("import", time.process_time() - start)
    memory = {"at start": _peak()}
    entries, _ = clock.call("inventory", read.inventory, str(project))
    reference = clock.call("reference", Reference, Project(project))
    documents = clock.call("read, one core", lambda: [read.read_entry(e) for e in entries])
    context = rules.make_context(reference, entries, documents, "2026-11-21")
    clock.call("check, one core", lambda: [rules.check(d, context) for d in documents])
    documents.clear()
    directory, _ = clock.call("load: read, check, link", build.load, Project(project))
    memory["after reading twice, checking, linking"] = _peak()
    shell = "<html>" + "<!-- chrome -->" * 300
    shells = Shells(lambda section, depth: shell + "".join(TOKENS.values()) + "</html>")
    site = Site("https://atlaas.example.org/")
    things = clock.call("list pages", lambda: list(build.pages_of(directory, site)))
    given = {
        "site": site,
        "shells": shells,
        "directory": directory,
        "content": [],
        "pages": [thing for thing in things if isinstance(thing, Page)],
    }
    renderer = clock.call("renderer", call, build.Renderer, given)
    for thing in things:
        start = time.process_time()
        if isinstance(thing, Page):
            light = "" if thing.listed else ", without a record"
            step, content = f"render {thing.template}{light}", renderer.page(thing)
        else:
            step, content = f"publish {_first(thing.url)}", thing.content()
        clock.add(step, time.process_time() - start, 1, len(content))
    machines = call(build.published, given)
    for asset in clock.each(lambda thing: f"publish {_first(thing.url)}", machines):
        start = time.process_time()
        content = asset.content()
        seconds = time.process_time() - start
        clock.add(f"publish {_first(asset.url)}", seconds, 1, len(content))
    memory["after rendering"] = _peak()
    return {"steps": clock.steps, "memory": memory}


def _first(url: str) -> str:
    """The folder of a file, or its name where it stands at the root."""
    head, slash, _ = url.partition("/")
    return f"{head}/" if slash else head.partition("-")[0].partition(".")[0]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve()), ensure_ascii=False))
