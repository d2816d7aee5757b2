"""The preview: pages of records made when they are asked for, from files read when they change.

``Preview`` gives the bytes of an address; ``LivePreview`` answers requests with them, before what
another server makes of content/, and has browsers reload when a file changes.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import mimetypes
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from atlaas.build import Renderer, makers, pages_of, path_of, published
from atlaas.directory import Directory, link
from atlaas.directory.loading import Checked, Reading
from atlaas.directory.outcomes import Outcomes
from atlaas.geography.reference import Reference
from atlaas.history.file_dates import History
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project
from atlaas.read.problem import Problem, as_text
from atlaas.read.watcher import Watched, listen
from atlaas.render.body import make_environment
from atlaas.render.last_build import stamps, texts_alone
from atlaas.render.shell import Shells
from atlaas.work.cache import Stamp

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from jinja2 import Environment

log = logging.getLogger("mkdocs.hooks.atlaas")
RELOAD = "apercu"  # below the site's address: answers once something else is to be shown
_SETTLE = 0.05  # seconds: editors empty a file before they write it again
_FIRST = 1.0  # seconds that are left to the first page before all files are looked at again
_SCRIPT = """(function look(address, version) {
  fetch(address + "?" + version).then(answer => answer.text()).then(
    now => now === version ? look(address, version) : location.reload(),
    () => setTimeout(look, 1000, address, version));
})(%s, "%d");"""


class Preview:
    """The site as the files on disk make it, page by page.

    A record with an error is left out and its problems are reported; everything else is shown.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._outcomes = Outcomes(project)
        self._reference = Reference(project)
        self._history = History(project)
        self.files = Watched(project)
        self._reading: Reading | None = None
        self._lock = threading.Lock()
        self._site = Site()
        self._shells: Shells | None = None
        self._directory: Directory | None = None
        self._renderer: Renderer | None = None
        self._content: Sequence[str] = ()
        self._things: dict[str, Page | Asset] = {}  # by path, as far as they were looked for
        self._pages: Iterator[Page | Asset] = iter(())
        self._published: Iterator[Asset] = iter(())
        self._lists: dict[str, Stamp] = {}
        self.version = 0  # one more each time that something else is shown

    def start_reading(self) -> None:
        """Begin to look at the files, in a second process where that is safe."""
        with _no_collector():
            self._reading = Reading(
                self._project,
                outcomes=self._outcomes,
                reference=self._reference,
                found=self.files.inventory(),
            )

    def refresh(self, site: Site, shells: Shells, content: Sequence[str] = ()) -> list[Problem]:
        """Take the files as they now are; the problems found.

        ``content`` holds the addresses of the pages that are not made from records.
        """
        if self._reading is None:
            self.start_reading()
        assert self._reading is not None
        reading, self._reading = self._reading, None
        records, lists = set(self._outcomes.by_path), self._lists
        with _no_collector():
            ready = None
            if self._renderer is None:  # the program and its macros, while another process reads
                makers()
                ready = make_environment(self._project.overrides)
            checked = reading.result()
            self._lists, self._content = dict(self._stamps()), content
            same = lists == self._lists and records == set(self._outcomes.by_path)
            same = same and site == self._site and shells is self._shells
            if not same or (reading.again and not self._take_texts(reading)):
                self._take_all(checked, site, shells, ready)
        self.version += not same or bool(reading.again)
        return checked.problems

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        """The files of data/ apart from territories and actions."""
        for folder in self._project.data.iterdir():
            if folder.is_dir() and folder.name not in ("territories", "actions", "reference"):
                yield from stamps(str(folder), folder.name)

    def _take_texts(self, reading: Reading) -> bool:
        """Take the new texts of actions, if nothing else changed: no page has to be found again."""
        if self._directory is None or not texts_alone(reading.again, reading.before, reading.again):
            return False
        with self._lock:
            for action in self._directory.actions.values():
                if action.path in reading.again:
                    action.text = reading.again[action.path].body
        return True

    def _take_all(
        self, checked: Checked, site: Site, shells: Shells, ready: Environment | None
    ) -> None:
        history = self._history
        directory = link(self._reference, checked.records, history.dates, history.commits)
        renderer = Renderer(site, shells, directory, ready)
        with self._lock:
            self._site, self._shells = site, shells
            self._directory, self._renderer = directory, renderer
            self._things, self._pages = {}, pages_of(directory, site)
            self._published = self._files(directory)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file of the site (``themes/index.html``), or None if it has no such one.

        What has other addresses is not even named before something asks for it.
        """
        with self._lock:
            thing = self._find(path)
            return self._renderer.make(thing) if thing and self._renderer else None

    def _find(self, path: str) -> Page | Asset | None:
        while path not in self._things:
            thing = next(self._pages, None)
            if thing is None and not path.endswith(".html"):
                thing = next(self._published, None)
            if thing is None:
                return None
            self._things.setdefault(path_of(thing), thing)
        return self._things[path]

    def _files(self, directory: Directory) -> Iterator[Asset]:
        """The files for machines, which come after all pages."""
        pages = [thing for thing in self._things.values() if isinstance(thing, Page)]
        yield from published(directory, self._site, pages, self._content)


class LivePreview:
    """The preview behind a server: a WSGI application around one that serves the other files.

    Pages show the files as they are when they are asked for, but in the first second as they were
    when they were read, a moment ago. ``report`` is given in words what is wrong with records,
    which pages say too.
    """

    def __init__(self, project: Project, report: Callable[[str], object]) -> None:
        self._project, self._report = project, report
        self._preview = Preview(project)
        self._refreshing = threading.RLock()
        self._refreshed = threading.Condition()
        self._touched = threading.Event()
        self._settings: tuple[Site, Shells, Sequence[str]] | None = None
        self._wrong = ""

    def prepare(self, site: Site, shells: Shells, content: Sequence[str]) -> None:
        """Say what pages are made with; starts to read at once where nothing was read yet."""
        if self._settings is None:
            self._preview.start_reading()
        self._settings = site, shells, content

    def refresh(self) -> None:
        """Take the files as they now are, report what is wrong, and have browsers reload."""
        assert self._settings is not None
        with self._refreshing:
            before = self._preview.version
            problems = self._preview.refresh(*self._settings)
            self._wrong = f"Fiches à corriger :\n{as_text(problems)}" if problems else ""
            if self._wrong and before != self._preview.version:
                self._report(self._wrong)
        with self._refreshed:
            self._refreshed.notify_all()

    def around(self, app: WSGIApplication, url: str | None) -> WSGIApplication:
        """The application for the site at ``url``, around ``app``.

        From here on threads run: nothing forks any more.
        """
        files = self._preview.files
        files.trusted = listen(self._project.data, self._touched.set, files) is not None
        threading.Thread(target=self._follow, daemon=True).start()
        return partial(self._answer, app, urlsplit(url or "/").path)

    def _follow(self) -> None:
        """Refresh when something happened, whether or not somebody looks.

        Something may have happened before somebody listened. To look at all files again takes as
        long as to make many pages: the first one does not wait for it, and is reloaded if need be.
        """
        time.sleep(_FIRST)
        self._preview.files.lose()
        self._touched.set()
        while self._touched.wait():
            self._touched.clear()
            self._refresh_if_touched()

    def _refresh_if_touched(self) -> None:
        if not self._preview.files.waiting():
            return
        time.sleep(_SETTLE)
        with self._refreshing:
            if self._preview.files.waiting():  # another thread may have been quicker
                try:
                    self.refresh()
                except Exception:  # the next change may put it right: the preview goes on
                    log.exception("L'aperçu n'a pas pu être mis à jour.")

    def _answer(
        self, app: WSGIApplication, mount: str, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        if not is_local(environ.get("HTTP_HOST", "")):
            said = "Cet aperçu ne répond qu'à l'adresse de cette machine.".encode()
            return _send(start, "text/plain", said, "421 Misdirected Request")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        inside = path.removeprefix(mount)
        if inside == path or ".." in inside:
            return app(environ, start)
        if inside == RELOAD:
            seen = environ.get("QUERY_STRING")
            with self._refreshed:
                self._refreshed.wait_for(lambda: str(self._preview.version) != seen, timeout=20)
            return _send(start, "text/plain", str(self._preview.version).encode())
        version, content, file = self._preview.version, None, inside
        if not inside or inside.endswith("/"):
            file += "index.html"
        if not inside.startswith(("assets/", "livereload/")):
            self._refresh_if_touched()
            version, content = self._preview.version, self._preview.content(file)
        if content is not None:
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            return _send(start, kind, self._with_script(mount, version, kind, content))
        return self._others(app, environ, start, partial(self._with_script, mount, version))

    def _others(
        self,
        app: WSGIApplication,
        environ: WSGIEnvironment,
        start: StartResponse,
        change: Callable[[str, bytes], bytes],
    ) -> Iterable[bytes]:
        """The answer of the other server, its pages changed."""
        given: list[tuple[str, list[tuple[str, str]]]] = []

        def hold(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            given.append((status, headers))
            return lambda data: None

        content = b"".join(app(environ, hold))
        status, headers = given[-1]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        return _send(start, kind, change(kind, content), status, headers)

    def _with_script(self, mount: str, version: int, kind: str, content: bytes) -> bytes:
        """A page that reloads by itself, and says what is wrong with records."""
        if not kind.startswith("text/html"):
            return content
        wrong = f'<pre role="alert" class="wrap">{escape(self._wrong)}</pre>' if self._wrong else ""
        script = _SCRIPT % (json.dumps(mount + RELOAD), version)
        return content.replace(b"</body>", f"{wrong}<script>{script}</script></body>".encode())


def is_local(host: str) -> bool:
    """Whether a request names this machine, and no name that a page elsewhere may have chosen."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _send(
    start: StartResponse,
    kind: str,
    content: bytes,
    status: str = "200 OK",
    headers: Iterable[tuple[str, str]] = (),
) -> Iterable[bytes]:
    if kind == "text/html" or kind == "text/plain":
        kind += "; charset=utf-8"
    own = {"content-type": kind, "content-length": str(len(content)), "cache-control": "no-store"}
    kept = [(name, value) for name, value in headers if name.lower() not in own]
    start(status, [*kept, *((name.title(), value) for name, value in own.items() if value)])
    return [content]


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Nearly all that is made is kept: looking for what is not takes longer than making it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
