"""A publication over what the one before left is that of a new checkout that has nothing.

Each is a clone of its own at the same place, as on a forge: every file has a new time, and the site
and the caches come from two archives (scripts/kept.sh). They are harmed in every way here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from support import PROJECT, build_site, copy_project, git, read_tree, two_departements, write_tree
from tiny import TINY

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
PAGE = "actions/59378/la-bonne-appli/index.html"
OTHER = "territoires/59350-lille/index.html"
RIGHT = "Le site et les caches de la publication précédente sont là, à contrôler."


class Forge:
    """A repository, and where its publications are made; the first one is."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.checkout = copy_project(folder / "origin", TINY), folder / "checkout"
        two_departements(self.origin / "data" / "reference")
        write_tree(self.origin, {".gitignore": ".cache/\nsite/\n.site.atlaas/\n__pycache__/\n"})
        git(self.origin, "init", "-q")
        self.merge("2026-11-21")
        self.left = folder / "left"
        self.said = ""
        self.unchanged = self.spared = 0  # files left as they were, and those not even made again
        self.first = self.publish(None)

    def merge(self, day: str) -> None:
        git(self.origin, "add", "--all")
        git(self.origin, "commit", "-q", "-m", day, day=day)

    def edit(self, path: str, change: Callable[[str], str], day: str) -> None:
        """Merge a change of one file."""
        file = self.origin / path
        file.write_text(change(file.read_text("utf-8")), "utf-8")
        self.merge(day)

    def publish(self, left: Path | None) -> dict[str, bytes]:
        """The site of a new checkout, with what ``left`` holds; a copy of both stays."""
        shutil.rmtree(self.checkout, ignore_errors=True)
        git(self.origin, "clone", "-q", str(self.origin), str(self.checkout))
        if left:
            shutil.copytree(left, self.checkout / ".cache" / "last")
        self.said = self.run("kept.sh", "take", ".cache/last")
        site = self.checkout / "site"
        more = {"CI": "true", "ATLAAS_HISTORY": "required"}
        done = build_site(self.checkout, site, "--verbose", **more)
        assert done.returncode == 0, done.stdout
        spared = re.search(r"(\d+) inchangés(?: \(dont (\d+) sans être refaits\))?", done.stdout)
        assert spared, done.stdout
        self.unchanged, self.spared = int(spared[1]), int(spared[2] or 0)
        return read_tree(site)

    def keep(self) -> Path:
        """What the publication leaves, in a folder that the next one does not write to."""
        self.run("archive.sh", "site", ".cache/archive")
        self.run("kept.sh", "put", ".cache/archive")
        shutil.rmtree(self.left, ignore_errors=True)
        return shutil.copytree(self.checkout / ".cache" / "archive", self.left)

    def run(self, script: str, *words: str) -> str:
        return subprocess.run(
            [str(PROJECT / "scripts" / script), *words],
            cwd=self.checkout,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ).stdout.strip()


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    forge = Forge(tmp_path_factory.mktemp("forge"))
    forge.keep()
    return forge


def unpacked(archive: Path, target: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target


def packed(folder: Path, archive: Path) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        for top in sorted(folder.iterdir()):
            tar.add(top, top.name)


def alter(site: Path, caches: Path) -> None:
    page = site / OTHER
    page.write_bytes(page.read_bytes().replace(b"Lille", b"Mille"))


def remove(site: Path, caches: Path) -> None:
    (site / OTHER).unlink()


def add(site: Path, caches: Path) -> None:
    write_tree(site, {"etranger/index.html": "x", "territoires/59350-lille/x.js": "alert(1)"})


def cut(site: Path, caches: Path) -> None:
    for file in caches.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])


def swap(site: Path, caches: Path) -> None:
    """A page at the place of another one, each as it was built."""
    one, other = site / PAGE, site / OTHER
    one_bytes = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(one_bytes)


def forget(site: Path, caches: Path) -> None:
    shutil.rmtree(caches / "site")


def test_what_nobody_touched_is_not_made_again(forge: Forge) -> None:
    """The same commit: all but the pages of content/ and what MkDocs copies."""
    assert forge.publish(forge.left) == forge.first
    assert forge.said == RIGHT
    assert forge.spared > 0.9 * len(forge.first) and forge.unchanged == len(forge.first)


@pytest.mark.parametrize("harm", [alter, remove, add, cut, swap, forget])
def test_what_is_kept_changes_nothing(
    forge: Forge, tmp_path: Path, harm: Callable[[Path, Path], None]
) -> None:
    """A harmed site or cache, and the same commit: each byte as it was published.

    Where a page is not what was built, no other one is believed either.
    """
    folder = tmp_path / "left"
    site = unpacked(forge.left / "site.tar.gz", tmp_path / "site")
    caches = unpacked(forge.left / "cache.tar.gz", tmp_path / "caches")
    harm(site / "site", caches / ".cache")
    folder.mkdir()
    packed(site, folder / "site.tar.gz")
    packed(caches, folder / "cache.tar.gz")
    assert forge.publish(folder) == forge.first
    assert forge.said == RIGHT
    assert (forge.spared > 0) is (harm is add)


def test_another_version_of_the_program_makes_all(forge: Forge, tmp_path: Path) -> None:
    """What another version left, and a page that was changed in it."""
    left = shutil.copytree(forge.left, tmp_path / "left")
    forge.edit("hooks/atlaas/__init__.py", lambda text: f"{text}\nAUTRE = 1\n", "2026-11-22")
    template = "overrides/pages/action.html"
    forge.edit(template, lambda text: f"{text}<p>Autrement</p>\n", "2026-11-22")
    over = forge.publish(left)
    assert forge.said == RIGHT
    assert b"<p>Autrement</p>" in over[PAGE]
    assert forge.spared == 0
    assert over == forge.publish(None)
    forge.keep()


@pytest.mark.parametrize(
    ("changes", "few"),
    [
        ([(ACTION, lambda text: f"{text}\nUne suite.\n", "2026-11-23")], True),
        ([(ACTION, lambda text: text.replace("title: ", "title: Nouvelle "), "2026-11-24")], False),
        (
            [
                ("data/vocabulary/themes.yml", lambda text: f"{text}# un mot\n", "2026-11-25"),
                (ACTION, lambda text: f"{text}\nLa fin.\n", "2027-01-02"),
            ],
            False,
        ),
    ],
    ids=["a text", "a title", "a list, and a text in another year"],
)
def test_a_merge_is_published_as_if_nothing_were_kept(
    forge: Forge, changes: list[tuple[str, Callable[[str], str], str]], few: bool
) -> None:
    """Three publications in a row, each over what the one before left.

    A text and its date stand on few pages (``few``); another field may stand on any.
    """
    for path, change, day in changes:
        forge.edit(path, change, day)
    over = forge.publish(forge.left)
    assert (forge.spared > 0) is few
    forge.keep()
    fresh = forge.publish(None)
    assert over == fresh != forge.first


def hostile(folder: Path, name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> None:
    """An archive of a site in which a name leads elsewhere."""
    with tarfile.open(folder / "site.tar.gz", "w:gz") as tar:
        for path in ("site", "site/index.html"):
            info = tarfile.TarInfo(path)
            info.type = tarfile.DIRTYPE if path == "site" else tarfile.REGTYPE
            info.mode = 0o755
            tar.addfile(info)
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, to
        tar.addfile(info)


@pytest.mark.parametrize(
    ("name", "to", "kind"),
    [
        ("site/a.html", "../../../hooks", tarfile.SYMTYPE),
        ("site/a.html", "/etc/passwd", tarfile.LNKTYPE),
        ("site/a.html", "", tarfile.FIFOTYPE),
        ("hooks/atlaas/x.py", "", tarfile.REGTYPE),
        ("../../hooks/x.py", "", tarfile.REGTYPE),
    ],
    ids=["link", "hard link", "pipe", "code", "outside"],
)
def test_an_archive_of_anything_else_is_refused(
    forge: Forge, tmp_path: Path, name: str, to: str, kind: bytes
) -> None:
    """No file comes of it but those that it was given as."""
    shutil.rmtree(forge.checkout)
    last = forge.checkout / ".cache" / "last"
    shutil.copytree(forge.left, last)
    hostile(last, name, to, kind)
    said = forge.run("kept.sh", "take", ".cache/last")
    assert said.endswith("n'est pas entier : tout est fait.")
    assert [path.name for path in forge.checkout.iterdir()] == [".cache"]
    assert [path.name for path in (forge.checkout / ".cache").iterdir()] == ["last"]


def test_caches_hold_nothing_that_runs(forge: Forge, tmp_path: Path) -> None:
    """A tool that a verb keeps in .cache/ is not packed; where it is packed, nothing is taken."""
    forge.publish(None)
    tool = {".cache/audit/bin/python": "#!/bin/sh", ".cache/audit/pyvenv.cfg": ""}
    write_tree(forge.checkout, tool)
    caches = unpacked(forge.keep() / "cache.tar.gz", tmp_path / "caches")
    packed_kinds = {path.name for path in (caches / ".cache").iterdir()}
    assert "site" in packed_kinds and not packed_kinds & {"audit", "archive", "last"}
    write_tree(caches, tool)
    shutil.rmtree(forge.checkout)
    last = shutil.copytree(forge.left, forge.checkout / ".cache" / "last")
    packed(caches, last / "cache.tar.gz")
    assert forge.run("kept.sh", "take", ".cache/last").endswith("tout est fait.")
    assert [path.name for path in (forge.checkout / ".cache").iterdir()] == ["last"]


def test_an_archive_that_is_cut_is_refused(forge: Forge) -> None:
    shutil.rmtree(forge.checkout)
    last = forge.checkout / ".cache" / "last"
    shutil.copytree(forge.left, last)
    archive = last / "site.tar.gz"
    archive.write_bytes(archive.read_bytes()[:-2000])
    assert forge.run("kept.sh", "take", ".cache/last").endswith("tout est fait.")
    assert not (forge.checkout / "site").exists()
