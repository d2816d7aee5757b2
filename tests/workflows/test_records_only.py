"""A proposal of records alone: what CI runs for it, on a copy with a new record of every kind.

The steps are those of the job that judges records (check.yml), in their order, as its YAML has
them. They must pass without any change of the code: neither counts nor names of the records may
stand in what judges them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support import (
    PROJECT,
    SAMPLE,
    clean_environment,
    copy_project,
    git,
    two_departements,
    write_tree,
)
from tiny import TINY

SOURCE = "  - url: https://exemple.org/proposition\n    seen: 2026-11-20\n"
NEW = {
    "data/territories/59/59017-armentieres.yml": """\
code: "59017"
website: https://www.armentieres.example.org/
memberships:
  - level: membre
    since: 2020
    sources:
      - url: https://exemple.org/adhesion
labels:
  - edition: 2010
    level: 3
    sources:
      - url: https://exemple.org/palmares-2010
        seen: 2026-11-20
services:
  - usage: visioconference
    title: Rendez-vous à distance
    url: https://rendez-vous.example.org/
programmes:
  - title: Plan numérique
    started: 2020
    sources:
      - url: https://exemple.org/plan
indicators:
  - programme: Plan numérique
    label: bornes posées
    value: 12
    unit: bornes
    nature: existant
    date: 2024
    sources:
      - url: https://exemple.org/plan
""",
    "data/editions/2010.yml": f"""\
edition: 2010
counts:
  - label: collectivités labellisées
    value: 250
    total: true
    sources:
      - url: https://exemple.org/palmares-2010
sources:
{SOURCE}""",
    "data/actors/atelier-d-essai.yml": f"""\
name: Atelier d'essai
kind: association
territory: "59017"
sources:
{SOURCE}""",
    "data/indicators/bornes.yml": """\
id: bornes
label: Bornes pour dix mille habitants
kind: nombre
unit: borne
plural: bornes
date: 2026-03-31
publisher: Essai
source: https://exemple.org/bornes
licence: Licence Ouverte 2.0
rows: 2
ignored: 0
""",
    "data/indicators/bornes.csv": "code,value\n59017,4\n59350,2\n",
}
APPENDED = {
    "data/vocabulary/usages.yml": """\
- id: prise-de-rendez-vous
  label: Prise de rendez-vous
  definition: Réservation en ligne d'un rendez-vous au guichet.
  since: 2026
""",
    "data/context.yml": """\
- label: foyers équipés
  value: 90
  unit: "%"
  nature: contexte
  date: 2025
  sources:
    - url: https://exemple.org/foyers
  area: France
""",
    "data/redirects.yml": """\
- from: actions/59017/ancien-nom/
  to: actions/59017/rendez-vous-en-ligne-avec-la-mairie/
""",
    "content/a-propos.md": "\nUne ligne de plus.\n",
}
ACTION = {  # the options of ``atlaas new action``
    "--territory": "59017",
    "--title": "Rendez-vous en ligne avec la mairie",
    "--theme": "numerique-educatif",
    "--usage": "prise-de-rendez-vous",
    "--source": "https://exemple.org/rendez-vous",
    "--body": "Les habitants prennent rendez-vous en ligne avec les services de la mairie.",
}


def steps() -> list[str]:
    """The commands of the job that judges records, in their order."""
    path = PROJECT / ".github" / "workflows" / "check.yml"
    job = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["jobs"]["records"]
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of the project with a record of every kind committed on top, and its environment."""
    before = {**TINY, "data/territories/59/59017-armentieres.yml": 'code: "59017"\n'}
    root = copy_project(tmp_path_factory.mktemp("proposal") / "project", before)
    shutil.copytree(SAMPLE / "data" / "vocabulary", root / "data/vocabulary", dirs_exist_ok=True)
    two_departements(root / "data" / "reference")
    for name in ("Makefile", "scripts", ".github", "schemas", ".vscode", "pyproject.toml"):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root)
    # The packages are installed: those of the tests that run here.
    (root / "scripts" / "venv.sh").write_text("#!/bin/sh\n")
    for name, words in (("python", ""), ("atlaas", "-m atlaas ")):
        program = write_tree(root, {f".venv/bin/{name}": ""}) / ".venv" / "bin" / name
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words}"$@"\n')
        program.chmod(0o755)
    git(root, "init", "--quiet", "--initial-branch", "main")
    shutil.copy(PROJECT / ".gitignore", root)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "before", day="2026-11-20")
    environment = clean_environment(
        BASE=git(root, "rev-parse", "HEAD"), ALLOWED="", PYTHONPATH=str(root / "hooks")
    )
    write_tree(root, NEW)
    for path, text in APPENDED.items():
        with open(root / path, "a", encoding="utf-8") as file:
            file.write(text)
    options = [word for pair in ACTION.items() for word in pair]
    done = run(
        root, environment, sys.executable, "-m", "atlaas", "new", "action", "--no-input", *options
    )
    assert done.returncode == 0, done.stdout
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "after", day="2026-11-21")
    return root, environment


def run(root: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **environment},
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )


def test_it_touches_no_code(proposal: tuple[Path, dict[str, str]]) -> None:
    root, environment = proposal
    done = run(root, environment, "make", "scope", f"BASE={environment['BASE']}")
    assert done.stdout == "code=false\n"


def test_every_step_of_the_job_passes(proposal: tuple[Path, dict[str, str]]) -> None:
    root, environment = proposal
    for command in steps():
        done = run(root, environment, "bash", "-euo", "pipefail", "-c", command)
        assert done.returncode == 0, f"{command}\n{done.stdout}"
    built = (root / "site" / "territoires" / "59017-armentieres" / "index.html").read_text("utf-8")
    assert "Rendez-vous en ligne avec la mairie" in built
    assert (root / "site" / "label" / "2010" / "index.html").is_file()
    assert (root / "site" / "acteurs" / "atelier-d-essai" / "index.html").is_file()
    assert (root / "site" / "usages" / "prise-de-rendez-vous" / "index.html").is_file()


def test_a_wrong_record_fails_it(proposal: tuple[Path, dict[str, str]]) -> None:
    """The same steps, and the first that looks says where: they can fail."""
    root, environment = proposal
    path = "data/actors/atelier-d-essai.yml"
    (root / path).write_text("kind: association\n", encoding="utf-8")
    try:
        done = run(root, environment, "make", "check", "FORMAT=github")
        assert done.returncode != 0
        assert f"::error file={path},line=1" in done.stdout
    finally:
        git(root, "checkout", path)
