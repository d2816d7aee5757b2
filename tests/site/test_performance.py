"""What building everything takes of memory. Ratios of time are for `make cost` and `make bench`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen

from benchmarks.measure import processes, shared_once

from support import FORGE_URL, SITE_URL, build_command, clean_environment

MOST_MEMORY = 300  # MB

# Runs a command, then prints the most memory that one of its processes ever held.
MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def test_memory_stays_bounded(sample_root: Path, tmp_path: Path) -> None:
    """The largest process, and on Linux all of them together."""
    environment = clean_environment(ATLAAS_SITE_URL=SITE_URL, ATLAAS_FORGE_URL=FORGE_URL)
    command = [sys.executable, "-c", MEASURE, *build_command(sample_root, tmp_path / "site")]
    together = 0.0
    with Popen(
        command, cwd=sample_root, env=environment, stdout=PIPE, stderr=PIPE, text=True
    ) as run:
        while run.poll() is None:
            together = max(together, sum(map(shared_once, processes(run.pid)[1:])))
            time.sleep(0.05)
        out, err = run.communicate()
    assert run.returncode == 0, err
    largest = int(out) / 1024
    if sys.platform == "darwin":  # in bytes there
        largest /= 1024
    assert 20 < largest < MOST_MEMORY
    assert together < MOST_MEMORY, f"{together:.0f} MB together"
