"""Reading again only what changed, within a run and between runs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from atlaas.directory import loading
from atlaas.directory.loading import Reading
from atlaas.directory.outcomes import Outcome, Outcomes
from atlaas.geography.reference import Reference
from atlaas.model import Action
from atlaas.project import Project
from support import tiny_tree

TOWN = "data/territories/59/59378-marcq-en-baroeul.yml"
ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
TODAY = "2026-11-21"


@pytest.fixture(autouse=True)
def at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where CI is set, no file is known by its time."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def read_paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of records that are really read, lists aside."""
    paths: list[str] = []
    real = loading.read_entry

    def noting(entry: loading.Entry) -> loading.Document:
        if entry.kind not in ("vocabulary", "edition", "actor"):
            paths.append(entry.path)
        return real(entry)

    monkeypatch.setattr(loading, "read_entry", noting)
    return paths


def read(root: Path, reference: Reference, outcomes: Outcomes) -> loading.Checked:
    return Reading(
        Project(root), today=TODAY, processes=1, outcomes=outcomes, reference=reference
    ).result()


def titles(checked: loading.Checked) -> set[str]:
    return {action.title for _, action, _ in checked.records.actions}


def told(checked: loading.Checked) -> dict[str, tuple[Action, str]]:
    return {path: (action, body.decode()) for path, action, body in checked.records.actions}


def test_only_changed_files_are_read_again(
    tmp_path: Path, reference: Reference, read_paths: list[str]
) -> None:
    root, outcomes = tiny_tree(tmp_path), Outcomes()
    first = read(root, reference, outcomes)
    assert ACTION in read_paths
    read_paths.clear()
    assert titles(read(root, reference, outcomes)) == titles(first)
    assert read_paths == []
    text = (root / ACTION).read_text(encoding="utf-8")
    (root / ACTION).write_text(f"{text}\nUne suite.\n", "utf-8")
    again = read(root, reference, outcomes)
    assert read_paths == [ACTION]
    [body] = [body for path, _, body in again.records.actions if path == ACTION]
    assert body.decode().endswith("Une suite.")


def test_an_error_in_an_unchanged_file_is_reported_again(
    tmp_path: Path, reference: Reference, read_paths: list[str]
) -> None:
    root, outcomes = tiny_tree(tmp_path), Outcomes()
    text = (root / ACTION).read_text(encoding="utf-8")
    (root / ACTION).write_text(text.replace('territory: "59378"', 'territory: "59999"'), "utf-8")
    first = read(root, reference, outcomes).problems
    read_paths.clear()
    assert first and read(root, reference, outcomes).problems == first
    assert read_paths == []


def test_a_changed_list_has_everything_checked_again(
    tmp_path: Path, reference: Reference, read_paths: list[str]
) -> None:
    root, outcomes = tiny_tree(tmp_path), Outcomes()
    assert not read(root, reference, outcomes).problems
    read_paths.clear()
    themes = root / "data/vocabulary/themes.yml"
    themes.write_text(
        themes.read_text("utf-8").replace("id: reseau-social", "id: reseaux"), "utf-8"
    )
    assert {p.rule for p in read(root, reference, outcomes).problems} >= {"vocabulaire"}
    assert ACTION in read_paths


def test_what_is_known_is_kept_on_disk(
    tmp_path: Path, reference: Reference, read_paths: list[str]
) -> None:
    root = tiny_tree(tmp_path)
    first = read(root, reference, Outcomes(Project(root)))
    read_paths.clear()
    again = read(root, reference, Outcomes(Project(root)))
    assert read_paths == []
    assert told(again) == told(first)
    (root / ACTION).unlink()
    gone = read(root, reference, Outcomes(Project(root)))
    assert titles(gone) < titles(first)
    assert read_paths == []


def test_what_stood_in_the_future_is_looked_at_again(
    tmp_path: Path, reference: Reference, read_paths: list[str]
) -> None:
    """The action starts on the 23rd: an error before, none from then on."""
    text = tiny_tree(tmp_path).joinpath(ACTION).read_text(encoding="utf-8")
    text = text.replace("verified: 2026-11-21\n", "")
    assert "started: 2016-03-01" in text
    (tmp_path / ACTION).write_text(
        text.replace("started: 2016-03-01", "started: 2026-11-23"), "utf-8"
    )

    def on(day: str) -> tuple[list[str], set[str], list[str]]:
        read_paths.clear()
        reading = Reading(
            Project(tmp_path),
            today=day,
            processes=1,
            outcomes=Outcomes(Project(tmp_path)),
            reference=reference,
        )
        checked = reading.result()
        return (
            [p.rule for p in checked.problems if p.path == ACTION],
            titles(checked),
            [*read_paths],
        )

    rules, before, everyone = on("2026-11-21")
    assert rules == ["date-future"] and len(everyone) > 3
    assert on("2026-11-22") == (["date-future"], before, [ACTION])
    rules, after, again = on("2026-11-23")
    assert (rules, again) == ([], [ACTION]) and after > before
    assert on("2026-11-23") == ([], after, [])
    assert on("2026-11-22") == (["date-future"], before, [ACTION])  # a clock that was wrong
    assert on("2026-11-20")[2] == everyone


def test_a_twin_that_is_gone_leaves_no_error(tmp_path: Path, reference: Reference) -> None:
    """Two files for one commune: each is an error because of the other."""
    root, outcomes = tiny_tree(tmp_path), Outcomes()
    twin = root / TOWN.replace(".yml", "-bis.yml")
    twin.write_bytes((root / TOWN).read_bytes())
    assert "fiche-en-double" in {p.rule for p in read(root, reference, outcomes).problems}
    twin.unlink()
    assert read(root, reference, outcomes).problems == []


def test_few_outcomes_are_added_and_many_written_anew(tmp_path: Path) -> None:
    """A hundred files: five read again are added to the log, one more has it written anew."""
    project = Project(tmp_path)
    paths = [f"data/actions/59/{number}.md" for number in range(100)]
    outcomes = Outcomes(project)
    outcomes.open("lists")

    def keep(body: bytes, again: list[str]) -> int:
        new = {p: Outcome(p, "action", None, body, []) for p in again}
        with closing(outcomes.part()) as part:
            part.add(new)
            kept = {path: o for path, o in outcomes.by_path.items() if path not in new}
            outcomes.save(kept, new, [part])
        [file] = project.cache.glob("records/*")
        return file.stat().st_size

    whole = keep(b"premier", paths)
    assert keep(b"premier", paths[:4]) > whole
    assert keep(b"premier", paths[:1]) < whole * 1.02


def test_what_a_stopped_build_half_wrote_is_written_anew(tmp_path: Path) -> None:
    """A hundred files known, one read again and cut off while it was added, then read once more."""
    project = Project(tmp_path)
    paths = [f"data/actions/59/{number}.md" for number in range(100)]

    def opened() -> Outcomes:
        outcomes = Outcomes(project)
        outcomes.open("lists")
        return outcomes

    def keep(body: bytes, again: list[str]) -> None:
        outcomes = opened()
        new = {p: Outcome(p, "action", None, body, []) for p in again}
        kept = {path: found for path, found in outcomes.by_path.items() if path not in new}
        with closing(outcomes.part()) as part:
            part.add(new)
            outcomes.save(kept, new, [part])

    keep(b"premier", paths)
    [file] = project.cache.glob("records/*")
    whole = file.stat().st_size
    keep(b"second", paths[:1])
    assert 0 < file.stat().st_size - whole < whole / 10  # added, not written anew
    with file.open("r+b") as cut:
        cut.truncate((whole + file.stat().st_size) // 2)
    assert opened().by_path[paths[0]].body.decode() == "premier"
    keep(b"second", paths[:1])
    found = opened().by_path
    assert sorted(found) == sorted(paths) and found[paths[0]].body.decode() == "second"
