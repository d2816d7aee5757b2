"""The catalogue that data.gouv.fr and its peers can harvest: DCAT-AP in JSON-LD.

Only where the site's address is known: a catalogue names things by full addresses.
"""

from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.action_tables import all_tables
from atlaas.publish.data_package import FOLDER, SCHEMAS
from atlaas.publish.documents import BASE
from atlaas.publish.formats import LICENCE_URL, Json, as_pretty_json

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OTHERS = (  # file, title, media type, EU file type
    ("territoires.geojson", "Territoires, points (GeoJSON)", "application/geo+json", "GEOJSON"),
    ("actions.ndjson.gz", "Actions avec leur description (NDJSON)", "application/gzip", "GZIP"),
    ("atlaas.sqlite", "Toutes les tables (SQLite)", "application/vnd.sqlite3", "BIN"),
    ("datapackage.json", "Description des tables (Data Package)", "application/json", "JSON"),
)


@export(order=30)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``donnees/catalog.jsonld``."""
    if site.url:
        yield Asset(f"{FOLDER}catalog.jsonld", lambda: as_pretty_json(catalog(directory, site)))


def catalog(directory: Directory, site: Site) -> Json:
    """The catalogue: one dataset with its files, and the API as a data service."""
    home = site.url
    dataset = f"{home}{FOLDER}#jeu"
    publisher: Json = {
        "@id": f"{home}#editeur",
        "@type": "foaf:Organization",
        "foaf:name": _fr("Contributeurs de l'Atlaas"),
        "foaf:homepage": _id(home),
    }
    modified = max(directory.changed.values(), default="")
    described: Json = {
        "@context": _CONTEXT,
        "@id": f"{home}{FOLDER}catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _fr("Catalogue de l'Atlaas"),
        "dct:description": _fr(
            "Données ouvertes de l'Atlaas, l'annuaire des territoires numériques."
        ),
        "dct:publisher": publisher,
        "dct:language": _id(f"{_EU}language/FRA"),
        "dct:license": _id(LICENCE_URL),
        "foaf:homepage": _id(home),
        "dcat:dataset": {
            "@id": dataset,
            "@type": "dcat:Dataset",
            "dct:identifier": "atlaas",
            "dct:title": _fr("Territoires, actions numériques et label Villes Internet"),
            "dct:description": _fr(
                "Territoires français, leurs actions numériques, et ce que des sources "
                "publiques disent du label « Territoires, Villes et Villages Internet », avec les "
                "sources de chaque fait."
            ),
            "dct:publisher": _id(publisher["@id"]),
            "dct:language": _id(f"{_EU}language/FRA"),
            "dct:license": _id(LICENCE_URL),
            "dct:accrualPeriodicity": _id(f"{_EU}frequency/IRREG"),
            "dct:spatial": _id(f"{_EU}country/FRA"),
            "dcat:theme": [_id(f"{_EU}data-theme/GOVE"), _id(f"{_EU}data-theme/TECH")],
            "dcat:keyword": [_fr(w) for w in ("collectivités", "numérique", "label", "communes")],
            "dcat:landingPage": _id(f"{home}{FOLDER}"),
            "dcat:distribution": [*_distributions(site)],
        },
        "dcat:service": {
            "@id": f"{home}{FOLDER}#api",
            "@type": "dcat:DataService",
            "dct:title": _fr("API statique de l'Atlaas"),
            "dct:publisher": _id(publisher["@id"]),
            "dct:license": _id(LICENCE_URL),
            "dcat:endpointURL": _id(f"{home}{BASE}"),
            "dcat:endpointDescription": _id(f"{home}{BASE}openapi.json"),
            "dcat:servesDataset": _id(dataset),
        },
    }
    if modified:
        date = {"@value": modified, "@type": "xsd:date"}
        described["dct:modified"] = date
        described["dcat:dataset"]["dct:modified"] = date
    return described


def _distributions(site: Site) -> Iterator[Json]:
    for table in all_tables():
        found = _distribution(site, f"{table.name}.csv", table.title, "text/csv", "CSV")
        found["dct:description"] = _fr(table.description)
        found["dct:conformsTo"] = _id(f"{site.url}{SCHEMAS}{table.name}.json")
        yield found
    for file in _OTHERS:
        yield _distribution(site, *file)


def _distribution(site: Site, name: str, title: str, media: str, kind: str) -> Json:
    url = f"{site.url}{FOLDER}{name}"
    return {
        "@id": f"{url}#fichier",
        "@type": "dcat:Distribution",
        "dct:title": _fr(title),
        "dct:license": _id(LICENCE_URL),
        "dct:format": _id(f"{_EU}file-type/{kind}"),
        "dcat:mediaType": _id(_IANA + media),
        "dcat:accessURL": _id(url),
        "dcat:downloadURL": _id(url),
    }


def _id(url: str) -> Json:
    return {"@id": url}


def _fr(text: str) -> Json:
    return {"@value": text, "@language": "fr"}
