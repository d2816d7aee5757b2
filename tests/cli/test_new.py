"""``new`` by options alone, and by answers to its questions."""

from __future__ import annotations

from scratch import SOURCES, Project

PATH = "data/actions/59/59350-lille/portail-famille.md"
OPTIONS = (
    "new",
    "action",
    "--no-input",
    "--territory",
    "Lille",
    "--title",
    "Portail famille",
    "--theme",
    "Services publics",
    "--source",
    "https://exemple.fr/page",
)


def test_an_action_by_options(project: Project) -> None:
    result = project.run(*OPTIONS, "--started", "2016", "--body", "un portail ; un compte")
    assert (result.exit_code, result.output) == (0, f"→ Lille (59350)\nécrit {PATH}\n")
    assert project.read(PATH) == (
        '---\ntitle: Portail famille\nterritory: "59350"\nthemes:\n  - services-publics\n'
        f"started: 2016\n{SOURCES}---\n\n- Un portail.\n- Un compte.\n"
    )
    assert project.run("check").exit_code == 0
    again = project.run(*OPTIONS)
    assert (again.exit_code, f"{PATH} lui ressemble : même titre" in again.output) == (1, True)
    assert project.run(*OPTIONS, "--force").exit_code == 0
    assert (project.root / PATH.replace(".md", "-2.md")).exists()


def test_what_an_action_lacks(project: Project) -> None:
    def run(**changed: str) -> str:
        options = list(OPTIONS)
        for name, value in changed.items():
            options[options.index(f"--{name}") + 1] = value
        result = project.run(*options)
        assert result.exit_code in (1, 2)
        return result.output

    assert "28004" in run(territory="Allonnes")
    assert "« robots » est inconnu" in run(theme="robots")
    assert "n'est pas une adresse complète" in run(source="exemple")
    assert "il manque : titre" in run(title="")
    assert not (project.root / "data/actions").exists()


def test_an_action_by_answers(project: Project) -> None:
    answers = [
        "Allonnes",
        "1",
        "Portail famille",
        "robots",
        "services publics",
        "",
        "",
        "",
        "2016",
        "",
        "https://exemple.fr/page",
        "Un portail.",
    ]
    result = project.run("new", "action", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    text = project.read("data/actions/72/72003-allonnes/portail-famille.md")
    assert text.endswith("---\n\nUn portail.\n")
    assert 'territory: "72003"' in text


def test_a_territory(project: Project) -> None:
    options = (
        "new",
        "territory",
        "--no-input",
        "--territory",
        "73008",
        "--edition",
        "2018",
        "--level",
        "5@",
        "--source",
        "https://exemple.fr/page",
    )
    assert project.run(*options).exit_code == 0
    assert project.read("data/territories/73/73008-aix-les-bains.yml") == (
        'code: "73008"\nlabels:\n  - edition: 2018\n    level: 5\n    sources:\n'
        "      - url: https://exemple.fr/page\n"
    )
    again = project.run(*options)
    assert (again.exit_code, "existe déjà" in again.output) == (1, True)


def test_a_territory_that_names_itself(project: Project) -> None:
    result = project.run(
        "new",
        "territory",
        "--no-input",
        "--territory",
        "x-inforoutes",
        "--name",
        "Syndicat mixte des Inforoutes",
        "--kind",
        "syndicat",
        "--departement",
        "07",
    )
    assert result.exit_code == 0, result.output
    assert project.read("data/territories/07/x-inforoutes.yml") == (
        'code: "x-inforoutes"\nname: Syndicat mixte des Inforoutes\nkind: syndicat\n'
        'departement: "07"\n'
    )
    assert project.run("check").exit_code == 0


def test_a_part_of_a_commune_is_asked_and_never_written(project: Project) -> None:
    """75115 is a part of Paris, and 75015 a postcode of Paris and the dead code of Bry."""
    for given, words in (
        ("75115", "Paris 15e Arrondissement (75115), arrondissement de Paris"),
        ("75015", "94015 Bry-sur-Marne : a succédé à ce code"),
        ("59355", "Lomme (59355), commune associée de Lille"),
    ):
        result = project.run("new", "action", "--territory", given, "--no-input")
        assert (result.exit_code, words in result.output) == (2, True), result.output
    assert not [path for path in project.files() if path.startswith("data/actions/")]
