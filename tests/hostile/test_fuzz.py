"""A short run of the fuzzer, and that it would find and keep something."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from hostile import fuzz


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    assert fuzz.run(seed=18, rounds=15, kept=tmp_path / "kept") == 0
    assert not (tmp_path / "kept").exists()


def test_what_is_found_is_kept_with_its_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fragile(raw: bytes) -> str:
        return raw.decode("utf-8")

    good = {"fragile": fuzz.Reader(["é".encode() * 50], fragile)}
    monkeypatch.setattr(fuzz, "readers", lambda root: good)
    found = fuzz.run(seed=1, rounds=50, kept=tmp_path)
    kept = [path.read_bytes() for path in tmp_path.iterdir()]
    assert 0 < len(kept) <= found
    for raw in kept:
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    assert "fragile, seed 1, round" in capsys.readouterr().out


def test_one_seed_gives_the_same_inputs() -> None:
    good = [b"abc" * 40, b"def"]
    one, same = (
        [fuzz.mutated(good, random) for _ in range(20)] for random in (Random(3), Random(3))
    )
    assert one == same
    assert one != [fuzz.mutated(good, Random(4)) for _ in range(20)]
