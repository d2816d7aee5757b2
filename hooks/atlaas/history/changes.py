"""What changed in the records, in words, as Git recorded it: for the feeds and « Nouveautés ».

The newest versions of records are compared with the ones before them, so an entry says « label
2018 ajouté : passe de 4 à 5 @ », not that a file was edited. Kept between builds.
"""

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from atlaas.geography.reference import Reference
from atlaas.history.blobs import NOTHING, blobs
from atlaas.history.feed_wording import FORMER, TermLabels, new_words, record_words
from atlaas.project import Project
from atlaas.read import Document, parse, read_bytes
from atlaas.read.values import entries_of, word
from atlaas.work.cache import cached

MOST = 1000  # versions of records that are compared
MOST_COMMITS = 2000
GROUP = 100  # more records than this added by one commit are one piece of news
_FOLDERS = {"data/territories/": "territory", "data/actions/": "action"}


class RecordChange(NamedTuple):
    """One record that a commit added or changed; or many added at once (kind « group »)."""

    when: str  # UTC: 2026-11-21T22:40:00Z
    commit: str  # its first twelve digits
    kind: str  # territory | action | group
    id: str  # 59378, or 59378/la-bonne-appli
    new: bool
    words: tuple[str, ...]
    members: tuple[str, ...] = ()  # the files of a group


class _Version(NamedTuple):
    """A file before and after a commit; ``NOTHING`` where it was not there."""

    path: str
    before: str
    after: str


@dataclass(slots=True)
class _Commit:
    """What a commit did to records."""

    id: str
    when: str
    changed: list[_Version] = field(default_factory=list)
    added: list[_Version] = field(default_factory=list)  # up to GROUP + 1
    paths: list[str] = field(default_factory=list)  # of all files that it added
    gone: dict[str, str] = field(default_factory=dict)  # file name -> blob
    additions: dict[str, int] = field(default_factory=dict)  # kind -> count
    removals: dict[str, int] = field(default_factory=dict)


def load(project: Project) -> list[RecordChange]:
    """The newest changes, newest first; none without Git, nor of what is not committed yet.

    In a shallow clone only the commits that came with their parents count.
    """
    root = project.root
    found = _git(root, "rev-parse", "HEAD", "--is-shallow-repository").split()
    if not (root / ".git").exists() or len(found) != 2:
        return []
    shallow = found[1] == "true"
    lists = sorted((project.data / "vocabulary").glob("*.yml"))

    def make() -> list[RecordChange]:
        labels = {**_term_labels(lists), FORMER: Reference(project).former_name if tables else {}}
        return list(_changes(root, shallow, labels))

    tables = sorted(project.reference.glob("*s.csv"))
    return cached(list[RecordChange], project.cache, "changes", make, *found, *lists, *tables)


def _git(root: Path, *arguments: str) -> str:
    """The output of a git command, or an empty text where it fails or there is no git."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=off", *arguments],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _term_labels(lists: Iterable[Path]) -> TermLabels:
    """The labels of the lists as they stand now."""

    def labels(path: Path) -> dict[str, str]:
        terms = entries_of(parse(path.read_text(encoding="utf-8")))
        return {word(term, "id"): word(term, "label") for term in terms}

    return {path.stem: labels(path) for path in lists}


def _changes(root: Path, shallow: bool, labels: TermLabels) -> Iterator[RecordChange]:
    commits = list(_newest(_commits(root, shallow)))
    wanted = {
        blob
        for commit in commits
        for version in (*commit.changed, *commit.added)
        for blob in (version.before, version.after)
    }
    found = blobs(root, wanted)
    for commit in commits:
        yield from _of_commit(commit, found, labels)


def _newest(commits: Iterator[_Commit]) -> Iterator[_Commit]:
    """Commits until they hold MOST versions; groups of additions become counts."""
    total = 0
    for commit in commits:
        _pair_moves(commit)
        if sum(commit.additions.values()) > GROUP:
            commit.added.clear()
        total += len(commit.changed) + len(commit.added)
        yield commit
        if total >= MOST:
            return


def _pair_moves(commit: _Commit) -> None:
    """A file that left one folder for another is a change of one record, not a new one."""
    for version in list(commit.added):
        before = commit.gone.get(version.path.rpartition("/")[2])
        if before:
            commit.added.remove(version)
            commit.changed.append(version._replace(before=before))
            kind = _kind(version.path)
            commit.additions[kind] -= 1
            commit.removals[kind] -= 1


def _commits(root: Path, shallow: bool) -> Iterator[_Commit]:
    """The commits that touched records, newest first; read as they come, so that one may stop."""
    command = "git -c core.quotePath=off -c log.showRoot=true log --raw --no-abbrev".split()
    command += ["--no-renames", f"-n{MOST_COMMITS}", "--format=%x00%H %ct %P", "--"]
    command += [folder.rstrip("/") for folder in _FOLDERS]
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    assert process.stdout is not None
    commit: _Commit | None = None
    try:
        for line in process.stdout:
            if line.startswith("\0"):
                if commit:
                    yield commit
                id_, seconds, *parents = line[1:].split()
                when = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                # The first commit of a shallow clone seems to add what older ones added.
                commit = None if shallow and not parents else _Commit(id_, when)
            elif commit and line.startswith(":"):
                _note(commit, line)
        if commit:
            yield commit
    finally:
        process.stdout.close()
        process.terminate()
        process.wait()


def _note(commit: _Commit, line: str) -> None:
    """Keep one line of ``--raw``: ``:100644 100644 <before> <after> M<tab>path``."""
    facts, _, path = line.rstrip("\n").partition("\t")
    _, _, before, after, status = facts.split()
    kind = _kind(path)
    if status == "D":
        commit.removals[kind] = commit.removals.get(kind, 0) + 1
        commit.gone[path.rpartition("/")[2]] = before
    elif before == NOTHING:
        commit.additions[kind] = commit.additions.get(kind, 0) + 1
        commit.paths.append(path)
        if len(commit.added) <= GROUP:
            commit.added.append(_Version(path, before, after))
    elif len(commit.changed) < MOST:
        commit.changed.append(_Version(path, before, after))


def _kind(path: str) -> str:
    return next(kind for folder, kind in _FOLDERS.items() if path.startswith(folder))


def _of_commit(
    commit: _Commit, contents: dict[str, bytes], labels: TermLabels
) -> Iterator[RecordChange]:
    short = commit.id[:12]
    if sum(commit.additions.values()) > GROUP:
        net = {k: n - commit.removals.get(k, 0) for k, n in commit.additions.items()}
        words = new_words({kind: count for kind, count in net.items() if count > 0})
        if words:
            new = (path for path in commit.paths if path.rpartition("/")[2] not in commit.gone)
            yield RecordChange(commit.when, short, "group", "", True, words, tuple(new))
    for version in sorted((*commit.changed, *commit.added)):
        kind = _kind(version.path)
        after = _document(version.path, contents.get(version.after), kind)
        if after is None:
            continue
        before = _document(version.path, contents.get(version.before), kind)
        changed = record_words(before, after, labels)
        if changed is not None:
            id_ = _id(version.path, kind, after)
            yield RecordChange(commit.when, short, kind, id_, before is None, changed)


def _document(path: str, raw: bytes | None, kind: str) -> Document | None:
    if raw is None:
        return None
    document = read_bytes(raw, path, kind)
    return None if document.problems else document


def _id(path: str, kind: str, document: Document) -> str:
    if kind == "territory":
        return str(document.data.get("code"))
    stem = path.rpartition("/")[2].removesuffix(".md")
    return f"{document.data.get('territory')}/{stem}"
