"""The SQLite file: the tables of the CSV files, with their keys, checks, foreign keys and indexes.

What only it has (the stories, the search, views with names) is in ``database_extras``.

Two builds of the same records give the same bytes: rows come in a fixed order, the page size is
fixed, nothing in the file holds a date, and no version of SQLite leaves remains in it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal

from atlaas.directory import Directory
from atlaas.pages.page import Site
from atlaas.publish.database_extras import extend
from atlaas.publish.formats import number
from atlaas.publish.tables import Cells, Column, DataTable

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_PAGE = 4096
_FILE_HEADER = 100
_HEADER = {2: 12, 5: 12, 10: 8, 13: 8}  # kind of a page with rows or keys -> size of its head
APPLICATION_ID = 0x41544C53  # « ATLS », by which tools recognise the file


def database(tables: Sequence[DataTable], directory: Directory, site: Site) -> bytes:
    """The bytes of the database of all tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN")
        for table in tables:
            connection.execute(create(table))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})', _plain(table.rows(directory, site))
            )
        for table in tables:
            for statement in indexes(table):
                connection.execute(statement)
        extend(connection, directory, site)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return without_remains(connection.serialize())


def without_remains(raw: bytes) -> bytes:
    """A database with zeros between the pointers and the rows of each page, where nothing is read.

    Versions of SQLite differ in what they leave there. https://www.sqlite.org/fileformat2.html
    """
    clean = bytearray(raw)
    for page in range(0, len(raw), _PAGE):
        head = page or _FILE_HEADER
        if raw[head] in _HEADER:  # not one that goes on with a long row, which begins with 0
            cells = int.from_bytes(raw[head + 3 : head + 5], "big")
            first = page + (int.from_bytes(raw[head + 5 : head + 7], "big") or 65_536)
            free = head + _HEADER[raw[head]] + 2 * cells
            clean[free:first] = bytes(first - free)
    return bytes(clean)


def create(table: DataTable) -> str:
    """The statement that makes a table, its French title as a comment."""
    lines = [_column(column, table) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines.extend(
        f'FOREIGN KEY ({_names(key.fields)}) REFERENCES "{key.table}" ({_names(key.target)})'
        for key in table.foreign
    )
    body = ",\n  ".join(lines)
    return f'CREATE TABLE "{table.name}" ( -- {table.title}\n  {body}\n) WITHOUT ROWID'


def indexes(table: DataTable) -> Iterator[str]:
    """The statements that make its indexes: of what it names elsewhere, and of what is asked for.

    What its key begins with needs none.
    """
    for names in dict.fromkeys((*(key.fields for key in table.foreign), *zip(table.asked))):
        if table.key[: len(names)] != names:
            name = "_".join((table.name, *names))
            yield f'CREATE INDEX "{name}" ON "{table.name}" ({_names(names)})'


def _column(column: Column, table: DataTable) -> str:
    words = [f'"{column.name}"', _TYPES[column.type]]
    if column.required or column.name in table.key:
        words.append("NOT NULL")
    if column.minimum is not None:
        words.append(f'CHECK ("{column.name}" >= {column.minimum})')
    if column.maximum is not None:
        words.append(f'CHECK ("{column.name}" <= {column.maximum})')
    return " ".join(words)


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _plain(rows: Iterator[Cells]) -> Iterator[Cells]:
    """Rows with exact decimals as numbers, which SQLite does not know."""
    for row in rows:
        yield tuple([number(v) if type(v) is Decimal else v for v in row])
