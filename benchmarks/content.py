"""What the records cost beside content/ alone: both built in turn, into new folders, best of all.

``python -m benchmarks.content`` prints the seconds and their ratio; `make cost` calls it. The goal
is a ratio of at most 2 for the pages of records, with everything installed: the line « records »,
for which every record is read and checked. « records, known » is a rebuild that takes unchanged
records, already checked, from .cache/, and so are the lines after it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINES = {  # line -> (part, whether records are forgotten first)
    "content": ("content", False),
    "records": ("records", True),
    "records, known": ("records", False),
    "pages, known": ("pages", False),
    "all, known": ("all", False),
}


def seconds(part: str, forget: bool, target: Path) -> float:
    """How long one build of a part takes, in a process of its own."""
    if forget:
        shutil.rmtree(ROOT / ".cache" / "records", ignore_errors=True)
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
    taken: dict[str, list[float]] = {line: [] for line in LINES}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for line, (part, forget) in LINES.items():
                elapsed = seconds(part, forget, Path(folder, f"{line}-{number}"))
                if number:  # the first round fills the caches of what the reference decides
                    taken[line].append(elapsed)
    content = min(taken["content"])
    for line, times in taken.items():
        print(f"{line:14} {min(times):6.2f} s   {min(times) / content:5.2f} x content")


if __name__ == "__main__":
    main()
