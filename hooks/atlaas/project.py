"""Where things are in a checkout. Made once, by the hook or the command line, and handed down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The folders and files of a checkout, whose top is ``root``."""

    root: Path

    @classmethod
    def above(cls, folder: Path) -> Project | None:
        """The project that a folder belongs to: the nearest one with data/ and mkdocs.yml."""
        for top in (folder, *folder.parents):
            if (top / "data").is_dir() and (top / "mkdocs.yml").is_file():
                return cls(top)
        return None

    @property
    def data(self) -> Path:
        """What people edit: the records and the lists."""
        return self.root / "data"

    @property
    def reference(self) -> Path:
        """The tables of the official geography."""
        return self.data / "reference"

    @property
    def overrides(self) -> Path:
        """Templates, style sheets and scripts."""
        return self.root / "overrides"

    @property
    def cache(self) -> Path:
        """What is kept between builds; it may be removed at any time."""
        return self.root / ".cache"
