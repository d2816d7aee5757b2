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
from support import PROJECT, Small, tiny_tree

ANSWERS = {
    "/ok": (200, ""),
    "/gone": (404, ""),
    "/removed": (410, ""),
    "/robots": (403, ""),
    "/busy": (429, ""),
    "/broken": (500, ""),
    "/moved": (301, "/ok"),
    "/for-now": (302, "/ok"),
    "/home": (301, "/"),
    "/slash": (301, "/slash/"),
    "/slash/": (200, ""),
    "/": (200, ""),
    "/file": (301, "file:///etc/passwd"),
    "/loop": (301, "/loop"),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, to = ANSWERS.get(self.path, (404, ""))
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

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
    ("path", "kind"),
    [
        ("/ok", "ok"),
        ("/gone", "gone"),
        ("/removed", "gone"),
        ("/robots", "refusing"),
        ("/busy", "refusing"),
        ("/broken", "flaky"),
        ("/moved", "moved"),
        ("/for-now", "ok"),
        ("/home", "gone"),
        ("/slash", "ok"),
        ("/file", "flaky"),
        ("/loop", "flaky"),
    ],
)
def test_what_an_address_answers(host: str, path: str, kind: str) -> None:
    seen = freshness.probe(host + path, timeout=5)
    assert seen.kind == kind, seen
    assert seen.to == (f"{host}/ok" if path == "/moved" else "")


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


def test_those_in_trouble_are_asked_first_then_the_oldest() -> None:
    state: freshness.LinkStates = {
        "new": {"checked": "2026-11-20"},
        "old": {"checked": "2026-01-01"},
        "bad": {"checked": "2026-11-20", "failures": 1},
    }
    assert freshness.due(["new", "never", "old", "bad"], state, 3) == ["bad", "never", "old"]


def test_pages_of_one_site_are_asked_one_at_a_time() -> None:
    asked: list[str] = []

    def look(url: str) -> LinkAnswer:
        asked.append(url)
        return LinkAnswer("ok", "")

    urls = [f"https://exemple.fr/{n}" for n in range(5)]
    assert set(freshness.ask(urls, look, pause=0)) == set(urls)
    assert asked == urls


def test_every_address_of_a_record_is_known(tiny: Small) -> None:
    known = freshness.addresses(tiny.directory)
    marcq = tiny.directory.territories["59378"]
    service = marcq.record.services[0].url
    assert service and known[service] == [marcq.path]
    action = tiny.directory.actions["59378/la-bonne-appli"].record
    for url in (action.website, action.sources[0].url):
        assert url and "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md" in known[url]


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
        "https://example.org/mel": {"kind": "refusing", "failures": 9, "detail": "", "since": ""},
    }
    text = freshness.report(tiny.directory, known, state, date(2026, 11, 21), "99.0.0")
    assert "## Liens qui ont déménagé (1)" in text
    assert f"- `{url}` → `https://evil.example/@alice\\u000a<b>` : adresse changée" in text
    assert "la-bonne-appli.md" in text
    assert "La version 99.0.0" in text
    assert "1 adresses refusent les robots" in text
    assert freshness.report(tiny.directory, known, {}, date(2026, 11, 21)) == ""


def test_actions_not_verified_for_long(tiny: Small) -> None:
    found = freshness.unverified(tiny.directory, date(2029, 1, 1))
    assert found == [("data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md", "2026-11-21")]
    assert freshness.unverified(tiny.directory, date(2027, 1, 1)) == []


def test_the_version_of_the_official_geography_is_known() -> None:
    assert freshness.reference_version(PROJECT / "data" / "reference") == "6.0.0"


def test_a_registry_that_can_not_be_asked_says_nothing(host: str) -> None:
    assert freshness.newest_reference(f"{host}/ok") == ""
    assert freshness.newest_reference("http://127.0.0.1:9/") == ""


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
