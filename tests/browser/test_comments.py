"""A correction by the form keeps the comments of the file, or says that one is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atlaas.edit.canonical import canonical
from atlaas.read import read_bytes
from atlaas.read.comments import comments_in
from support import SAMPLE, Open

PATH = "data/actions/59/59378-marcq-en-baroeul/appel-a-projets-la-bonne-appli.md"
FICHE = "contribuer/action/?fiche=actions/59378/appel-a-projets-la-bonne-appli"

TERRITORY = """\
# Fiche de Maurepas
code: "78383"
# le site a changé en 2020
website: https://exemple.fr/
# tous relus
labels:  # deux
  # le premier
  - edition: 2018
    level: 4  # selon la presse
    # la page a disparu
    sources:
      # en cache
      - url: https://exemple.fr/a#b
        seen: 2026-11-21
  - edition: 2019
    mentions:
      - numerique-educatif  # sur l'affiche
      # celle-ci aussi
      - mediation-numerique
    sources:
      - url: https://exemple.fr/c
# fin
"""


def written(page: Page, home: str, path: Path, change: str = "") -> dict[str, Any]:
    """What the form's script writes for a file, after a change of its record."""
    document = read_bytes(path.read_bytes(), "x", "territory")
    made: dict[str, Any] = page.evaluate(
        f"""async ([original, change]) => {{
          const {{ written }} = await import("{home}assets/js/contribute-yaml.js");
          const {{ kind, fields }} = JSON.parse(document.getElementById("settings").textContent);
          const record = structuredClone(original.record);
          {change}
          return written(kind, fields, record, "", original);
        }}""",
        [{"record": document.data, "comments": comments_in(path, "territory").as_data()}, ""],
    )
    return made


@pytest.fixture
def form(visit: Open) -> Iterator[tuple[Page, str]]:
    with visit() as visited:
        yield visited.go("contribuer/territoire/"), visited.home


def test_the_script_writes_the_canonical_text(form: tuple[Page, str], tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(TERRITORY, encoding="utf-8")
    assert canonical(read_bytes(TERRITORY.encode(), "x", "territory")) == TERRITORY
    assert written(*form, file) == {"content": TERRITORY, "lost": 0}


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        # an item that is removed takes its comments with it; those of the next one stay
        (
            "record.labels.shift();",
            ["# le premier", "# selon la presse", "# la page a disparu", "# en cache"],
            "",
        ),
        # a new one takes none
        (
            'record.labels.unshift({ edition: "2017",'
            ' sources: [{ url: "https://exemple.fr/z" }] });',
            [],
            "labels:  # deux\n  - edition: 2017\n    sources:\n      - url: https://exemple.fr/z\n"
            "  # le premier\n",
        ),
        # one that is changed keeps them
        ('record.labels[0].level = "5";', [], "    level: 5  # selon la presse\n"),
        ("record.labels[1].mentions.shift();", ["# sur l'affiche"], "      # celle-ci aussi\n"),
        ("delete record.website;", ["# le site a changé en 2020"], ""),
    ],
)
def test_what_is_changed_keeps_the_comments_of_the_rest(
    form: tuple[Page, str], tmp_path: Path, change: str, gone: list[str], new: str
) -> None:
    file = tmp_path / "x.yml"
    file.write_text(TERRITORY, encoding="utf-8")
    made = written(*form, file, change)
    every = [f"#{line.partition('#')[2]}" for line in TERRITORY.split("\n") if "#" in line]
    every = [note for note in every if note != "#b"]
    assert [note for note in every if note not in made["content"]] == gone
    assert made["lost"] == len(gone)
    assert new in made["content"]
    document = read_bytes(made["content"].encode(), "x", "territory")
    assert canonical(document) == made["content"]


def test_a_correction_in_the_page(visit: Open, tmp_path: Path) -> None:
    """The record of the site with comments that its folder's file holds."""
    text = (SAMPLE / PATH).read_text("utf-8")
    text = text.replace("---\n", "---\n# relue en 2026\n", 1)
    text = text.replace("\nthemes:", "\n# à revoir avec la ville\nthemes:  # deux au plus", 1)
    text = text.replace("\ndoubt:", "\n# demander à l'association\ndoubt:", 1)
    file = tmp_path / "x.md"
    file.write_text(text, encoding="utf-8")
    wanted = canonical(read_bytes(text.encode(), PATH, "action"))
    reported = {"actions": {}, "territories": [], "comments": {}}
    reported["comments"] = {PATH: comments_in(file, "action").as_data()}
    with visit() as visited:
        visited.page.route(
            "**/contribuer/titres/59.json", lambda route: route.fulfill(body=json.dumps(reported))
        )
        page = visited.go(FICHE)
        expect(page.locator("#preview")).to_have_value(wanted)
        assert page.locator("#lost").is_hidden()
        page.fill("#f-doubt", "")
        expect(page.locator("#lost")).to_be_visible()
        assert page.inner_text("#lost").startswith("Un commentaire du fichier sera supprimé")
        preview = page.input_value("#preview")
        assert (
            "# demander" not in preview and "# à revoir avec la ville\nthemes:  # deux" in preview
        )
