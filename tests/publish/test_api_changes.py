"""What the API says of time: the days of changes, the data's date and commit; and collections."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from atlaas.pages.page import Site
from atlaas.publish import api_changes
from support import SITE_URL, Small

BASE = "api/v1/"


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{BASE}{name}.json"])


def commits(root: Path) -> list[str]:
    command = ["git", "log", "--format=%H"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_days_since_a_date_hold_all_that_changed_since(
    sample_files: dict[str, bytes], sample: Small
) -> None:
    """The actions of the Nord came on 2026-11-21, all else on 2025-09-01."""
    index = read(sample_files, "changes/index")
    newest, oldest = index["days"]
    nord = sorted(a.id for a in sample.directory.actions.values() if "/59/" in a.path)
    assert newest == {
        "date": "2026-11-21",
        "count": len(nord),
        "document": f"{SITE_URL}api/v1/changes/2026-11-21.json",
    }
    assert oldest["date"] == "2025-09-01"
    day = read(sample_files, "changes/2026-11-21")
    assert (day["date"], day["changes_count"]) == ("2026-11-21", len(nord))
    assert [item["id"] for item in day["changes"]] == nord
    first = sample.directory.actions[nord[0]]
    assert day["changes"][0] == {
        "kind": "actions",
        "id": first.id,
        "name": first.record.title,
        "url": SITE_URL + first.url,
        "document": f"{SITE_URL}api/v1/actions/{first.id}.json",
    }
    kinds = [item["kind"] for item in read(sample_files, "changes/2025-09-01")["changes"]]
    assert kinds == sorted(kinds, key=("territories", "actions", *_OTHERS).index)
    assert {*kinds} == {"territories", "actions", *_OTHERS}


_OTHERS = ("actors", "editions", "collections")


def test_what_is_gone_is_said_once_and_what_moved_is_not(tiny: Small) -> None:
    here = tiny.directory.actions["73008/tiers-lieu"]
    changed = {
        here.path: "2026-01-02",
        "data/actions/74/73008-ailleurs/tiers-lieu.md": "2026-01-02",  # where it stood before
        "data/actions/59/59378-marcq-en-baroeul/perdue.md": "2026-01-02",
        "data/territories/59/dep-59-nord.yml": "2025-01-01",  # the Nord still has its page
        "data/territories/62/62041-arras.yml": "2025-01-01",
        "data/territories/autres/x-ailleurs.yml": "2025-01-01",
        "data/vocabulary/themes.yml": "2026-03-03",
        "content/index.md": "2026-03-03",
    }
    found = api_changes.days(replace(tiny.directory, changed=changed))
    assert list(found) == ["2026-01-02", "2025-01-01"]
    assert [(item.kind, item.id, bool(item.url)) for item in found["2026-01-02"]] == [
        ("actions", "73008/tiers-lieu", True),
        ("actions", "59378/perdue", False),
    ]
    assert [item.id for item in found["2025-01-01"]] == ["62041", "x-ailleurs"]
    removed = api_changes._shown(Site(), found["2025-01-01"])["changes"][0]
    assert removed == {"kind": "territories", "id": "62041", "removed": True}


def test_without_history_there_is_no_day_and_no_document_to_follow(tiny: Small) -> None:
    [index] = api_changes.assets(tiny.directory, Site())
    assert json.loads(index.content()) == {"days": [], "api_version": "1.1.0"}


def test_every_document_says_its_version_and_those_of_files_their_commit(
    sample_files: dict[str, bytes], sample_root: Path
) -> None:
    """A document names the commit of its own file, so that one change leaves the others alone."""
    newer, older = commits(sample_root)
    for url, content in sample_files.items():
        if url.startswith(BASE) and not url.endswith("openapi.json"):
            document = json.loads(content)
            assert document.get("api_version") == "1.1.0" or "moved" in document, url
    for name in ("index", "changes/index"):
        found = read(sample_files, name)
        assert (found["data_date"], found["commit"]) == ("2026-11-21", newer)
    action = next(url for url in sample_files if url.startswith(f"{BASE}actions/59"))
    assert json.loads(sample_files[action])["commit"] == newer
    for name in (
        "territories/73008",
        "editions/2018",
        "vocabularies/themes",
        "mentions/arobase-verte",
    ):
        found = read(sample_files, name)
        assert (found["changed"], found["commit"]) == ("2025-09-01", older), name


def test_a_collection_names_its_members_in_its_order(sample_files: dict[str, bytes]) -> None:
    found = read(sample_files, "collections/aller-vers-les-habitants")
    ids = [
        "13056/reseau-d-espaces-publics-numeriques-municipaux",
        "07008/internet-citoyen-communal-postes-publics-et-visioconference",
    ]
    assert found["title"] == "Des lieux pour apprendre"
    assert found["actions"] == [item["id"] for item in found["actions_summary"]] == ids
    assert [item["territory_name"] for item in found["actions_summary"]] == ["Martigues", "Alissas"]
    assert found["territories"] == ["13056"]
    assert found["url"] == f"{SITE_URL}collections/aller-vers-les-habitants/"
    index = read(sample_files, "index")
    assert index["collections"] == ["aller-vers-les-habitants"]
    assert index["counts"]["collections"] == 1
