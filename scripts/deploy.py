"""Sends a built site to a host: a web server (rsync) or an S3-compatible store.

Texts go packed: next to themselves for a server, which then packs nothing itself; as they are for
a store, which cannot choose. Old addresses are listed for the server, to be answered by « moved ».
What a host is to say with each file stands in docs/hebergement.md.
"""

from __future__ import annotations

import argparse
import hashlib
import mimetypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from atlaas.publish.headers import OPEN_HEADERS
from atlaas.work.packing import gzipped

PACKED = frozenset(
    ".html .css .js .json .jsonld .geojson .csv .svg .xml .txt .ics .webmanifest .yml".split()
)
LEAST = 1_000  # bytes of a text that is worth packing
LEVEL = 6
TYPES = {
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".ico": "image/x-icon",
}
CACHED = dict(OPEN_HEADERS)["Cache-Control"]  # the same for all: no name says its version
_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)"')
_SMALL = 3_000  # bytes: no page that leads elsewhere is larger
_NOWHERE = re.compile(r"^(?:[^/]*:)?(?:/|~|\.|\.\.)?/?$")  # « / », « host: », « ~ », « . »


class DeployError(Exception):
    """The site cannot be sent; says why and what to do, in French."""


def files(site: Path) -> Iterator[tuple[str, Path]]:
    """(address, file) of the site, pages after what they show, so that none misses its files."""
    if not (site / "index.html").is_file():
        raise DeployError(f"Il n'y a pas de site dans {site} : lancez d'abord make site.")
    found = [
        (path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file()
    ]
    return iter(sorted(found, key=lambda item: (item[0].endswith(".html"), item[0])))


def worth_packing(path: Path) -> bool:
    """Whether a file is a text that gets smaller."""
    return path.suffix in PACKED and path.stat().st_size >= LEAST


def prepare(site: Path, folder: Path) -> int:
    """The site with each text also packed, in ``folder``, which is made anew; how many were."""
    shutil.rmtree(folder, ignore_errors=True)
    packed = 0
    for name, path in files(site):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:  # another disk
            shutil.copy2(path, target)
        if worth_packing(path):
            small = target.with_name(f"{target.name}.gz")
            small.write_bytes(gzipped([path.read_bytes()], LEVEL))
            info = path.stat()
            os.utime(small, ns=(info.st_atime_ns, info.st_mtime_ns))  # rsync sends what is newer
            packed += 1
    return packed


def redirects(site: Path) -> Iterator[tuple[str, str]]:
    """(old address, new one), from the site's root, of the pages that lead elsewhere."""
    for name, path in files(site):
        if name.endswith("index.html") and path.stat().st_size < _SMALL:
            found = _REFRESH.search(path.read_bytes())
            if found:
                old = f"/{name.removesuffix('index.html')}"
                split = urlsplit(urljoin(f"https://x{old}", found[1].decode()))
                yield old, f"{split.path}{'?' if split.query else ''}{split.query}"


def write_redirects(site: Path, folder: Path) -> int:
    """The lists of old addresses for nginx (a map) and for Caddy; how many there are."""
    known = list(redirects(site))
    folder.mkdir(parents=True, exist_ok=True)
    nginx = "".join(f"{old} {new};\n" for old, new in known)
    caddy = "".join(f"redir {old} {new} permanent\n" for old, new in known)
    (folder / "redirections.map").write_text(nginx, encoding="utf-8")
    (folder / "redirections.caddy").write_text(caddy, encoding="utf-8")
    return len(known)


def rsync(site: Path, target: str, folder: Path) -> None:
    """Send the site, packed copies too, to a folder of a server, and remove what is gone there."""
    if _NOWHERE.match(target):
        raise DeployError(f"TO={target} : donnez le dossier du site, par exemple hote:/srv/atlaas.")
    if not shutil.which("rsync"):
        raise DeployError("La commande rsync manque : installez-la, ici et sur le serveur.")
    prepare(site, folder)
    command = ["rsync", "-rlt", "--delete-after", "--chmod=D755,F644", f"{folder}/", target]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise DeployError(f"rsync a répondu {done.returncode} : rien n'est retiré avant la fin.")


class Sent(NamedTuple):
    """What was done to a store."""

    sent: int
    same: int
    removed: int


def headers_of(name: str, packed: bool) -> dict[str, str]:
    """What a store is to say with a file, by the names that S3 has for it."""
    suffix = Path(name).suffix
    kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    return {
        "ContentType": kind,
        "CacheControl": CACHED,
        **({"ContentEncoding": "gzip"} if packed else {}),
    }


def store(site: Path, target: str, endpoint: str | None, client: Any = None) -> Sent:
    """Send to ``s3://bucket/folder`` what changed there, then remove what is gone.

    Who sends, and the region, are known as boto3 knows them: by AWS_… or its files.
    """
    bucket, _, prefix = target.removeprefix("s3://").strip("/").partition("/")
    if not bucket:
        raise DeployError(f"TO={target} : il manque le nom du seau, s3://seau.")
    prefix = f"{prefix}/" if prefix else ""
    if client is None:
        import boto3

        client = boto3.client("s3", endpoint_url=endpoint)
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    there = {
        item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", ())
    }
    wanted = list(files(site))

    def send(item: tuple[str, Path]) -> bool:
        name, path = item
        packed = worth_packing(path)
        body = path.read_bytes()
        body = gzipped([body], LEVEL) if packed else body
        digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
        if there.get(prefix + name) == digest:
            return False
        said = headers_of(name, packed)
        client.put_object(Bucket=bucket, Key=prefix + name, Body=body, **said)
        return True

    sent = 0
    for html in (False, True):
        part = [item for item in wanted if item[0].endswith(".html") is html]
        with ThreadPoolExecutor(16) as pool:
            sent += sum(pool.map(send, part))
    gone = sorted(there.keys() - {prefix + name for name, _ in wanted})
    for key in gone:
        client.delete_object(Bucket=bucket, Key=key)
    return Sent(sent, len(wanted) - sent, len(gone))


def main(arguments: list[str]) -> None:
    """``python -m scripts.deploy SITE TARGET [--endpoint URL]``."""
    parser = argparse.ArgumentParser(prog="make deploy")
    parser.add_argument("site", type=Path)
    parser.add_argument("target")
    parser.add_argument("--endpoint")
    given = parser.parse_args(arguments)
    if not given.target:
        raise DeployError("Dites où : make deploy TO=hote:/srv/atlaas, ou TO=s3://seau.")
    known = write_redirects(given.site, Path("dist"))
    if given.target.startswith("s3://"):
        done = store(given.site, given.target, given.endpoint)
        print(f"{done.sent} fichiers envoyés, {done.same} inchangés, {done.removed} retirés.")
    else:
        rsync(given.site, given.target, Path("dist/deploy"))
        print(f"Envoyé à {given.target}. dist/redirections.map : {known} anciennes adresses.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DeployError as error:
        sys.exit(str(error))
