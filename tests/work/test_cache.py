from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

from atlaas.work import cache
from atlaas.work.cache import CacheFile, CacheLog, Spool, cached, key_of, known_by, stamp, stamps_of
from atlaas.work.processes import Fork

HARMS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda kept: b"",
    "cut": lambda kept: kept[: len(kept) // 2],
    "without its end": lambda kept: kept[:-1],
    "one bit": lambda kept: kept[:-4] + bytes([kept[-4] ^ 1]) + kept[-3:],
    "twice": lambda kept: kept * 2,
    "more": lambda kept: kept + b"x",
    "other bytes": lambda kept: b"\x00 damaged",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that says that version 1.0 of a library is installed."""
    record = tmp_path / "site-packages" / "jolie-1.0.dist-info"
    record.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(record.parent)])
    cache._program.cache_clear()
    yield record
    cache._program.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program of one module."""
    monkeypatch.setattr(cache, "PACKAGE", tmp_path / "package")
    module = tmp_path / "package" / "pages" / "map.py"
    module.parent.mkdir(parents=True)
    module.write_text("b = 1")
    cache._program.cache_clear()
    yield module
    cache._program.cache_clear()


def test_made_once_and_again_when_an_input_changes(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    source.write_text("a")
    calls = []

    def make() -> list[str]:
        calls.append(1)
        return [source.read_text()]

    assert cached(list[str], tmp_path, "letters", make, source) == ["a"]
    assert cached(list[str], tmp_path, "letters", make, source) == ["a"]
    assert len(calls) == 1
    source.write_text("b")
    assert cached(list[str], tmp_path, "letters", make, source) == ["b"]
    assert len(calls) == 2
    assert len([*(tmp_path / "letters").iterdir()]) == 1  # the older one is gone


def test_a_template_of_a_folder_is_an_input(tmp_path: Path) -> None:
    templates = tmp_path / "overrides"
    (templates / "pages").mkdir(parents=True)
    before = key_of(templates)
    (templates / "pages" / "action.html").write_text("<p>")
    one = key_of(templates)
    (templates / "pages" / "action.html").write_text("<b>")
    other = key_of(templates)
    (templates / "pages" / "action.html").rename(templates / "action.html")
    moved = key_of(templates)
    assert len({before, one, other, moved}) == 4
    assert key_of(templates) == moved


def test_inputs_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert len({key_of("ab"), key_of("a", "b"), key_of("b", "a"), key_of()}) == 4
    assert key_of(tmp_path / "none") != key_of(tmp_path / "a")


def test_another_version_of_a_library_makes_anew(tmp_path: Path, library: Path) -> None:
    assert cached(str, tmp_path, "n", lambda: "before") == "before"
    assert cached(str, tmp_path, "n", lambda: "after") == "before"
    library.rename(library.with_name("jolie-1.1.dist-info"))
    cache._program.cache_clear()  # as in another run
    assert cached(str, tmp_path, "n", lambda: "after") == "after"


def test_the_libraries_are_those_of_this_environment() -> None:
    assert f"pydantic-{version('pydantic')}.dist-info" in cache.libraries()


def test_another_module_makes_anew(tmp_path: Path, package: Path) -> None:
    assert cached(str, tmp_path, "n", lambda: "before") == "before"
    (package.parent / "__pycache__").mkdir()
    (package.parent / "__pycache__" / "map.cpython-311.pyc").write_bytes(b"compiled")
    cache._program.cache_clear()
    assert cached(str, tmp_path, "n", lambda: "after") == "before"
    package.write_text("b = 2")
    cache._program.cache_clear()
    assert cached(str, tmp_path, "n", lambda: "after") == "after"


def test_another_python_makes_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of()
    monkeypatch.setattr(sys, "version", "3.99")
    assert cache._program.__wrapped__() != cache._program()
    assert key_of() == before  # while the program runs, it stays the same


@pytest.mark.parametrize("harm", sorted(HARMS))
def test_a_damaged_file_is_made_anew(tmp_path: Path, harm: str) -> None:
    kind = dict[str, list[str]]
    assert cached(kind, tmp_path, "n", lambda: {"x": ["y" * 40]}) == {"x": ["y" * 40]}
    [file] = (tmp_path / "n").iterdir()
    file.write_bytes(HARMS[harm](file.read_bytes()))
    assert CacheFile(kind, tmp_path, "n").load() is None
    file.unlink()
    assert cached(str, tmp_path, "n", lambda: "anew") == "anew"
    assert cached(str, tmp_path, "n", lambda: "never") == "anew"


def test_nothing_kept_can_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python's own format would run when it is read is not even looked at."""

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str, int]]:
            return os.mkdir, (str(tmp_path / "ran"), 0o755)

    file = CacheFile(str, tmp_path, "n")
    file.path.parent.mkdir()
    file.path.write_bytes(pickle.dumps(Trap()))
    assert file.load() is None
    assert not (tmp_path / "ran").exists()
    pickle.loads(file.path.read_bytes())
    assert (tmp_path / "ran").exists()  # the trap does work


def test_a_value_of_another_type_is_not_taken(tmp_path: Path) -> None:
    """Nor is what was kept under another name, or for other inputs, and moved here."""
    CacheFile(dict[str, int], tmp_path, "n").save({"a": 1})
    assert CacheFile(list[str], tmp_path, "n").load() is None
    here, there = (CacheFile(str, tmp_path, "n", text, keep=2) for text in "ab")
    other = CacheFile(str, tmp_path, "m", "a")
    for file in (here, other):
        file.save("x")
        shutil.copy(file.path, there.path)
        assert file.load() == "x"
        assert there.load() is None


def test_bytes_numbers_and_tuples_come_back_as_they_were(tmp_path: Path) -> None:
    class Point(NamedTuple):
        name: str
        at: tuple[float, float | None]
        data: bytes

    points = [Point("é\u2028\n", (0.1, None), bytes(range(256)))]
    CacheFile(list[Point], tmp_path, "n").save(points)
    assert CacheFile(list[Point], tmp_path, "n").load() == points


def test_where_nothing_can_be_written_the_result_is_made(tmp_path: Path) -> None:
    """The folder of the cache is a file, as good as a disk that is full or read-only."""
    (tmp_path / "cache").write_text("")
    assert cached(str, tmp_path / "cache", "n", lambda: "made") == "made"
    log = CacheLog(str, tmp_path / "cache", "log")
    with closing(log.part()) as part:
        part.add("a")
        log.write([], [part])
        assert [*part.batches()] == ["a"]
    assert [*log.batches()] == []


def test_a_stamp_sees_a_time_that_was_set_back(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("un")
    before = file.stat()
    file.write_text("et")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert stamp(file.stat()) != stamp(before)


def test_the_newest_of_several_stay(tmp_path: Path) -> None:
    for place, name in enumerate("abcd"):
        file = CacheFile(str, tmp_path, "site", name, keep=3)
        file.save(name)
        os.utime(file.path, (place, place))
    found = [CacheFile(str, tmp_path, "site", name, keep=3).load() for name in "abcd"]
    assert found == [None, "b", "c", "d"]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    (tmp_path / "n").mkdir()
    unfinished = tmp_path / "n" / "0123456789.4711"
    unfinished.write_bytes(b"")
    cached(int, tmp_path, "n", lambda: 1)
    assert unfinished.exists()


def test_a_log_is_added_to_and_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    log = CacheLog(dict[str, int], tmp_path, "log", "key")
    assert [*log.batches()] == [] and not log.complete
    part = log.part()
    part.add({"c": 3})
    log.write([{"a": 1}, {"b": 2}])
    log.add([part])
    part.close()
    log = CacheLog(dict[str, int], tmp_path, "log", "key")
    assert [*log.batches()] == [{"a": 1}, {"b": 2}, {"c": 3}] and log.complete
    log.path.write_bytes(log.path.read_bytes()[:-1])
    log = CacheLog(dict[str, int], tmp_path, "log", "key")
    assert [*log.batches()] == [{"a": 1}, {"b": 2}] and not log.complete


def test_what_one_process_writes_another_one_reads_meanwhile(tmp_path: Path) -> None:
    """Each batch once, as soon as it is whole; all of them are then copied to the log."""
    log = CacheLog(str, tmp_path, "log")
    with closing(log.part()) as part:
        done, go = os.pipe(), os.pipe()

        def write() -> bytes:
            for name in "abc":
                part.add(name)
                os.write(done[1], b".")
                os.read(go[0], 1)
            return b""

        writer = Fork(write)
        for name in "abc":
            os.read(done[0], 1)
            assert [*part.batches()] == [name]
            assert [*part.batches()] == []
            os.write(go[1], b".")
        writer.answer()
        log.write([], [part])
    for end in (*done, *go):
        os.close(end)
    assert [*log.batches()] == ["a", "b", "c"]


def test_a_batch_that_is_half_written_waits(tmp_path: Path) -> None:
    with closing(Spool.of(str)) as part:
        part.add("a")
        file = part._file
        whole = os.pread(file.fileno(), 1000, 0)
        file.write(whole[:-1])
        file.flush()
        assert [*part.batches()] == ["a"] and [*part.batches()] == []
        file.write(whole[-1:])
        file.flush()
        assert [*part.batches()] == ["a"]


def test_a_file_is_known_by_its_times_and_where_a_forge_builds_by_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a checkout makes anew has other times, and the same bytes; a link is never followed."""
    file, link = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"un")
    link.symlink_to(file)

    def known(path: Path = file) -> tuple[int, int]:
        return known_by(str(path), path.lstat())

    for given in ("", "1"):
        monkeypatch.setenv("CI", given)
        assert known() == stamp(file.stat())
    monkeypatch.setenv("CI", "true")
    before = known()
    os.utime(file, (1, 1))
    assert known() == before == (int(blake2b(b"un", digest_size=16).hexdigest(), 16), 2)
    file.write_bytes(b"et")
    assert known() != before
    assert known(link) == stamp(link.lstat())


def test_files_are_known_by_their_bytes_however_many_processes_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    for number in range(5):
        (tmp_path / f"{number}").write_text("x" * number)
    paths = [f"{tmp_path}/{name}" for name in ("4", "0", "none", "3", "2", "1")]
    asked: list[int] = []
    for processes in (1, 2, 4):
        monkeypatch.setattr(
            "atlaas.work.cache.processes_for", lambda count, n=processes: asked.append(count) or n
        )
        found = stamps_of(paths)
        assert [known and known[1] for known in found] == [4, 0, None, 3, 2, 1]
        assert len({known and known[0] for known in found}) == 6
        (tmp_path / "3").write_text("yyy")
        again = stamps_of(paths)
        assert [n for n in range(6) if again[n] != found[n]] == [3]
        (tmp_path / "3").write_text("xxx")
    assert asked == [6] * 6
