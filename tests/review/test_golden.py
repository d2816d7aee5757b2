"""The report of ten records with every kind of change, as the reviewer reads it: golden.md.

Each line of it was read next to the change that it speaks of. To read it anew after a change of
words: ``python -m pytest tests/review/test_golden.py`` prints how it differs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scratch import Project, action, label, make_project

GOLDEN = Path(__file__).with_name("golden.md")
LILLE = "data/actions/59/59350-lille"
AIX = "data/territories/73/73008-aix-les-bains.yml"
STORY = (
    "Chaque mardi matin, la médiathèque ouvre un atelier. Il accueille 200 personnes par an, qui "
    "viennent de toute la ville et repartent avec un compte. La ville paie les deux animateurs."
)
NEW_STORY = (
    "Chaque mardi soir, la médiathèque ouvre un atelier. Il accueille 20 000 personnes par an, qui "
    "viennent de toute la ville et repartent avec un compte. La ville paie les deux animateurs. "
    "Les places se prennent sur https://reserver.exemple.net/mardi."
)
SERVICE = """\
services:
  - usage: demarches-administratives
    title: Portail famille
    url: https://portail.exemple.fr/
    sources:
      - url: https://exemple.fr/page
"""


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Main, then a branch on which each kind of change was made."""
    project = make_project(tmp_path_factory.mktemp("golden"))
    project.write(
        {
            AIX: label("73008", (2018, 4), (2019, 5)) + SERVICE,
            "data/territories/69/69029-bron.yml": label("69029", (2018, 3)).rstrip()
            + "\n    doubt: Le niveau est déduit.\n",
            "data/territories/74/74010-annecy.yml": label("74010", (2018, 4)),
            "data/territories/74/74093-cran-gevrier.yml": label("74093", (2015, 3)),
            f"{LILLE}/atelier.md": action("Atelier du mardi", "59350", STORY),
            f"{LILLE}/portail.md": action("Portail des familles", "59350", "x " * 40).replace(
                "page\n", "page\n  - url: https://exemple.fr/autre\n"
            ),
            f"{LILLE}/vieux.md": action("Vieux projet", "59350"),
            "data/actors/adico.yml": "name: Adico\nkind: association\nsources:\n"
            "  - url: https://exemple.fr/adico\n",
        }
    )
    project.commit("avant")
    project.git("switch", "-qc", "proposition")
    done = project.run("merge", "74093", "74010", "--source", "https://exemple.fr/fusion")
    assert done.exit_code == 0, done.output
    project.write(
        {
            AIX: label("73008", (2018, 5), (2019, 5)),
            "data/territories/69/69029-bron.yml": label("69029", (2018, 3)),
            f"{LILLE}/atelier.md": action("Atelier du mardi", "59350", NEW_STORY),
            f"{LILLE}/portail.md": action(
                "Portail des familles", "59350", "x " * 40, more="status: en-cours\nstarted: 2020\n"
            ),
            f"{LILLE}/neuf.md": action("Fablab des écoles", "59350", "Écrire à a@exemple.fr."),
            "data/actors/adico.yml": "name: Adico\nkind: inconnu\nsources:\n"
            "  - url: https://exemple.fr/adico\n",
            "data/territories/59/59378-marcq-en-baroeul.yml": label("59378", (2018, 4)),
            "hooks/atlaas/review.py": "print('tout va bien')\n",
        }
    )
    (project.root / f"{LILLE}/vieux.md").unlink()
    project.commit("après")
    return project


def report(project: Project, tmp_path: Path) -> str:
    out = tmp_path / "out"
    done = project.run("report", "main", str(out), "--no-pages", "--number", "12")
    assert done.exit_code == 0, done.output
    assert (out / "number").read_text("utf-8") == "12"
    return (out / "report.md").read_text("utf-8")


def test_the_report_of_every_kind_of_change(branch: Project, tmp_path: Path) -> None:
    assert report(branch, tmp_path) == GOLDEN.read_text("utf-8")
