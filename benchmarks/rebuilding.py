"""What a build costs that finds nothing changed, beyond starting Python and importing MkDocs.

    python -m benchmarks.rebuilding PROJECT SITE [--turns 7]

Builds PROJECT into SITE until nothing changes, then in turn builds it again and only starts Python
and imports MkDocs with what it needs to build. Prints the medians as JSON, seconds of the clock and
of CPU. A build that wrote a file all the same stops it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import measure
from benchmarks.tools import environment, mkdocs


def watch(project: Path, site: Path, turns: int) -> dict[str, float]:
    """« again », « start » and what the first takes « beyond » the second; how many turns."""

    def build() -> measure.Run:
        return measure.run(mkdocs(site), project, environment(project))

    only = [sys.executable, "-c", "import mkdocs.__main__, mkdocs.commands.build"]
    for _ in range(2):  # the second keeps what the first had no time to see at rest
        build()
    before = measure.fingerprint(site)
    again, start = [], []
    for _ in range(turns):
        again.append(build())
        start.append(measure.run(only, project, environment(project)))
    if measure.fingerprint(site) != before:
        raise SystemExit("a rebuild wrote files though nothing had changed")
    rebuilt, started = measure.middle(again), measure.middle(start)
    return {
        "again": rebuilt.wall,
        "again CPU": rebuilt.cpu,
        "start": started.wall,
        "start CPU": started.cpu,
        "beyond": rebuilt.wall - started.wall,
        "beyond CPU": rebuilt.cpu - started.cpu,
        "turns": turns,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--turns", type=int, default=7)
    given = parser.parse_args()
    print(json.dumps(watch(given.project.resolve(), given.site.resolve(), given.turns)))
