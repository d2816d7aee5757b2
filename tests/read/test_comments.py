"""The comments of records, as the forms get them to put them back in a correction."""

from __future__ import annotations

import json
from pathlib import Path

from atlaas.read.comments import comments_in
from support import Small, tiny_tree
from tiny import TINY

AIX = "data/territories/73/73008-aix-les-bains.yml"
SPACE = "data/actions/73/73008-aix-les-bains/tiers-lieu.md"


def test_comments_stand_with_what_they_explain(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(
        """\
# Fiche
code: "73008"  # le bon
labels:
  # le premier
  - edition: 2018
    level: 4  # selon la presse
    sources:
      # relue
      - url: https://exemple.org/#haut
# fin
""",
        encoding="utf-8",
    )
    assert comments_in(file, "territory").as_data() == {
        "head": ["# Fiche"],
        "above": {"labels.0": ["# le premier"], "labels.0.sources.0": ["# relue"]},
        "beside": {"code": "# le bon", "labels.0.level": "# selon la presse"},
        "tail": ["# fin"],
    }


def test_a_story_has_no_comments(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("---\ntitle: Un # deux\n---\n\n# Un titre\n\n# Un autre\n", encoding="utf-8")
    assert comments_in(file, "action").as_data() == {"beside": {"title": "# deux"}}
    file.write_text("---\ntitle: Un\n---\n\n# Un titre\n", encoding="utf-8")
    assert comments_in(file, "action").as_data() == {}


def test_the_forms_get_the_comments_of_a_folder(tiny: Small, tmp_path: Path) -> None:
    changes = {
        AIX: f"# vue sur place\n{TINY[AIX]}",
        SPACE: TINY[SPACE].replace("themes:", "# à revoir\nthemes:"),
    }
    small = Small(tiny_tree(tmp_path, changes))
    address = "contribuer/titres/73.json"
    reported = json.loads(small.assets[address].content())
    assert reported["comments"] == {
        AIX: {"head": ["# vue sur place"]},
        SPACE: {"above": {"themes": ["# à revoir"]}},
    }
    assert "comments" not in json.loads(small.assets["contribuer/titres/59.json"].content())
    assert "comments" not in json.loads(tiny.assets[address].content())
