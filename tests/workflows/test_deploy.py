"""``make deploy``: to an rsync server, to a store; and what nginx and Caddy then answer."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest
from scripts import deploy

from atlaas.publish.headers import HEADERS
from support import PROJECT, write_tree

HOSTING = PROJECT / "docs" / "hebergement"
TEXT = (
    "<!doctype html><title>Accueil</title>" + "<p>Un texte assez long pour être comprimé.</p>" * 40
)
MOVED = '<meta http-equiv="refresh" content="0; url=../neuf/"><a href="../neuf/">là</a>'
SITE = {
    "index.html": TEXT,
    "404.html": f"{TEXT} perdu",
    "neuf/index.html": TEXT,
    "ancien/index.html": MOVED,
    "reseau/x/index.html": '<meta http-equiv="refresh" content="0; url=../../actions/?theme=x">',
    "api/v1/index.json": '{"a": "' + "x" * 2000 + '"}',
    "court.json": "{}",
    "image.png": b"\x89PNG" + bytes(5000),
    "integrer/59350/index.html": TEXT,
    ".well-known/security.txt": "Contact: https://atlaas.example/\n",
}
needs = pytest.mark.skipif


def program(name: str) -> str | None:
    return shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "site", SITE)


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_texts_are_packed_next_to_themselves(site: Path, tmp_path: Path) -> None:
    assert deploy.prepare(site, tmp_path / "out") == 5
    packed = {name.removesuffix(".gz") for name in names(tmp_path / "out") if name.endswith(".gz")}
    assert packed == {
        *("index.html", "404.html", "neuf/index.html", "api/v1/index.json"),
        "integrer/59350/index.html",
    }
    for name in packed:
        file = tmp_path / "out" / f"{name}.gz"
        assert gzip.decompress(file.read_bytes()) == (site / name).read_bytes()
        assert file.stat().st_mtime_ns == (site / name).stat().st_mtime_ns
    (site / "neuf/index.html").unlink()
    deploy.prepare(site, tmp_path / "out")
    assert "neuf/index.html.gz" not in names(tmp_path / "out")


def test_old_addresses_are_told(site: Path, tmp_path: Path) -> None:
    assert deploy.write_redirects(site, tmp_path) == 2
    assert (tmp_path / "redirections.map").read_text("utf-8").splitlines() == [
        "/ancien/ /neuf/;",
        "/reseau/x/ /actions/?theme=x;",
    ]
    assert "redir /ancien/ /neuf/ permanent" in (tmp_path / "redirections.caddy").read_text("utf-8")


@pytest.mark.parametrize("target", ["", "/", "hote:", "hote:/", "~", ".", "..", "./", "a@b:~/"])
def test_no_whole_disk_is_ever_a_target(site: Path, tmp_path: Path, target: str) -> None:
    with pytest.raises(deploy.DeployError, match="donnez le dossier du site"):
        deploy.rsync(site, target, tmp_path / "out")


def test_no_site_no_sending(tmp_path: Path) -> None:
    with pytest.raises(deploy.DeployError, match="lancez d'abord make site"):
        deploy.rsync(tmp_path, "hote:/srv/atlaas", tmp_path / "out")
    with pytest.raises(deploy.DeployError, match="il manque le nom du seau"):
        deploy.store(tmp_path, "s3://", None)


# ------------------------------------------------------------------------------ rsync
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"rien ne répond au port {port}")


@contextmanager
def running(*command: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


@needs(not program("rsync"), reason="rsync n'est pas installé")
def test_a_server_gets_the_site_and_loses_what_is_gone(site: Path, tmp_path: Path) -> None:
    there, port = tmp_path / "there", free_port()
    there.mkdir()
    config = tmp_path / "rsyncd.conf"
    config.write_text(
        f"use chroot = no\nport = {port}\naddress = 127.0.0.1\n"
        f"[atlaas]\npath = {there}\nread only = no\nuid = {os.getuid()}\ngid = {os.getgid()}\n"
    )
    server = ("rsync", "--daemon", "--no-detach", f"--config={config}")
    with running(*server):
        wait_for(port)
        target = f"rsync://127.0.0.1:{port}/atlaas/"
        deploy.rsync(site, target, tmp_path / "out")
        assert names(there) == names(tmp_path / "out") > names(site)
        (site / "court.json").unlink()
        deploy.rsync(site, target, tmp_path / "out")
        assert names(there) == names(tmp_path / "out")
        with pytest.raises(deploy.DeployError, match="rsync a répondu"):
            deploy.rsync(site, f"rsync://127.0.0.1:{port}/autre/", tmp_path / "out")


# ------------------------------------------------------------------------------ a store
class Store(ThreadingHTTPServer):
    """As much of S3 as is asked for: put, list by thousands, delete; what it was told is kept."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[bytes, dict[str, str]]] = {}
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _StoreHandler)


class _StoreHandler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/seau/")

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            raise AssertionError("un corps en morceaux n'est pas attendu")
        self.server.asked.append(self._key())
        told = {name.lower(): value for name, value in self.headers.items()}
        self.server.held[self._key()] = body, told
        self._answer(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        prefix, after = query.get("prefix", [""])[0], query.get("continuation-token", [""])[0]
        keys = sorted(k for k in self.server.held if k.startswith(prefix) and k > after)
        part = "".join(
            f"<Contents><Key>{escape(key)}</Key><ETag>"
            f'"{hashlib.md5(self.server.held[key][0]).hexdigest()}"</ETag></Contents>'
            for key in keys[:4]
        )
        more = len(keys) > 4
        token = f"<NextContinuationToken>{escape(keys[3])}</NextContinuationToken>" if more else ""
        body = (
            '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>'
            f"{str(more).lower()}</IsTruncated>{token}{part}</ListBucketResult>"
        )
        self._answer(200, body.encode(), **{"Content-Type": "application/xml"})

    def do_DELETE(self) -> None:
        self.server.held.pop(self._key(), None)
        self._answer(204)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Any]]:
    import boto3
    from botocore.config import Config

    held = Store()
    thread = Thread(target=held.serve_forever, daemon=True)
    thread.start()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{held.server_port}",
        aws_access_key_id="essai",
        aws_secret_access_key="essai",
        region_name="fr-par",
        config=Config(
            s3={"addressing_style": "path"}, request_checksum_calculation="when_required"
        ),
    )
    yield held, client
    client.close()
    held.shutdown()
    held.server_close()


def test_a_store_gets_packed_texts_with_their_headers(
    site: Path, bucket: tuple[Store, Any]
) -> None:
    held, client = bucket
    held.held["atlaas/parti.html"] = b"x", {}
    held.held["autre/garde.html"] = b"x", {}  # of another site in the same bucket
    done = deploy.store(site, "s3://seau/atlaas", None, client)
    assert done == (len(SITE), 0, 1)
    assert set(held.held) == {*(f"atlaas/{name}" for name in SITE), "autre/garde.html"}
    body, told = held.held["atlaas/index.html"]
    assert gzip.decompress(body).decode() == TEXT
    assert told["content-encoding"] == "gzip"
    assert told["content-type"] == "text/html; charset=utf-8"
    assert told["cache-control"] == "public, max-age=600, must-revalidate"
    body, told = held.held["atlaas/image.png"]
    assert body == SITE["image.png"] and told["content-type"] == "image/png"
    assert (
        "content-encoding" not in told
        and "content-encoding" not in held.held["atlaas/court.json"][1]
    )
    pages = [key.endswith(".html") for key in held.asked]
    assert pages == sorted(pages)  # no page before the files that it shows


def test_what_did_not_change_is_not_sent_again(site: Path, bucket: tuple[Store, Any]) -> None:
    held, client = bucket
    deploy.store(site, "s3://seau", None, client)
    held.asked.clear()
    assert deploy.store(site, "s3://seau", None, client) == (0, len(SITE), 0)
    (site / "neuf/index.html").write_text(f"{TEXT} changé", "utf-8")
    assert deploy.store(site, "s3://seau", None, client) == (1, len(SITE) - 1, 0)
    assert held.asked == ["neuf/index.html"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.geojson", "application/geo+json"),
        ("catalog.jsonld", "application/ld+json"),
        ("site.webmanifest", "application/manifest+json"),
        ("editions.ics", "text/calendar; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("tout.xml", "application/xml; charset=utf-8"),
        ("x.inconnu", "application/octet-stream"),
    ],
)
def test_every_kind_is_named(name: str, kind: str) -> None:
    assert deploy.headers_of(name, False)["ContentType"] == kind


# ------------------------------------------------------------------------------ servers
def answer(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    got = connection.getresponse()
    result = got.status, {k.lower(): v for k, v in got.getheaders()}, got.read()
    connection.close()
    return result


def look_at(port: int) -> None:
    """What a host is to answer, asked of a server that serves the small site."""
    status, told, body = answer(port, "/", **{"Accept-Encoding": "gzip"})
    assert status == 200 and gzip.decompress(body).decode() == TEXT
    assert told["content-encoding"] == "gzip" and told["content-type"] == "text/html; charset=utf-8"
    for name, value in HEADERS:
        assert told[name.lower()] == value, name
    assert told["cache-control"] == "public, max-age=600, must-revalidate"
    assert "access-control-allow-origin" not in told
    assert answer(port, "/", **{"If-None-Match": told["etag"], "Accept-Encoding": "gzip"})[0] == 304
    status, told, body = answer(port, "/neuf/")
    assert (status, body.decode()) == (200, TEXT) and "content-encoding" not in told
    status, told, _ = answer(port, "/neuf")
    assert status in (301, 308) and told["location"] == ("/neuf/")
    status, told, _ = answer(port, "/ancien/")
    assert (status, told["location"]) == (301, "/neuf/")
    assert answer(port, "/reseau/x/")[1]["location"] == "/actions/?theme=x"
    status, told, body = answer(port, "/nulle/part/")
    assert status == 404 and body.decode().endswith("perdu")
    status, told, _ = answer(port, "/api/v1/index.json")
    assert told["access-control-allow-origin"] == "*" and told["content-type"].startswith(
        "application/json"
    )
    assert "frame-ancestors" not in answer(port, "/integrer/59350/")[1].get(
        "content-security-policy", ""
    )
    assert answer(port, "/.well-known/security.txt")[0] == 200


@needs(not program("nginx"), reason="nginx n'est pas installé")
def test_nginx_answers_as_a_host_is_to(site: Path, tmp_path: Path) -> None:
    out, port = tmp_path / "out", free_port()
    deploy.prepare(site, out)
    deploy.write_redirects(site, tmp_path)
    told = (HOSTING / "nginx.conf").read_text("utf-8")
    for before, after in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /srv/atlaas;", f"root {out};"),
        ("/etc/nginx/atlaas/redirections.map", str(tmp_path / "redirections.map")),
    ):
        assert before in told
        told = told.replace(before, after)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {tmp_path};" for kind in kinds)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; user root;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{told}\n}}\n"
    )
    tmp_path.chmod(0o755)
    with running(str(program("nginx")), "-c", str(config), "-p", str(tmp_path)):
        wait_for(port)
        look_at(port)


@needs(not program("caddy"), reason="Caddy n'est pas installé")
def test_caddy_answers_as_a_host_is_to(site: Path, tmp_path: Path) -> None:
    out, port = tmp_path / "out", free_port()
    deploy.prepare(site, out)
    deploy.write_redirects(site, tmp_path)
    told = (HOSTING / "Caddyfile").read_text("utf-8")
    told = told.replace("atlaas.exemple.fr {", f"http://127.0.0.1:{port} {{")
    told = told.replace("root * /srv/atlaas", f"root * {out}")
    (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n}\n" + told)
    with running(str(program("caddy")), "run", "--config", str(tmp_path / "Caddyfile")):
        wait_for(port)
        look_at(port)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_examples_say_every_header(name: str) -> None:
    told = (HOSTING / name).read_text("utf-8")
    for header, value in (*HEADERS, ("Cache-Control", deploy.CACHED)):
        assert header in told and value in told, header


def test_the_page_on_hosting_leads_to_the_examples() -> None:
    page = (PROJECT / "docs" / "hebergement.md").read_text("utf-8")
    for target in re.findall(r"\]\((hebergement/[^)]+)\)", page):
        assert (PROJECT / "docs" / target).is_file()
    assert "make deploy TO=" in page and "1 Go" in page
