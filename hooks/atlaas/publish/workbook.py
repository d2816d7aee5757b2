"""All tables as people open them: one workbook, and a CSV for a French Excel next to each CSV that
holds words.

Heads are the French titles of columns; the sheet « Colonnes » says under which names programs know
them. A table too long for a sheet is left to its CSV, and the first sheet says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from atlaas import text
from atlaas.directory import Directory
from atlaas.pages.page import Site
from atlaas.publish.documents import VERSION, of_data
from atlaas.publish.formats import LICENCE_NAME, LICENCE_URL, address
from atlaas.publish.spreadsheets import Book, excel_cell, excel_csv, workbook
from atlaas.publish.tables import Cells, DataTable

MOST_CELLS = 100_000  # of a sheet: half a second of a build, and what opens without waiting
_WIDEST, _NARROWEST, _SEEN = 50, 9, 200  # characters of a column, by so many rows
_NOTES = (
    "Une case vide : non renseigné. Jamais « non » ni « zéro ».",
    "Les codes (INSEE, SIREN, département) sont des textes : 01004 garde son zéro.",
    "Plusieurs valeurs d'une case sont séparées par « | ». Une date est une année, un mois ou un "
    "jour.",
    "Les labels connus ne sont qu'une partie des labels décernés. Ce qui est incertain est dit "
    "dans la colonne « Doute » : gardez-la.",
    "Les indicateurs importés gardent la licence de leur producteur.",
)


def excel_file(table: DataTable, directory: Directory, site: Site) -> bytes:
    """A table as CSV for a French Excel."""
    rows = (
        [value if type(value) is int else excel_cell(value) for value in row]
        for row in table.rows(directory, site)
    )
    return excel_csv([column.title for column in table.columns], rows)


def all_in_one(tables: Sequence[DataTable], directory: Directory, site: Site) -> bytes:
    """The bytes of the workbook; one table at a time is held in memory."""

    def fill(book: Book) -> None:
        read_me = book.sheet("Lisez-moi")
        book.table("Colonnes", _COLUMNS, list(_columns(tables)), 2)
        counts: dict[str, int] = {}
        for table in tables:
            rows = _rows(table, directory, site)
            if rows is not None:
                book.table(table.name, _heads(table, rows), rows)
                counts[table.name] = len(rows)
        book.notes(read_me, _about(directory, site, tables, counts))

    title = "Atlaas : territoires, actions numériques et labels"
    return workbook(title, fill, directory.project.cache)


def _rows(table: DataTable, directory: Directory, site: Site) -> list[Cells] | None:
    """The rows of a sheet; None where there are too many."""
    most = MOST_CELLS // len(table.columns)
    found = list(islice(table.rows(directory, site), most + 1))
    return found if len(found) <= most else None


def _about(
    directory: Directory, site: Site, tables: Sequence[DataTable], counts: Mapping[str, int]
) -> Iterator[str]:
    """The lines of the first sheet; ``counts`` has the rows of each table that has a sheet."""
    date = of_data(directory).get("data_date")
    yield "Atlaas : territoires, actions numériques et labels"
    yield f"Données du {text.date(date)}, version {VERSION}." if date else f"Version {VERSION}."
    yield f"Licence : {LICENCE_NAME} ({LICENCE_URL}). À citer : Atlaas, et la date ci-dessus."
    yield address(site, "donnees/")
    yield ""
    yield from _NOTES
    yield ""
    for table in tables:
        if table.name in counts:
            count = text.plural(counts[table.name], "ligne")
            yield f"{table.name} — {table.title} ({count}). {table.description}"
        else:
            ending = "" if table.links else "-excel"
            file = address(site, f"donnees/{table.name}{ending}.csv")
            yield f"{table.name} — {table.title} : trop de lignes pour une feuille. Voir {file}"


_COLUMNS = {"Table": 24, "Colonne": 34, "Nom": 24, "Type": 10, "Ce qu'elle contient": 100}
_TYPES = {"string": "texte", "integer": "entier", "number": "nombre", "boolean": "oui ou non"}


def _columns(tables: Sequence[DataTable]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        for column in table.columns:
            kind = _TYPES[column.type]
            yield table.name, column.title, column.name, kind, column.description


def _heads(table: DataTable, rows: Sequence[Cells]) -> dict[str, int]:
    """The French heads, each as wide as it and the first values need."""
    found = {}
    for at, column in enumerate(table.columns):
        longest = max((len(str(row[at])) for row in rows[:_SEEN] if row[at] is not None), default=0)
        found[column.title] = min(max(longest, len(column.title), _NARROWEST) + 2, _WIDEST)
    return found
