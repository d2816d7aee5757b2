"""Bytes -> disk: what changed and nothing else, all at once, whatever stops it."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlaas.render import exchange
from atlaas.render.write import NotOurs, Writer, Written
from support import read_tree, write_tree

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


def beside(site: Path) -> Path:
    """The folder in which builds work."""
    return site.with_name(f".{site.name}.atlaas")


def left_over(site: Path) -> list[str]:
    """What stands next to the site, and what a build may not leave in its own folder."""
    others = [path.name for path in site.parent.iterdir() if path not in (site, beside(site))]
    return others + sorted({*os.listdir(beside(site))} - {"lock", "next"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_the_first_build(site: Path) -> None:
    assert write(site, FIRST) == Written(4, 0, 0, 0, 8)  # 4 + 1 + 1 + 2 bytes
    assert read_tree(site) == FIRST
    assert left_over(site) == []


def test_a_first_build_is_not_visible_before_its_end(site: Path) -> None:
    writer = Writer(site)
    writer.put("index.html", b"home")
    assert not site.exists()
    writer.finish()
    assert site.exists()


def test_an_empty_build_is_an_empty_site(site: Path) -> None:
    assert write(site, {}) == Written(0, 0, 0, 0, 0)
    assert read_tree(site) == {}


def test_a_site_that_nobody_sees_yet_is_changed_where_it_is(site: Path) -> None:
    """The rest of it is not linked elsewhere; the next build finds a site that is seen."""
    write(site, FIRST)
    (site / "x").symlink_to(site)
    shutil.rmtree(beside(site))
    write_tree(beside(site), {"unseen": b""})
    before = stamps(site)
    assert write(site, SECOND) == Written(3, 1, 0, 2, 8)
    assert read_tree(site) == SECOND
    assert not (site / "a/b").exists() and not (site / "x").is_symlink()
    assert stamps(site)["a/index.html"] == before["a/index.html"]
    assert (site / "a/index.html").stat().st_nlink == 1
    assert left_over(site) == []
    write(site, FIRST)
    assert read_tree(site) == FIRST and (site / "a/index.html").stat().st_nlink == 2


def test_a_first_build_is_seen_from_then_on(site: Path) -> None:
    write_tree(beside(site), {"unseen": b"", "lock": b""})
    write(site, FIRST)
    assert left_over(site) == []


def test_a_rebuild_of_the_same_touches_nothing(site: Path) -> None:
    write(site, FIRST)
    before = stamps(site)
    assert write(site, FIRST) == Written(0, 4, 0, 0, 8)
    assert stamps(site) == before
    assert left_over(site) == []


def test_a_rebuild_writes_what_changed_and_removes_what_is_gone(site: Path) -> None:
    write(site, FIRST)
    before = stamps(site)
    # index.html changed, c.json changed with its length kept, d/e/ is new, a/b/ is gone
    assert write(site, SECOND) == Written(3, 1, 0, 1, 8)
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
    writer.close()
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


def stop_after(count: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """``call``, which is stopped for good when it is called once more than ``count``."""
    calls = 0

    def stopping(*arguments: object, **named: object) -> Any:
        nonlocal calls
        calls += 1
        if calls > count:
            raise KeyboardInterrupt
        return call(*arguments, **named)

    return stopping


@pytest.mark.parametrize("name", ["open", "link", "unlink", "rmdir"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_stop_at_any_step_shows_the_old_site_whole(
    site: Path, monkeypatch: pytest.MonkeyPatch, name: str, count: int
) -> None:
    """The third build has both folders: it removes from the one that waits what is gone."""
    write(site, {**FIRST, "f/g/index.html": b"g", "h/i/index.html": b"i"})
    write(site, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(os, name, stop_after(count, getattr(os, name)))
        try:
            write(site, SECOND)
        except KeyboardInterrupt:
            assert read_tree(site) == FIRST
    write(site, SECOND)
    assert read_tree(site) == SECOND
    write(site, FIRST)
    assert read_tree(site) == FIRST


def test_what_waits_is_brought_up_to_date_whatever_it_holds(site: Path) -> None:
    """An older site, half of a newer one, or what somebody else put there."""
    write(site, FIRST)
    write(site, SECOND)
    waiting = beside(site) / "next"
    assert read_tree(waiting) == FIRST
    (waiting / "index.html").write_text("autre chose")
    (waiting / "a/index.html").unlink()
    (waiting / "a/index.html").mkdir()
    (waiting / "stray").write_text("x")
    third = {**SECOND, "c.json": b"3"}
    assert write(site, third) == Written(1, 3, 0, 0, 7)
    assert read_tree(site) == third


def test_a_link_where_files_wait_leads_nowhere(site: Path, tmp_path: Path) -> None:
    """As somebody may commit one: nothing is written or removed where it leads."""
    others = tmp_path / "others"
    write_tree(others, {"index.html": b"mine", "gone.html": b"mine too"})
    write(site, FIRST)
    for name in ("next", "next/a"):
        (beside(site) / name).parent.mkdir(exist_ok=True)
        (beside(site) / name).symlink_to(others)
        write(site, SECOND)
        assert read_tree(site) == SECOND
        write(site, FIRST)
        shutil.rmtree(beside(site) / "next")
    assert read_tree(others) == {"index.html": b"mine", "gone.html": b"mine too"}


@pytest.mark.parametrize("what", ["others", "file", "beside", "link"])
def test_a_folder_that_holds_no_site_is_not_emptied(site: Path, what: str) -> None:
    if what == "others":
        write_tree(site, {"these.odt": b"trois ans de travail"})
    elif what == "file":
        site.write_text("x")
    elif what == "beside":
        write_tree(beside(site), {"these.odt": b"x"})
    else:
        beside(site).symlink_to(site.parent)
    with pytest.raises(NotOurs, match=r"supprimez-le|videz-le"):
        Writer(site)
    assert what != "others" or read_tree(site) == {"these.odt": b"trois ans de travail"}


def test_another_folder_of_nearly_the_same_name_is_not_touched(site: Path) -> None:
    mine = write_tree(site.parent / "site.next", {"journal.txt": b"x", ".journal": b"{}"})
    for files in (FIRST, SECOND, FIRST):
        write(site, files)
    assert read_tree(mine) == {"journal.txt": b"x", ".journal": b"{}"}


def test_a_site_that_is_a_link_stays_one(site: Path, tmp_path: Path) -> None:
    (tmp_path / "www" / "public").mkdir(parents=True)
    site.symlink_to(tmp_path / "www" / "public")
    for files in (FIRST, SECOND):
        write(site, files)
        assert site.is_symlink() and read_tree(tmp_path / "www" / "public") == files


def test_without_links_files_are_copied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*paths: str) -> None:
        raise OSError(errno.EPERM, "links are not supported here")

    monkeypatch.setattr(os, "link", refused)
    for files in (FIRST, SECOND, FIRST):
        write(site, files)
        assert read_tree(site) == files


def test_where_the_system_cannot_exchange_three_renames_do(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    for files in (FIRST, SECOND, FIRST):
        write(site, files)
        assert read_tree(site) == files
        assert "aside" not in os.listdir(beside(site))
    for count, shown in ((0, FIRST), (1, FIRST), (2, SECOND)):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(os, "rename", stop_after(count, os.rename))
            write(site, SECOND)
        Writer(site).close()  # puts back what was set aside
        assert read_tree(site) == shown
        write(site, FIRST)
        assert read_tree(site) == FIRST


def test_two_builds_of_one_site_wait_for_each_other(site: Path) -> None:
    write(site, FIRST)
    first = Writer(site)
    said: list[str] = []

    def second() -> None:
        writer = Writer(site, lambda: said.append("waiting"))
        writer.put("index.html", b"second")
        writer.finish()

    thread = threading.Thread(target=second)
    thread.start()
    while not said:
        thread.join(0.01)
    assert read_tree(site) == FIRST
    first.put("index.html", b"first")
    first.finish()
    thread.join()
    assert read_tree(site) == {"index.html": b"second"}
    assert said == ["waiting"]


def test_what_others_put_there_is_found_by_another_process_too(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing changed, another process looks while pages of content/ still join."""
    # Where another test has left a thread, none would be started.
    monkeypatch.setattr("atlaas.render.write.processes_for", lambda count: 2)
    write(site, FIRST)
    (site / "stray \udce9.txt").write_text("x")  # a name that is not UTF-8
    (site / "link").symlink_to(site / "index.html")
    writer = Writer(site)
    kept = dict(list(FIRST.items())[1:])
    writer.look(kept.keys())
    writer.keep({path: len(content) for path, content in kept.items()})
    for path, content in FIRST.items():
        if path not in kept:
            writer.put(path, content)
    assert writer.finish().removed == 2
    assert {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} == {*FIRST}
    for given_up in (Writer.close, Writer.look_away):  # neither leaves a process
        writer = Writer(site)
        writer.look(FIRST.keys())
        looking = writer._looking
        given_up(writer)
        writer.close()
        assert looking is not None
        with pytest.raises(ChildProcessError):
            os.waitpid(looking._pid, os.WNOHANG)


def test_what_is_to_change_is_not_told_by_what_was_there(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlaas.render.write.processes_for", lambda count: 2)
    write(site, FIRST)
    writer = Writer(site)
    writer.look(FIRST.keys())  # all are known, so that none of them is another file
    writer.look_away()
    left = dict(list(FIRST.items())[1:])
    for path, content in left.items():
        writer.put(path, content)
    assert writer.finish().removed == 1
    assert read_tree(site) == left
