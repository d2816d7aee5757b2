"""What the SQLite file has on top of the tables: stories, search, names, indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from atlaas.publish import database_extras
from atlaas.publish.action_tables import all_tables
from atlaas.publish.database import database
from support import Small, unzipped


@pytest.fixture
def base(files: dict[str, bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    yield from _opened(files, tmp_path)


@pytest.fixture
def sample_base(sample_files: dict[str, bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    yield from _opened(sample_files, tmp_path)


def _opened(files: dict[str, bytes], folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / "atlaas.sqlite"
    path.write_bytes(unzipped(files["donnees/atlaas.sqlite.zip"]))
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def ask(base: sqlite3.Connection, query: str) -> list[Any]:
    return base.execute(query).fetchall()


def test_stories_are_there_and_found_without_case_or_accents(base: sqlite3.Connection) -> None:
    story = "SELECT text FROM textes WHERE kind = 'actions' AND id = '59378/la-bonne-appli'"
    assert ask(base, story) == [("Les habitants proposent **une application**.",)]
    search = (
        "SELECT t.kind, t.id FROM recherche r JOIN textes t ON t.number = r.rowid "
        "WHERE recherche MATCH '{}' ORDER BY rank"
    )
    assert ask(base, search.format("HABITANTS application")) == [
        ("actions", "59378/la-bonne-appli")
    ]
    assert ("actions", "59378/ecole-connectee") in ask(base, search.format("ecole"))
    assert ask(base, search.format("villeneuve ascq")) == [("territoires", "59009")]
    assert ask(base, search.format("place : lille name : maison")) == [
        ("actions", "59350/maison-du-numerique")
    ]


def test_stories_too_long_in_all_are_left_to_other_files(
    tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = sum(len(action.body) for action in tiny.directory.actions.values())

    def found() -> tuple[set[Any], dict[str, str]]:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database(all_tables(), tiny.directory, tiny.site))
            stories = ask(connection, "SELECT text FROM textes WHERE kind = 'actions'")
            names = ask(connection, "SELECT rowid FROM recherche WHERE recherche MATCH 'casino'")
            assert len(names) == 1  # of a title
            return {text for (text,) in stories}, dict(ask(connection, "SELECT * FROM a_propos"))

    monkeypatch.setattr(database_extras, "MOST_TEXT", bodies)
    stories, about = found()
    assert "Les habitants proposent **une application**." in stories and "textes" not in about
    monkeypatch.setattr(database_extras, "MOST_TEXT", bodies - 1)
    stories, about = found()
    assert stories == {None} and "actions.ndjson.gz" in about["textes"]


def test_views_say_names(base: sqlite3.Connection) -> None:
    assert ask(
        base,
        "SELECT name, departement_name, region_name, level FROM vue_labels "
        "WHERE edition = 2018 ORDER BY name",
    ) == [
        ("Aix-les-Bains", "Savoie", "Auvergne-Rhône-Alpes", 4),
        ("Marcq-en-Barœul", "Nord", "Hauts-de-France", 5),
        ("Roubaix", "Nord", "Hauts-de-France", 5),
    ]
    assert ask(
        base,
        "SELECT territory_name, status_label, text FROM vue_actions "
        "WHERE id = '59378/la-bonne-appli'",
    ) == [("Marcq-en-Barœul", "En cours", "Les habitants proposent **une application**.")]
    assert ask(
        base,
        "SELECT title, term_label FROM vue_actions_termes "
        "WHERE action = '73008/tiers-lieu' AND vocabulary = 'themes'",
    ) == [("Tiers-lieu au casino", "Médiation numérique")]
    assert ask(base, "SELECT epci_name FROM vue_territoires WHERE code = '59378'") == [
        ("Métropole Européenne de Lille",)
    ]


def test_a_view_has_a_row_for_each_of_its_table(sample_base: sqlite3.Connection) -> None:
    names = ("territoires", "labels", "actions", "actions_termes", "indicateurs_valeurs")
    for name in names:
        [[of_view], [of_table]] = [
            ask(sample_base, f"SELECT count(*) FROM {table}")[0] for table in (f"vue_{name}", name)
        ]
        assert of_view == of_table > 0, name
    assert ask(
        sample_base,
        "SELECT territory_name, publisher, value FROM vue_indicateurs_valeurs "
        "WHERE indicator = 'fibre' AND territory = '59378'",
    )[0][::2] == ("Marcq-en-Barœul", 150)


def test_no_question_about_a_place_or_an_edition_reads_a_whole_table(
    sample_base: sqlite3.Connection,
) -> None:
    for query in (
        "SELECT * FROM territoires WHERE name = 'Lille'",
        "SELECT * FROM territoires WHERE departement = '59'",
        "SELECT * FROM territoires WHERE epci = '200093201'",
        "SELECT * FROM actions WHERE territory = '59350'",
        "SELECT * FROM labels WHERE edition = 2018",
        "SELECT * FROM actions_termes WHERE vocabulary = 'themes' AND term = 'mediation'",
        "SELECT * FROM indicateurs_valeurs WHERE territory = '59350'",
        "SELECT * FROM vue_actions WHERE territory = '59350'",
    ):
        plan = ask(sample_base, f"EXPLAIN QUERY PLAN {query}")
        assert not [step for *_, step in plan if step.startswith("SCAN")], (query, plan)


def test_what_points_to_another_table_has_an_index(sample_base: sqlite3.Connection) -> None:
    for table in all_tables():
        begun = [table.key]
        for (name,) in ask(
            sample_base,
            f"SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table.name}'",
        ):
            begun.append(tuple(row[2] for row in ask(sample_base, f'PRAGMA index_info("{name}")')))
        for key in table.foreign:
            assert any(names[: len(key.fields)] == key.fields for names in begun), table.name


def test_the_file_is_packed_and_not_there_a_second_time(sample_files: dict[str, bytes]) -> None:
    packed = sample_files["donnees/atlaas.sqlite.zip"]
    assert len(packed) < len(unzipped(packed)) / 3
    bare = [name for name, content in sample_files.items() if content[:6] == b"SQLite"]
    assert bare == []


def test_the_file_says_of_what_it_is(sample_base: sqlite3.Connection) -> None:
    found = dict(ask(sample_base, "SELECT * FROM a_propos"))
    assert found["data_date"] == "2026-11-21" and len(found["commit"]) == 40
    assert found["licence"] == "Licence Ouverte 2.0"
    assert found["site"] == "https://atlaas.example/"


def test_collections_name_their_members(sample_base: sqlite3.Connection) -> None:
    assert ask(
        sample_base,
        "SELECT c.title, m.rank, m.action FROM collections c "
        "JOIN collections_actions m ON m.collection = c.id ORDER BY m.rank",
    ) == [
        ("Des lieux pour apprendre", 1, "13056/reseau-d-espaces-publics-numeriques-municipaux"),
        (
            "Des lieux pour apprendre",
            2,
            "07008/internet-citoyen-communal-postes-publics-et-visioconference",
        ),
    ]
    assert ask(sample_base, "SELECT * FROM collections_territoires") == [
        ("aller-vers-les-habitants", 1, "13056")
    ]
