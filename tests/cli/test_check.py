"""``check``: the whole, some paths, and what a branch touches or breaks elsewhere."""

from __future__ import annotations

import json

from scratch import Project, action, label

LILLE = "data/actions/59/59350-lille"
EPCI = "data/actions/59/200093201-metropole-europeenne-de-lille"


def test_duplicates_are_warnings_with_the_other_path(project: Project) -> None:
    project.write(
        {
            f"{LILLE}/portail-famille.md": action("Portail famille", "59350"),
            f"{LILLE}/le-portail-des-familles.md": action("Le portail des familles", "59350"),
            f"{LILLE}/atelier-2019.md": action("Atelier 2019", "59350"),
            f"{LILLE}/atelier-2020.md": action("Atelier 2020", "59350"),
        }
    )
    result = project.run("check")
    assert result.exit_code == 0
    assert result.output.count("doublon-possible") == 1
    assert (
        f"{LILLE}/portail-famille.md:1:1: doublon-possible: avertissement : cette action "
        f"ressemble à {LILLE}/le-portail-des-familles.md : titre proche" in result.output
    )
    assert "0 erreur, 1 avertissement." in result.output


def test_changed(project: Project) -> None:
    project.write(
        {
            f"{LILLE}/portail-famille.md": action("Portail famille", "59350"),
            f"{LILLE}/atelier.md": action("Atelier", "59350", more="actors:\n  - adico\n"),
            f"{LILLE}/vieux.md": action("Vieux", "59350", body=""),
            "data/actors/adico.yml": "name: Adico\nsources:\n  - url: https://a.fr/\n",
        }
    )
    project.commit()
    assert project.run("check", "--changed", "HEAD").output.startswith("Tout est bon")
    (project.root / "data/actors/adico.yml").unlink()
    project.write({f"{EPCI}/x.md": action("Portail famille", "200093201", body="")})
    result = project.run("check", "--changed", "HEAD")
    assert result.exit_code == 1
    here, _, elsewhere = result.output.partition("Ailleurs, dans des fiches qui ne changent pas :")
    assert f"{EPCI}/x.md" in here
    assert "vieux.md" not in result.output  # a warning of a file that nobody touched
    assert f"{LILLE}/atelier.md:7:5: acteur-inconnu" in elsewhere
    listed = json.loads(project.run("check", "--changed", "HEAD", "--format", "json").output)
    assert listed[0]["path"].startswith(EPCI)
    assert listed[-1]["rule"] == "acteur-inconnu"


def test_changed_vocabulary(project: Project) -> None:
    path = "data/territories/73/73008-aix-les-bains.yml"
    project.write({path: label("73008", (2018, 4))})
    project.commit()
    (project.root / "data/editions/2018.yml").unlink()
    result = project.run("check", "--changed", "main")
    assert (result.exit_code, f"{path}:3:14: edition-inconnue" in result.output) == (1, True)


def test_paths_and_changed_do_not_go_together(project: Project) -> None:
    assert project.run("check", "--changed", "main", str(project.root / "data")).exit_code == 2
    assert project.run("check", "--changed", "nulle-part").exit_code == 2


def test_redirects(project: Project) -> None:
    project.write(
        {
            "data/redirects.yml": "- from: a/\n  to: b/\n- from: b/\n  to: a/\n"
            "- from: a/\n  to: c/\n- from: ../x/\n  to: c/\n- de: x\n"
        }
    )
    result = project.run("check")
    assert result.exit_code == 1
    for message in (
        "data/redirects.yml:1:3: redirection: cette redirection tourne en rond",
        "data/redirects.yml:5:3: redirection: « a/ » est redirigée deux fois",
        "data/redirects.yml:7:3: redirection: « ../x/ » n'est pas l'adresse d'une page",
        "data/redirects.yml:9:3: redirection: une redirection a deux clés, « from » et « to »",
    ):
        assert message in result.output
