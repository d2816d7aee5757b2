"""Gzip and zip, to the same bytes whatever Python makes them: no date, no system of its own."""

import io
import struct
import zlib
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_BEST = 9


def gzipped(parts: Iterable[bytes], level: int = _BEST) -> bytes:
    """The parts, one after the other, as one gzip file (RFC 1952); its system is « unknown »."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    flag = 2 if level == _BEST else 0
    packed = [struct.pack("<4sLBB", b"\x1f\x8b\x08\x00", 0, flag, 255)]
    check = size = 0
    for part in parts:
        packed.append(packer.compress(part))
        check, size = zlib.crc32(part, check), size + len(part)
    packed += [packer.flush(), struct.pack("<LL", check, size & 0xFFFFFFFF)]
    return b"".join(packed)


def zipped(name: str, content: bytes, level: int = 6) -> bytes:
    """A zip, which every system opens, of one file; its day is the first that a zip can say."""
    entry = ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # Unix; read by all
    entry.compress_type = ZIP_DEFLATED
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as packed:
        packed.writestr(entry, content, compresslevel=level)
    return buffer.getvalue()
