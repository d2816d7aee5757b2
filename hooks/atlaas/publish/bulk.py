"""The whole of the records in few files, below /donnees/: CSV, workbook, GeoJSON, NDJSON, SQLite.

Next to them are the checksums of all, and the catalogue, which tells them too. Cells that a
spreadsheet would take for a formula are neutralised.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish import api
from atlaas.publish.action_tables import all_tables
from atlaas.publish.catalog import catalog
from atlaas.publish.data_files import DATABASE, FOLDER
from atlaas.publish.data_package import package
from atlaas.publish.database import database
from atlaas.publish.digests import MadeFiles
from atlaas.publish.formats import address, as_json, as_pretty_json
from atlaas.publish.spreadsheets import FORMULA, cell
from atlaas.publish.tables import Cells, DataTable
from atlaas.publish.workbook import all_in_one, excel_file
from atlaas.work.packing import gzipped, zipped

COMPRESSION = 4  # of what is packed: half the time of the usual 9, a few per cent more bytes


@export(order=20)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every file below /donnees/ but the schemas; last what tells the sizes of the others."""
    tables = all_tables()
    makers: dict[str, Callable[[], bytes]] = {  # what takes longest comes first
        f"{DATABASE}.zip": partial(_database, tables, directory, site),
        "atlaas.xlsx": partial(all_in_one, tables, directory, site),
        "actions.ndjson.gz": partial(ndjson, directory, site),
    }
    for table in reversed(tables):
        makers[f"{table.name}.csv"] = partial(csv_file, table, directory, site)
        if not table.links:
            makers[f"{table.name}-excel.csv"] = partial(excel_file, table, directory, site)
    makers["territoires.geojson"] = partial(geojson, directory, site)
    makers["datapackage.json"] = lambda: as_pretty_json(package(directory, site))
    made = MadeFiles(makers)
    for name in makers:
        yield Asset(FOLDER + name, partial(made.content, name))
    yield Asset(f"{FOLDER}SHA256SUMS", made.sums)
    if site.url:  # a catalogue names things by full addresses
        described = partial(catalog, directory, site, made.digest)
        yield Asset(f"{FOLDER}catalog.jsonld", lambda: as_pretty_json(described()))


def _database(tables: Sequence[DataTable], directory: Directory, site: Site) -> bytes:
    return zipped(DATABASE, database(tables, directory, site), COMPRESSION)


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
                if v is None or type(v) is int or (type(v) is str and v[:1] not in FORMULA)
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
