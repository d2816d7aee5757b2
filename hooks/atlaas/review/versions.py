"""What Git says changed between two versions of the project, and the bytes of each file.

No build asks this, only commands that look at a proposal. Git is asked for names first, then for
the contents of those files alone, through one ``cat-file --batch``.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from atlaas.history.blobs import blobs

_FILES = ("100644", "100755")  # what Git calls plain files, and others
_ODD = {"120000": "lien symbolique", "160000": "sous-module"}
MAX_BYTES = 1024 * 1024  # of a working file; a record is far smaller


class VersionError(Exception):
    """Git cannot answer; the message says why, in French."""


class NoGitError(VersionError):
    """The command git is not there."""


class Version(NamedTuple):
    """A file before and after: its bytes, or None where it was not there or is no plain file."""

    path: str
    before: bytes | None
    after: bytes | None
    status: str  # A, M, D or T (its nature changed)
    odd: str = ""  # « lien symbolique », « sous-module »


def _git(root: Path, *arguments: str, input: bytes | None = None) -> bytes:
    command = ["git", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, cwd=root, input=input, capture_output=True, check=True)
    except FileNotFoundError:
        raise NoGitError("la commande git n'est pas installée") from None
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise VersionError(f"git répond : {words}") from None
    return done.stdout


def commit(root: Path, revision: str) -> str:
    """The full name of a commit; raises VersionError where there is none of that name."""
    if not (root / ".git").exists():
        raise VersionError("ce dossier n'est pas un dépôt Git")
    asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        name = _git(root, "rev-parse", *asked)
    except NoGitError:
        raise
    except VersionError:
        raise VersionError(f"« {revision} » n'est pas une version connue de Git") from None
    return name.decode().strip()


def day_of(root: Path, revision: str) -> str:
    """The ISO date of a commit."""
    name = commit(root, revision)
    return _git(root, "log", "-1", "--format=%cs", name).decode().strip()


def fork_point(root: Path, base: str, head: str) -> str:
    """Where the branch of ``head`` left that of ``base``; ``base`` itself if they share nothing."""
    try:
        return _git(root, "merge-base", base, head).decode().split("\n")[0]
    except VersionError:
        return base


def versions(root: Path, base: str, head: str | None) -> list[Version]:
    """The files that differ between the fork point of ``base`` and ``head`` (None: as on disk)."""
    start = fork_point(root, commit(root, base), commit(root, head or "HEAD"))
    wanted = [start, commit(root, head)] if head else [start]
    output = _git(root, "diff", "--raw", "-z", "--no-renames", "--abbrev=40", *wanted, "--")
    fields = output.decode("utf-8", "surrogateescape").split("\0")
    raw = [(*meta[1:].split(), path) for meta, path in zip(fields[::2], fields[1::2], strict=False)]
    contents = blobs(root, [sha for _, _, old, new, _, _ in raw for sha in (old, new)])
    result = []
    for old_mode, new_mode, old, new, status, path in raw:
        before = contents.get(old) if old_mode in _FILES else None
        if status == "D" or new_mode not in _FILES:
            after = None
        else:
            after = contents[new] if new in contents else _working(root, path)
        result.append(Version(path, before, after, status, _ODD.get(new_mode, "")))
    if head is None:
        listed = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
        for path in listed.decode("utf-8", "surrogateescape").split("\0"):
            if path:
                odd = "lien symbolique" if (root / path).is_symlink() else ""
                result.append(Version(path, None, _working(root, path), "A", odd))
    return sorted(result)


def _working(root: Path, path: str) -> bytes | None:
    """The bytes of a file on disk, never through a link."""
    full = os.path.join(root, path)
    if os.path.islink(full) or not os.path.isfile(full):
        return None
    with open(full, "rb") as file:
        return file.read(MAX_BYTES)


def paths_at(root: Path, head: str | None, folder: str) -> list[str]:
    """The files below a folder, at a version or on disk."""
    if head is None:
        top = root / folder
        return sorted(p.relative_to(root).as_posix() for p in top.rglob("*") if p.is_file())
    output = _git(root, "ls-tree", "-r", "-z", "--name-only", commit(root, head), "--", folder)
    return [path for path in output.decode("utf-8", "surrogateescape").split("\0") if path]


def contents_at(root: Path, head: str | None, paths: Iterable[str]) -> dict[str, bytes]:
    """Path -> bytes, at a version or on disk."""
    if head is None:
        found = {path: _working(root, path) for path in paths}
        return {path: content for path, content in found.items() if content is not None}
    name = commit(root, head)
    tree = _git(root, "ls-tree", "-r", "-z", name, "--", *paths).decode("utf-8", "surrogateescape")
    names = {}
    for line in tree.split("\0"):
        meta, _, path = line.partition("\t")
        if path and meta.split()[0] in _FILES:
            names[path] = meta.split()[2]
    contents = blobs(root, names.values())
    return {path: contents[sha] for path, sha in names.items() if sha in contents}


def hosts_at(root: Path, base: str, folder: str) -> frozenset[str]:
    """The sites that files below a folder name at a version, without « www. », in lower case."""
    site = r"https?://[^][/?#\"'<>() ]+"
    try:
        output = _git(root, "grep", "-hoiIE", site, commit(root, base), "--", folder)
    except VersionError:  # no line matches
        return frozenset()
    found = output.decode("utf-8", "replace").lower().split("\n")
    return frozenset(line.partition("://")[2].removeprefix("www.") for line in found if line)
