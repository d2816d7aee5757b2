"""What a proposal changes: its meaning, data and code at once or not, the pages that differ.

``meaning`` reads both versions for ``diff``. ``gate`` warns of a proposal that mixes data and
code, which are not reviewed by the same eye. ``compare_sites`` builds the site of a base, in a
worktree of its own, and that of the project as it stands. Only HTML counts as a page.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from atlaas.directory.redirects import PATH, is_address
from atlaas.edit.duplicates import Item, group_of, item
from atlaas.edit.workspace import Workspace, open_workspace
from atlaas.project import Project
from atlaas.read import read_bytes
from atlaas.read.layout import carrier_of
from atlaas.read.values import values_of, word
from atlaas.review.diff import Diff, Rest, mixed, review
from atlaas.review.imported import levels_of
from atlaas.review.versions import contents_at, hosts_at, paths_at, versions
from atlaas.text import number
from atlaas.work.scratch import scratch_folder

MOST = 300  # pages kept in the artefact
SHOWN = 40  # pages named in the report
# Of a proposal that one person reads; a palmarès of 330 labels is one.
MOST_FILES = 1000
MOST_BYTES = 4 * 1024 * 1024


def meaning(project: Project, base: str, head: str | None) -> Diff:
    """What changes between two versions, the second None for that on disk; or VersionError."""
    found = versions(project.root, base, head)
    space = open_workspace(project)
    rest = Rest(
        actions=lambda codes: _around(space, head, codes),
        redirects=_sent_on(contents_at(project.root, head, [PATH]).get(PATH, b"")),
        hosts=lambda: hosts_at(project.root, base, "data"),
        labels=lambda: _labels(project.root, head),
    )
    return review(space, found, rest)


def _sent_on(raw: bytes) -> dict[str, str]:
    """The old addresses of data/redirects.yml and the new ones; none where it is unreadable."""
    document = read_bytes(raw, PATH, "vocabulary")
    listed = document.data if isinstance(document.data, list) and not document.problems else []
    pairs = ((e.get("from"), e.get("to")) for e in listed if isinstance(e, dict))
    return {str(old): str(new) for old, new in pairs if is_address(old) and is_address(new)}


def _labels(root: Path, head: str | None) -> dict[str, dict[str, int | None]]:
    """Code -> edition -> level, of all territories at ``head``."""
    paths = [path for path in paths_at(root, head, "data/territories") if path.endswith(".yml")]
    found = {}
    for path, raw in contents_at(root, head, paths).items():
        if b"labels:" in raw:
            document = read_bytes(raw, path, "territory")
            if not document.problems:
                found[word(values_of(document), "code")] = levels_of(document)
    return found


def _around(space: Workspace, head: str | None, codes: Iterable[str]) -> Iterator[Item]:
    """The actions carried within the EPCI of these territories, at ``head``."""
    groups = {group_of(code, space.reference) for code in codes}
    near = [
        path
        for path in paths_at(space.project.root, head, "data/actions")
        if path.count("/") == 4 and group_of(carrier_of(path), space.reference) in groups
    ]
    for path, raw in contents_at(space.project.root, head, near).items():
        document = read_bytes(raw, path, "action")
        if not document.problems:
            code = str(document.data.get("territory") or "")
            title = str(document.data.get("title") or "")
            yield item(path, code, title, document.body, space.reference)


def gate(project: Project, base: str) -> list[str]:
    """Why what HEAD changes since it left ``base`` is not to be taken; raises VersionError."""
    paths = [version.path for version in versions(project.root, base, "HEAD")]
    look = mixed(paths)
    found = [f"{look.text[0].upper()}{look.text[1:]}."] if look else []
    if len(paths) > MOST_FILES:
        found.append(
            f"Cette proposition change {number(len(paths))} fichiers, plus que {MOST_FILES} : "
            "personne ne peut les relire. Faites-en plusieurs, une par département par exemple."
        )
    size = sum(map(len, contents_at(project.root, "HEAD", paths).values()))
    if size > MOST_BYTES:
        found.append(
            f"Les fichiers de cette proposition pèsent {number(size // 1024)} ko, plus que "
            f"{number(MOST_BYTES // 1024)} ko : faites-en plusieurs."
        )
    return found


def build(project: Path, target: Path) -> bool:
    """Build a site with the code of its own checkout; False where it cannot be built."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(project / "mkdocs.yml"), "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, capture_output=True, check=False, env=environment)
    return done.returncode == 0


def differing(old: Path, new: Path) -> tuple[list[str], list[str], list[str]]:
    """(added, changed, removed) pages between two sites, as addresses from the root."""

    def pages(site: Path) -> dict[str, Path]:
        return {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*.html"))}

    before, after = pages(old), pages(new)
    both = before.keys() & after.keys()
    return (
        sorted(after.keys() - before.keys()),
        sorted(path for path in both if before[path].read_bytes() != after[path].read_bytes()),
        sorted(before.keys() - after.keys()),
    )


def compare_sites(project: Project, base: str, folder: Path) -> list[str]:
    """Build both sites, keep the pages that differ, and say which they are, in Markdown.

    ``folder`` gets ``pages.txt`` and ``pages/``, the new version of each page that differs.
    """
    with scratch_folder(project.cache, "proposal") as scratch:
        old = scratch / "base"
        worktree = ["git", "worktree"]
        # One whose folder is gone: a comparison that was killed.
        subprocess.run([*worktree, "prune"], cwd=project.root, check=True)
        subprocess.run(
            [*worktree, "add", "--quiet", "--detach", str(old), base], cwd=project.root, check=True
        )
        try:
            if not build(project.root, scratch / "new"):
                return ["", "Le site ne se construit pas avec cette proposition."]
            if not build(old, scratch / "old"):
                return ["", "Le site d'avant ne se construit pas : pas de comparaison des pages."]
            added, other, removed = differing(scratch / "old", scratch / "new")
            for path in [*added, *other][:MOST]:
                target = folder / "pages" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(scratch / "new" / path, target)
        finally:
            subprocess.run(
                [*worktree, "remove", "--force", str(old)], cwd=project.root, check=False
            )
    names = [f"+ {p}" for p in added] + [f"~ {p}" for p in other] + [f"- {p}" for p in removed]
    (folder / "pages.txt").write_text("\n".join([*names, ""]), encoding="utf-8")
    parts = (("nouvelles", added), ("changées", other), ("retirées", removed))
    lines = [line for title, paths in parts for line in listed(f"Pages {title}", paths)]
    return lines or ["", "Aucune page du site ne change."]


def listed(title: str, paths: list[str]) -> list[str]:
    """A heading and the first of these pages; nothing without any."""
    if not paths:
        return []
    names = [f"- `/{path.removesuffix('index.html')}`" for path in paths[:SHOWN]]
    more = [f"- … et {len(paths) - SHOWN} autres"] if len(paths) > SHOWN else []
    return ["", f"### {title} ({len(paths)})", "", *names, *more]
