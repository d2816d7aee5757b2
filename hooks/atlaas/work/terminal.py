"""A terminal, which people read: its words get the typography of French.

What goes to a file or to another program keeps its plain characters, and so does what stands
between guillemets, which is there to be copied: a value, a command.
"""

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast

from atlaas.text import NBSP, NNBSP
from atlaas.text.typography import typeset_message


class _Typeset:
    """A text stream that typesets what is written to it, and is otherwise the stream itself."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text as it is read."""
        self.stream.write(typeset_message(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


# What a console of Windows (code page 850 or 1252) lacks, in the signs of every keyboard.
_SIGNS = {"’": "'", "…": "...", "→": "->", "œ": "oe", "Œ": "OE", "–": "-", "—": "-"} | {
    **{NBSP: " ", NNBSP: " ", "≥": ">=", "≤": "<=", "€": "EUR", "•": "-"}
}


def _in_other_signs(error: UnicodeError) -> tuple[str, int]:
    """What stands for the characters that a stream cannot encode: never an error, nothing lost."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    said = (
        _SIGNS.get(c) or (f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}")
        for c in error.object[error.start : error.end]
    )
    return "".join(said), error.end


def as_read(stream: TextIO) -> TextIO:
    """The stream that typesets, where this one is a terminal that can show the characters.

    What it cannot show is written in other signs from here on, whatever it is.
    """
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
        codecs.register_error("atlaas.signs", _in_other_signs)
        stream.reconfigure(errors="atlaas.signs")
    try:
        f"’{NBSP}{NNBSP}".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return stream
    return cast(TextIO, _Typeset(stream)) if stream.isatty() else stream


@contextlib.contextmanager
def typeset_terminal() -> Iterator[None]:
    """Typeset what is printed meanwhile, and what is said of errors."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = as_read(sys.stdout), as_read(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def leave_plain() -> None:
    """What is printed from here on is for a program, though it may stand on a terminal."""
    if isinstance(sys.stdout, _Typeset):
        sys.stdout = sys.stdout.stream


def on_terminal(text: str) -> str:
    """A text as it will be read, to be cut into lines that keep bound words together."""
    return typeset_message(text) if isinstance(sys.stdout, _Typeset) else text
