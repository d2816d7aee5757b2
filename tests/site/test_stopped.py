"""A build that is stopped, or that the system refuses something, leaves the old site whole.

The tiny project is built, changed and built again, each time in processes of its own.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import (
    build_command,
    build_environment,
    build_site,
    copy_project,
    read_tree,
    two_departements,
)
from tiny import TINY

THEMES = "data/vocabulary/themes.yml"  # a label stands on many pages
KILLS = 20


class Versions:
    """The tiny project with one of two lists of themes, and the site of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = copy_project(folder / "project", TINY)
        two_departements(self.project / "data" / "reference")
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        text = (self.project / THEMES).read_text("utf-8")
        self._texts = [text.replace("label: ", f"label: {letter} ") for letter in "AB"]
        self.sites = []
        for number in (0, 1):
            target, started = folder / f"site-{number}", time.monotonic()
            assert self.build(number, target).returncode == 0
            self.takes = time.monotonic() - started
            self.sites.append(read_tree(target))

    def take(self, number: int) -> None:
        """Have the project hold one of the two versions."""
        (self.project / THEMES).write_text(self._texts[number], "utf-8")

    def build(self, number: int, site: Path) -> subprocess.CompletedProcess[str]:
        """Build one of the two."""
        self.take(number)
        return build_site(self.project, site, TMPDIR=str(self.temporary))

    def start(self, number: int, site: Path) -> subprocess.Popen[bytes]:
        """Begin to build one of the two, in a group of processes of its own."""
        self.take(number)
        return subprocess.Popen(
            build_command(self.project, site),
            cwd=self.project,
            env=build_environment(TMPDIR=str(self.temporary)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files by which two sites differ."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    return Versions(tmp_path_factory.mktemp("stopped"))


def test_a_killed_build_never_shows_a_mixed_site(versions: Versions) -> None:
    """Twenty kills at moments over the whole of a build, of every process of it at once."""
    site = versions.folder / "site"
    assert versions.build(1, site).returncode == 0
    moments = random.Random(18)
    shown, seen = versions.sites[1], [0, 0]
    for turn in range(KILLS):
        process = versions.start(turn % 2, site)
        time.sleep(versions.takes * moments.uniform(0.4, 1.1))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = read_tree(site)
        wrong = [differing(found, whole) for whole in (shown, versions.sites[turn % 2])]
        assert [] in wrong, (turn, min(wrong, key=len)[:20])
        seen[found == versions.sites[turn % 2]] += 1
        shown = found
    assert sum(seen) == KILLS
    assert os.listdir(versions.temporary) == []
    assert versions.build(0, site).returncode == 0
    assert read_tree(site) == versions.sites[0]
    assert sorted(os.listdir(versions.folder / ".site.atlaas")) == ["lock", "next"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 64 MB; only who may mount one has it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("ne peut pas monter de disque")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("harm", ["full", "read-only"])
def test_a_disk_that_takes_nothing_is_one_clear_line(
    versions: Versions, disk: Path, harm: str, processes: str
) -> None:
    site = disk / "site"
    assert versions.build(0, site).returncode == 0
    if harm == "full":
        with contextlib.suppress(OSError), (disk / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(4096))
                filler.flush()
        os.truncate(disk / "filler", (disk / "filler").stat().st_size - 100 * 1024)
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    versions.take(1)
    done = build_site(versions.project, site, ATLAAS_PROCESSES=processes)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    said = [line for line in done.stdout.splitlines() if "Le site n'a pas été changé" in line]
    assert len(said) == 1, done.stdout
    reason = "il n'y a plus de place" if harm == "full" else "écriture refusée"
    assert reason in said[0]
    assert read_tree(site) == versions.sites[0]


def test_a_checkout_that_takes_nothing_is_built_elsewhere(versions: Versions, disk: Path) -> None:
    project = copy_project(disk / "project", TINY)
    two_departements(project / "data" / "reference")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    target = versions.folder / "elsewhere"
    done = build_site(project, target, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0, done.stdout
    assert (target / "themes" / "index.html").is_file()
    done = build_site(project, project / "site", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert "écriture refusée" in done.stdout
