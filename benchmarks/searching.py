"""What the index of the search takes by itself: ``python -m benchmarks.searching PROJECT``.

Prints JSON: seconds (of the clock: the indexer is a program of its own), files and bytes. The
records are read before, and what an earlier run kept is not used.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path


def measure(project: Path) -> dict[str, float]:
    """Make the index once, from records that are read already."""
    sys.path.insert(0, str(project / "hooks"))
    from atlaas import build
    from atlaas.publish import search

    directory, _ = build.load(project)
    with tempfile.TemporaryDirectory() as cache:
        start = time.perf_counter()
        files = list(search.files(directory, Path(cache)))
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "files": len(files), "bytes": sum(len(c) for _, c in files)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve())))
