"""What is measured on the records of the project itself: there is nothing to compare them with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.tools import Tool, forget, mkdocs, say, tried


def _without(site: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.without_places", "build", "-q", "-d", str(site)]


def bench(project: Path, scratch: Path, repeat: int) -> dict[str, Any]:
    """Builds with and without the pages of places that no record names, a rebuild of which nothing
    changed, and where the CPU goes."""
    tools = [
        Tool("whole", mkdocs, project, scratch / "real-whole"),
        Tool("without", _without, project, scratch / "real-without"),
    ]
    tools[0].again(scratch / "real-first")  # fills the caches of what the reference alone decides
    for _ in range(repeat):
        for tool in tools:
            forget(project)
            done = tool.run()
            say(f"real records: {tool.name} {done.wall:.2f} s, {done.memory:.0f} MB")
    rebuilt = tried("rebuilding", project, scratch / "real-first", folder=project)
    forget(project)
    return {
        "repeat": repeat,
        "machine": measure.machine(),
        "builds": {tool.name: measure.middle(tool.runs)[:3] for tool in tools},
        "pages": {tool.name: measure.tree(tool.site)._asdict() for tool in tools},
        "unchanged": rebuilt,
        "attribution": tried("attribution", project, scratch / "real-attributed", folder=project),
    }
