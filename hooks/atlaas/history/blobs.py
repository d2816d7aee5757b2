"""The contents of files as Git keeps them, by one call for all."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

NOTHING = "0" * 40  # the name of a file's content where there is no file


def blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Name of a blob -> its bytes, for those that Git holds."""
    wanted = sorted({*names} - {NOTHING})
    if not wanted:
        return {}
    done = subprocess.run(
        ["git", "cat-file", "--batch"],
        cwd=root,
        input="\n".join(wanted).encode() + b"\n",
        capture_output=True,
        check=False,
    )
    found, output, start = {}, done.stdout, 0
    while start < len(output):
        end = output.index(b"\n", start)
        header = output[start:end].split()
        start = end + 1
        if len(header) == 3:  # name, kind, size; the name alone where Git has no such object
            size = int(header[2])
            found[header[0].decode()] = output[start : start + size]
            start += size + 1
    return found
