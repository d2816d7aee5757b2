"""Pages made when they are asked for, from files read when they change."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers.api import BaseObserver

from atlaas import preview as preview_module
from atlaas.pages.page import Site
from atlaas.preview import LivePreview, Preview
from atlaas.project import Project
from atlaas.read.watcher import listen
from atlaas.render.shell import TOKENS, Shells
from support import tiny_tree

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
PAGE = "actions/59378/la-bonne-appli/index.html"
SHELLS = Shells(lambda section, depth: f"{TOKENS['title']}\n{TOKENS['body']}")

SHELLS_OF_PAGES = Shells(
    lambda section, depth: f"<title>{TOKENS['title']}</title><body>{TOKENS['body']}</body>"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_tree(tmp_path)


def test_an_edit_is_shown_after_a_refresh(root: Path) -> None:
    preview = Preview(Project(root))
    assert preview.content(PAGE) is None  # nothing was read yet
    assert preview.refresh(Site(), SHELLS) == []
    before = preview.content(PAGE)
    assert before is not None and b"Un ajout" not in before
    text = (root / ACTION).read_text("utf-8")
    (root / ACTION).write_text(f"{text}\nUn ajout.\n", "utf-8")
    assert preview.content(PAGE) == before
    assert preview.refresh(Site(), SHELLS) == []
    after = preview.content(PAGE)
    assert after is not None and b"Un ajout." in after


def test_a_place_has_its_page_before_and_after_its_first_record(root: Path) -> None:
    page, record = "territoires/59017-armentieres/index.html", "59017-armentieres.yml"
    preview = Preview(Project(root))
    preview.refresh(Site(), SHELLS)
    before = preview.content(page)
    assert before is not None and b"Pas encore de fiche" in before
    file = root / "data" / "territories" / "59" / record
    file.write_text('code: "59017"\nwebsite: https://armentieres.example.org/\n', "utf-8")
    preview.refresh(Site(), SHELLS)
    shown = preview.content(page)
    assert shown is not None and b"armentieres.example.org" in shown
    file.unlink()
    preview.refresh(Site(), SHELLS)
    assert preview.content(page) == before


def test_a_new_text_links_nothing_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20 000 actions, one that is being written costs no more than itself."""
    linked: list[int] = []
    real = preview_module.link
    monkeypatch.setattr(preview_module, "link", lambda *a: (linked.append(1), real(*a))[1])
    preview = Preview(Project(root))
    preview.refresh(Site(), SHELLS)
    file, vocabulary = root / ACTION, root / "data/vocabulary/themes.yml"

    def edit(path: Path, old: str, new: str) -> tuple[int, str]:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        preview.refresh(Site(), SHELLS)
        return len(linked), (preview.content(PAGE) or b"").decode()

    assert edit(file, "une application", "un logiciel")[0] == 1
    assert "un logiciel" in (preview.content(PAGE) or b"").decode()
    count, page = edit(file, "Appel à projets", "Concours")
    assert count == 2 and "Concours" in page
    count, page = edit(vocabulary, "label: ", "label: Le ")
    assert count == 3 and "Le Réseau social" in page
    (root / ACTION).unlink()
    preview.refresh(Site(), SHELLS)
    assert preview.content(PAGE) is None


def test_a_record_with_an_error_is_left_out_and_told(root: Path) -> None:
    preview = Preview(Project(root))
    text = (root / ACTION).read_text("utf-8")
    (root / ACTION).write_text(text.replace('territory: "59378"', 'territory: "59999"'), "utf-8")
    problems = preview.refresh(Site(), SHELLS)
    assert {problem.path for problem in problems} == {ACTION}
    assert preview.content(PAGE) is None
    assert preview.content("territoires/73008-aix-les-bains/index.html") is not None


def test_a_page_is_shown_before_others_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    real = preview_module.path_of
    monkeypatch.setattr(
        preview_module, "path_of", lambda thing: (named.append(real(thing)), named[-1])[1]
    )
    preview = Preview(Project(root))
    preview.refresh(Site("https://atlaas.example/"), SHELLS, ["a-propos/"])
    assert named == []
    assert preview.content("index.html") is not None
    assert named == ["index.html"]
    assert preview.content("sitemap.xml") is not None  # the last of all
    assert len(set(named)) == len(named) > 300
    # What MkDocs ships there is served without a look at any record.
    assert not [path for path in named if path.startswith("assets/")]


def test_files_for_machines_are_made_when_asked_for(root: Path) -> None:
    preview = Preview(Project(root))
    preview.refresh(Site(), SHELLS)
    index = preview.content("finder/index.json")
    assert index is not None and index.startswith(b'{"files":')
    assert preview.content("finder/no-such-file.json") is None
    assert preview.content("no-such-page/index.html") is None


class Visit:
    """Asks a preview behind a server; another application has one page, /a-propos/."""

    def __init__(
        self,
        root: Path,
        reported: list[str],
        url: str = "http://x/atlaas/",
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self.live = LivePreview(Project(root), reported.append)
        self.live.prepare(Site(), SHELLS_OF_PAGES, ["a-propos/"])
        self.live.refresh()
        meanwhile()
        self._app = self.live.around(self._other, url)

    @staticmethod
    def _other(environ: dict[str, Any], start: Any) -> list[bytes]:
        found = environ["PATH_INFO"] == "/atlaas/a-propos/"
        body = b"<body>par MkDocs</body>" if found else b"<body>introuvable</body>"
        headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
        start("200 OK" if found else "404 Not Found", headers)
        return [body]

    def get(self, path: str, query: str = "") -> tuple[str, str, str]:
        """Status, type and text of an answer."""
        answer: list[Any] = []
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1:8000"}
        body = b"".join(self._app(environ, lambda *given: answer.extend(given)))
        assert dict(answer[1])["Content-Length"] == str(len(body))
        return answer[0], dict(answer[1])["Content-Type"], body.decode()


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The watchers of previews end with the test; all files are looked at again at once."""
    monkeypatch.setattr(preview_module, "_FIRST", 0)
    observers: list[BaseObserver] = []
    real = preview_module.listen

    def listen(*given: Any) -> BaseObserver | None:
        observer = real(*given)
        assert observer is not None
        observers.append(observer)
        return observer

    monkeypatch.setattr(preview_module, "listen", listen)
    yield
    for observer in observers:
        observer.stop()
        observer.join()


@pytest.fixture
def visit(root: Path, stopped: None) -> tuple[Visit, list[str]]:
    """A preview of the tiny project, and what it reports."""
    reported: list[str] = []
    return Visit(root, reported), reported


URL = "/atlaas/actions/59378/la-bonne-appli/"
HTML = "text/html; charset=utf-8"


def test_a_visitor_sees_the_files_as_they_are(root: Path, visit: tuple[Visit, list[str]]) -> None:
    page, reported = visit
    status, kind, body = page.get(URL)
    assert (status, kind) == ("200 OK", HTML) and "look(address, version)" in body
    file, text = root / ACTION, (root / ACTION).read_text("utf-8")
    file.write_text(f"{text}\nUn ajout.\n", "utf-8")
    assert _until(lambda: "Un ajout." in page.get(URL)[2])
    assert reported == []
    file.write_text(text.replace("territory:", "territoire:"), "utf-8")
    assert _until(lambda: page.get(URL)[0] == "404 Not Found")
    assert "introuvable" in page.get(URL)[2]
    assert len(reported) == 1 and f"{ACTION}:3:1" in reported[0]
    other = page.get("/atlaas/")[2]
    assert '<pre role="alert"' in other and "« territoire »" in other
    file.write_text(text, "utf-8")
    assert _until(lambda: page.get(URL)[0] == "200 OK")
    assert 'role="alert"' not in page.get(URL)[2]
    file.unlink()
    assert _until(lambda: page.get(URL)[0] == "404 Not Found")


def test_what_no_record_makes_comes_from_the_other_server(visit: tuple[Visit, list[str]]) -> None:
    page, _ = visit
    status, kind, body = page.get("/atlaas/a-propos/")
    assert (status, kind) == ("200 OK", HTML)
    assert body.startswith("<body>par MkDocs<script>")  # it reloads like the others
    assert page.get("/actions/59378/la-bonne-appli/")[0] == "404 Not Found"  # outside the site
    assert page.get("/atlaas/../actions/")[0] == "404 Not Found"
    status, kind, body = page.get("/atlaas/finder/index.json")
    assert (status, kind) == ("200 OK", "application/json") and body.startswith('{"files":')


def test_a_browser_is_reported_to_reload_once_something_changed(
    root: Path, visit: tuple[Visit, list[str]]
) -> None:
    page, _ = visit
    seen = page.get("/atlaas/apercu")[2]
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(page.get, "/atlaas/apercu", seen)
        assert not wait([waiting], 0.5).done  # not by the first look at everything
        text = (root / ACTION).read_text("utf-8")
        (root / ACTION).write_text(f"{text}\nUn ajout.\n", "utf-8")
        assert waiting.result(10)[2] == str(int(seen) + 1)


def test_nothing_forks_once_threads_run(
    root: Path, visit: tuple[Visit, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python warns of it from 3.12 on: a lock that a thread holds stays held in the new process."""
    monkeypatch.setenv("ATLAAS_PROCESSES", "2")
    forks: list[int] = []
    monkeypatch.setattr(os, "fork", lambda: forks.append(1))
    page, _ = visit
    vocabulary = root / "data/vocabulary/themes.yml"  # everything is read again
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("label: ", "label: Le "), "utf-8")
    assert _until(lambda: "Le Réseau social" in page.get(URL)[2])
    assert forks == []


def test_the_first_reading_forks_before_any_thread(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # servers of other tests run on
    monkeypatch.setenv("ATLAAS_PROCESSES", "2")
    before = {thread.name for thread in threading.enumerate()}
    running: list[set[str]] = []
    real = os.fork
    monkeypatch.setattr(
        os,
        "fork",
        lambda: (running.append({thread.name for thread in threading.enumerate()}), real())[1],
    )
    live = LivePreview(Project(root), print)
    live.prepare(Site(), SHELLS, [])
    live.refresh()
    assert running == [before]


def _until(true: Callable[[], bool]) -> bool:
    """Whether it is true within ten seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_listener_tells_which_file_changed(root: Path, looks: list[str]) -> None:
    preview, reported = Preview(Project(root)), threading.Event()
    observer = listen(root / "data", reported.set, preview.files)
    assert observer is not None
    preview.files.trusted = True
    try:
        preview.refresh(Site(), SHELLS)
        assert not preview.files.waiting()
        text = (root / ACTION).read_text("utf-8")
        (root / ACTION).write_text(f"{text}\nUn ajout.\n", "utf-8")
        assert reported.wait(10)
        preview.refresh(Site(), SHELLS)
        assert b"Un ajout." in (preview.content(PAGE) or b"")
        assert len(looks) == 1
    finally:
        observer.stop()
        observer.join()


def test_the_first_page_does_not_wait_until_all_is_looked_at_again(
    root: Path, looks: list[str], stopped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit made after the files were read, before anybody listened, is shown a moment later."""
    shown = threading.Event()
    real = time.sleep
    monkeypatch.setattr(preview_module, "_FIRST", 30)
    monkeypatch.setattr(time, "sleep", lambda s: shown.wait(s) if s == 30 else real(s))

    def edit() -> None:
        action = root / ACTION
        action.write_text(f"{action.read_text('utf-8')}\nUn ajout précoce.\n", "utf-8")

    visit = Visit(root, [], meanwhile=edit)
    version = str(visit.live._preview.version)
    assert "Un ajout précoce." not in visit.get(URL)[2]
    assert len(looks) == 1
    shown.set()
    visit.get("/atlaas/apercu", version)  # a browser that waits for something else to be shown
    assert "Un ajout précoce." in visit.get(URL)[2]
    assert len(looks) == 2


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("atlaas.localhost", True),
        ("[::1]:8000", True),
        ("192.168.1.20:8000", True),  # a phone on the same network
        ("evil.example", False),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("", False),
        ("[", False),
    ],
)
def test_the_preview_answers_this_machine_alone(host: str, local: bool) -> None:
    """A name that a page elsewhere chose may lead here (« DNS rebinding »)."""
    assert preview_module.is_local(host) is local


def test_a_request_for_another_host_is_refused(visit: tuple[Visit, list[str]]) -> None:
    answer: list[Any] = []
    environ = {"PATH_INFO": "/atlaas/", "QUERY_STRING": "", "HTTP_HOST": "evil.example"}
    body = b"".join(visit[0]._app(environ, lambda *given: answer.extend(given)))
    assert answer[0] == "421 Misdirected Request"
    assert "qu'à l'adresse de cette machine" in body.decode()
