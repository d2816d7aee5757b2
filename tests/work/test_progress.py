"""What a long build says of itself, and that a short one says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.directory.loading import Reading
from atlaas.geography.reference import Reference
from atlaas.project import Project
from atlaas.render.parallel import Work
from atlaas.render.write import Writer
from atlaas.work.progress import Progress
from support import tiny_tree

THIN = "\u202f"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def said() -> list[str]:
    return []


def test_it_reports_every_five_seconds(said: list[str]) -> None:
    """A quarter done after ten seconds leaves thirty; half after forty, forty."""
    clock = Clock()
    progress = Progress(said.append, clock=clock)
    progress.step("Pages", 2000)
    for second, done in ((4.9, 100), (10.0, 500), (14.9, 600), (40.0, 1000)):
        clock.now = 100 + second
        progress.at(done)
    assert said == [
        f"Pages : 500 sur 2{THIN}000 (25 %), encore 30 s",
        f"Pages : 1{THIN}000 sur 2{THIN}000 (50 %), encore 40 s",
    ]


def test_a_step_is_named_where_the_build_is_long(said: list[str]) -> None:
    clock = Clock()
    progress = Progress(said.append, clock=clock)
    progress.step("Liens")
    clock.now += 200
    progress.step("Pages", 100)
    clock.now += 300  # ten done in 300 s: 2 700 s are left
    progress.at(10)
    assert said == ["Pages…", "Pages : 10 sur 100 (10 %), encore 45 min"]


def test_reading_says_how_far_it_is(tmp_path: Path, reference: Reference, said: list[str]) -> None:
    """The tiny project has few files: one look, when all of them are read."""
    progress = Progress(said.append, every=0)
    reading = Reading(
        Project(tiny_tree(tmp_path)), processes=1, reference=reference, progress=progress
    )
    checked = reading.result()
    count = len(checked.records.actions) + len(checked.records.territories)
    assert said[0] == "Lecture et contrôle des fiches…"
    assert said[1].startswith(f"Lecture et contrôle des fiches : {count} sur {count} (100 %)")


@pytest.mark.parametrize("processes", [1, 2])
def test_rendering_says_how_far_it_is(tmp_path: Path, said: list[str], processes: int) -> None:
    progress, names = Progress(said.append, every=0), [f"{n}.txt" for n in range(60)]
    writer = Writer(tmp_path / "site")
    Work(names, str, str.encode, writer, processes, progress).finish()
    writer.finish()
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == sorted(names)
    places = [int(line.split()[4]) for line in said[1:]]
    assert places == sorted(set(places))
    if processes == 1:
        assert places == list(range(1, 61))
