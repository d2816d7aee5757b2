"""The content policy of every page: nothing runs, loads or is sent but what the page itself names.

Part of ``render``. Applied once to a shell, since bodies of records hold no script, and once to
each page of content/.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser

# Scripts of another type are data, which browsers never run and policies never block.
_RUNNING = frozenset(("", "module", "text/javascript", "application/javascript", "importmap"))
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)


class _Inline(HTMLParser):
    """Collects the text of inline scripts and styles, as a browser would hash it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[str]] = {"script": [], "style": []}
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = (given.get("type") or "").strip().lower()
        if tag == "style" or (tag == "script" and "src" not in given and kind in _RUNNING):
            self._open = []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open is not None and tag in self.found:
            self.found[tag].append("".join(self._open))
            self._open = None


def policy(html: str, wasm: bool = False) -> str:
    """The policy of a page, with the SHA-256 of each of its inline scripts and styles.

    ``wasm`` lets its scripts compile WebAssembly, which the search does and no other page.

    Each hash stands once, in the order of the page. A ``style`` attribute or an ``on…`` handler
    has no hash that would allow it: it stays refused. What is not named (fonts, frames, objects)
    falls under ``default-src``, workers under ``script-src``.
    """
    parser = _Inline()
    parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    scripts, styles = (
        "".join(f" {source}" for source in dict.fromkeys(map(_hash, parser.found[tag])))
        for tag in ("script", "style")
    )
    if wasm:
        scripts += " 'wasm-unsafe-eval'"
    return (
        f"default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def add_policy(html: str, wasm: bool = False) -> str:
    """The page with its policy right after ``<meta charset="utf-8">``, before anything loads.

    Raises ValueError for a page without that tag: it would go out without a policy.
    """
    charset = _CHARSET.search(html)
    if charset is None:
        raise ValueError("no <meta charset> to put the content policy after")
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(html, wasm)}">'
    return html[: charset.end()] + tag + html[charset.end() :]


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
