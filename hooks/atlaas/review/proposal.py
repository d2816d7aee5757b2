"""What a proposal changes: its meaning, and whether one person can read it.

``meaning`` reads both versions for ``diff`` and ``report``. ``gate`` warns of a proposal that
mixes data and code, which are not reviewed by the same eye.
"""

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

# Of a proposal that one person reads; a palmarès of 330 labels is one.
MOST_FILES = 1000
MOST_BYTES = 4 * 1024 * 1024


def meaning(project: Project, base: str, head: str | None, after: Project | None = None) -> Diff:
    """What changes between two versions, the second None for that on disk; or VersionError.

    ``after`` is the project with the proposal's lists and territories, where it is not the same.
    """
    found = versions(project.root, base, head)
    space = open_workspace(after or project)
    rest = Rest(
        actions=lambda codes: _around(project.root, space, head, codes),
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


def _around(root: Path, space: Workspace, head: str | None, codes: Iterable[str]) -> Iterator[Item]:
    """The actions carried within the EPCI of these territories, at ``head``."""
    groups = {group_of(code, space.reference) for code in codes}
    near = [
        path
        for path in paths_at(root, head, "data/actions")
        if path.count("/") == 4 and group_of(carrier_of(path), space.reference) in groups
    ]
    for path, raw in contents_at(root, head, near).items():
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
