"""Pages made when they are asked for, from files read when they change."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileOpenedEvent

from atlaas import preview as preview_module
from atlaas.pages.base import Site
from atlaas.preview import Preview
from atlaas.render.shell import TOKENS, Shells
from support import PROJECT, tiny_tree

ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
PAGE = "actions/59378/la-bonne-appli/index.html"
SHELLS = Shells(lambda section, depth: f"{TOKENS['title']}\n{TOKENS['body']}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tree = tiny_tree(tmp_path)
    shutil.copytree(PROJECT / "overrides", tree / "overrides")
    return tree


def test_an_edit_is_shown_after_a_refresh(root: Path) -> None:
    preview = Preview(root)
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
    preview = Preview(root)
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
    preview = Preview(root)
    text = (root / ACTION).read_text("utf-8")
    (root / ACTION).write_text(text.replace('territory: "59378"', 'territory: "59999"'), "utf-8")
    problems = preview.refresh(Site(), SHELLS)
    assert {problem.path for problem in problems} == {ACTION}
    assert preview.content(PAGE) is None
    assert preview.content("territoires/73008-aix-les-bains/index.html") is not None


def test_files_for_machines_are_made_when_asked_for(root: Path) -> None:
    preview = Preview(root)
    preview.refresh(Site(), SHELLS)
    index = preview.content("finder/index.json")
    assert index is not None and index.startswith(b'{"split":')
    assert preview.content("finder/no-such-file.json") is None
    assert preview.content("no-such-page/index.html") is None


class Waiting:
    """What a preview's server has that the watching of files touches."""

    def __init__(self) -> None:
        self._rebuild_cond = threading.Condition()
        self._want_rebuild = False

    def told(self, seconds: float) -> bool:
        with self._rebuild_cond:
            return self._rebuild_cond.wait_for(lambda: self._want_rebuild, seconds)


def test_an_edit_is_told_and_reading_is_not(tmp_path: Path) -> None:
    """Reading 100 000 records would tell more than the system's queue holds."""
    import mkdocs_hooks

    (tmp_path / "59").mkdir()
    record = tmp_path / "59" / "a.md"
    record.write_text("avant", encoding="utf-8")
    server = Waiting()
    observer = mkdocs_hooks._watch(server, tmp_path)
    [watch] = [emitter.watch for emitter in observer.emitters]
    assert watch.event_filter is not None  # the system is not even asked to tell of these
    assert watch.event_filter.isdisjoint({FileOpenedEvent, FileClosedNoWriteEvent})
    try:
        assert [path.read_text("utf-8") for path in tmp_path.rglob("*.md")] == ["avant"]
        assert not server.told(0.7)
        record.write_text("après", encoding="utf-8")
        assert server.told(10)
        server._want_rebuild = False
        (tmp_path / "62").mkdir()
        assert server.told(10)
    finally:
        observer.stop()
        observer.join()
