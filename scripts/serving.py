"""Serves a folder as the host of a static site does, for what drives a browser over the pages.

Used by the tests in a browser, by ``make screens`` and by ``make lighthouse``.
"""

from __future__ import annotations

import gzip
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

PACKED = ("text/", "application/json", "application/geo+json", "image/svg+xml")


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a prefix, 404.html included; texts are packed where that is asked."""

    extensions_map = {  # noqa: RUF012 (the base class asks for it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".geojson": "application/geo+json",
    }
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, prefix: str, packed: bool, **named: Any) -> None:
        self.prefix = prefix
        self.packed = packed
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        """The file of an address; one that does not exist, outside of the prefix."""
        if not path.startswith(self.prefix):
            return os.path.join(self.directory, "nowhere")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """As the base class, with what GitHub Pages adds: gzip, and ten minutes in the cache."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        kind = self.guess_type(path)
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (self.packed and accepted and path.is_file() and kind.startswith(PACKED)):
            return super().send_head()
        content = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        """As GitHub Pages, let pages of any origin read what is public."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The page 404.html where nothing is found."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests are not reported."""


@contextmanager
def served(folder: Path, prefix: str = "/", *, packed: bool = False) -> Iterator[str]:
    """The address, ending in ``prefix``, at which ``folder`` answers."""
    handler = partial(Handler, directory=str(folder), prefix=prefix, packed=packed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
