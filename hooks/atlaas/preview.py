"""The preview: pages of records made when they are asked for, from files read when they change.

Knows nothing of MkDocs: the hook asks it for the bytes of an address and tells it when to look at
the files again.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from atlaas.build import Renderer, pages_of, path_of, published
from atlaas.directory import Directory, link
from atlaas.history import History
from atlaas.loading import Known, Reading
from atlaas.pages.base import Asset, Page, Site
from atlaas.problem import Problem
from atlaas.reference import Reference
from atlaas.render.shell import Shells


class Preview:
    """The site as the files on disk make it, page by page.

    A record with an error is left out and its problems are told; everything else is shown.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = Known()
        self._reference = Reference(root / "data" / "reference", root / ".cache")
        self._history = History(root)
        self._reading: Reading | None = None
        self._lock = threading.Lock()
        self._site = Site()
        self._directory: Directory | None = None
        self._renderer: Renderer | None = None
        self._things: dict[str, Page | Asset] = {}
        self._published = False

    def start_reading(self) -> None:
        """Begin to look at the files, in a second process where there is one."""
        self._reading = Reading(self._root, known=self._known, reference=self._reference)

    def refresh(self, site: Site, shells: Shells) -> list[Problem]:
        """Take the files as they now are; the problems found."""
        if self._reading is None:
            self.start_reading()
        assert self._reading is not None
        checked = self._reading.result()
        self._reading = None
        directory = link(self._reference, checked.records, self._history.dates)
        renderer = Renderer(self._root, site, shells, directory)
        things = {path_of(thing): thing for thing in pages_of(directory, site)}
        with self._lock:
            self._site, self._directory, self._renderer = site, directory, renderer
            self._things, self._published = things, False
        return checked.problems

    def content(self, path: str, content_pages: Sequence[str] = ()) -> bytes | None:
        """The bytes of a file of the site (``themes/index.html``), or None if it has no such one.

        The files for machines are only made when one of them is asked for.
        """
        with self._lock:
            if self._directory is None or self._renderer is None:
                return None
            thing = self._things.get(path)
            if thing is None and not path.endswith(".html") and not self._published:
                self._published = True
                pages = [thing for thing in self._things.values() if isinstance(thing, Page)]
                cache = self._renderer.cache
                for asset in published(self._directory, self._site, pages, content_pages, cache):
                    self._things.setdefault(path_of(asset), asset)
                thing = self._things.get(path)
            return self._renderer.make(thing) if thing else None
