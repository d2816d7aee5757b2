"""What the index of the search takes by itself.

    python -m benchmarks.searching PROJECT [--whole] [--into SITE]

Prints JSON: seconds (of the clock: the indexer is a program of its own), files and bytes. The
records are read before, and what an earlier run kept is not used. ``--whole`` indexes whole texts
instead of their beginnings; ``--into`` puts the files into a site, to search it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path

WHOLE = 1_000_000  # letters, more than any text has


def measure(project: Path, whole: bool = False, into: Path | None = None) -> dict[str, float]:
    """Make the index once, from records that are read already."""
    from atlaas import build
    from atlaas.pages.page import Site
    from atlaas.project import Project
    from atlaas.publish import search

    if whole:
        search.INDEXED = WHOLE
    directory, _ = build.load(Project(project))
    shutil.rmtree(directory.project.cache / "search", ignore_errors=True)
    start = time.perf_counter()
    files = [(asset.url, asset.content()) for asset in search.assets(directory, Site())]
    seconds = time.perf_counter() - start
    if into:
        for path, content in files:
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return {"seconds": seconds, "files": len(files), "bytes": sum(len(c) for _, c in files)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    print(json.dumps(measure(given.project.resolve(), given.whole, given.into)))
