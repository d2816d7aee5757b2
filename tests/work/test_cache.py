from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.work import cache
from atlaas.work.cache import cached


def test_made_once_and_again_when_an_input_changes(tmp_path: Path) -> None:
    source, folder = tmp_path / "source.csv", tmp_path / "cache"
    source.write_text("a")
    calls = []

    def make() -> list[str]:
        calls.append(1)
        return [source.read_text()]

    assert cached(folder, "letters", [source], make) == ["a"]
    assert cached(folder, "letters", [source], make) == ["a"]
    assert len(calls) == 1
    source.write_text("b")
    assert cached(folder, "letters", [source], make) == ["b"]
    assert len(calls) == 2
    assert len(list(folder.iterdir())) == 1  # the older one is gone


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    source.write_text("a")
    assert cached(tmp_path / "cache", "n", [source], lambda: {"x": 1}) == {"x": 1}
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b"\x00 damaged")
    assert cached(tmp_path / "cache", "n", [source], lambda: {"x": 1}) == {"x": 1}


def test_another_program_makes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever module a result comes from: one that changed must not find what it made before."""
    assert cached(tmp_path, "n", (), lambda: "before") == "before"
    assert cached(tmp_path, "n", (), lambda: "after") == "before"
    monkeypatch.setattr(cache, "program", lambda: b"another one")
    assert cached(tmp_path, "n", (), lambda: "after") == "after"


def test_the_program_is_all_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = cache.program.__wrapped__
    (tmp_path / "pages").mkdir()
    (tmp_path / "cache.py").write_text("a = 1")
    (tmp_path / "pages" / "map.py").write_text("b = 1")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    before = digest()
    assert digest() == before
    (tmp_path / "pages" / "map.py").write_text("b = 2")
    assert digest() != before
