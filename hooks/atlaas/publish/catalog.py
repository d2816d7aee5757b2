"""The catalogue that data.gouv.fr and its peers can harvest: DCAT-AP 3 in JSON-LD.

Only where the site's address is known: a catalogue names things by full addresses. What is named
says of which class it is, as the shapes of DCAT-AP ask (github.com/SEMICeu/DCAT-AP).
"""

from collections.abc import Callable, Iterator

from atlaas.directory import Directory
from atlaas.pages.cite import AUTHOR
from atlaas.pages.page import Site
from atlaas.publish.data_files import FOLDER, SCHEMAS, DataFile, data_files
from atlaas.publish.dataset import DESCRIPTION
from atlaas.publish.digests import Digest
from atlaas.publish.documents import BASE, VERSION, of_data
from atlaas.publish.formats import LICENCE_URL, Json
from atlaas.publish.table_schema import CREATED

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# SPDX 3's name. By that of SPDX 2, data.gouv.fr reads the value (xsd:hexBinary, as DCAT-AP has it)
# as bytes, and then refuses the whole dataset (udata 17.18, core/dataset/rdf.py).
_SHA256 = "https://spdx.org/rdf/3.0.1/terms/Core/HashAlgorithm/sha256"
_WORDS = ("collectivités", "numérique", "label", "communes")


def catalog(directory: Directory, site: Site, digest: Callable[[str], Digest]) -> Json:
    """The catalogue: one dataset with its files, and the API as a data service.

    ``digest`` tells the size and checksum of each file of the data.
    """
    home = site.url
    date = of_data(directory).get("data_date", "")
    dated = {"dct:issued": _date(CREATED), **({"dct:modified": _date(date)} if date else {})}
    publisher: Json = {
        "@id": f"{home}#editeur",
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": _fr(AUTHOR),
        "foaf:homepage": _a("foaf:Document", home),
    }
    common: Json = {
        "dct:publisher": _id(publisher["@id"]),
        "dct:language": _a("dct:LinguisticSystem", f"{_EU}language/FRA"),
        "dct:license": _licence(),
        **dated,
    }
    dataset = f"{home}{FOLDER}#jeu"
    shown: Json = {
        "dcat:theme": [
            _theme("GOVE", "Gouvernement et secteur public"),
            _theme("TECH", "Science et technologie"),
        ],
        "dcat:keyword": [_fr(word) for word in _WORDS],
        "dcat:contactPoint": _contact(site),
        "dcat:landingPage": _a("foaf:Document", f"{home}{FOLDER}"),
    }
    return {
        "@context": _CONTEXT,
        "@id": f"{home}{FOLDER}catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _fr("Catalogue de l'Atlaas"),
        "dct:description": _fr(
            "Données ouvertes de l'Atlaas, l'annuaire des territoires numériques."
        ),
        **common,
        "dct:publisher": publisher,
        "dct:spatial": _france(directory),
        "dcat:themeTaxonomy": {
            **_a("skos:ConceptScheme", f"{_EU}data-theme"),
            "dct:title": _fr("Thèmes de données de l'Union européenne"),
        },
        "foaf:homepage": _a("foaf:Document", home),
        "dcat:dataset": {
            "@id": dataset,
            "@type": "dcat:Dataset",
            "dct:identifier": "atlaas",
            "dct:title": _fr("Territoires, actions numériques et label Villes Internet"),
            "dct:description": _fr(DESCRIPTION),
            **common,
            **shown,
            "dcat:version": VERSION,
            "dct:accrualPeriodicity": _a("dct:Frequency", f"{_EU}frequency/IRREG"),
            "dct:spatial": _france(directory),
            **_period(directory, date),
            "dcat:distribution": [*_distributions(site, digest, dated)],
        },
        "dcat:service": {
            "@id": f"{home}{FOLDER}#api",
            "@type": "dcat:DataService",
            "dct:identifier": "atlaas-api",
            "dct:title": _fr("API statique de l'Atlaas"),
            "dct:description": _fr(
                "Un document JSON pour chaque fiche, chaque liste et chaque jour de changements. "
                "Sans clé d'accès ni limite."
            ),
            **common,
            **shown,
            "dct:conformsTo": _standard("https://spec.openapis.org/oas/v3.1.0", "OpenAPI 3.1"),
            "dcat:endpointURL": _id(f"{home}{BASE}"),
            "dcat:endpointDescription": _id(f"{home}{BASE}openapi.json"),
            "dcat:servesDataset": _id(dataset),
        },
    }


def _distributions(site: Site, digest: Callable[[str], Digest], dated: Json) -> Iterator[Json]:
    for file in data_files():
        found = _distribution(site, file, digest(file.name), dated)
        if file.media == "text/csv":
            schema = f"{site.url}{SCHEMAS}{file.name.removesuffix('.csv')}.json"
            found["dct:conformsTo"] = _standard(schema, f"Schéma : {file.title}")
        yield found


def _distribution(site: Site, file: DataFile, digest: Digest, dated: Json) -> Json:
    url = f"{site.url}{FOLDER}{file.name}"
    found: Json = {
        "@id": f"{url}#fichier",
        "@type": "dcat:Distribution",
        "dct:identifier": file.name,
        "dct:title": _fr(file.title),
        "dct:description": _fr(file.description),
        "dct:license": _licence(),
        "dct:format": _a("dct:MediaTypeOrExtent", f"{_EU}file-type/{file.kind}"),
        "dcat:mediaType": _a("dct:MediaType", _IANA + file.media),
        "dcat:accessURL": _id(url),
        "dcat:downloadURL": _id(url),
        "dcat:byteSize": {"@value": str(digest.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _a("spdx:ChecksumAlgorithm", _SHA256),
            "spdx:checksumValue": {"@value": digest.sha256, "@type": "xsd:hexBinary"},
        },
        "dcatap:availability": _concept(f"{_EU}planned-availability/STABLE", "Stable"),
        **dated,
    }
    if file.name.endswith(".zip"):
        found["dcat:packageFormat"] = _a("dct:MediaType", _IANA + file.media)
    if file.name.endswith(".gz"):
        found["dcat:compressFormat"] = _a("dct:MediaType", f"{_IANA}application/gzip")
    return found


def _period(directory: Directory, date: str) -> Json:
    """From the oldest edition of the label to the date of the data; a node without an address."""
    if not directory.editions:
        return {}
    found = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _date(f"{min(directory.editions)}-01-01"),
        **({"dcat:endDate": _date(date)} if date else {}),
    }
    return {"dct:temporal": found}


def _france(directory: Directory) -> Json:
    """The country, and the extent of what has a point, as longitudes and latitudes (WGS 84)."""
    found: Json = {**_a("dct:Location", f"{_EU}country/FRA"), "skos:prefLabel": _fr("France")}
    points = [t.point for t in directory.territories.values() if t.point and t.region]
    if points:
        south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
        west, east = min(lon for _, lon in points), max(lon for _, lon in points)
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        around = ", ".join(f"{lon} {lat}" for lon, lat in corners)
        middle = f"{round((west + east) / 2, 4)} {round((south + north) / 2, 4)}"
        found["dcat:bbox"] = _wkt(f"POLYGON(({around}))")
        found["dcat:centroid"] = _wkt(f"POINT({middle})")
    return found


def _contact(site: Site) -> Json:
    """How to write to those who make the data: as the site says, else its legal page."""
    found: Json = {
        "@id": f"{site.url}#contact",
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": AUTHOR,
    }
    url = site.owner.url
    if url.startswith("mailto:"):
        return found | {"vcard:hasEmail": _id(url)}
    return found | {"vcard:hasURL": _id(url or f"{site.url}mentions-legales/")}


def _licence() -> Json:
    attribution = _concept("http://purl.org/adms/licencetype/Attribution", "Attribution")
    return {**_a("dct:LicenseDocument", LICENCE_URL), "dct:type": attribution}


def _theme(code: str, label: str) -> Json:
    return _concept(f"{_EU}data-theme/{code}", label)


def _concept(url: str, label: str) -> Json:
    return {**_a("skos:Concept", url), "skos:prefLabel": _fr(label)}


def _standard(url: str, title: str) -> Json:
    return {**_a("dct:Standard", url), "dct:title": _fr(title)}


def _a(kind: str, url: str) -> Json:
    return {"@id": url, "@type": kind}


def _id(url: str) -> Json:
    return {"@id": url}


def _fr(text: str) -> Json:
    return {"@value": text, "@language": "fr"}


def _date(day: str) -> Json:
    return {"@value": day, "@type": "xsd:date"}


def _wkt(text: str) -> Json:
    return {"@value": text, "@type": "gsp:wktLiteral"}
