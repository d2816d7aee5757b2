"""What is asked of pagefind's binary, and what becomes of its files."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import cbor2
import pytest

from atlaas.publish import pagefind
from atlaas.publish.pagefind import Words, make_files

MAGIC = b"pagefind_dcd"
SOME = [Words(f"mot{number}", "commun") for number in range(7)]


def names(files: dict[str, bytes]) -> list[str]:
    """What an index calls its records, in order."""
    [meta] = [path for path in files if path.endswith(".pf_meta")]
    unpacked = gzip.decompress(files[meta])
    assert unpacked.startswith(MAGIC)
    return [name for name, _ in cbor2.loads(unpacked[len(MAGIC) :])[1]]


def test_an_index_holds_what_a_search_fetches_beside_the_program_that_all_share() -> None:
    files = make_files(SOME, "3")
    program = {path for path in files if "/" not in path}
    assert program == {"pagefind.js", "wasm.unknown.pagefind"}
    kinds = {path.split("/")[1] for path in files.keys() - program if path.startswith("3/")}
    [meta] = [path for path in kinds if path.endswith(".pf_meta")]
    assert kinds == {"index", "pagefind-entry.json", meta}
    [language] = json.loads(files["3/pagefind-entry.json"])["languages"].values()
    assert language["page_count"] == 7
    assert meta == f"pagefind.{language['hash']}.pf_meta"
    asked = f"https://site.example/index/3/wasm.{language['wasm']}.pagefind"  # as pagefind.js does
    assert (
        urljoin(asked, urlsplit(asked).path) == "https://site.example/index/wasm.unknown.pagefind"
    )


def test_records_are_called_by_their_place_with_the_digit_that_changes_first() -> None:
    many = [Words(f"mot{number}", "commun") for number in range(13)]
    assert names(make_files(many, "0")) == [*"0123456789", "01", "11", "21"]


def test_messages_are_sent_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_files(SOME, "0")
    for size in (1, 2, 8):
        monkeypatch.setattr(pagefind, "_BATCH", size)
        assert make_files(SOME, "0") == whole, size


def test_a_batch_is_one_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order for an index and seven records, three at a time; the last with what asks for it."""
    written: list[bytes] = []
    stdin = SimpleNamespace(write=written.append, flush=lambda: None)
    monkeypatch.setattr(pagefind, "_BATCH", 3)
    pagefind._feed(stdin, SOME)
    assert [batch.count(b",") for batch in written] == [3, 3, 3]


def test_a_record_without_other_words_is_found_by_its_title() -> None:
    alone = make_files([Words("seul", "")], "0")
    assert names(alone) == ["0"]
    assert alone == make_files([Words("seul", "seul")], "0")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"type": "Error", "message": "trop long"}, "pagefind : trop long"),
        (None, "pagefind s'est arrêté sans rendre d'index"),
        ({"type": "IndexedFile"}, "pagefind s'est arrêté sans rendre d'index"),
    ],
)
def test_what_the_binary_refuses_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, str] | None, message: str
) -> None:
    said = "" if answer is None else json.dumps({"message_id": 1, "payload": answer})
    program = tmp_path / "binary"
    program.write_text(
        f"#!{sys.executable}\nimport base64\n"
        f"print(base64.b64encode({said!r}.encode()).decode() + ',' * {bool(said)}, end='')\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(pagefind.pagefind_bin, "get_executable", lambda: program)
    with pytest.raises(pagefind.PagefindError, match=message):
        make_files(SOME, "0")


@pytest.mark.parametrize("change", ["version", "count"])
def test_an_index_that_does_not_fit_its_entry_is_refused(change: str) -> None:
    packed = gzip.compress(MAGIC + cbor2.dumps(["1", [["a", 3], ["b", 4]]]))
    assert pagefind._unpack(pagefind._renamed(packed, {"a": "0", "b": "1"}, "1"))
    with pytest.raises(pagefind.PagefindError, match="changé de format"):
        if change == "version":
            pagefind._renamed(packed, {"a": "0", "b": "1"}, "2")
        else:
            pagefind._renamed(packed, {"a": "0"}, "1")
