"""Pages made when they are asked for, from files read when they change."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileOpenedEvent

from atlaas import preview as preview_module
from atlaas.pages.page import Site
from atlaas.preview import Preview
from atlaas.project import Project
from atlaas.read import watcher
from atlaas.read.watcher import Watched, listen
from atlaas.render.shell import TOKENS, Shells
from support import tiny_tree

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
PAGE = "actions/59378/la-bonne-appli/index.html"
SHELLS = Shells(lambda section, depth: f"{TOKENS['title']}\n{TOKENS['body']}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_tree(tmp_path)


def test_an_edit_is_shown_after_a_refresh(root: Path) -> None:
    preview = Preview(Project(root))
    assert preview.content(PAGE) is None  # nothing was read yet
    assert preview.refresh(Site(), SHELLS) == []
    before = preview.content(PAGE)
    assert before is not None and b"Un ajout" not in before
    text = (root / ACTION).read_text("utf-8")
    (root / ACTION).write_text(f"{text}\nUn ajout.\n", "utf-8")
    assert preview.content(PAGE) == before
    assert preview.refresh(Site(), SHELLS) == []
    after = preview.content(PAGE)
    assert after is not None and b"Un ajout." in after


def test_a_new_text_links_nothing_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20 000 actions, one that is being written costs no more than itself."""
    linked: list[int] = []
    real = preview_module.link
    monkeypatch.setattr(preview_module, "link", lambda *a: (linked.append(1), real(*a))[1])
    preview = Preview(Project(root))
    preview.refresh(Site(), SHELLS)
    file, vocabulary = root / ACTION, root / "data/vocabulary/themes.yml"

    def edit(path: Path, old: str, new: str) -> tuple[int, str]:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        preview.refresh(Site(), SHELLS)
        return len(linked), (preview.content(PAGE) or b"").decode()

    assert edit(file, "une application", "un logiciel")[0] == 1
    assert "un logiciel" in (preview.content(PAGE) or b"").decode()
    count, page = edit(file, "Appel à projets", "Concours")
    assert count == 2 and "Concours" in page
    count, page = edit(vocabulary, "label: ", "label: Le ")
    assert count == 3 and "Le Réseau social" in page
    (root / ACTION).unlink()
    preview.refresh(Site(), SHELLS)
    assert preview.content(PAGE) is None


def test_a_record_with_an_error_is_left_out_and_told(root: Path) -> None:
    preview = Preview(Project(root))
    text = (root / ACTION).read_text("utf-8")
    (root / ACTION).write_text(text.replace('territory: "59378"', 'territory: "59999"'), "utf-8")
    problems = preview.refresh(Site(), SHELLS)
    assert {problem.path for problem in problems} == {ACTION}
    assert preview.content(PAGE) is None
    assert preview.content("territoires/73008-aix-les-bains/index.html") is not None


@pytest.mark.parametrize("happened", ["removed", "broken"])
def test_what_is_no_more_is_not_shown_as_it_was(root: Path, tmp_path: Path, happened: str) -> None:
    preview, site, file = Preview(Project(root)), tmp_path / "site", root / ACTION
    preview.refresh(Site(), SHELLS)
    by_hand = site / "404.html"  # what MkDocs made stays
    by_hand.parent.mkdir()
    by_hand.write_text("x", "utf-8")
    preview.put(PAGE, site)
    assert (site / PAGE).read_bytes() == preview.content(PAGE)
    text = file.read_text("utf-8")
    if happened == "removed":
        file.unlink()
    else:
        file.write_text(text.replace("territory:", "territoire:"), "utf-8")
    preview.refresh(Site(), SHELLS)
    preview.put(PAGE, site)
    preview.put("404.html", site)
    assert not (site / PAGE).exists() and by_hand.exists()
    file.write_text(text, "utf-8")
    preview.refresh(Site(), SHELLS)
    preview.put(PAGE, site)
    assert (site / PAGE).exists()


def test_a_page_is_shown_before_others_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    real = preview_module.path_of
    monkeypatch.setattr(
        preview_module, "path_of", lambda thing: (named.append(real(thing)), named[-1])[1]
    )
    preview = Preview(Project(root))
    preview.refresh(Site("https://atlaas.example/"), SHELLS, ["a-propos/"])
    assert named == []
    assert preview.content("index.html") is not None
    assert named == ["index.html"]
    assert preview.content("sitemap.xml") is not None  # the last of all
    assert len(set(named)) == len(named) > 300
    # What MkDocs ships there is served without a look at any record.
    assert not [path for path in named if path.startswith("assets/")]


def test_files_for_machines_are_made_when_asked_for(root: Path) -> None:
    preview = Preview(Project(root))
    preview.refresh(Site(), SHELLS)
    index = preview.content("finder/index.json")
    assert index is not None and index.startswith(b'{"split":')
    assert preview.content("finder/no-such-file.json") is None
    assert preview.content("no-such-page/index.html") is None


def test_an_edit_is_told_and_reading_is_not(tmp_path: Path) -> None:
    """Reading 100 000 records would tell more than the system's queue holds."""
    (tmp_path / "59").mkdir()
    record = tmp_path / "59" / "a.md"
    record.write_text("avant", encoding="utf-8")
    told = threading.Event()
    observer = listen(tmp_path, told.set)
    assert observer is not None
    [watch] = [emitter.watch for emitter in observer.emitters]
    assert watch.event_filter is not None  # the system is not even asked to tell of these
    assert watch.event_filter.isdisjoint({FileOpenedEvent, FileClosedNoWriteEvent})
    try:
        assert [path.read_text("utf-8") for path in tmp_path.rglob("*.md")] == ["avant"]
        assert not told.wait(0.7)
        record.write_text("après", encoding="utf-8")
        assert told.wait(10)
        told.clear()
        (tmp_path / "62").mkdir()
        assert told.wait(10)
    finally:
        observer.stop()
        observer.join()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that all files are looked at."""
    seen: list[str] = []
    real = watcher.inventory
    monkeypatch.setattr(watcher, "inventory", lambda root: (seen.append(root), real(root))[1])
    return seen


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


def test_a_listener_tells_which_file_changed(root: Path, looks: list[str]) -> None:
    preview, told = Preview(Project(root)), threading.Event()
    observer = listen(root / "data", told.set, preview.files)
    assert observer is not None
    preview.files.trusted = True
    try:
        preview.refresh(Site(), SHELLS)
        assert not preview.files.waiting()
        text = (root / ACTION).read_text("utf-8")
        (root / ACTION).write_text(f"{text}\nUn ajout.\n", "utf-8")
        assert told.wait(10)
        preview.refresh(Site(), SHELLS)
        assert b"Un ajout." in (preview.content(PAGE) or b"")
        assert len(looks) == 1
    finally:
        observer.stop()
        observer.join()
