"""Lower bounds of the records, read by ``check``, on the tiny project."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from atlaas.cli import main
from support import tiny_tree

BOUNDS = """\
# un commentaire
- label/2018/59512/5
- label/2017/59009/?
- label/2018/59512
- membership/200093201/praemium
- indicator/200093201/210000
- action/59350/maison-du-numerique
- actor/universite-de-lille
- edition/2018
- territory/73008
- count: action
  least: 4
"""


def check(root: Path, bounds: str) -> tuple[int, str]:
    tiny_tree(root, {"data/bounds.yml": bounds})
    done = CliRunner().invoke(main, ["--project", str(root), "check"])
    return done.exit_code, done.output


def test_bounds_that_hold_are_silent(tmp_path: Path) -> None:
    code, output = check(tmp_path, BOUNDS)
    assert (code, "borne" in output) == (0, False), output


@pytest.mark.parametrize(
    ("bounds", "reported"),
    [
        ("- edition/2018\n- label/2018/59512/4\n", "2:3: borne: « label/2018/59512/4 » n'est plus"),
        ("- label/2018/5951\n", "1:3: borne: « label/2018/5951 » n'est plus"),
        ("- action/59350/autre\n", "1:3: borne: « action/59350/autre » n'est plus"),
        ("- count: label\n  least: 6\n", "borne: 5 de « label », au lieu de 6 au moins"),
        ("- count: label\n", "borne: ce n'est ni un fait ni un nombre à garder"),
        ("- count: label\n  least: beaucoup\n", "borne: ce n'est ni un fait ni un nombre à garder"),
        ("count: label\n", "1:1: structure: le fichier doit être une liste"),
        ("- &a 1\n", "yaml-strict"),
    ],
)
def test_what_no_longer_holds_is_an_error(tmp_path: Path, bounds: str, reported: str) -> None:
    code, output = check(tmp_path, bounds)
    assert code == 1
    assert "data/bounds.yml:" in output and reported in output, output


def test_paths_are_checked_without_the_bounds_of_the_whole(tmp_path: Path) -> None:
    tiny_tree(tmp_path, {"data/bounds.yml": "- action/59350/autre\n"})
    path = str(tmp_path / "data/actions")
    done = CliRunner().invoke(main, ["--project", str(tmp_path), "check", path])
    assert done.exit_code == 0, done.output
