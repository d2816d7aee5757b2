"""A proposal's data and pages, laid over the project's own code: that code alone runs on them.

A proposal may change the code that judges it. Here its files are only read from Git, never
checked out: those below data/ and content/ are written over a copy of the project as it stands.
"""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from atlaas.project import Project
from atlaas.review.versions import Version, commit, versions
from atlaas.work.scratch import scratch_folder

_TAKEN = ("data/", "content/")


class Sides(NamedTuple):
    """The project before and after a proposal, what it changes, and a folder for more."""

    before: Project
    after: Project
    found: list[Version]
    scratch: Path


@contextmanager
def sides(project: Project, base: str, head: str | None) -> Iterator[Sides]:
    """Both sides of what ``head`` changes since it left ``base``; raises VersionError.

    Without ``head`` the second side is the project as it is on disk, code and all. With it, both
    are copies of the project's last commit, and the second has the proposal's data and pages.
    """
    found = versions(project.root, base, head)
    start = commit(project.root, "HEAD" if head else base)
    with scratch_folder(project.cache, "proposal") as scratch:
        # One whose folder is gone: a comparison that was killed.
        _worktree(project, "prune")
        folders = [scratch / "before", *([scratch / "after"] if head else [])]
        try:
            for folder in folders:
                _worktree(project, "add", "--quiet", "--detach", str(folder), start)
            if head:
                lay_over(folders[1], found)
            after = Project(folders[1]) if head else project
            yield Sides(Project(folders[0]), after, found, scratch)
        finally:
            for folder in folders:
                if folder.exists():
                    _worktree(project, "remove", "--force", str(folder))


def _worktree(project: Project, *arguments: str) -> None:
    subprocess.run(["git", "worktree", *arguments], cwd=project.root, check=True)


def lay_over(root: Path, found: Iterable[Version]) -> None:
    """Write the plain files of data/ and content/ as they become, remove those that go."""
    for version in found:
        if not taken(version.path):
            continue
        full = root / version.path
        if version.after is not None:
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(version.after)
        elif version.status == "D":
            full.unlink(missing_ok=True)


def taken(path: str) -> bool:
    """Whether a path of Git's is one of data or of a page, and leads nowhere else."""
    parts = path.split("/")
    return path.startswith(_TAKEN) and not {"", ".", "..", ".git"}.intersection(parts)
