"""What has aged, against a server of this machine: nothing leaves it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlaas.build import load
from atlaas.cli import main
from atlaas.project import Project
from atlaas.review import freshness
from atlaas.review.freshness import LinkAnswer
from support import REFERENCE, Small, tiny_tree

APPLI = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
AIX = "data/territories/73/73008-aix-les-bains.yml"
MEL = "data/territories/59/200093201-metropole-europeenne-de-lille.yml"
SYNDICATE = "data/territories/59/x-nord-numerique.yml"
ANSWERS = {
    "/ok": (200, ""),
    "/gone": (404, ""),
    "/removed": (410, ""),
    "/robots": (403, ""),
    "/busy": (429, ""),
    "/cut": (200, ""),
    "/broken": (500, ""),
    "/moved": (301, "/ok"),
    "/for-now": (302, "/ok"),
    "/home": (301, "/"),
    "/slash": (301, "/slash/"),
    "/slash/": (200, ""),
    "/": (200, ""),
    "/file": (301, "file:///etc/passwd"),
    "/loop": (301, "/loop"),
    "/two": (302, "/moved"),
    "/query": (301, "/?id=3"),
    "/?id=3": (200, ""),
}
BODIES = {
    "/6": b'{"version": "6.1.0"}',
    "/odd": b'{"version": "6.1.0-beta"}',
    "/list": b"[]",
    "/text": b"ok",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, to = ANSWERS.get(self.path, (200 if self.path in BODIES else 404, ""))
        body = BODIES.get(self.path, b"ok")
        self.send_response(status)
        if self.path == "/cut":  # says that it comes in pieces, and sends none
            self.send_header("Transfer-Encoding", "chunked")
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "kind", "detail"),
    [
        ("/ok", "ok", ""),
        ("/gone", "gone", "page disparue (404)"),
        ("/removed", "gone", "page disparue (410)"),
        ("/robots", "refusing", "le site refuse les robots (403)"),
        ("/busy", "refusing", "le site refuse les robots (429)"),
        ("/broken", "flaky", "le site répond par une erreur (500)"),
        ("/cut", "flaky", "pas de réponse (IncompleteRead)"),
        ("/moved", "moved", "adresse changée"),
        ("/for-now", "ok", ""),
        ("/two", "ok", ""),
        ("/home", "gone", "renvoie à la page d'accueil du site"),
        ("/query", "moved", "adresse changée"),
        ("/slash", "ok", ""),
        ("/file", "flaky", "le site répond par une erreur (301)"),
        ("/loop", "flaky", "le site répond par une erreur (301)"),
    ],
)
def test_what_an_address_answers(host: str, path: str, kind: str, detail: str) -> None:
    to = {"/moved": f"{host}/ok", "/query": f"{host}/?id=3"}
    seen = freshness.probe(host + path, timeout=5)
    assert seen == LinkAnswer(kind, detail, to.get(path, ""))


def test_a_site_that_does_not_answer() -> None:
    assert freshness.probe("http://127.0.0.1:9/", timeout=2).kind == "flaky"
    assert freshness.probe("https://[", timeout=2).kind == "flaky"


def test_a_link_is_reported_after_several_failures() -> None:
    gone, fine = LinkAnswer("gone", "page disparue (404)"), LinkAnswer("ok", "")
    state: freshness.LinkStates = {}
    for week, reported in ((1, False), (2, False), (3, True)):
        state = freshness.remember(state, {"a": gone}, ["a"], f"2026-11-0{week}")
        assert (freshness.failing(state, "gone") == ["a"]) is reported
    assert state["a"]["since"] == "2026-11-01"
    state = freshness.remember(state, {"a": fine}, ["a"], "2026-11-04")
    assert freshness.failing(state, "gone") == []
    state = freshness.remember(state, {"a": gone}, ["a"], "2026-11-05")
    assert state["a"]["failures"] == 1
    other = freshness.remember(state, {"a": LinkAnswer("flaky", "")}, ["a"], "2026-11-06")
    assert other["a"]["failures"] == 1
    assert freshness.remember(state, {}, [], "2026-11-07") == {}
    moved = {"b": LinkAnswer("moved", "adresse changée", "c"), "a": fine}
    state = freshness.remember(state, moved, ["a", "b"], "2026-11-08")
    assert state == {
        "a": {"kind": "ok", "checked": "2026-11-08"},
        "b": {
            "kind": "moved",
            "detail": "adresse changée",
            "failures": 1,
            "since": "2026-11-08",
            "checked": "2026-11-08",
            "to": "c",
        },
    }


def test_those_in_trouble_are_asked_first_then_the_oldest() -> None:
    state: freshness.LinkStates = {
        "new": {"checked": "2026-11-20"},
        "old": {"checked": "2026-01-01"},
        "bad": {"checked": "2026-11-20", "failures": 1},
    }
    assert freshness.due(["new", "never", "old", "bad"], state, 3) == ["bad", "never", "old"]


def test_pages_of_one_site_are_asked_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    pauses: list[float] = []
    monkeypatch.setattr(freshness.time, "sleep", pauses.append)

    def look(url: str) -> LinkAnswer:
        asked.append(url)
        return LinkAnswer("ok", "")

    urls = [f"https://exemple.fr/{n}" for n in range(5)]
    assert set(freshness.ask(urls, look)) == set(urls)
    assert asked == urls
    assert pauses == [1.0] * 4  # seconds


def test_every_address_of_a_record_is_known(tiny: Small) -> None:
    known = freshness.addresses(tiny.directory)
    marcq = tiny.directory.territories["59378"]
    service = marcq.record.services[0].url
    assert service and known[service] == [marcq.path]
    action = tiny.directory.actions["59378/la-bonne-appli"].record
    for url in (action.website, action.sources[0].url):
        assert url and APPLI in known[url]
    assert known["https://aix.example.org/"] == [AIX]
    assert known["https://exemple.org/mel"] == [MEL]  # once, though several facts rest on it
    assert known["https://exemple.org/syndicat"] == [SYNDICATE]
    edition = tiny.directory.editions[2018]
    for source in (*edition.record.sources, *edition.record.counts[0].sources):
        assert edition.path in known[source.url or ""]
    assert known["https://exemple.org/universite"] == ["data/actors/universite-de-lille.yml"]
    assert list(known) == sorted(known)


def test_the_report(tiny: Small) -> None:
    known = freshness.addresses(tiny.directory)
    url = tiny.directory.actions["59378/la-bonne-appli"].record.sources[0].url or ""
    state: freshness.LinkStates = {
        url: {
            "kind": "moved",
            "detail": "adresse changée",
            "failures": 2,
            "since": "2026-11-01",
            "checked": "2026-11-08",
            "to": "https://evil.example/`@alice`\n<b>",
        },
        "https://exemple.org/mel": {"kind": "refusing", "failures": 9, "detail": "", "since": ""},
    }
    text = freshness.report(tiny.directory, known, state, date(2026, 11, 21), "99.0.0")
    assert text == (
        "## Liens qui ont déménagé (1)\n\nRemplacez l'adresse par la nouvelle.\n\n"
        f"- `{url}` → `https://evil.example/@alice\\u000a<b>` : adresse changée, depuis le "
        f"2026-11-01 (`{APPLI}`)\n\n"
        "## Géographie officielle\n\nLa version 99.0.0 du découpage administratif est parue ; "
        "data/reference/ est en 6.0.0. Mettez-la à jour, puis lancez `make check`.\n\n"
        "1 adresses refusent les robots : elles ne sont pas jugées.\n"
    )
    assert freshness.report(tiny.directory, known, {}, date(2026, 11, 21)) == ""
    assert freshness.report(tiny.directory, known, {}, date(2026, 11, 21), "6.0.0") == ""
    text = freshness.report(tiny.directory, known, {}, date(2026, 11, 21), stale=["schemas/a.json"])
    assert text.startswith("## Fichiers à refaire (1)\n\nLancez `make generate`")
    assert text.endswith("\n\n- `schemas/a.json`\n")
    refusing = {"a": {"kind": "refusing", "failures": 9}}
    assert freshness.report(tiny.directory, known, refusing, date(2026, 11, 21)) == ""


def test_the_report_names_the_first_of_many(tiny: Small) -> None:
    failing = {"failures": 9, "detail": "page disparue (404)", "since": "2026-11-01"}
    known = {f"https://{n:02}.example/": ["a.md", "b.md", "c.md", "d.md"] for n in range(52)}
    states = {url: {"kind": "gone", **failing} for url in known}
    text = freshness.report(tiny.directory, known, states, date(2026, 11, 21))
    lines = text.splitlines()
    assert lines[0] == "## Liens disparus (52)"
    files = "(`a.md`, `b.md`, `c.md`)"
    assert lines[4] == (
        f"- `https://00.example/` : page disparue (404), depuis le 2026-11-01 {files}"
    )
    assert lines[-2].startswith("- `https://49.example/`")
    assert lines[-1] == "- … et 2 autres"
    late = freshness.report(tiny.directory, {}, {}, date(2028, 11, 21))
    assert late == (
        "## Fiches non vérifiées depuis deux ans (1)\n\n"
        "Relisez-les, puis mettez la date du jour dans `verified`.\n\n"
        f"- `{APPLI}`, 2026-11-21\n"
    )


def test_actions_not_verified_for_long(tiny: Small) -> None:
    assert freshness.unverified(tiny.directory, date(2028, 11, 21)) == [(APPLI, "2026-11-21")]
    assert freshness.unverified(tiny.directory, date(2028, 11, 20)) == []


def test_the_version_of_the_official_geography_is_known() -> None:
    assert freshness.reference_version(REFERENCE) == "6.0.0"


def test_the_version_that_a_registry_publishes(host: str, tmp_path: Path) -> None:
    assert freshness.newest_reference(f"{host}/6") == "6.1.0"
    for path in ("/odd", "/text", "/gone"):
        assert freshness.newest_reference(host + path) == ""
    assert freshness.newest_reference("http://127.0.0.1:9/") == ""
    (tmp_path / "SOURCES.md").write_text("- @etalab/decoupage-administratif : 5.2.1\n", "utf-8")
    assert freshness.reference_version(tmp_path) == "5.2.1"
    (tmp_path / "SOURCES.md").write_text("rien\n", "utf-8")
    assert freshness.reference_version(tmp_path) == ""


def test_the_command_keeps_the_state_in_the_project(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path)
    state, report = (root / ".cache" / "freshness" / name for name in ("state.json", "report.md"))
    url = next(iter(freshness.addresses(load(Project(root))[0])))
    gone = {"kind": "gone", "detail": "page disparue (404)", "failures": 3}
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({url: {**gone, "since": "2026-01-05", "checked": "2026-01-19"}}))
    done = CliRunner().invoke(main, ["--project", str(root), "freshness", "--offline"])
    assert done.exit_code == 0 and done.output.startswith("0 adresses demandées sur ")
    assert f"- `{url}` : page disparue (404), depuis le 2026-01-05" in report.read_text("utf-8")
    assert json.loads(state.read_text("utf-8"))[url]["failures"] == 3
    assert "- `.vscode/atlaas.code-snippets`" in report.read_text("utf-8")  # it was never made here
