"""Where every CPU second of a build goes, of all its processes, by samples taken within them.

    python -m benchmarks.attribution PROJECT SITE

Builds PROJECT into SITE twice: as it is, and with a timer of CPU in each process that looks at the
stack. A sample counts for the CPU spent since the one before it, so that long calls into libraries
count whole. It belongs to what makes files for machines, where such a function is anywhere on the
stack, else to the innermost function that a group names. Collections of garbage are measured apart.
Pages of memory copied after a fork are an estimate: the faults counted in each process, times
what one costs here, taken out of the groups in which they happened. Prints JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import mmap
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

INTERVAL = 0.002  # seconds of CPU between two samples
START = "starting Python, imports"
REST = "the rest"
UNSEEN = "before the first and after the last sample"
GARBAGE = "collecting garbage"
COPIED = "pages of memory copied after a fork (estimate)"
FORKING = "forking"
_PROBED = 64 * 1024 * 1024  # bytes that are copied to see what a page costs

# What makes files for machines -> its group: it prevails wherever it stands on the stack.
MACHINES = {
    "atlaas/publish/search.py": "search, finder",
    "atlaas/publish/pagefind.py": "search, finder",
    "atlaas/publish/lexicon.py": "search, finder",
    "atlaas/publish/finder.py": "search, finder",
    "atlaas/publish/explorer.py": "search, finder",
    "atlaas/publish/feeds.py": "feeds",
    "atlaas/publish/calendar.py": "feeds",
    "atlaas/publish/page_heads.py": "",  # stands in every page
    "atlaas/publish/": "open data, API, other files for machines",
}
# Else the innermost of these; "" leaves it to what called it. The longest beginning counts.
GROUPS = {
    "atlaas/read/": "reading",
    "atlaas/history/": "reading",
    "atlaas/directory/loading.py": "reading",
    "atlaas/directory/companions.py": "reading",
    "atlaas/directory/outcomes.py": "keeping for the next build, and finding it again",
    "atlaas/render/last_build.py": "keeping for the next build, and finding it again",
    "atlaas/work/cache.py": "keeping for the next build, and finding it again",
    "atlaas/rules/": "checking",
    "atlaas/directory/bounds.py": "checking",
    "atlaas/directory/hand_written.py": "checking",
    "atlaas/directory/redirects.py": "checking",
    "atlaas/directory/linking.py": "linking",
    "atlaas/work/processes.py": FORKING,
    "atlaas/diagnosis/": "values of pages",
    "atlaas/pages/": "values of pages",
    "atlaas/render/map.py": "maps and drawings",
    "atlaas/render/outline.py": "maps and drawings",
    "atlaas/render/commune_map.py": "maps and drawings",
    "atlaas/render/drawing.py": "maps and drawings",
    "atlaas/render/image.py": "maps and drawings",
    "atlaas/render/matrix.py": "maps and drawings",
    "atlaas/render/card_painter.py": "maps and drawings",
    "atlaas/render/write.py": "making of files",
    "atlaas/render/markdown.py": "Markdown",
    "atlaas/text/commonmark.py": "Markdown",
    "atlaas/render/": "templates",
    "atlaas/publish/page_heads.py": "templates",
    "overrides/pages/": "templates",
    "overrides/macros/": "templates",
    "mkdocs_hooks.py": "MkDocs",
    "mkdocs/": "MkDocs",
    "material/": "MkDocs",
    "markdown/": "MkDocs",
    "importlib._bootstrap": START,
}
_ROOTS = ("hooks/", "site-packages/", "<frozen ")


def group_of(code: CodeType, table: dict[str, str]) -> str | None:
    """The group that a table gives a function; None where it names none."""
    name = code.co_filename.replace(os.sep, "/")
    for root in _ROOTS:
        name = name.rpartition(root)[2]
    place = name.find("overrides/")
    name = name[place:] if place >= 0 else name
    found = max((start for start in table if name.startswith(start)), key=len, default=None)
    if found is not None:
        return table[found]
    if table is GROUPS and code.co_name == "<module>":
        return START
    return None


class Sampler:
    """Adds up the CPU of one process by group; started anew in each that is forked."""

    def __init__(self, folder: Path, fault: float) -> None:
        self._folder, self._fault = folder, fault  # seconds that a page of memory costs
        self._known: dict[CodeType, tuple[str | None, str | None]] = {}
        self._forked = False
        self._reset(0.0)

    def _reset(self, since: float) -> None:
        self.spent: Counter[str] = Counter()
        self._last, self._faults = since, _faults()
        self._garbage = self._collected = 0.0

    def start(self) -> None:
        """Start, with what this process has spent so far as its start."""
        self.spent[START] += time.process_time()
        self._last = time.process_time()
        gc.callbacks.append(self._collecting)
        signal.signal(signal.SIGPROF, self._sample)
        os.register_at_fork(before=self._before, after_in_child=self._in_child)
        self._ended = os._exit
        setattr(os, "_exit", self._end)  # noqa: B010  # how a process that was forked ends
        self._tick()

    def _tick(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)

    def _before(self) -> None:
        self._sample(signal.SIGPROF, sys._getframe(1))
        self._forked = True

    def _in_child(self) -> None:
        self._reset(0.0)
        self._tick()

    def _end(self, status: int) -> None:
        self.save()
        self._ended(status)

    def _collecting(self, phase: str, _: Any) -> None:
        now = time.process_time()
        if phase == "start":
            self._garbage = now
        else:
            self._collected += now - self._garbage

    def _sample(self, _: int, frame: FrameType | None) -> None:
        now, faults = time.process_time(), _faults()
        spent = max(0.0, now - self._last - self._collected)
        self.spent[GARBAGE] += self._collected
        if self._forked:
            copied = min(spent, (faults - self._faults) * self._fault)
            self.spent[COPIED] += copied
            spent -= copied
        self.spent[self.named(frame)] += spent
        self._last, self._faults, self._collected = time.process_time(), faults, 0.0
        self.spent["sampling"] += self._last - now

    def named(self, frame: FrameType | None) -> str:
        """The group of a stack."""
        found = None
        while frame is not None:
            code = frame.f_code
            groups = self._known.get(code)
            if groups is None:
                groups = self._known[code] = group_of(code, MACHINES), group_of(code, GROUPS)
            if groups[0]:
                return groups[0]
            found = found or groups[1]
            if code is _within.__code__:
                break
            frame = frame.f_back
        return found or REST

    def save(self) -> None:
        """Stop, and keep what was found below the folder."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._sample(signal.SIGPROF, sys._getframe(1))
        path = self._folder / f"{os.getpid()}.json"
        path.write_text(json.dumps(self.spent), encoding="utf-8")


def _faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def fault_seconds() -> float:
    """What it costs to write to a page of memory that is shared with another process."""
    memory = mmap.mmap(-1, _PROBED, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    size = mmap.PAGESIZE
    for at in range(0, _PROBED, size):
        memory[at] = 1
    reader, sender = os.pipe()
    pid = os.fork()
    if pid == 0:
        plain = _touch(memory, 0)  # the loop and its faults
        again = _touch(memory, 0)  # the loop alone
        os.write(sender, repr(plain - again).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    seconds = float(os.read(reader, 100))
    os.close(reader)
    os.close(sender)
    memory.close()
    return max(0.0, seconds) / (_PROBED // size)


def _touch(memory: mmap.mmap, start: int) -> float:
    since = time.process_time()
    for at in range(start, _PROBED, mmap.PAGESIZE):
        memory[at] = 2
    return time.process_time() - since


def _within(run: Callable[[], object]) -> None:
    """Where the stack of a build begins."""
    with contextlib.suppress(SystemExit):
        run()


def _inside(folder: Path, fault: float, arguments: list[str]) -> None:
    """Build within this process, with samples."""
    sampler = Sampler(folder, fault)
    sampler.start()

    def build() -> None:
        from mkdocs.__main__ import cli

        cli(arguments, prog_name="mkdocs")

    _within(build)
    sampler.save()


def attribute(project: Path, site: Path) -> dict[str, Any]:
    """Group -> CPU seconds of a whole build; what it took outside, with samples and without."""
    from benchmarks import measure
    from benchmarks.tools import environment, forget, mkdocs

    told, fault = environment(project), fault_seconds()
    plain = measure.run(mkdocs(site.with_name(f"{site.name}-plain")), project, told)
    forget(project)  # nothing larger is removed: files are made several times slower after that
    with TemporaryDirectory() as folder:
        module = [sys.executable, "-m", "benchmarks.attribution"]
        command = [*module, str(project), str(site), "--inside", folder, "--fault", repr(fault)]
        sampled = measure.run(command, project, told)
        parts = [json.loads(path.read_text("utf-8")) for path in Path(folder).glob("*.json")]
    groups: Counter[str] = Counter()
    for part in parts:
        groups.update(part)
    sampling = groups.pop("sampling", 0.0)
    groups[UNSEEN] = sampled.cpu - sampling - sum(groups.values())
    return {
        "CPU": sampled.cpu - sampling,  # all groups together
        "plain CPU": plain.cpu,
        "sampling": sampling,
        "processes": len(parts),
        "fault": fault,
        "groups": dict(groups),
    }


def table(found: dict[str, Any]) -> list[str]:
    """The lines of a table: group, seconds, share."""
    total = found["CPU"]
    lines = ["| What | CPU s | Share |", "|---|---|---|"]
    for name, seconds in sorted(found["groups"].items(), key=lambda item: -item[1]):
        lines.append(f"| {name} | {seconds:.2f} | {100 * seconds / total:.1f} % |")
    return [*lines, f"| all | {total:.2f} | {100 * sum(found['groups'].values()) / total:.1f} % |"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--inside", type=Path)
    parser.add_argument("--fault", type=float, default=0.0)
    given = parser.parse_args()
    if given.inside:
        _inside(given.inside, given.fault, ["build", "-q", "-d", str(given.site)])
    else:
        print(json.dumps(attribute(given.project.resolve(), given.site.resolve())))
