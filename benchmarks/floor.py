"""The floor: the same bytes to the same paths, by a trivial loop. Nothing can be quicker.

    python -m benchmarks.floor SITE TARGET

The files of SITE are read in parts beforehand; only the making of folders and the writing of
files count. Prints the seconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from itertools import islice

PART = 20_000  # files held in memory at once


def _files(site: str) -> Iterator[tuple[str, bytes]]:
    for where, folders, names in os.walk(site):
        folders.sort()
        for name in names:
            path = f"{where}/{name}"
            with open(path, "rb") as file:
                yield os.path.relpath(path, site), file.read()


def write(site: str, target: str) -> float:
    """Write everything; the seconds that the writing took."""
    spent = 0.0
    made: set[str] = set()
    files = _files(site)
    while part := list(islice(files, PART)):
        start = time.perf_counter()
        for path, content in part:
            full = f"{target}/{path}"
            folder = full.rpartition("/")[0]
            if folder not in made:
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            with open(full, "wb", buffering=0) as file:
                file.write(content)
        spent += time.perf_counter() - start
    return spent


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2]))
