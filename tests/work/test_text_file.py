"""Texts that wait on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlaas.work import text_file
from atlaas.work.processes import Fork
from atlaas.work.text_file import TextFile


@pytest.mark.parametrize("pread", [True, False])
def test_texts_come_back_in_any_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pread: bool
) -> None:
    if not pread:  # Windows
        monkeypatch.delattr(text_file.os, "pread", raising=False)
    file = TextFile(tmp_path)
    first, empty = file.put(["Récit à l’œuvre".encode(), b""])
    [second] = file.put([b"Autre"])
    assert [text.decode() for text in (second, empty, first)] == ["Autre", "", "Récit à l’œuvre"]
    [third] = file.put([b"Dernier"])  # after a text was read, which moves the place in the file
    assert (third.decode(), second.decode()) == ("Dernier", "Autre")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_that_was_started_reads_them_while_others_are_written(tmp_path: Path) -> None:
    file = TextFile(tmp_path)
    [text] = file.put([b"avant"])
    fork = Fork(lambda: text.decode().encode())
    file.put([b"ensuite"])
    assert fork.answer() == b"avant"


@pytest.mark.skipif(os.name == "nt", reason="a file that is open has a name there")
def test_nothing_stands_in_the_folder(tmp_path: Path) -> None:
    file = TextFile(tmp_path)
    file.put([b"un texte"])
    assert list(tmp_path.iterdir()) == []
