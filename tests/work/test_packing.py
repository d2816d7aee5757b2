from __future__ import annotations

import gzip
import io
from zipfile import ZipFile

import pytest

from atlaas.work.packing import gzipped, zipped


@pytest.mark.parametrize("parts", [[], [b""], [b"a"], [b"ab" * 70_000, b"", bytes(range(256))]])
@pytest.mark.parametrize("level", [1, 6, 9])
def test_what_is_packed_is_unpacked(parts: list[bytes], level: int) -> None:
    assert gzip.decompress(gzipped(parts, level)) == b"".join(parts)


def test_the_header_names_no_system() -> None:
    """RFC 1952: magic, deflate, no flags, no date, strongest compression, unknown system.

    Python writes another system in 3.11 than before and after.
    """
    assert gzipped([b"a"])[:10] == bytes.fromhex("1f8b0800 00000000 02 ff")
    assert gzipped([b"a"], 6)[8:10] == b"\x00\xff"


def test_the_bytes_are_those_of_every_python() -> None:
    """Stored as it is, so that no version of zlib has a say: header, block, CRC-32, size.

    python3 -c 'import zlib; print(hex(zlib.crc32(b"Atlaas")))' says 0xf49bada9.
    """
    block = "01 0600 f9ff" + b"Atlaas".hex()
    assert gzipped([b"At", b"laas"], 0) == bytes.fromhex(
        "1f8b0800 00000000 00 ff" + block + "a9ad9bf4 06000000"
    )


def test_a_zip_says_nothing_of_when_and_where_it_was_made() -> None:
    """The head of its file as APPNOTE.TXT has it: day 1 of month 1 of 1980 is 0021, no time."""
    made = zipped("a.txt", b"Atlaas" * 100)
    assert made[:14] == bytes.fromhex("504b0304 1400 0000 0800 0000 2100")
    with ZipFile(io.BytesIO(made)) as packed:
        [entry] = packed.infolist()
        assert (entry.filename, entry.create_system) == ("a.txt", 3)
        assert packed.read(entry) == b"Atlaas" * 100
    assert len(made) < 200
