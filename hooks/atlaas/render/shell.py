"""The theme's chrome, rendered once per section and depth, then joined with each page's body.

A shell is the theme's own template with unmistakable tokens where a page's words go; it is cut
at the tokens once, and a page is then its pieces joined. The theme never sees a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from atlaas.render.body import safe
from atlaas.text.typography import typeset

FIELDS = ("title", "description", "canonical", "head", "body")
_PREFIX = "xATLAASx"
TOKENS = {field: f"{_PREFIX}{field}x" for field in FIELDS}
_CUT = re.compile(f"{_PREFIX}({'|'.join(FIELDS)})x")
_EMPTY = re.compile(r"\n\s*\n")
_LINES = re.compile(r"\s*\n\s*")
# Between these tags white space shows nothing.
_BLOCKS = re.compile(
    r">\n(?=</?(?:body|div|footer|head|header|li|link|main|meta|nav|p|script|title|ul)[ >])"
)


@dataclass(frozen=True)
class Shell:
    """The pieces of a shell: fixed bytes, and between them the names of fields."""

    pieces: tuple[bytes, ...]
    fields: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Shell:
        """Cut a rendered template at its tokens, white space between lines made small."""
        if TOKENS["body"] not in html or TOKENS["title"] not in html:
            raise ValueError("le gabarit overrides/record.html n'a pas de place pour le corps")
        parts = _CUT.split(_BLOCKS.sub(">", _LINES.sub("\n", html)))
        return cls(tuple(part.encode() for part in parts[::2]), tuple(parts[1::2]))

    def join(self, values: Mapping[str, bytes]) -> bytes:
        """The page: the fixed pieces with the fields' bytes between them."""
        parts = [self.pieces[0]]
        for field, piece in zip(self.fields, self.pieces[1:], strict=True):
            parts.append(values[field])
            parts.append(piece)
        return b"".join(parts)


class Shells:
    """Shells by section and depth, each made when first asked for."""

    def __init__(self, render: Callable[[str, int], str]) -> None:
        self._render = render
        self._shells: dict[tuple[str, int], Shell] = {}

    def get(self, section: str, depth: int) -> Shell:
        """The shell of a section for pages ``depth`` folders below the root."""
        shell = self._shells.get((section, depth))
        if shell is None:
            shell = Shell.cut(self._render(section, depth))
            self._shells[section, depth] = shell
        return shell


def nearer(html: str, url: str) -> str:
    """A body whose links to pages of its own folders are as short as can be."""
    folders = url.split("/")[:-2]
    root = "../" * url.count("/")
    for up in range(len(folders), 0, -1):
        own = "/".join(folders[:up])
        html = html.replace(f'"{root}{own}/', f'"{"../" * (len(folders) - up + 1)}')
    return html


def shortened(html: str, url: str) -> str:
    """The same without empty lines: of 35 000 pages each byte is 35 kB. Only for a body without
    text that keeps its lines."""
    return _EMPTY.sub("\n", nearer(html, url).strip())


def attribute(text: str) -> bytes:
    """A text made safe for an element or an attribute between double quotes."""
    return safe(text).encode()


def words(text: str) -> bytes:
    """The same for what is read: a title or a description, set in French typography."""
    return safe(typeset(text)).encode()
