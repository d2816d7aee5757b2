"""A terminal, which people read: its words get the typography of French.

What goes to a file or to another program keeps its plain characters, and so does what stands
between guillemets, which is there to be copied: a value, a command.
"""

import contextlib
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


def as_read(stream: TextIO) -> TextIO:
    """The stream that typesets, where this one is a terminal that can show the characters."""
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
