"""What a build keeps for the next one is never believed: damaged in any way, the site is the same.

Every kind of file that .cache/ holds, harmed in each of five ways, and the next build over it.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from support import build_site, copy_project, git, read_tree, two_departements
from tiny import TINY

KINDS = (
    *("cards", "changes", "communes", "finder", "icons", "indicators", "map-departements"),
    *("map-epci", "map-frame"),
    *("map-regions", "outlines-departements", "outlines-epci", "outlines-regions", "panels"),
    *("places", "records", "search", "site", "towns"),
)


class Kept:
    """The tiny project under Git, its site, and what its first build kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.project = copy_project(folder / "project", TINY)
        two_departements(self.project / "data" / "reference")
        git(self.project, "init", "-q")
        git(self.project, "add", "data")
        git(self.project, "commit", "-q", "-m", "x", day="2026-11-21")
        self.build()
        self.made = read_tree(self.site)
        self.kept = read_tree(self.project / ".cache")

    def build(self, **environment: str) -> str:
        done = build_site(self.project, self.site, **environment)
        assert done.returncode == 0, done.stdout
        assert "Traceback" not in done.stdout and "WARNING" not in done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


class Trap:
    """What runs when Python reads it in its own format."""

    def __init__(self, ran: Path) -> None:
        self.ran = ran

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.ran),)


HARMS: dict[str, Callable[[bytes, bytes, Path], bytes]] = {
    "cut": lambda own, other, ran: own[: len(own) * 2 // 3],
    "one-bit": lambda own, other, ran: own[:-9] + bytes([own[-9] ^ 1]) + own[-8:],
    "of-another": lambda own, other, ran: other,
    "empty": lambda own, other, ran: b"",
    "that-runs": lambda own, other, ran: pickle.dumps(Trap(ran)),
}


def test_nothing_that_is_kept_is_code(kept: Kept) -> None:
    """Lines of JSON after a digest: neither pickles nor compiled templates."""
    assert tuple(sorted({path.split("/")[0] for path in kept.kept})) == KINDS
    for path, content in kept.kept.items():
        for line in content.splitlines():
            digest, _, text = line.partition(b" ")
            assert len(digest) == 32 and text[:1] + text[-1:] == b"[]", path


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_damaged_is_made_again(kept: Kept, tmp_path: Path, harm: str) -> None:
    """All kinds at once, then the state of the last build alone, by which nothing would be made."""
    paths = sorted(kept.kept)
    for wanted in (paths, [path for path in paths if path.startswith("site/")]):
        for place, path in enumerate(paths):
            content = kept.kept[path]
            if path in wanted:
                other = kept.kept[paths[place - 1]]
                content = HARMS[harm](content, other, tmp_path / "ran")
            (kept.project / ".cache" / path).write_bytes(content)
        kept.build()
        assert read_tree(kept.site) == kept.made
    assert not (tmp_path / "ran").exists()
    assert read_tree(kept.project / ".cache").keys() == kept.kept.keys()


def test_other_bytes_of_the_same_size_and_time_are_seen(kept: Kept) -> None:
    """Of a record, and of a page of the site."""
    kept.build()
    record = next(kept.project.glob("data/actions/**/*.md"))
    page = kept.site / "a-propos" / "index.html"
    for file, old, new in ((record, b"e", b"a"), (page, b"e", b"a")):
        before, content = file.stat(), file.read_bytes()
        at = content.rindex(old)
        file.write_bytes(content[:at] + new + content[at + 1 :])
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        kept.build()
        if file is record:
            assert read_tree(kept.site) != kept.made
            file.write_bytes(content)
            kept.build()
        assert read_tree(kept.site) == kept.made
