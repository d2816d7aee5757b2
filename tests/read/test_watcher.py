"""Which files below data/ are looked at again, and what a listener reports."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileOpenedEvent

from atlaas.project import Project
from atlaas.read import watcher
from atlaas.read.watcher import Watched, listen
from support import tiny_tree

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_tree(tmp_path)


def test_an_edit_is_reported_and_reading_is_not(tmp_path: Path) -> None:
    """Reading 100 000 records would report more than the system's queue holds."""
    (tmp_path / "59").mkdir()
    record = tmp_path / "59" / "a.md"
    record.write_text("avant", encoding="utf-8")
    reported = threading.Event()
    observer = listen(tmp_path, reported.set)
    assert observer is not None
    [watch] = [emitter.watch for emitter in observer.emitters]
    assert watch.event_filter is not None  # the system is not even asked to report these
    assert watch.event_filter.isdisjoint({FileOpenedEvent, FileClosedNoWriteEvent})
    try:
        assert [path.read_text("utf-8") for path in tmp_path.rglob("*.md")] == ["avant"]
        assert not reported.wait(0.7)
        record.write_text("après", encoding="utf-8")
        assert reported.wait(10)
        reported.clear()
        (tmp_path / "62").mkdir()
        assert reported.wait(10)
    finally:
        observer.stop()
        observer.join()


def test_only_touched_files_are_looked_at_again(root: Path, looks: list[str]) -> None:
    files = Watched(Project(root))
    files.inventory()
    files.inventory()
    assert len(looks) == 2  # nobody listens: all is looked at
    files.trusted = True
    other, action = root / "data/actors/universite-de-lille.yml", root / ACTION
    before = {entry.path: entry for entry in files.inventory()[0]}
    assert len(looks) == 2
    action.write_text(f"{action.read_text('utf-8')}\nUn ajout.\n", "utf-8")
    files.touch(str(action))
    (root / "data/actions/.x.swp").write_text("", "utf-8")
    files.touch(str(root / "data/actions/.x.swp"))  # as editors do
    (root / "data/actions/.x.swp").unlink()
    assert files.waiting()
    after = {entry.path: entry for entry in files.inventory()[0]}
    assert len(looks) == 2 and not files.waiting()
    assert [path for path in after if after[path] != before[path]] == [ACTION]
    assert after[ACTION].size == before[ACTION].size + len("\nUn ajout.\n")
    assert list(after) == list(before)
    other.rename(other.with_name("autre.yml"))  # came and went
    files.touch(str(other))
    files.touch(str(other.with_name("autre.yml")))
    assert "data/actors/autre.yml" in {entry.path for entry in files.inventory()[0]}
    assert len(looks) == 3


@pytest.mark.parametrize("happened", ["folder", "link", "many", "new"])
def test_all_is_looked_at_where_files_come_or_go(
    root: Path, looks: list[str], happened: str
) -> None:
    files = Watched(Project(root))
    files.trusted = True
    before, _ = files.inventory()
    action, new = root / ACTION, root / "data/actions/59/59378-marcq-en-baroeul/autre.md"
    if happened == "folder":
        files.lose()
    elif happened == "many":
        for number in range(1_500):
            files.touch(f"{root}/data/{number}")
    elif happened == "new":
        new.write_text("---\n", "utf-8")
        files.touch(str(new))
    else:
        action.rename(root / "ailleurs.md")
        action.symlink_to(root / "ailleurs.md")
        files.touch(str(action))
    after, problems = files.inventory()
    assert len(looks) == 2
    assert len(after) - len(before) == {"new": 1, "link": -1}.get(happened, 0)
    assert [problem.rule for problem in problems] == ["lien-symbolique"] * (happened == "link")
    files.inventory()
    assert len(looks) == 2


def test_what_was_told_is_not_lost_where_looking_fails(
    root: Path, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Watched(Project(root))
    files.trusted = True
    before, _ = files.inventory()
    new = root / "data/actions/59/59378-marcq-en-baroeul/autre.md"
    new.write_text("---\n", "utf-8")
    files.touch(str(new))

    def refuse(root: str) -> None:
        raise PermissionError(root)

    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(watcher, "inventory", refuse)
        files.inventory()
    assert len(files.inventory()[0]) == len(before) + 1
