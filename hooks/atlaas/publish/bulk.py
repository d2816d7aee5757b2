"""The whole of the records in few files, below /donnees/: CSV, GeoJSON, NDJSON, SQLite.

Next to them are their descriptions (datapackage.json, one Table Schema per table) and the
checksums of all. Cells that a spreadsheet would take for a formula are neutralised.
"""

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import islice

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish import api
from atlaas.publish.action_tables import all_tables
from atlaas.publish.database import database
from atlaas.publish.formats import (
    LICENCE_ID,
    LICENCE_NAME,
    LICENCE_URL,
    Json,
    address,
    as_json,
    as_pretty_json,
)
from atlaas.publish.tables import Cell, Cells, DataTable, table_schema
from atlaas.work.packing import gzipped

FOLDER = "donnees/"
SCHEMAS = f"{FOLDER}schemas/"
COMPRESSION = 4  # of the NDJSON file: half the time of the usual 9, a few per cent more bytes

_LARGE = ("actions", "actions_termes")

# What a spreadsheet runs as a formula when a cell starts with it; source: OWASP, CSV injection.
_FORMULA = frozenset(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@export(order=20)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every file below /donnees/ but the catalogue."""
    digests: dict[str, str] = {}  # of the files made so far in this process
    makers: dict[str, Callable[[], bytes]] = {}
    # The largest come last, next to the checksums: the same process makes them, and knows them.
    for table in sorted(all_tables(), key=lambda table: table.name in _LARGE):
        makers[f"{table.name}.csv"] = partial(csv_file, table, directory, site)
    makers["territoires.geojson"] = partial(geojson, directory, site)
    makers["actions.ndjson.gz"] = partial(ndjson, directory, site)
    makers["atlaas.sqlite"] = partial(database, all_tables(), directory, site)

    def content(name: str) -> bytes:
        data = makers[name]()
        digests[name] = sha256(data).hexdigest()
        return data

    def sums() -> bytes:
        lines = []
        for name in sorted(makers):
            digest = digests.get(name) or sha256(makers[name]()).hexdigest()
            lines.append(f"{digest}  {name}\n")
        return "".join(lines).encode()

    for name in makers:
        yield Asset(FOLDER + name, partial(content, name))
    yield Asset(f"{FOLDER}SHA256SUMS", sums)
    for table in all_tables():
        yield Asset(f"{SCHEMAS}{table.name}.json", partial(_schema, table, directory))
    yield Asset(f"{FOLDER}datapackage.json", lambda: as_pretty_json(package(directory, site)))


def cell(value: Cell) -> str | int | float | Decimal:
    """A value as a cell of CSV: a text that looks like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is str and value[:1] in _FORMULA:
        return f"'{value}"
    return value


def csv_file(table: DataTable, directory: Directory, site: Site) -> bytes:
    """A table as RFC 4180 has it: commas, CRLF, UTF-8, names of columns first."""
    return b"".join(_csv_parts(table.rows(directory, site), [c.name for c in table.columns]))


def _csv_parts(rows: Iterator[Cells], names: list[str]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for count, row in enumerate(rows, 1):
        # Most cells are harmless texts: they pass without a call. None becomes an empty cell.
        writer.writerow(
            [
                v
                if v is None or type(v) is int or (type(v) is str and v[:1] not in _FORMULA)
                else cell(v)
                for v in row
            ]
        )
        if count % 5000 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def geojson(directory: Directory, site: Site) -> bytes:
    """The territories that have a point, as RFC 7946 has it, one feature per line."""
    features = []
    for t in directory.territories.values():
        if t.point is None:
            continue
        lat, lon = t.point
        feature = {
            "type": "Feature",
            "id": t.code,
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "code": t.code,
                "name": t.name,
                "kind": t.kind,
                "departement": t.departement or None,
                "region": t.region or None,
                "latest_edition": t.newest.edition if t.newest else None,
                "latest_level": t.latest.level if t.latest else None,
                "labels": len(t.labels),
                "actions": len(t.actions),
                "url": address(site, t.url),
            },
        }
        features.append(as_json(feature))
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(features) + b"\n]}\n"


def ndjson(directory: Directory, site: Site) -> bytes:
    """The documents of all actions, with their text, one per line; no date in the gzip header."""
    lines = (api.action(directory, site, action) for action in directory.actions.values())
    blocks = iter(lambda: list(islice(lines, 100)), [])
    return gzipped((b"\n".join(block) + b"\n" for block in blocks), COMPRESSION)


def _schema(table: DataTable, directory: Directory) -> bytes:
    return as_pretty_json(table_schema(table, directory))


def package(directory: Directory, site: Site) -> Json:
    """The Data Package of the CSV files. Source: specs.frictionlessdata.io/data-package."""
    licence = {"name": LICENCE_ID, "title": LICENCE_NAME, "path": LICENCE_URL}
    described: Json = {
        "profile": "tabular-data-package",
        "name": "atlaas",
        "title": "Atlaas : territoires, actions numériques et labels",
        "description": "Annuaire ouvert des territoires français, de leurs actions "
        "numériques, et du label « Territoires, Villes et Villages Internet ».",
        "licenses": [licence],
        "keywords": ["collectivités", "numérique", "label", "actions", "communes"],
        "resources": [_resource(table, directory) for table in all_tables()],
    }
    if site.url:
        described["homepage"] = site.url
    return described


def _resource(table: DataTable, directory: Directory) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": table_schema(table, directory),
    }
