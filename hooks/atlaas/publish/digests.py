"""The sizes and digests of files that several processes make, for a file that names them all."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from mmap import mmap
from struct import Struct
from typing import NamedTuple

_ENTRY = Struct("<Q32s")  # size and SHA-256


class Digest(NamedTuple):
    """What is known of a file: its bytes, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


class MadeFiles:
    """Files by name, each made when it is asked for; what is known of each is remembered.

    Processes that are forked later share the memory: no file is made twice for its digest, unless
    it is being made elsewhere at that very moment.
    """

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers = makers
        self._places = {name: rank * _ENTRY.size for rank, name in enumerate(sorted(makers))}
        self._memory = mmap(-1, max(1, len(makers)) * _ENTRY.size)

    def content(self, name: str) -> bytes:
        """The bytes of a file."""
        data = self._makers[name]()
        _ENTRY.pack_into(self._memory, self._places[name], len(data), sha256(data).digest())
        return data

    def digest(self, name: str) -> Digest:
        """The size and digest of a file, which is made where it has not been."""
        if not any(self._memory[self._places[name] :][: _ENTRY.size]):
            self.content(name)
        size, found = _ENTRY.unpack_from(self._memory, self._places[name])
        return Digest(size, found.hex())

    def sums(self) -> bytes:
        """The lines that ``sha256sum --check`` reads, by name."""
        lines = [f"{self.digest(name).sha256}  {name}\n" for name in self._places]
        return "".join(lines).encode()
