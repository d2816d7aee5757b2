"""The preview: pages of records made when they are asked for, from files read when they change.

Knows nothing of MkDocs: the hook asks it for the bytes of an address and tells it when to look at
the files again.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from atlaas.build import Renderer, pages_of, path_of, published
from atlaas.directory import Directory, link
from atlaas.directory.loading import Checked, Reading
from atlaas.directory.outcomes import Outcomes, Stamp
from atlaas.geography.reference import Reference
from atlaas.history.file_dates import History
from atlaas.pages.page import Asset, Page, Site
from atlaas.project import Project
from atlaas.read.problem import Problem
from atlaas.read.watcher import Watched
from atlaas.render.last_build import stamps, texts_alone
from atlaas.render.shell import Shells


class Preview:
    """The site as the files on disk make it, page by page.

    A record with an error is left out and its problems are told; everything else is shown.
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
        self._put: set[str] = set()  # paths of files written for the server

    def start_reading(self) -> None:
        """Begin to look at the files, in a second process where there is one."""
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
            checked = reading.result()
            self._lists, self._content = dict(self._stamps()), content
            same = lists == self._lists and records == set(self._outcomes.by_path)
            same = same and site == self._site and shells is self._shells
            if not (same and reading.again and self._take_texts(reading)):
                self._take_all(checked, site, shells)
        return checked.problems

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        """The files of data/ beside territories and actions."""
        for folder in self._project.data.iterdir():
            if folder.is_dir() and folder.name not in ("territories", "actions", "reference"):
                yield from stamps(str(folder), folder.name)

    def _take_texts(self, reading: Reading) -> bool:
        """Take the new texts of actions, if nothing else changed: no page has to be found anew."""
        if self._directory is None or not texts_alone(reading.again, reading.before, reading.again):
            return False
        with self._lock:
            for action in self._directory.actions.values():
                if action.path in reading.again:
                    action.text = reading.again[action.path].body
        return True

    def _take_all(self, checked: Checked, site: Site, shells: Shells) -> None:
        directory = link(self._reference, checked.records, self._history.dates)
        renderer = Renderer(site, shells, directory)
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

    def put(self, path: str, site: Path) -> None:
        """Write a file of the site below ``site``, or take away what was put there and is no more.

        A record that was removed, or has an error now, must not be shown as it was.
        """
        content = self.content(path)
        if content is not None:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
            self._put.add(path)
        elif path in self._put:
            (site / path).unlink(missing_ok=True)
            self._put.discard(path)

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


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Nearly all that is made is kept: looking for what is not takes longer than making it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
