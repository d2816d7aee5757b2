"""The tables, their schemas and their constraints: what each refuses, and what it points to."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from atlaas.model import Source
from atlaas.publish import bulk, formats
from atlaas.publish.database import without_remains
from support import unzipped

TOWN = ("59001", "Abancourt", "commune", "Commune", "url")
INTO_TOWNS = "INSERT INTO territoires (code, name, kind, kind_label, url, labels, actions"


@pytest.fixture
def base(files: dict[str, bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of the tiny project, which may be written to."""
    path = tmp_path / "atlaas.sqlite"
    path.write_bytes(unzipped(files["donnees/atlaas.sqlite.zip"]))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def schema(files: dict[str, bytes], name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"donnees/schemas/{name}.json"])
    return found


def constraints(files: dict[str, bytes], name: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field.get("constraints", {}) for field in schema(files, name)["fields"]}


def test_tools_know_the_database_as_ours(base: sqlite3.Connection) -> None:
    """« ATLS » in four bytes, at the place that file(1) reads."""
    [(number,)] = base.execute("PRAGMA application_id")
    assert number.to_bytes(4, "big") == b"ATLS"


@pytest.mark.parametrize(
    ("more", "values", "accepted"),
    [
        ("", (), True),
        (", lat, lon", (-90, 180), True),
        (", lat, lon", (-90.5, 0), False),
        (", lat, lon", (91, 0), False),
        (", lat, lon", (0, -181), False),
        (", lat, lon", (0, 180.5), False),
        (", population", (1,), True),
        (", population", (0,), False),
        (", latest_edition, latest_level", (1999, 5), True),
        (", latest_edition", (1998,), False),
        (", latest_level", (0,), False),
        (", latest_level", (6,), False),
    ],
)
def test_the_database_refuses_what_cannot_be(
    base: sqlite3.Connection, more: str, values: tuple[float, ...], accepted: bool
) -> None:
    marks = ", ".join("?" * (len(TOWN) + 2 + len(values)))
    statement = f"{INTO_TOWNS}{more}) VALUES ({marks})"
    if accepted:
        base.execute(statement, (*TOWN, 0, 0, *values))
    else:
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            base.execute(statement, (*TOWN, 0, 0, *values))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE territoires SET name = NULL WHERE code = '59378'", "NOT NULL"),
        ("UPDATE territoires SET actions = -1 WHERE code = '59378'", "CHECK"),
        ("UPDATE labels SET territory = '00000' WHERE territory = '59378'", "FOREIGN KEY"),
        ("UPDATE labels SET edition = 2018 WHERE territory = '73008'", "UNIQUE"),
        ("UPDATE actions_termes SET term = 'x' WHERE action = '73008/tiers-lieu'", "FOREIGN KEY"),
        ("UPDATE actions_acteurs SET actor = 'inconnu'", "FOREIGN KEY"),
        ("UPDATE actions_partenaires SET action = '59378/inconnue'", "FOREIGN KEY"),
        ("UPDATE chiffres SET edition = 2001 WHERE rank = 2", "FOREIGN KEY"),
        ("UPDATE chiffres SET rank = 0 WHERE rank = 1", "CHECK"),
        ("UPDATE indicateurs SET value = NULL", "NOT NULL"),
    ],
)
def test_the_database_keeps_rows_whole(
    base: sqlite3.Connection, statement: str, reason: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=reason):
        base.execute(statement)


def test_what_sqlite_leaves_between_rows_is_gone(files: dict[str, bytes]) -> None:
    """A page of 3 rows whose pointers end at 14; 65 bytes of such remains made two sites differ."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE TABLE t (a TEXT)")
        made.executemany("INSERT INTO t VALUES (?)", [("x",), ("y",), ("z" * 9000,)])
        made.commit()
        raw = made.serialize()
    clean = without_remains(raw)
    dirty = bytearray(clean)
    dirty[4096 + 14 : 4096 + 18] = b"left"
    assert without_remains(bytes(dirty)) == clean
    assert len(clean) > 3 * 4096  # the long row goes on in pages of its own
    for one in (clean, without_remains(unzipped(files["donnees/atlaas.sqlite.zip"]))):
        with closing(sqlite3.connect(":memory:")) as again:
            again.deserialize(one)
            assert again.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if one is clean:
                rows = [a for (a,) in again.execute("SELECT a FROM t")]
                assert rows == ["x", "y", "z" * 9000]


def test_values_keep_their_types(base: sqlite3.Connection) -> None:
    assert base.execute(
        "SELECT rank, value, typeof(value), approximate FROM indicateurs ORDER BY rank"
    ).fetchall() == [(1, 210000, "integer", 0), (2, 0.5, "real", 1)]
    assert base.execute(
        "SELECT edition, rank, value, total, approximate FROM chiffres"
    ).fetchall() == [(2017, 1, 331, 1, 0), (2017, 2, 450, 0, 1), (2018, 1, 3, 1, 0)]
    assert base.execute("SELECT number, date, place FROM editions").fetchall() == [
        (None, None, None),
        (None, None, None),
        (18, "2017-02-01", "Paris"),
        (None, None, None),
    ]


def test_what_a_schema_says_of_labels(files: dict[str, bytes]) -> None:
    found = schema(files, "labels")
    assert [(field["name"], field["type"]) for field in found["fields"]] == [
        ("territory", "string"),
        ("edition", "integer"),
        ("level", "integer"),
        ("won_by", "string"),
        ("mentions", "string"),
        ("sources", "string"),
        ("doubt", "string"),
    ]
    given = constraints(files, "labels")
    several = given.pop("mentions")
    assert given == {
        "territory": {"required": True},
        "edition": {"required": True, "minimum": 1999},
        "level": {"minimum": 1, "maximum": 5},
        "won_by": {"required": True},
        "sources": {},
        "doubt": {},
    }
    assert list(several) == ["pattern"]
    assert found["primaryKey"] == ["territory", "edition", "won_by"]
    package = json.loads(files["donnees/datapackage.json"])
    [described] = [item for item in package["resources"] if item["name"] == "labels"]
    assert described["schema"]["fields"] == found["fields"]
    assert described["schema"]["foreignKeys"] == [
        {"fields": ["territory"], "reference": {"resource": "territoires", "fields": ["code"]}},
        {"fields": ["edition"], "reference": {"resource": "editions", "fields": ["edition"]}},
    ]


def test_what_schemas_say_of_lists_dates_and_ranks(files: dict[str, bytes]) -> None:
    towns = constraints(files, "territoires")
    assert towns["code"] == {"required": True, "unique": True}
    assert towns["kind"]["enum"] == [
        *("commune", "epci", "ept", "departement", "region", "syndicat")
    ]
    assert "unique" not in constraints(files, "labels")["territory"]  # a part of the key
    assert constraints(files, "services")["rank"] == {"required": True, "minimum": 1}
    assert constraints(files, "services")["usage"]["enum"] == ["demarches-administratives"]
    assert constraints(files, "actions")["status"] == {"enum": ["en-cours", "arretee"]}
    assert list(constraints(files, "actions")["started"]) == ["pattern"]
    package = json.loads(files["donnees/datapackage.json"])
    linked = {item["name"] for item in package["resources"] if "foreignKeys" in item["schema"]}
    assert "actions" in linked and not linked & {"contexte", "termes", "territoires"}


@pytest.mark.parametrize("count", [0, 4_999, 5_000, 12_001])
def test_a_long_table_is_written_in_parts(count: int) -> None:
    """Of 5 000 rows each: what waits in memory does not grow with the table."""
    parts = list(bulk._csv_parts(((str(n), n) for n in range(count)), ["name", "number"]))
    assert len(parts) == count // 5_000 + 1
    assert max(part.count(b"\r\n") for part in parts) <= 5_001
    rows = list(csv.reader(io.StringIO(b"".join(parts).decode(), newline="")))
    assert rows == [["name", "number"], *([str(n), str(n)] for n in range(count))]


def test_sources_in_one_cell() -> None:
    page = Source(url="https://exemple.org/a", title="Un titre")
    printed = Source(publisher="Le Journal", title="Palmarès", date="2015-02")
    assert formats.sources_text([page, printed]) == (
        "https://exemple.org/a | Le Journal, Palmarès, 2015-02"
    )
    assert formats.sources_text([]) is None and formats.sources_text(None) is None
    assert formats.several(["a", "b"]) == "a | b" and formats.several([]) is None


@pytest.mark.parametrize(("text", "kind"), [("2", int), ("2.0", int), ("-0.5", float)])
def test_a_whole_decimal_is_an_int(text: str, kind: type) -> None:
    found = formats.number(Decimal(text))
    assert found == float(text) and type(found) is kind


# The columns of version 1.0.0, each with its type: they keep their names and types in /v1/.
PROMISED = {
    "actions": "id territory title themes enjeux usages status started partners actors website "
    "verified sources doubt url",
    "labels": "territory edition:integer level:integer won_by mentions sources doubt",
    "territoires": "code name kind kind_label departement region epci country "
    "population:integer lat:number lon:number website latest_edition:integer latest_level:integer "
    "labels:integer actions:integer successor doubt url",
    "editions": "edition:integer number:integer date place labels_known:integer "
    "labels_total:integer notes sources doubt url",
    "termes": "vocabulary id label definition",
}


@pytest.mark.parametrize("name", PROMISED)
def test_a_promised_column_keeps_its_name_and_type(files: dict[str, bytes], name: str) -> None:
    found = {field["name"]: field["type"] for field in schema(files, name)["fields"]}
    for column in PROMISED[name].split():
        key, _, kind = column.partition(":")
        assert found[key] == (kind or "string"), key
