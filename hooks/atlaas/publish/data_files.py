"""The files below /donnees/ that describe the data to machines, for whatever lists them."""

from typing import NamedTuple

from atlaas.publish.action_tables import all_tables

FOLDER = "donnees/"
SCHEMAS = f"{FOLDER}schemas/"
DATABASE = "atlaas.sqlite"  # in a zip: a sixth of its bytes at 35 000 actions


class DataFile(NamedTuple):
    """A file: its name below /donnees/, what it is, its media type, the EU's code of its type."""

    name: str
    title: str
    description: str
    media: str
    kind: str


_OTHERS = (
    DataFile(
        "atlaas.xlsx",
        "Toutes les tables (classeur)",
        "Une feuille par table, un « Lisez-moi », le sens des colonnes.",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
    ),
    DataFile(
        f"{DATABASE}.zip",
        "Toutes les tables (base SQLite, dans un zip)",
        "Une base avec les clés, les récits des actions, une recherche et des vues avec les noms.",
        "application/zip",
        "ZIP",
    ),
    DataFile(
        "territoires.geojson",
        "Territoires, points (GeoJSON)",
        "Les territoires qui ont une position, en points.",
        "application/geo+json",
        "GEOJSON",
    ),
    DataFile(
        "actions.ndjson.gz",
        "Actions avec leur récit (NDJSON compressé)",
        "Un document JSON par ligne, celui que donne l'API, compressé par gzip.",
        "application/gzip",
        "GZIP",
    ),
    DataFile(
        "datapackage.json",
        "Description des tables (Data Package)",
        "Les tables, leurs colonnes, leurs liens, leurs sources.",
        "application/json",
        "JSON",
    ),
)


def data_files() -> list[DataFile]:
    """Every table as CSV, then what holds them all."""
    tables = [
        DataFile(f"{table.name}.csv", table.title, table.description, "text/csv", "CSV")
        for table in all_tables()
    ]
    return [*tables, *_OTHERS]
