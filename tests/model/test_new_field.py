"""A field added to a model, and nowhere else, appears wherever records are shown or asked for."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import FORGE_URL, PROJECT, SITE_URL, Html, clean_environment, tiny_tree, unzipped

APPLI = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"
BEFORE = "    sources: Annotated[Sources"  # the field that the new one precedes in the model
FIELD = """\
    budget: int | None = Field(
        None,
        ge=0,
        title="Budget",
        description="Coût total de l'action, en euros.",
        examples=["120000"],
    )
    ended: PartialDate | None = Field(None, title="Fin")
    video: Address | None = Field(None, title="Vidéo")
    host: Code | None = Field(None, title="Hébergeur")
"""


@dataclass(frozen=True)
class Copy:
    """A copy of the project with the field in its model and in one action; its site is built."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        paths = {"PYTHONPATH": str(self.root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
        addresses = {"ATLAAS_SITE_URL": SITE_URL, "ATLAAS_FORGE_URL": FORGE_URL}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=clean_environment(**paths, **addresses, **environment),
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )

    def write_budget(self, value: str) -> None:
        file = self.root / APPLI
        lines = file.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("budget:")]
        at = kept.index("sources:")
        file.write_text("\n".join([*kept[:at], f"budget: {value}", *kept[at:], ""]), "utf-8")

    def commit(self) -> None:
        nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for words in (["add", "data"], ["commit", "-q", "-m", "x"]):
            subprocess.run(
                ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *words],
                cwd=self.root,
                check=True,
                env={**os.environ, **nobody},
            )

    def page(self, url: str) -> str:
        return (self.site / url / "index.html").read_text("utf-8")

    def json(self, path: str) -> Any:
        return json.loads((self.root / path).read_text("utf-8"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tiny_tree(tmp_path_factory.mktemp("copy"))
    for name in ("content", "hooks"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", root)
    model = root / "hooks/atlaas/model/action.py"
    before, found, after = model.read_text("utf-8").partition(BEFORE)
    assert found
    model.write_text(before + FIELD + found + after, "utf-8")
    project = Copy(root)
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    for value in ("100000", "120000"):
        project.write_budget(value)
        project.commit()
    for arguments in (["atlaas", "generate"], ["mkdocs", "build"]):
        done = project.run(*arguments)
        assert done.returncode == 0, done.stdout
    return project


def test_web_form_asks_for_it(copy: Copy) -> None:
    page = Html(copy.page("contribuer/action"))
    control = page.one("input", id="f-budget")
    assert control.attributes["inputmode"] == "numeric"
    assert page.one("label", **{"for": "f-budget"}).text == "Budget"
    ids = [tag.attributes.get("id") for tag in page.tags]
    assert ids.index("f-website") < ids.index("f-contact") < ids.index("f-budget")  # its section
    assert page.one("p", id="f-budget-help").text == (
        "Coût total de l'action, en euros. Exemple : 120000"
    )
    settings = json.loads(page.one("script", id="settings").text)
    assert {"key": "budget", "name": "Budget", "kind": "whole", "minimum": 0} in [
        {name: field[name] for name in ("key", "name", "kind", "minimum") if name in field}
        for field in settings["fields"]
    ]


def test_issue_form_asks_for_it_and_its_answer_makes_a_file(copy: Copy) -> None:
    form = yaml.safe_load((copy.root / ".github/ISSUE_TEMPLATE/action.yml").read_text("utf-8"))
    asked = [item for item in form["body"] if item["type"] != "markdown"]
    assert next(item for item in asked if item["id"] == "budget") == {
        "type": "input",
        "id": "budget",
        "attributes": {
            "label": "Budget",
            "description": "Coût total de l'action, en euros.",
            "placeholder": "120000",
        },
        "validations": {"required": False},
    }
    given = {
        "territory": "59350",
        "title": "Le fablab des grands-parents",
        "themes": "Réseau social",
        "budget": "5000",
        "sources": "https://exemple.fr/fablab",
        "body": "Chaque mardi.",
    }
    body = "\n\n".join(
        f"### {item['attributes']['label']}\n\n{given.get(item['id'], '_No response_')}"
        for item in asked
    )
    done = copy.run("atlaas", "intake", ISSUE_BODY=body)
    file = copy.root / "data/actions/59/59350-lille/le-fablab-des-grands-parents.md"
    assert done.returncode == 0, done.stdout
    lines = file.read_text("utf-8").splitlines()
    file.unlink()
    assert lines[lines.index("sources:") - 1] == "budget: 5000"


def test_schema_and_reference_page_describe_it(copy: Copy) -> None:
    for path in ("schemas/action.json", "site/schemas/action.json"):
        described = copy.json(path)["properties"]["budget"]
        assert described["anyOf"][0] == {"minimum": 0, "type": "integer"}
        assert described["title"] == "Budget"
    row = copy.page("contribuer/champs").partition("<code>budget</code>")[2].partition("</tr>")[0]
    assert "<strong>Budget</strong><br>Coût total de l’action, en euros." in row
    assert "<td>nombre entier</td><td><code>budget: 120000</code></td>" in row


def test_page_of_the_action_shows_it(copy: Copy) -> None:
    page = copy.page("actions/59378/la-bonne-appli")
    assert "<dt>Budget<dd>120\u202f000" in page
    assert "Budget" not in copy.page("actions/59378/ecole-connectee")  # it has none


def test_open_data_hold_it(copy: Copy) -> None:
    with (copy.site / "donnees/actions.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["59378/la-bonne-appli"]["budget"] == "120000"
    assert rows["59378/ecole-connectee"]["budget"] == ""
    columns = list(rows["59378/la-bonne-appli"])
    assert columns[columns.index("contact") + 1] == "budget"
    column = {
        "name": "budget",
        "type": "integer",
        "title": "Budget",
        "description": "Coût total de l'action, en euros.",
        "example": 120000,
        "constraints": {"minimum": 0},
    }
    assert column in copy.json("site/donnees/schemas/actions.json")["fields"]
    package = copy.json("site/donnees/datapackage.json")["resources"]
    table = next(resource for resource in package if resource["name"] == "actions")
    assert column in table["schema"]["fields"]
    unpacked = copy.site.parent / "atlaas.sqlite"
    unpacked.write_bytes(unzipped((copy.site / "donnees/atlaas.sqlite.zip").read_bytes()))
    with sqlite3.connect(unpacked) as base:
        found = base.execute("SELECT budget, typeof(budget) FROM actions WHERE budget > 0")
        assert found.fetchall() == [(120000, "integer")]
    base.close()


def test_api_serves_and_describes_it(copy: Copy) -> None:
    assert copy.json("site/api/v1/actions/59378/la-bonne-appli.json")["budget"] == 120000
    schemas = copy.json("site/api/v1/openapi.json")["components"]["schemas"]
    assert schemas["ActionDocument"]["properties"]["budget"]["description"].startswith("Budget")
    assert "budget" in copy.json("site/schemas/api/action.json")["properties"]


def test_feeds_and_reviewers_say_when_it_changes(copy: Copy) -> None:
    feed = (copy.site / "flux/tout.xml").read_text("utf-8")
    assert "<summary>budget mis à jour</summary>" in feed
    assert "budget mis à jour" in copy.page("nouveautes")
    done = copy.run("atlaas", "diff", "HEAD~1")
    assert done.returncode == 0, done.stdout
    assert "budget : 100000 → 120000" in done.stdout


WRONG = {  # file -> its lines, each with what is said of it and what mends it
    APPLI: (
        (
            "budget: 120 000 €",
            "« 120 000 € » n'est pas un nombre entier",
            "Écrivez par exemple 120000.",
        ),
        (
            "ended: 2026-13",
            "« 2026-13 » n'est pas une date reconnue",
            "Écrivez une année (2016), un mois (2016-07) ou un jour (2016-07-02).",
        ),
        (
            "video: www.ville.fr/film",
            "« www.ville.fr/film » n'est pas une adresse complète",
            "Écrivez https://www.ville.fr/film.",
        ),
        ('host: "99999"', "le code « 99999 » n'existe pas", "Donnez le code INSEE de la commune"),
    ),
    APPLI.replace("la-bonne-appli", "ecole-connectee"): (
        ("budget: -5", "« -5 » est trop petit", "Le minimum est 0."),
        ("host: 59350", "le code 59350 est écrit sans guillemets", 'Écrivez "59350".'),
    ),
}


def test_wrong_values_are_refused(copy: Copy) -> None:
    right = {path: (copy.root / path).read_text("utf-8") for path in WRONG}
    for path, lines in WRONG.items():
        text = right[path].replace("budget: 120000\n", "")
        added = "".join(f"{line}\n" for line, *_ in lines)
        (copy.root / path).write_text(text.replace("sources:", f"{added}sources:", 1), "utf-8")
    done = copy.run("atlaas", "check")
    for path, text in right.items():
        (copy.root / path).write_text(text, "utf-8")
    assert done.returncode == 1
    for path, lines in WRONG.items():
        for line, message, advice in lines:
            said = re.escape(message) + r"[^\n]*\n\s+[^\n]*" + re.escape(advice)
            assert re.search(f"(?m)^{re.escape(path)}:.*{said}", done.stdout), line
