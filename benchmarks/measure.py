"""Running one thing and measuring it: wall, CPU, memory of all its processes, what it wrote."""

from __future__ import annotations

import os
import platform
import subprocess
import sysconfig
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

INTERVAL = 0.25  # seconds between two looks at the memory of a tree of processes
LINES = 4000  # characters of a failed command's output that are shown


class Run(NamedTuple):
    """One measured run."""

    wall: float
    cpu: float
    memory: float  # MB, the highest of all processes together (shared pages once)
    output: str = ""


class Tree(NamedTuple):
    """What a run left on disk."""

    files: int
    pages: int
    bytes: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end; raises RuntimeError with its output where it fails."""
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = _Peak(process.pid)
    assert process.stdout is not None
    with process.stdout as pipe:
        output = pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output[-LINES:]}")
    memory = max(peak.stop(), usage.ru_maxrss / 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, memory, output)


class _Peak:
    """Watches the memory of a process and its children from a thread."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            tree = processes(self._pid)
            if len(tree) > 1:  # of one process alone, the kernel knows the peak exactly
                self._peak = max(self._peak, sum(map(shared_once, tree)))

    def stop(self) -> float:
        """The highest sum seen, in MB."""
        self._over.set()
        self._thread.join()
        return self._peak


def processes(pid: int) -> list[int]:
    """A process and all its descendants."""
    found, pending = [], [pid]
    while pending:
        one = pending.pop()
        found.append(one)
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        pending.extend(map(int, children.split()))
    return found


def shared_once(pid: int) -> float:
    """Its memory in MB, shared pages counted once among those who share them (Linux)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def cpu_seconds(pid: int) -> float:
    """CPU that a running process and its children have used so far."""
    total = 0
    for one in processes(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def tree(folder: Path) -> Tree:
    """Count the files, pages and bytes below a folder."""
    files = pages = size = 0
    for where, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.path.getsize(f"{where}/{name}")
    return Tree(files, pages, size)


def fingerprint(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Path -> what changes when a file is written anew: inode, time and size."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            info = os.stat(f"{where}/{name}")
            found[f"{where}/{name}"] = (info.st_ino, info.st_mtime_ns, info.st_size)
    return found


def middle(runs: Sequence[Run]) -> Run:
    """The median of each measure."""
    return Run(*(median(values) for values in zip(*(r[:3] for r in runs), strict=True)))


def machine() -> str:
    """What the runs ran on, without its name."""
    model = memory = ""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
        memory = f", {kilobytes / 1024 / 1024:.0f} GB"
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{cores} cores ({model or platform.machine()}){memory}, {platform.system()}"
    return f"{system}, {interpreter()}"


def interpreter() -> str:
    """The Python that runs the Atlaas, MkDocs and the floor, and how it was told to be compiled."""
    given = sysconfig.get_config_var("CONFIG_ARGS") or ""
    wanted = [option for option in ("--enable-optimizations", "--with-lto") if option in given]
    said = f" ({' '.join(wanted)})" if wanted else ""
    return f"{platform.python_implementation()} {platform.python_version()}{said}"
