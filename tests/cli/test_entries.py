"""Lists of services and of members: entries of the territories' files."""

from __future__ import annotations

from pathlib import Path

import yaml

from cli.test_lists import LILLE, answer, sheet_rows
from scratch import Project

ROUBAIX = "data/territories/59/59512-roubaix.yml"
SERVICES = (
    "code,usage,title,url,source_url,seen,doubt\n"
    "59350,demarches-administratives,Portail famille,https://famille.exemple.fr,"
    "https://exemple.fr/a,2026-11-25,\n"
    "59350,Démarches administratives,Signalement,,https://exemple.fr/b,2026-11-25,"
    "adresse du service non lue\n"
    "dep-59,demarches-administratives,Budget participatif,,https://exemple.fr/c,2026-11-25,\n"
)


def services(project: Project, tmp_path: Path, text: str) -> str:
    project.write({"s.csv": text})
    result = project.run("import", "services", str(tmp_path / "s.csv"))
    assert result.exit_code == 0, result.output
    return result.output


def test_services_with_their_source_the_day_it_was_seen_and_their_doubt(
    project: Project, tmp_path: Path
) -> None:
    said = services(project, tmp_path, SERVICES)
    assert "3 lignes : 3 réglées" in said and "fiches écrites : 2" in said
    lille = yaml.load(project.read(LILLE), Loader=yaml.BaseLoader)["services"]
    assert lille == [
        {
            "usage": "demarches-administratives",
            "title": "Portail famille",
            "url": "https://famille.exemple.fr",
            "sources": [{"url": "https://exemple.fr/a", "seen": "2026-11-25"}],
        },
        {
            "usage": "demarches-administratives",
            "title": "Signalement",
            "sources": [{"url": "https://exemple.fr/b", "seen": "2026-11-25"}],
            "doubt": "adresse du service non lue",
        },
    ]


def test_again_changes_nothing_and_another_source_is_added(
    project: Project, tmp_path: Path
) -> None:
    services(project, tmp_path, SERVICES)
    before = project.read(LILLE)
    assert "fiches écrites : 0" in services(project, tmp_path, SERVICES)
    assert project.read(LILLE) == before
    services(project, tmp_path, SERVICES.replace("https://exemple.fr/a", "https://exemple.fr/z"))
    found = yaml.load(project.read(LILLE), Loader=yaml.BaseLoader)["services"]
    assert len(found) == 2
    assert [s["url"] for s in found[0]["sources"]] == [
        "https://exemple.fr/a",
        "https://exemple.fr/z",
    ]


def test_a_usage_that_is_none_is_asked_a_missing_one_left_out_and_a_missing_name_refused(
    project: Project, tmp_path: Path
) -> None:
    project.write(
        {
            "s.csv": "commune;usage;service;source\nLille;démarche adm;Portail;https://exemple.fr\n"
            "Roubaix;;;https://exemple.fr\nDouai;;Signalement;https://exemple.fr\n"
        }
    )
    result = project.run("import", "services", str(tmp_path / "s.csv"))
    assert result.exit_code == 1
    assert "usage : « démarche adm » inconnu" in result.output
    assert "rien dans la colonne « titre »" in result.output
    sheet = tmp_path / "s-revue.csv"
    answer(sheet, {"2": "oui", "3": "ignorer"})
    done = project.run("import", "services", "--apply", str(sheet))
    assert done.exit_code == 0, done.output
    assert "usage: demarches-administratives" in project.read(LILLE)
    assert "usage" not in project.read("data/territories/59/59178-douai.yml")


def test_members_of_a_year_in_which_a_source_names_them(project: Project, tmp_path: Path) -> None:
    project.write({"m.csv": "name,code,member_year,doubt\nLille,59350,2011,\nROUBAIX,,2011,\n"})
    result = project.run(
        *("import", "memberships", str(tmp_path / "m.csv"), "--source", "https://exemple.fr/m")
    )
    assert result.exit_code == 0, result.output
    assert {row["fait"] for row in sheet_rows(tmp_path / "m-revue.csv")} == {"adhésion : ajout"}
    for path in (LILLE, ROUBAIX):
        assert yaml.load(project.read(path), Loader=yaml.BaseLoader)["memberships"] == [
            {"level": "membre", "attested": "2011", "sources": [{"url": "https://exemple.fr/m"}]}
        ]
