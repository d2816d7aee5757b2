"""The files of data/, looked at as a whole once and then only where something happened.

To look at 135 000 files takes more than a second, which a contributor would wait for at each edit.
"""

import logging
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from atlaas.project import Project
from atlaas.read import MAX_BYTES, Entry, Found, inventory
from atlaas.read.problem import Problem
from atlaas.work.cache import stamp

log = logging.getLogger("mkdocs.hooks.atlaas")
_CHANGES: list[type[events.FileSystemEvent]] = [  # what an edit is; not that a file was read
    *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileDeletedEvent),
    *(events.DirCreatedEvent, events.DirDeletedEvent, events.FileMovedEvent, events.DirMovedEvent),
]
_MANY = 1_000  # files touched at once: a watcher may have missed others (inotify holds 16 384)


class Watched:
    """What ``inventory`` finds below a project, kept up to date by what a watcher of data/ reports.

    ``trusted`` says that a watcher listens; without one, all is looked at each time.
    """

    def __init__(self, project: Project) -> None:
        self._root = str(project.root)
        self._lock = threading.Lock()
        self._found: Found = [], []
        self._touched: set[str] = set()
        self._lost = True
        self.trusted = False

    def touch(self, path: str) -> None:
        """Something happened to this file, named as entries name it."""
        with self._lock:
            self._touched.add(path)
            self._lost = self._lost or len(self._touched) > _MANY

    def lose(self) -> None:
        """Something happened, and not to single files."""
        with self._lock:
            self._lost = True

    def waiting(self) -> bool:
        """Whether something happened since ``inventory`` was last asked for."""
        with self._lock:
            return self._lost or bool(self._touched)

    def inventory(self) -> Found:
        """All record files as they are now, and what cannot be one."""
        with self._lock:  # what is reported from here on is for the next time
            again = self._lost or not self.trusted
            touched, self._touched, self._lost = self._touched, set(), False
        try:
            known = None if again else _again(*self._found, touched)
            self._found = inventory(self._root) if known is None else known
        except OSError:  # what was reported is consumed, and nothing came of it
            self.lose()
            raise
        return self._found


def _again(entries: list[Entry], problems: list[Problem], touched: set[str]) -> Found | None:
    """The same, the touched files as they are now; None where one of them came or went."""
    now: list[Entry] = []
    for entry in entries:
        if entry.absolute in touched:
            touched.discard(entry.absolute)
            try:
                info = os.lstat(entry.absolute)
            except OSError:
                return None
            if not stat.S_ISREG(info.st_mode) or info.st_size > MAX_BYTES:
                return None
            entry = entry._replace(size=info.st_size, changed=stamp(info)[0])
        now.append(entry)
    # What editors write next to a file while they save it is gone by now.
    return None if any(map(os.path.lexists, touched)) else (now, problems)


def listen(
    folder: Path, wake: Callable[[], None], files: Watched | None = None
) -> BaseObserver | None:
    """Report to ``files`` and call ``wake`` when something below a folder changes; None if not.

    MkDocs looks at every file twice a second, which is too much for a folder of many records:
    this listens to the operating system's events. It must not listen to files merely being opened:
    reading 100 000 records sends more events than the queue holds, after which it scans every
    folder again, which sends as many again, without end.
    """

    class Handler(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            if files and event.is_directory:
                files.lose()
            elif files:
                for path in (event.src_path, event.dest_path):
                    if path:
                        files.touch(os.fsdecode(path))
            wake()

    observer = Observer()
    observer.daemon = True
    observer.schedule(Handler(), str(folder), recursive=True, event_filter=_CHANGES)
    try:
        observer.start()
    except OSError as error:  # Linux watches so many folders at most
        log.warning(
            "Les changements de %s/ ne seront pas vus (%s) : relancez l'aperçu après chacun, ou "
            "augmentez fs.inotify.max_user_watches.",
            folder.name,
            error,
        )
        return None
    return observer
