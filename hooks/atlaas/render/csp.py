"""The content policy of every page, always the same: what runs, loads or is sent is a file here.

Part of ``render``. Added once to a shell, since bodies of records hold no script, and once to each
page of content/. It names no script or style written into a page: one that appears there, or a
handler in a tag, stops the build instead of being let through.
"""

import re
from html.parser import HTMLParser

# Scripts of another type are data, which browsers never run and policies never block.
_RUNNING = frozenset(("", "module", "text/javascript", "application/javascript", "importmap"))
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)


class _Inline(HTMLParser):
    """Collects what would run, or would have to be allowed, inside a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = (given.get("type") or "").strip().lower()
        if tag in ("style", "base") or (
            tag == "script" and "src" not in given and kind in _RUNNING
        ):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            runs = (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or name == "style" or runs:
                self.found.append(f"<{tag} {name}>")

    handle_startendtag = handle_starttag


def inline(html: str) -> list[str]:
    """What a page holds that its policy refuses: scripts, styles and handlers written into it."""
    parser = _Inline()
    parser.feed(html)
    parser.close()
    return parser.found


def policy(wasm: bool = False) -> str:
    """The policy of a page; ``wasm`` lets it compile WebAssembly, which only the search does.

    What is not named (fonts, frames, objects) falls under ``default-src``, workers under
    ``script-src``. No text becomes HTML or a script but by the two functions of
    assets/js/trusted.js and contribute-rules.js.
    """
    compiling = " 'wasm-unsafe-eval'" if wasm else ""
    return (
        f"default-src 'none';script-src 'self'{compiling};style-src 'self';img-src 'self' data:;"
        "connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';"
        "require-trusted-types-for 'script';trusted-types atlaas default"
    )


def add_policy(html: str, wasm: bool = False) -> str:
    """The page with its policy right after ``<meta charset="utf-8">``, before anything loads.

    Raises ValueError for a page without that tag, which would go out without a policy, and for one
    that holds what the policy refuses.
    """
    charset = _CHARSET.search(html)
    if charset is None:
        raise ValueError("no <meta charset> to put the content policy after")
    found = inline(html)
    if found:
        raise ValueError(f"written into the page, which no policy allows: {', '.join(found)}")
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(wasm)}">'
    return html[: charset.end()] + tag + html[charset.end() :]
