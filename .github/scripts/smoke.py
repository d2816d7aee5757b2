"""What a visitor gets is what was built: ADDRESS ARCHIVE, the site's address and site.tar.gz.

Asks for the home page, the page of one territory and the index of the API, and compares them byte
by byte with the archive. A host takes some time to serve a new site: asked again for a while.
"""

from __future__ import annotations

import json
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable

API = "api/v1/index.json"
ATTEMPTS, PAUSE = 10, 30  # asked so often, so many seconds apart
_AGENT = {"User-Agent": "Atlaas-publication/1.0", "Cache-Control": "no-cache"}


def wanted(archive: str) -> dict[str, bytes]:
    """Address from the site's root -> the bytes that were built, of the three that are asked."""
    with tarfile.open(archive) as tar:
        names = sorted(name.partition("/")[2] for name in tar.getnames())
        pages = [name for name in names if name.startswith("territoires/")]
        page = next(n for n in pages if n.endswith("/index.html") and n.count("/") == 2)
        found = {}
        for name in ("index.html", page, API):
            file = tar.extractfile(f"site/{name}")
            assert file, name
            found[name.removesuffix("index.html")] = file.read()
    return found


def ask(address: str) -> bytes:
    """What an address answers; raises OSError."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=_AGENT), timeout=30) as got:
        body: bytes = got.read()
    return body


def commit(document: bytes) -> str:
    """The commit that the index of the API names, in short."""
    try:
        return str(json.loads(document).get("commit", "?"))[:12]
    except (ValueError, AttributeError):
        return "?"


def problem(site: str, path: str, built: bytes) -> str:
    """What is wrong with one answer; empty where it is as built."""
    try:
        got = ask(site + path)
    except urllib.error.HTTPError as error:
        return f"{site}{path} répond {error.code}"
    except OSError as error:
        return f"{site}{path} ne répond pas ({type(error).__name__})"
    if got == built:
        return ""
    more = f" (commit {commit(got)}, attendu {commit(built)})" if path == API else ""
    return f"{site}{path} n'est pas ce qui a été construit{more}"


def main(site: str, archive: str, wait: Callable[[float], None] = time.sleep) -> int:
    """0 once all answers are as built, 1 where they are not after a while."""
    asked = wanted(archive)
    problems: list[str] = []
    for attempt in range(ATTEMPTS):
        if attempt:
            wait(PAUSE)
        problems = [said for path, built in asked.items() if (said := problem(site, path, built))]
        if not problems:
            print(f"{site} : l'accueil, une page et l'API (commit {commit(asked[API])})")
            return 0
    print(*problems, sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
