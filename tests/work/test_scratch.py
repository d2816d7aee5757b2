"""Folders for the time of a command: alone, empty, in the cache, gone at the end."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from atlaas.work.scratch import scratch_folder
from support import PROJECT, write_tree


def test_it_is_empty_and_goes_also_after_an_error(tmp_path: Path) -> None:
    write_tree(tmp_path, {"scratch/look/left": "by a killed one"})
    with pytest.raises(KeyError), scratch_folder(tmp_path, "look") as folder:
        assert folder == tmp_path / "scratch" / "look" and list(folder.iterdir()) == []
        (folder / "x").write_text("")
        raise KeyError
    assert [path.name for path in (tmp_path / "scratch").iterdir()] == ["look.lock"]


def test_the_next_one_waits(tmp_path: Path) -> None:
    events: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with scratch_folder(tmp_path, "look"):
            events.append("second")

    thread = threading.Thread(target=second)
    with scratch_folder(tmp_path, "look") as folder:
        thread.start()
        started.wait()
        (folder / "x").write_text("")
        thread.join(0.05)
        assert (folder / "x").exists()
        events.append("first")
    thread.join()
    assert events == ["first", "second"]


def test_nothing_is_kept_in_the_folder_of_the_system() -> None:
    """Only files without a name, which go with the process, come from ``tempfile``."""
    users = {
        path.relative_to(PROJECT).as_posix(): text.count("tempfile.")
        - text.count("tempfile.TemporaryFile(")
        for path in (PROJECT / "hooks").rglob("*.py")
        if "tempfile" in (text := path.read_text("utf-8"))
    }
    assert users == {"hooks/atlaas/work/cache.py": 0}
