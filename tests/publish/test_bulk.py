"""The bulk files: read back by the tools of their users, with values worked out by hand."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import frictionless
import pytest

from atlaas.pages.owner import SiteOwner
from atlaas.pages.page import Site
from atlaas.publish import bulk, data_package
from atlaas.publish.action_tables import all_tables
from atlaas.publish.tables import DataTable
from support import SITE_URL, Small, tiny_tree, unzipped, write_tree
from tiny import TINY

Publish = Callable[[Path, Path, Site], dict[str, bytes]]


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[f"donnees/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def database(files: dict[str, bytes], folder: Path) -> sqlite3.Connection:
    path = folder / "atlaas.sqlite"
    path.write_bytes(unzipped(files["donnees/atlaas.sqlite.zip"]))
    return sqlite3.connect(path)


def test_labels_table(files: dict[str, bytes]) -> None:
    assert files["donnees/labels.csv"].decode().split("\r\n") == [
        "territory,edition,level,won_by,mentions,sources,doubt",
        '73008,2015,5,73008,,"Le Journal, Palmarès, 2015-02",',
        "73008,2018,4,73008,arobase-verte,https://exemple.org/aix-2018,niveau lu sur une photo",
        "59378,2018,5,59378,numerique-educatif,https://exemple.org/marcq-2018,",
        "59512,2018,5,59512,,https://exemple.org/roubaix-2018,",
        "59009,2017,,59009,,https://exemple.org/ascq-2017,",
        "",
    ]


def test_actions_and_their_links(files: dict[str, bytes]) -> None:
    found = {row["id"]: row for row in rows(files, "actions")}
    assert list(found) == [
        "73008/tiers-lieu",
        "59350/maison-du-numerique",
        "59378/la-bonne-appli",
        "59378/ecole-connectee",
    ]
    appli = found["59378/la-bonne-appli"]
    assert appli["themes"] == "reseau-social | numerique-educatif"
    assert appli["url"] == "https://atlaas.example/actions/59378/la-bonne-appli/"
    assert len(rows(files, "actions_termes")) == 9
    assert rows(files, "actions_partenaires") == [
        {"action": "59378/la-bonne-appli", "territory": "200093201"}
    ]


def test_what_makes_an_action_copyable(files: dict[str, bytes]) -> None:
    found = {row["id"]: row for row in rows(files, "actions")}
    maison = found["59350/maison-du-numerique"]
    assert {key: maison[key] for key in maison if key.startswith("cost_")} == {
        "cost_amount": "42000",
        "cost_period": "par-an",
        "cost_note": "salaires et loyer",
        "cost_funding": "DETR, 40 %",
        "cost_date": "2021",
    }
    assert (maison["audience"], maison["tools"]) == ("seniors | jeunes", "Decidim | bornes wifi")
    appli = found["59378/la-bonne-appli"]
    assert (appli["cost_amount"], appli["cost_date"], appli["audience"]) == ("", "", "")
    queue = "Tous les ateliers complets : une file d'attente"
    assert [[*row.values()] for row in rows(files, "actions_resultats")] == [
        ["59350/maison-du-numerique", "1", "312 personnes accompagnées", "2023"],
        ["59350/maison-du-numerique", "2", queue, "2024-05"],
    ]
    terms = {(row["vocabulary"], row["term"]) for row in rows(files, "actions_termes")}
    assert ("audiences", "seniors") in terms


def test_figures_memberships_and_editions(files: dict[str, bytes]) -> None:
    assert [
        (row["value"], row["unit"], row["approximate"]) for row in rows(files, "indicateurs")
    ] == [("210000", "prises", "false"), ("0.5", "km", "true")]
    assert [(row["territory"], row["level"]) for row in rows(files, "adhesions")] == [
        ("200093201", "praemium"),
        ("59009", "praemium"),
    ]
    editions = {row["edition"]: row for row in rows(files, "editions")}
    assert (editions["2017"]["labels_known"], editions["2017"]["labels_total"]) == ("1", "331")
    assert editions["2017"]["labels_total_counts"] == "villes labellisées"
    assert editions["2017"]["date"] == "2017-02-01"
    assert editions["2015"]["labels_total"] == editions["2015"]["labels_total_counts"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_texts_that_look_like_formulas_are_neutralised(start: str) -> None:
    assert bulk.cell(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers() -> None:
    assert bulk.cell(-5) == -5
    assert bulk.cell(Decimal("-0.5")) == Decimal("-0.5")
    assert bulk.cell("a=b") == "a=b"
    assert [bulk.cell(value) for value in (None, True, False)] == ["", "true", "false"]


def test_a_formula_in_a_record_reaches_no_spreadsheet(tmp_path: Path, published: Publish) -> None:
    path = "data/territories/59/59512-roubaix.yml"
    formula = "=HYPERLINK(evil)"
    root = tiny_tree(tmp_path / "tree", {path: f'{TINY[path]}    doubt: "{formula}"\n'})
    files = published(root, Site())
    assert [row["doubt"] for row in rows(files, "labels") if row["doubt"].endswith("(evil)")] == [
        f"'{formula}"
    ]
    for name, content in files.items():
        if name.endswith(".csv"):
            mark, end = (";", "utf-8-sig") if name.endswith("-excel.csv") else (",", "utf-8")
            for row in csv.reader(io.StringIO(content.decode(end), newline=""), delimiter=mark):
                for value in row:
                    harmless = re.fullmatch(r'-?[0-9]+([.,][0-9]+)?|="[-0-9]+"', value)
                    assert harmless or not value.startswith(("=", "+", "-", "@", "\t", "\r")), value


def test_the_data_package_and_every_table_are_valid(
    any_files: dict[str, bytes], tmp_path: Path
) -> None:
    write_tree(tmp_path, {n: c for n, c in any_files.items() if n.startswith("donnees/")})
    package = frictionless.Package(str(tmp_path / "donnees" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert len(package.resources) == len(all_tables()) == 23
    assert package.version == "1.1.0" and package.contributors and package.homepage
    titles = [source["title"] for source in package.sources]
    assert [title for title in titles if "GeoNames" in title and "CC BY 4.0" in title]


def test_every_table_stands_alone(any_files: dict[str, bytes], tmp_path: Path) -> None:
    """Each is valid by its own schema, without the package: only the package has foreign keys."""
    write_tree(tmp_path, {n: c for n, c in any_files.items() if n.startswith("donnees/")})
    folder = tmp_path / "donnees"
    for table in all_tables():
        descriptor = json.loads((folder / "schemas" / f"{table.name}.json").read_text("utf-8"))
        assert "foreignKeys" not in descriptor
        assert (
            descriptor["version"] == "1.1.0" and descriptor["created"] <= descriptor["lastModified"]
        )
        assert descriptor["path"] == f"{SITE_URL}donnees/schemas/{table.name}.json"
        assert descriptor["contributors"][0]["title"] == "Contributeurs de l'Atlaas"
        [example] = descriptor["resources"]
        assert example["path"].removeprefix(SITE_URL) in any_files
        schema = frictionless.Schema.from_descriptor(descriptor)
        assert [field.name for field in schema.fields] == [field.name for field in table.columns]
        assert all(field.title and field.description for field in schema.fields)
        resource = frictionless.Resource(
            path=f"{table.name}.csv", basepath=str(folder), schema=schema
        )
        report = resource.validate()
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_the_examples_of_a_schema_are_values_of_its_table(sample_files: dict[str, bytes]) -> None:
    for table in all_tables():
        found = rows(sample_files, table.name)
        schema = json.loads(sample_files[f"donnees/schemas/{table.name}.json"])
        for field in schema["fields"]:
            values = [row[field["name"]].removeprefix("'") for row in found]
            if any(values[:200]):
                given = field["example"]
                as_cell = bulk.cell(given)
                assert str(as_cell).removeprefix("'") in values, (table.name, field["name"])
            else:
                assert "example" not in field


def test_what_a_person_reads_of_the_site_is_in_the_contact_of_its_tables(tiny: Small) -> None:
    def contributor(contact: str) -> dict[str, str]:
        site = Site(SITE_URL, owner=SiteOwner(contact=contact))
        package = data_package.package(tiny.directory, site)
        found: dict[str, str] = package["contributors"][0]
        return found

    assert contributor("bonjour@atlaas.example")["email"] == "bonjour@atlaas.example"
    assert contributor("https://atlaas.example/qui")["path"] == "https://atlaas.example/qui"
    assert contributor("").keys() == {"title", "role"}


def test_the_package_says_of_which_day_and_commit_its_data_are(
    sample_files: dict[str, bytes],
) -> None:
    found = json.loads(sample_files["donnees/datapackage.json"])
    assert (found["data_date"], found["created"]) == ("2026-11-21", "2026-11-21T00:00:00Z")
    index = json.loads(sample_files["api/v1/index.json"])
    same = ("data_date", "commit", "api_version")
    assert [found[key] for key in same] == [index[key] for key in same]
    producers = {source["title"].split(",")[0] for source in found["sources"]}
    assert {"INSEE", "IGN", "GeoNames", "Essai"} <= producers


def test_checksums_are_not_made_twice(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of files made before, here or in another process, are known."""
    calls: list[str] = []

    def made(table: DataTable, *given: Any) -> bytes:
        calls.append(table.name)
        return table.name.encode()

    monkeypatch.setattr(bulk, "csv_file", made)
    found = {asset.url: asset for asset in bulk.assets(tiny.directory, Site())}
    found["donnees/labels.csv"].content()
    lines = found["donnees/SHA256SUMS"].content().decode().splitlines()
    assert calls.count("labels") == 1 and sorted(calls) == sorted(t.name for t in all_tables())
    assert [line.split("  ")[1] for line in lines] == sorted(
        url.removeprefix("donnees/") for url in found if not url.endswith("SUMS")
    )


def test_the_database_is_sound_and_holds_the_same_rows(
    any_files: dict[str, bytes], tmp_path: Path
) -> None:
    connection = database(any_files, tmp_path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in all_tables():
        (count,) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        assert count == len(rows(any_files, table.name)), table.name
    connection.close()


def test_the_database_answers_questions(files: dict[str, bytes], tmp_path: Path) -> None:
    connection = database(files, tmp_path)
    assert connection.execute(
        "SELECT t.name, l.level FROM labels l JOIN territoires t ON t.code = l.territory "
        "WHERE l.edition = 2018 ORDER BY l.level, t.name"
    ).fetchall() == [("Aix-les-Bains", 4), ("Marcq-en-Barœul", 5), ("Roubaix", 5)]
    assert connection.execute(
        "SELECT e.label, count(*) FROM actions_termes a JOIN termes e "
        "ON e.vocabulary = a.vocabulary AND e.id = a.term WHERE a.vocabulary = 'themes' "
        "GROUP BY e.id ORDER BY 2 DESC, 1"
    ).fetchall() == [("Numérique éducatif", 3), ("Médiation numérique", 1), ("Réseau social", 1)]
    assert connection.execute("SELECT sum(value) FROM indicateurs").fetchone() == (210000.5,)
    connection.close()


def test_geojson_places_territories(any_files: dict[str, bytes]) -> None:
    document = json.loads(any_files["donnees/territoires.geojson"])
    features = {feature["id"]: feature for feature in document["features"]}
    lon, lat = features["59378"]["geometry"]["coordinates"]
    assert 3.0 < lon < 3.2 and 50.6 < lat < 50.8
    assert features["59378"]["properties"]["name"] == "Marcq-en-Barœul"
    assert "x-nord-numerique" not in features


def test_ndjson_holds_the_documents_of_the_api(any_files: dict[str, bytes]) -> None:
    lines = gzip.decompress(any_files["donnees/actions.ndjson.gz"]).decode().splitlines()
    documents = {json.loads(line)["id"]: json.loads(line) for line in lines}
    assert len(documents) == len(rows(any_files, "actions"))
    for id_, document in documents.items():
        assert document == json.loads(any_files[f"api/v1/actions/{id_}.json"])


def test_checksums_fit(files: dict[str, bytes]) -> None:
    sums = dict(
        reversed(line.split("  ")) for line in files["donnees/SHA256SUMS"].decode().splitlines()
    )
    assert {"atlaas.sqlite.zip", "labels.csv", "actions.ndjson.gz"} < set(sums)
    for name, digest in sums.items():
        assert sha256(files[f"donnees/{name}"]).hexdigest() == digest


def test_two_runs_give_the_same_bytes(
    files: dict[str, bytes], tiny: Small, tmp_path: Path, published: Publish
) -> None:
    again = published(tiny.root, Site("https://atlaas.example/"))
    assert again == files


def test_the_values_of_imported_indicators(
    sample_files: dict[str, bytes], sample: Small, tmp_path: Path
) -> None:
    found = rows(sample_files, "indicateurs_valeurs")
    cells = {(row["indicator"], row["territory"]): [*row.values()][2:] for row in found}
    assert cells["fibre", "59378"] == ["150", "200", "1", "1"]
    assert cells["fibre", "200093201"] == ["1450", "1600", "3", "95"]
    assert cells["france-services-2024", "france"] == ["6", "", "1535", "1535"]
    assert cells["milieu", "dep-59"] == ["1", "", "6", "647"]
    assert ("france-services-2024", "59512") not in cells  # the head says: absent means zero
    heads = {row["id"]: row["absent"] for row in rows(sample_files, "indicateurs_importes")}
    assert heads["france-services-2024"] == "zero"
    with closing(database(sample_files, tmp_path)) as connection:
        query = "SELECT count(*), sum(value) FROM indicateurs_valeurs WHERE indicator = 'fibre'"
        assert connection.execute(query).fetchone()[0] == sum(c[0] == "fibre" for c in cells)


def test_the_quick_rows_of_a_long_table_are_those_of_its_columns(sample: Small) -> None:
    for table in all_tables():
        if table.quick:
            slow = list(replace(table, quick=None).rows(sample.directory, Site()))
            assert list(table.rows(sample.directory, Site())) == slow
