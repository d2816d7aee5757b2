"""Bytes -> disk: what changed and nothing else, all at once, whatever stops it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from atlaas.render.write import Writer, Written
from support import read_tree

FIRST = {"index.html": b"home", "a/index.html": b"a", "a/b/index.html": b"b", "c.json": b"{}"}
SECOND = {"index.html": b"HOME", "a/index.html": b"a", "d/e/index.html": b"e", "c.json": b"[]"}


def write(site: Path, files: dict[str, bytes]) -> Written:
    writer = Writer(site)
    for path, content in files.items():
        writer.put(path, content)
    return writer.finish()


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file and folder."""
    return {
        path.relative_to(site).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in (site, *site.rglob("*"))
    }


def left_over(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path != site]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_the_first_build(site: Path) -> None:
    assert write(site, FIRST) == Written(4, 0, 0, 8)  # 4 + 1 + 1 + 2 bytes
    assert read_tree(site) == FIRST
    assert left_over(site) == []


def test_a_first_build_is_not_visible_before_its_end(site: Path) -> None:
    writer = Writer(site)
    writer.put("index.html", b"home")
    assert not site.exists()
    writer.finish()
    assert site.exists()


def test_an_empty_build_is_an_empty_site(site: Path) -> None:
    assert write(site, {}) == Written(0, 0, 0, 0)
    assert read_tree(site) == {}


def test_a_rebuild_of_the_same_touches_nothing(site: Path) -> None:
    write(site, FIRST)
    before = stamps(site)
    assert write(site, FIRST) == Written(0, 4, 0, 8)
    assert stamps(site) == before
    assert left_over(site) == []


def test_a_rebuild_writes_what_changed_and_removes_what_is_gone(site: Path) -> None:
    write(site, FIRST)
    before = stamps(site)
    # index.html changed, c.json changed with its length kept, d/e/ is new, a/b/ is gone
    assert write(site, SECOND) == Written(3, 1, 1, 8)
    assert read_tree(site) == SECOND
    assert not (site / "a/b").exists()
    assert stamps(site)["a/index.html"] == before["a/index.html"]
    assert left_over(site) == []


def test_a_folder_becomes_a_file_and_the_other_way(site: Path) -> None:
    folder = {"x/index.html": b"1", "x/y/index.html": b"2", "keep": b"3"}
    file = {"x": b"4", "keep": b"3"}
    for files in (folder, file, folder, {"x": b"5", "keep/index.html": b"6"}):
        write(site, files)
        assert read_tree(site) == files
        assert left_over(site) == []


def test_what_others_put_into_the_site_is_removed(site: Path) -> None:
    write(site, FIRST)
    (site / "stray").mkdir()
    (site / "stray/file.txt").write_text("x")
    (site / "link").symlink_to(site.parent)
    assert write(site, FIRST).removed == 2
    assert read_tree(site) == FIRST
    assert site.parent.exists()


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "//etc/passwd", "../evil", "a/../../evil", "a/..", "..", "a/b/../c"]
)
def test_a_path_that_leads_out_is_refused(site: Path, path: str) -> None:
    writer = Writer(site)
    with pytest.raises(ValueError, match="hors du site"):
        writer.put(path, b"x")
    assert left_over(site) == []


def test_two_files_at_one_address_are_refused(site: Path) -> None:
    writer = Writer(site)
    writer.put("a/index.html", b"1")
    with pytest.raises(ValueError, match=r"même adresse : a/index\.html"):
        writer.put("a/index.html", b"1")


def test_a_stop_before_the_end_leaves_the_old_site_whole(site: Path) -> None:
    write(site, FIRST)
    before = stamps(site)
    writer = Writer(site)
    for path, content in SECOND.items():
        writer.put(path, content)
    del writer  # the process ends here
    assert read_tree(site) == FIRST
    assert stamps(site) == before
    write(site, FIRST)
    assert stamps(site) == before
    assert left_over(site) == []


def test_what_a_stopped_build_left_does_not_reach_the_next_one(site: Path) -> None:
    write(site, FIRST)
    Writer(site).put("half/index.html", b"half")
    write(site, SECOND)
    assert read_tree(site) == SECOND
    assert left_over(site) == []


def test_a_stopped_first_build_is_begun_again(site: Path) -> None:
    Writer(site).put("half/index.html", b"half")
    write(site, FIRST)
    assert read_tree(site) == FIRST
    assert left_over(site) == []


def stop_after(count: int, call: Callable[..., None]) -> Callable[..., None]:
    """``call``, which is stopped for good when it is called once more than ``count``."""
    calls = 0

    def stopping(*arguments: object, **named: object) -> None:
        nonlocal calls
        calls += 1
        if calls > count:
            raise KeyboardInterrupt
        call(*arguments, **named)

    return stopping


@pytest.mark.parametrize("name", ["replace", "unlink", "rmdir"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_stop_while_moving_in_is_finished_by_the_next_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, name: str, count: int
) -> None:
    """Opening the site again is enough: no file is read from the build that was stopped."""
    write(site, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(os, name, stop_after(count, getattr(os, name)))
        try:
            write(site, SECOND)
        except KeyboardInterrupt:
            pass
        else:
            assert count, "it was meant to be stopped"
    Writer(site)
    assert read_tree(site) == SECOND
    assert left_over(site) == []
    write(site, FIRST)
    assert read_tree(site) == FIRST


def test_a_stop_while_the_journal_is_written_changes_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, FIRST)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "rename", stop_after(0, os.rename))
        write(site, SECOND)
    assert read_tree(site) == FIRST
    Writer(site)
    assert read_tree(site) == FIRST
    assert left_over(site) == []
