"""``rename`` and ``merge``: files, references and redirects, in a scratch project."""

from __future__ import annotations

from scratch import SOURCES, Project, action, label

CUL = "data/territories/01/01138-culoz-beon.yml"
BEON = "data/territories/01/01039-beon.yml"


def with_merger(project: Project) -> Project:
    """Béon (01039) is part of Culoz-Béon (01138): its files are still those of before."""
    project.write(
        {
            CUL: '# tenu par la mairie\ncode: "01138"\nlabels:\n  - edition: 2018  # presse\n'
            "    level: 2\n    sources:\n      - url: https://exemple.fr/page\n",
            BEON: label("01039", (2017, 1), (2018, 3)),
            "data/actions/01/01039-beon/atelier.md": action("Atelier", "01039"),
            "data/actions/01/01138-culoz-beon/atelier.md": action("Atelier", "01138"),
            "data/actions/59/59350-lille/jumelage.md": action(
                "Jumelage", "59350", more='partners:\n  - "01039"\n  - "01138"\n'
            ).replace("partners:", "partners:  # signé en 2019"),
            "data/redirects.yml": "# anciennes adresses\n- from: actions/01039/x/\n"
            "  to: actions/01039/atelier/\n",
        }
    )
    project.commit()
    return project


def test_merge_of_two_communes(project: Project) -> None:
    with_merger(project)
    dry = project.run("merge", "01039", "01138", "--dry-run")
    assert "Rien n'a été écrit" in dry.output
    assert project.git("status", "--porcelain") == ""
    result = project.run("merge", "01039", "01138")
    assert result.exit_code == 0, result.output
    assert "deux labels 2018 réunis" in result.output
    assert project.read(CUL) == (
        '# tenu par la mairie\ncode: "01138"\nlabels:\n  - edition: 2017\n    level: 1\n'
        "    sources:\n      - url: https://exemple.fr/page\n"
        "    doubt: reçu par Béon, avant la fusion\n"
        "  - edition: 2018  # presse\n    level: 3\n    sources:\n"
        '      - url: https://exemple.fr/page\n    doubt: "Béon : 3 @"\n'
    )
    files = project.files()
    assert BEON not in files
    assert not (project.root / "data/actions/01/01039-beon").exists()
    assert files["data/actions/01/01138-culoz-beon/atelier-2.md"] == action("Atelier", "01138")
    assert files["data/actions/59/59350-lille/jumelage.md"] == (
        '---\ntitle: Jumelage\nterritory: "59350"\npartners:  # signé en 2019\n  - "01138"\n'
        f"themes:\n  - solidarite-numerique\n{SOURCES}---\n\nUn récit assez long.\n"
    )
    assert files["data/redirects.yml"] == (
        "# anciennes adresses\n- from: actions/01039/x/\n  to: actions/01138/atelier-2/\n"
        "- from: actions/01039/atelier/\n  to: actions/01138/atelier-2/\n"
        "- from: territoires/01039-beon/\n  to: territoires/01138-culoz-beon/\n"
    )
    assert project.run("check").exit_code == 0
    assert project.run("fix", "--check").exit_code == 0
    told = project.run("diff", "HEAD").output
    assert "Culoz-Béon : label 2018, 2 → 3 @" in told
    assert "Culoz-Béon : action « Atelier » : adresse changée" in told
    assert "sans redirection" not in told


def test_merge_that_can_not_be(project: Project) -> None:
    with_merger(project)
    for codes, words in (
        (("01039", "99999"), "n'est ni dans la géographie officielle"),
        (("62041", "01138"), "n'a ni fiche ni action"),
        (("01138", "01138"), "ne peut pas se remplacer lui-même"),
    ):
        result = project.run("merge", *codes)
        assert (result.exit_code, words in result.output) == (1, True)
    assert project.run("merge", "01138").exit_code == 2
    assert project.git("status", "--porcelain") == ""


def test_rename_an_action(project: Project) -> None:
    project.write({"data/actions/59/59350-lille/jumelage.md": action("Jumelage", "59350")})
    result = project.run(
        "rename", "59350/jumelage", "jumelage-numerique", "--title", "Jumelage numérique"
    )
    assert result.exit_code == 0, result.output
    text = project.read("data/actions/59/59350-lille/jumelage-numerique.md")
    assert text.startswith("---\ntitle: Jumelage numérique\n")
    assert "- from: actions/59350/jumelage/\n  to: actions/59350/jumelage-numerique/\n" in (
        project.read("data/redirects.yml")
    )
    # back again: the address in use redirects no longer
    back = project.run("rename", "59350/jumelage-numerique", "jumelage", "--title", "Jumelage")
    assert back.exit_code == 0
    assert "from: actions/59350/jumelage/" not in project.read("data/redirects.yml")
    result = project.run("rename", "59350/jumelage", "sans-rapport")
    assert (result.exit_code, "le contrôle refuserait" in result.output) == (1, True)


def test_rename_an_actor(project: Project) -> None:
    project.write(
        {
            "data/actors/adico.yml": "name: Adico\nsources:\n  - url: https://a.fr/\n",
            "data/actions/59/59350-lille/x.md": action(
                "X et les autres", "59350", more="actors:\n  - adico\n"
            ),
        }
    )
    assert project.run("rename", "data/actors/adico.yml", "adico-60").exit_code == 0
    assert "  - adico-60\n" in project.read("data/actions/59/59350-lille/x.md")
    assert "to: acteurs/adico-60/" in project.read("data/redirects.yml")
    assert project.run("check").exit_code == 0
    assert project.run("rename", "acteurs/absent", "y").exit_code == 1


def test_rename_a_territory_that_got_a_code(project: Project) -> None:
    project.write(
        {
            "data/territories/59/x-metropole.yml": 'code: "x-metropole"\nname: La Métropole\n'
            'kind: syndicat\ndepartement: "59"\nlabels:\n  - edition: 2018\n    level: 2\n'
            "    sources:\n      - url: https://a.fr/\n",
            "data/actions/59/x-metropole/bus.md": action("Bus itinérant", "x-metropole"),
            "data/territories/59/59350-lille.yml": 'code: "59350"\nmemberships:\n'
            "  - level: membre\n    through: x-metropole\n    sources:\n      - url: https://a.fr/\n",
        }
    )
    result = project.run("rename", "x-metropole", "200093201")
    assert result.exit_code == 0, result.output
    files = project.files()
    folder = "200093201-metropole-europeenne-de-lille"
    assert files[f"data/territories/59/{folder}.yml"] == label("200093201", (2018, 2)).replace(
        "https://exemple.fr/page", "https://a.fr/"
    )
    assert files[f"data/actions/59/{folder}/bus.md"] == action("Bus itinérant", "200093201")
    assert 'through: "200093201"' in files["data/territories/59/59350-lille.yml"]
    assert (
        f"- from: territoires/x-metropole/\n  to: territoires/{folder}/\n"
        in (files["data/redirects.yml"])
    )
    assert project.run("check").exit_code == 0
