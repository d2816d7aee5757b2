from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from atlaas.work import cache
from atlaas.work.cache import CacheFile, CacheLog, Spool, cached, key_of


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

    assert cached(tmp_path, "letters", make, source) == ["a"]
    assert cached(tmp_path, "letters", make, source) == ["a"]
    assert len(calls) == 1
    source.write_text("b")
    assert cached(tmp_path, "letters", make, source) == ["b"]
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
    assert cached(tmp_path, "n", lambda: "before") == "before"
    assert cached(tmp_path, "n", lambda: "after") == "before"
    library.rename(library.with_name("jolie-1.1.dist-info"))
    cache._program.cache_clear()  # as in another run
    assert cached(tmp_path, "n", lambda: "after") == "after"


def test_the_libraries_are_those_of_this_environment() -> None:
    assert f"pydantic-{version('pydantic')}.dist-info" in cache.libraries()


def test_another_module_makes_anew(tmp_path: Path, package: Path) -> None:
    assert cached(tmp_path, "n", lambda: "before") == "before"
    (package.parent / "__pycache__").mkdir()
    (package.parent / "__pycache__" / "map.cpython-311.pyc").write_bytes(b"compiled")
    cache._program.cache_clear()
    assert cached(tmp_path, "n", lambda: "after") == "before"
    package.write_text("b = 2")
    cache._program.cache_clear()
    assert cached(tmp_path, "n", lambda: "after") == "after"


def test_another_python_makes_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of()
    monkeypatch.setattr(sys, "version", "3.99")
    assert cache._program.__wrapped__() != cache._program()
    assert key_of() == before  # while the program runs, it stays the same


@pytest.mark.parametrize("cut", [0, 1, 20])
def test_a_damaged_file_is_made_anew(tmp_path: Path, cut: int) -> None:
    assert cached(tmp_path, "n", lambda: {"x": ["y" * 40]}) == {"x": ["y" * 40]}
    [file] = (tmp_path / "n").iterdir()
    file.write_bytes(file.read_bytes()[:cut])
    assert cached(tmp_path, "n", lambda: "anew") == "anew"
    file.write_bytes(b"\x00 damaged")
    assert cached(tmp_path, "n", lambda: "again") == "again"
    assert cached(tmp_path, "n", lambda: "never") == "again"


def test_the_newest_of_several_stay(tmp_path: Path) -> None:
    for place, name in enumerate("abcd"):
        file = CacheFile(tmp_path, "site", name, keep=3)
        file.save(name)
        os.utime(file.path, (place, place))
    found = [CacheFile(tmp_path, "site", name, keep=3).load() for name in "abcd"]
    assert found == [None, "b", "c", "d"]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    (tmp_path / "n").mkdir()
    unfinished = tmp_path / "n" / "0123456789.4711"
    unfinished.write_bytes(b"")
    cached(tmp_path, "n", lambda: 1)
    assert unfinished.exists()


def test_a_log_is_added_to_and_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    log = CacheLog(tmp_path, "log", "key")
    assert [*log.batches()] == [] and not log.complete
    part = Spool(tmp_path)
    part.add({"c": 3})
    log.write([{"a": 1}, {"b": 2}])
    log.add([part])
    part.close()
    log = CacheLog(tmp_path, "log", "key")
    assert [*log.batches()] == [{"a": 1}, {"b": 2}, {"c": 3}] and log.complete
    log.path.write_bytes(log.path.read_bytes()[:-1])
    log = CacheLog(tmp_path, "log", "key")
    assert [*log.batches()] == [{"a": 1}, {"b": 2}] and not log.complete
