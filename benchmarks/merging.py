"""What a publication costs after the merge of one text, next to one that has nothing to start from.

    python -m benchmarks.merging PROJECT SITES

Does as the workflow ``publish`` does: the project is under Git; a first publication leaves its site
and its caches; then one action's text is changed in a commit, every file gets the time of now, as a
checkout and an archive give it, and the site is built again over what was left, with CI=true. The
same commit is then built with nothing kept, and both sites are compared byte for byte. Prints JSON.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.measure import Run

DAYS = "2026-01-10", "2026-01-12"  # of all records, and of the one that is merged
CI = {"CI": "true", "ATLAAS_HISTORY": "required"}


def _git(project: Path, *words: str, day: str = DAYS[0]) -> None:
    moment = f"{day}T12:00:00+00:00"
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    command = [
        "git",
        "-c",
        "gc.auto=0",
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        *words,
    ]
    subprocess.run(command, cwd=project, check=True, env={**os.environ, **dated})


def _commit(project: Path, day: str) -> None:
    _git(project, "add", "data", "content")
    _git(project, "commit", "-q", "-m", "records", day=day)


def _build(project: Path, site: Path) -> Run:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
    return measure.run(command, project, CI)


def _touch(*folders: Path) -> None:
    """Give every file the time of now."""
    for folder in folders:
        for where, _, names in os.walk(folder):
            for name in names:
                os.utime(f"{where}/{name}")


def _files(site: Path) -> set[str]:
    return {
        os.path.relpath(f"{where}/{name}", site)
        for where, _, names in os.walk(site)
        for name in names
    }


def _different(one: Path, other: Path) -> list[str]:
    """The files that two sites do not have in common, or not with the same bytes."""
    files = _files(one)
    _, unequal, unread = filecmp.cmpfiles(one, other, files, shallow=False)
    return sorted({*unequal, *unread, *(files ^ _files(other))})


def merge(project: Path, sites: Path) -> dict[str, Any]:
    """Wall seconds, CPU seconds and MB of both, and how many files the merge changed.

    Raises RuntimeError where they are not the same site. The project is left without Git.
    """
    kept, fresh, cache = sites / "kept", sites / "fresh", project / ".cache"
    beside = sites / ".kept.atlaas"
    action = sorted((project / "data" / "actions").rglob("*.md"))[-1]
    text = action.read_text(encoding="utf-8")
    _git(project, "init", "-q")
    try:
        _commit(project, DAYS[0])
        shutil.rmtree(cache, ignore_errors=True)
        _build(project, kept)
        before = measure.fingerprint(kept)
        action.write_text(f"{text}\nPhrase ajoutée pour la mesure.\n", encoding="utf-8")
        _commit(project, DAYS[1])
        shutil.rmtree(beside)  # which no archive holds
        beside.mkdir()
        (beside / "unseen").touch()  # as scripts/kept.sh says of what it unpacked
        _touch(project / "data", kept, cache)
        merged = _build(project, kept)
        after = measure.fingerprint(kept)
        shutil.rmtree(cache)
        anew = _build(project, fresh)
        different = _different(kept, fresh)
        if different:
            raise RuntimeError(f"{len(different)} files differ: {', '.join(different[:9])}")
    finally:
        action.write_text(text, encoding="utf-8")
        shutil.rmtree(project / ".git")
    return {
        "merged": merged[:3],
        "anew": anew[:3],
        "files": len(after),
        "written": sum(before.get(path, (0,))[0] != now[0] for path, now in after.items()),
    }


if __name__ == "__main__":
    print(json.dumps(merge(*(Path(word).resolve() for word in sys.argv[1:3]))))
