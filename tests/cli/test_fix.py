"""``fix`` in a scratch project."""

from __future__ import annotations

from scratch import Project

MESSY = (
    'labels:\n- {level: 4, edition: 2018, sources: [{url: "https://a.fr/"}]} # vu\ncode: 59350\n'
)
NEAT = (
    'code: "59350"\nlabels:\n  - edition: 2018\n    level: 4\n    sources:\n'
    "      - url: https://a.fr/  # vu\n"
)
PATH = "data/territories/59/59350-lille.yml"


def test_fix_and_check(project: Project) -> None:
    project.write({PATH: MESSY, "data/territories/59/59378-marcq-en-baroeul.yml": "code: *x\n"})
    result = project.run("fix", "--check")
    assert result.exit_code == 1
    assert PATH in result.output
    assert "le signe « * » au début d'une valeur n'est pas accepté" in result.output
    assert project.read(PATH) == MESSY
    result = project.run("fix", str(project.root / PATH))
    assert result.exit_code == 0
    assert project.read(PATH) == NEAT
    assert project.run("fix", str(project.root / PATH), "--check").exit_code == 0
    assert project.run("fix").exit_code == 1
    assert project.read("data/territories/59/59378-marcq-en-baroeul.yml") == "code: *x\n"


def test_windows_file(project: Project) -> None:
    (project.root / "data/territories/59").mkdir(parents=True)
    full = project.root / PATH
    full.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    assert project.run("fix").exit_code == 0
    assert full.read_bytes() == NEAT.encode()


def test_calls_that_can_not_be_right(project: Project) -> None:
    result = project.run("fix", "absent.yml")
    assert result.exit_code == 2
    assert "Erreur : le chemin « absent.yml » n'existe pas" in result.output
    result = project.run("fixe")
    assert result.exit_code == 2
    assert "La commande fixe n'existe pas." in result.output
