"""A table's description that stands alone: a Table Schema, as schema.data.gouv.fr asks for it.

Links to other tables have no place in it: they need the package, which has them (``foreign_keys``).
Sources: specs.frictionlessdata.io/table-schema, guides.data.gouv.fr (« schema.json »).
"""

from decimal import Decimal
from itertools import islice

from atlaas.directory import Directory
from atlaas.pages.cite import AUTHOR
from atlaas.pages.page import Site
from atlaas.publish.documents import VERSION
from atlaas.publish.formats import LICENCE_ID, LICENCE_NAME, LICENCE_URL, Json, number
from atlaas.publish.tables import Column, DataTable

CREATED, MODIFIED = "2026-11-21", "2026-11-29"  # of the first version of the tables, and of VERSION
LICENCE = {"name": LICENCE_ID, "title": LICENCE_NAME, "path": LICENCE_URL}
_ENOUGH = 200  # rows among which an example of each column is looked for


def table_schema(table: DataTable, directory: Directory, site: Site) -> Json:
    """The document of a table."""
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "countryCode": "FR",
        **_places(table, site),
        "licenses": [LICENCE],
        "created": CREATED,
        "lastModified": MODIFIED,
        "version": VERSION,
        "contributors": [contributor(site)],
        **fields_of_table(table, directory, site),
    }


def fields_of_table(table: DataTable, directory: Directory, site: Site) -> Json:
    """What a table holds: its columns and its key."""
    examples = _examples(table, directory, site)
    return {
        "fields": [_descriptor(column, table, directory, examples) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }


def foreign_keys(table: DataTable) -> Json:
    """What its columns name in other tables of the package, if anything."""
    if not table.foreign:
        return {}
    return {
        "foreignKeys": [
            {
                "fields": list(key.fields),
                "reference": {"resource": key.table, "fields": list(key.target)},
            }
            for key in table.foreign
        ]
    }


def contributor(site: Site) -> Json:
    """Who makes the tables, and how to write to them where the site says it."""
    contact, email = site.owner.contact, site.owner.url.startswith("mailto:")
    reach = {"email" if email else "path": contact} if contact else {}
    return {"title": AUTHOR, "role": "author", **reach}


def _places(table: DataTable, site: Site) -> Json:
    """Where the schema, its page and an example of a file are; nothing without an address."""
    if not site.url:
        return {}
    folder = f"{site.url}donnees/"
    return {
        "homepage": folder,
        "path": f"{folder}schemas/{table.name}.json",
        "resources": [
            {
                "name": f"exemple-{table.name.replace('_', '-')}",
                "title": "Fichier conforme : celui que publie l'Atlaas",
                "path": f"{folder}{table.name}.csv",
            }
        ],
    }


def _descriptor(column: Column, table: DataTable, directory: Directory, examples: Json) -> Json:
    listed = [*directory.vocabularies.get(column.vocabulary, ())] if column.vocabulary else []
    given: Json = {
        "required": column.required or column.name in table.key or None,
        "unique": table.key == (column.name,) or None,
        "pattern": column.pattern or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "enum": listed or None,
    }
    constraints = {key: value for key, value in given.items() if value is not None}
    descriptor: Json = {
        key: getattr(column, key) for key in ("name", "type", "title", "description")
    }
    if column.name in examples:
        descriptor["example"] = examples[column.name]
    return descriptor | ({"constraints": constraints} if constraints else {})


def _examples(table: DataTable, directory: Directory, site: Site) -> Json:
    """For each column a value that it has in one of the first rows."""
    found: Json = {}
    for row in islice(table.rows(directory, site), _ENOUGH):
        for column, value in zip(table.columns, row, strict=True):
            if value is not None and column.name not in found:
                found[column.name] = number(value) if isinstance(value, Decimal) else value
        if len(found) == len(table.columns):
            break
    return found
