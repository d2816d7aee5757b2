"""What the tables are: a Data Package of them all, and for each a schema that stands alone.

Both below /donnees/. The package has what needs the other tables: foreign keys, sources, licences.
Source: specs.frictionlessdata.io/data-package.
"""

from collections.abc import Iterator
from functools import partial

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.action_tables import all_tables
from atlaas.publish.data_files import SCHEMAS
from atlaas.publish.documents import VERSION, of_data
from atlaas.publish.formats import Json, as_pretty_json
from atlaas.publish.table_schema import (
    LICENCE,
    contributor,
    fields_of_table,
    foreign_keys,
    table_schema,
)
from atlaas.publish.tables import DataTable

_GEONAMES = {
    "title": "GeoNames, position de 65 communes d'outre-mer (CC BY 4.0)",
    "path": "https://www.geonames.org/",
}
# Of names, codes, populations and points; in words in content/donnees.md, « Sources ».
GEOGRAPHY = (
    {
        "title": "INSEE, code officiel géographique et populations (Licence Ouverte 2.0)",
        "path": "https://www.insee.fr/",
    },
    {
        "title": "DGCL, intercommunalités (Licence Ouverte 2.0)",
        "path": "https://www.collectivites-locales.gouv.fr/",
    },
    {
        "title": "DILA, annuaire de l'administration (Licence Ouverte 2.0)",
        "path": "https://lannuaire.service-public.fr/",
    },
    {"title": "IGN, ADMIN EXPRESS COG (Licence Ouverte 2.0)", "path": "https://www.ign.fr/"},
    {
        "title": "La Poste, base des codes postaux (Licence Ouverte 2.0)",
        "path": "https://datanova.laposte.fr/",
    },
    _GEONAMES,
)


@export(order=21)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``donnees/schemas/<table>.json``; the package is one of the files of ``bulk``."""
    for table in all_tables():
        yield Asset(f"{SCHEMAS}{table.name}.json", partial(_schema, table, directory, site))


def _schema(table: DataTable, directory: Directory, site: Site) -> bytes:
    return as_pretty_json(table_schema(table, directory, site))


def package(directory: Directory, site: Site) -> Json:
    """The package of the CSV files."""
    data = of_data(directory)
    dated = {"created": f"{data['data_date']}T00:00:00Z"} if "data_date" in data else {}
    return {
        "profile": "tabular-data-package",
        "name": "atlaas",
        "title": "Atlaas : territoires, actions numériques et labels",
        "description": "Annuaire ouvert des territoires français, de leurs actions "
        "numériques, et du label « Territoires, Villes et Villages Internet ».",
        **({"homepage": site.url} if site.url else {}),
        "version": VERSION,
        **dated,
        **data,
        "licenses": [LICENCE],
        "contributors": [contributor(site)],
        "sources": [*GEOGRAPHY, *_imported(directory)],
        "keywords": ["collectivités", "numérique", "label", "actions", "communes"],
        "resources": [_resource(table, directory, site) for table in all_tables()],
    }


def _imported(directory: Directory) -> Iterator[Json]:
    """The producers of imported indicators, each with its licence: it is theirs."""
    for item in directory.indicators:
        head = item.head
        yield {
            "title": f"{head.publisher}, {head.dataset or head.label} ({head.licence})",
            "path": head.source,
        }


def _resource(table: DataTable, directory: Directory, site: Site) -> Json:
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
        **({"sources": [*GEOGRAPHY]} if table.name == "territoires" else {}),
        "schema": {**fields_of_table(table, directory, site), **foreign_keys(table)},
    }
