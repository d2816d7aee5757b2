"""What the records cost beside content/ alone: both built in turn, into new folders, best of all.

``python -m benchmarks.content`` prints the seconds and their ratio; `make cost` calls it. The goal
is a ratio of at most 2 for the pages of records, with everything installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("content", "records", "pages", "all")


def seconds(part: str, target: Path) -> float:
    """How long one build of a part takes, in a process of its own."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    environment = {**os.environ, "ATLAAS_ONLY": part, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print a line a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[float]] = {part: [] for part in PARTS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for part in PARTS:
                elapsed = seconds(part, Path(folder, f"{part}-{number}"))
                if number:  # the first round fills the caches
                    taken[part].append(elapsed)
    content = min(taken["content"])
    for part, times in taken.items():
        print(f"{part:8} {min(times):6.2f} s   {min(times) / content:5.2f} x content")


if __name__ == "__main__":
    main()
