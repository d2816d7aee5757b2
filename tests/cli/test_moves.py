"""``rename`` and ``merge``: files, references and redirects, in a scratch project."""

from __future__ import annotations

import shutil

from scratch import SOURCES, Project, action, label
from support import REFERENCE

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
    assert "réunis" not in result.output  # both communes won in 2018, and both labels stay
    assert project.read(CUL) == (
        '# tenu par la mairie\ncode: "01138"\nlabels:\n  - edition: 2017\n    level: 1\n'
        '    won_by: "01039"\n'
        "    sources:\n      - url: https://exemple.fr/page\n"
        "  - edition: 2018  # presse\n    level: 2\n    sources:\n"
        "      - url: https://exemple.fr/page\n"
        '  - edition: 2018\n    level: 3\n    won_by: "01039"\n    sources:\n'
        "      - url: https://exemple.fr/page\n"
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
    assert "label 2018 ajouté, 3 @, reçu par Béon, avant la fusion" in told
    assert "action « Atelier », déplacée : adresse changée" in told
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


def test_merge_of_communes_that_no_movement_joins(project: Project) -> None:
    """Lambersart is a commune of today, and never joined Culoz-Béon: a source is needed."""
    with_merger(project)
    project.write({"data/territories/59/59328-lambersart.yml": label("59328", (2018, 4))})
    refused = project.run("merge", "59328", "01138")
    assert refused.exit_code == 1
    assert "aucun mouvement officiel ne joint Lambersart (59328) à Culoz-Béon" in refused.output
    elsewhere = project.run("merge", "01039", "59350")
    assert "ne joint Béon (01039) à Lille (59350) : elle a rejoint Culoz-Béon" in elsewhere.output
    for codes in (("59328", "01138"), ("01039", "59350")):
        renamed = project.run("rename", *codes)
        assert (renamed.exit_code, "« rename » n'y suffit pas" in renamed.output) == (1, True)
    joined = project.run("rename", "01039", "01138")
    assert (joined.exit_code, "« merge 01039 01138 »" in joined.output) == (1, True)
    told = project.run("merge", "59328", "01138", "--source", "https://exemple.fr/arrete")
    assert told.exit_code == 0, told.output
    text = project.read(CUL)
    assert "    level: 4\n    won_by: Lambersart\n" in text
    assert text.endswith("sources:\n  - url: https://exemple.fr/arrete\n")


def test_a_split_commune_is_no_merger(project: Project) -> None:
    """Its land went to several: neither rename nor merge decides which has its records."""
    shutil.rmtree(project.root / "data/reference")
    shutil.copytree(REFERENCE, project.root / "data/reference")
    with (project.root / "data/reference/mouvements.csv").open("a", encoding="utf-8") as rows:
        rows.write("59998,Ruine,59350,Lille,code disparu,suppression,1968-03-02,oui\n")
    project.write({"data/territories/59/59998-ruine.yml": label("59998", (2018, 2))})
    for command in ("merge", "rename"):
        refused = project.run(command, "59998", "59350")
        assert refused.exit_code == 1
        assert "Ruine (59998) a été dissoute" in refused.output
    told = project.run("merge", "59998", "59350", "--source", "https://exemple.fr/arrete")
    assert told.exit_code == 0, told.output
    assert 'won_by: "59998"' in project.read("data/territories/59/59350-lille.yml")


def test_merge_is_for_communes(project: Project) -> None:
    project.write({"data/territories/59/59350-lille.yml": label("59350", (2018, 2))})
    refused = project.run("merge", "59350", "200093201")
    assert (refused.exit_code, "ne réunit que des communes" in refused.output) == (1, True)


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
