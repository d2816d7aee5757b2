"""The preview: first answer after its start, an edited record shown, CPU at rest.

    python -m benchmarks.preview PROJECT

Starts ``mkdocs serve`` on a free port of the loopback address, and stops it. Prints JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks import measure

LIMIT = 600  # seconds after which a preview is given up
REST = 10  # seconds over which rest is watched
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, text: str, start: float) -> float | None:
    """Seconds until the page shows the text, or None."""
    while time.perf_counter() - start < LIMIT:
        try:
            with urllib.request.urlopen(url, timeout=LIMIT) as answer:
                if text in answer.read().decode("utf-8"):
                    return time.perf_counter() - start
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.02)
    return None


def watch(project: Path) -> dict[str, float | None]:
    """Seconds to the first page and to an edit, and the share of a core at rest.

    The first page twice: with every record read and checked anew, and as on any later start.
    """
    record = next((project / "data" / "actions").rglob("*.md"))
    code = record.parent.name.partition("-")[0]
    port = _free_port()
    url = f"http://127.0.0.1:{port}/actions/{code}/{record.stem}/"
    before = record.read_text(encoding="utf-8")
    # Without an address, so that the preview serves from the root.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "ATLAAS_SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"]
    shutil.rmtree(project / ".cache" / "records", ignore_errors=True)
    start = time.perf_counter()
    server = subprocess.Popen(command, cwd=project, env=environment, **QUIET)
    anew = _wait(url, "<h1", start)
    _stop(server)
    start = time.perf_counter()
    server = subprocess.Popen(command, cwd=project, env=environment, **QUIET)
    try:
        first = _wait(url, "<h1", start)
        time.sleep(1)
        spent, since = measure.cpu_seconds(server.pid), time.perf_counter()
        time.sleep(REST)
        rest = (measure.cpu_seconds(server.pid) - spent) / (time.perf_counter() - since)
        start = time.perf_counter()
        record.write_text(f"{before}\nPhrase ajoutée pour la mesure.\n", encoding="utf-8")
        edit = _wait(url, "ajoutée pour la mesure", start) if first is not None else None
        return {
            "first page, all read anew": anew,
            "first page": first,
            "edit shown": edit,
            "rest": rest,
        }
    finally:
        _stop(server)
        record.write_text(before, encoding="utf-8")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    print(json.dumps(watch(Path(sys.argv[1]).resolve())))
