"""What Git says changed between two versions, and the bytes of each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.review import versions
from atlaas.review.versions import Version, VersionError, contents_at, fork_point, paths_at
from scratch import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A branch « mine » that left main one commit ago, and main one commit further."""
    project = Project(tmp_path)
    project.git("init", "-q", "-b", "main")
    project.write({"kept.txt": "a", "data/é à.txt": "b", "gone.txt": "c"})
    project.commit()
    project.git("switch", "-q", "-c", "mine")
    project.write({"kept.txt": "A", "data/new.txt": "n"})
    (tmp_path / "gone.txt").unlink()
    project.commit()
    project.git("switch", "-q", "main")
    project.write({"later.txt": "l"})
    project.commit()
    project.git("switch", "-q", "mine")
    return project


MINE = [
    Version("data/new.txt", None, b"n", "A"),
    Version("gone.txt", b"c", None, "D"),
    Version("kept.txt", b"a", b"A", "M"),
]


def test_two_versions(project: Project) -> None:
    assert versions.versions(project.root, "main", "mine") == MINE
    assert versions.versions(project.root, "main", None) == MINE
    assert versions.versions(project.root, "mine", "mine") == []
    assert versions.versions(project.root, "mine", "main") == [
        Version("later.txt", None, b"l", "A")
    ]


def test_the_folder_as_it_is(project: Project) -> None:
    project.write({"data/é à.txt": "B", "kept.txt": "AA", "free.txt": "f", "skipped.txt": "s"})
    project.write({".gitignore": "skipped.txt\n"})
    (project.root / "data" / "new.txt").unlink()
    (project.root / "link").symlink_to("/etc/passwd")
    assert versions.versions(project.root, "mine", None) == [
        Version(".gitignore", None, b"skipped.txt\n", "A"),
        Version("data/new.txt", b"n", None, "D"),
        Version("data/é à.txt", b"b", b"B", "M"),
        Version("free.txt", None, b"f", "A"),
        Version("kept.txt", b"A", b"AA", "M"),
        Version("link", None, None, "A", "lien symbolique"),
    ]


def test_what_is_no_plain_file(project: Project) -> None:
    (project.root / "kept.txt").unlink()
    (project.root / "kept.txt").symlink_to("data/new.txt")
    link = Version("kept.txt", b"A", None, "T", "lien symbolique")
    assert versions.versions(project.root, "mine", None) == [link]
    head = project.git("rev-parse", "HEAD")
    project.git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    project.commit("module")
    project.git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    project.git("commit", "-q", "-m", "module")
    found = versions.versions(project.root, "HEAD~2", "HEAD")
    assert found == [link, Version("module", None, None, "A", "sous-module")]


def test_long_files_are_not_read_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MAX_BYTES", 4)
    project.write({"kept.txt": "123456"})
    (found,) = versions.versions(project.root, "mine", None)
    assert found.after == b"1234"


def test_where_a_branch_left(project: Project) -> None:
    fork = project.git("rev-parse", "main~1")
    assert fork_point(project.root, "main", "mine") == fork
    project.git("switch", "-q", "--orphan", "alone")
    project.commit()
    assert fork_point(project.root, "main", "alone") == "main"


def test_files_of_a_version(project: Project) -> None:
    project.write({"data/free.txt": "f", "data/new.txt": "N"})
    assert paths_at(project.root, "main", "data") == ["data/é à.txt"]
    assert paths_at(project.root, None, "data") == ["data/free.txt", "data/new.txt", "data/é à.txt"]
    assert paths_at(project.root, None, "absent") == []
    both = ["data/new.txt", "data/absent.txt"]
    assert contents_at(project.root, "mine", both) == {"data/new.txt": b"n"}
    assert contents_at(project.root, None, both) == {"data/new.txt": b"N"}
    (project.root / "data" / "link").symlink_to("new.txt")
    project.commit()
    assert contents_at(project.root, "mine", ["data/link"]) == {}
    assert contents_at(project.root, None, ["data/link"]) == {}


def test_what_git_cannot_answer(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    for root, name, message in (
        (outside, "main", "ce dossier n'est pas un dépôt Git"),
        (project.root, "nowhere", "« nowhere » n'est pas une version connue de Git"),
        (project.root, "--help", "« --help » n'est pas une version connue de Git"),
    ):
        with pytest.raises(VersionError) as error:
            versions.versions(root, name, None)
        assert str(error.value) == message
    (project.root / ".git" / "index").write_bytes(b"broken")
    with pytest.raises(VersionError, match=r"^git répond : \S"):
        versions.versions(project.root, "main", None)
    monkeypatch.setenv("PATH", str(outside))
    with pytest.raises(VersionError, match="la commande git n'est pas installée"):
        versions.versions(project.root, "main", None)
