"""The catalogue: what harvesters need to take the dataset, each of its files, and the API.

The properties and classes are those that the SHACL shapes of DCAT-AP 3.0.1 ask for.
"""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
import rdflib

from atlaas.pages.owner import SiteOwner
from atlaas.pages.page import Site
from atlaas.publish import bulk
from atlaas.publish.action_tables import all_tables
from atlaas.publish.catalog import catalog
from atlaas.publish.digests import Digest, MadeFiles
from support import SITE_URL, Small

# Raised inside rdflib, by its own reader of JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
DCATAP = rdflib.Namespace("http://data.europa.eu/r5r/")
CLASSES = {  # property -> the class of what it names
    DCT.publisher: FOAF.Agent,
    DCT.license: DCT.LicenseDocument,
    DCT.language: DCT.LinguisticSystem,
    DCT.spatial: DCT.Location,
    DCT.temporal: DCT.PeriodOfTime,
    DCT.accrualPeriodicity: DCT.Frequency,
    DCT["format"]: DCT.MediaTypeOrExtent,
    DCT.conformsTo: DCT.Standard,
    DCAT.mediaType: DCT.MediaType,
    DCAT.compressFormat: DCT.MediaType,
    DCAT.contactPoint: VCARD.Kind,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCAT.landingPage: FOAF.Document,
    FOAF.homepage: FOAF.Document,
    DCATAP.availability: SKOS.Concept,
    SPDX.checksum: SPDX.Checksum,
}


@pytest.fixture
def graph(any_files: dict[str, bytes]) -> rdflib.Graph:
    found = rdflib.Graph()
    found.parse(data=any_files["donnees/catalog.jsonld"], format="json-ld")
    return found


@pytest.fixture
def sample_graph(sample_files: dict[str, bytes]) -> rdflib.Graph:
    found = rdflib.Graph()
    found.parse(data=sample_files["donnees/catalog.jsonld"], format="json-ld")
    return found


def only(graph: rdflib.Graph, kind: rdflib.URIRef) -> rdflib.term.Node:
    [found] = graph.subjects(rdflib.RDF.type, kind)
    return found


def test_a_harvester_takes_the_dataset_every_file_and_the_service(
    graph: rdflib.Graph, any_files: dict[str, bytes]
) -> None:
    """What it passes over: what has no identifier of its own, no title, or no address."""
    dataset, service = only(graph, DCAT.Dataset), only(graph, DCAT.DataService)
    catalogue = only(graph, DCAT.Catalog)
    assert graph.value(catalogue, DCAT.dataset) == dataset
    assert graph.value(catalogue, DCAT.service) == service
    ids = [str(graph.value(node, DCT.identifier)) for node in (dataset, service)]
    assert ids == ["atlaas", "atlaas-api"]
    assert graph.value(service, DCAT.servesDataset) == dataset
    urls = {
        str(graph.value(d, DCAT.downloadURL)) for d in graph.objects(dataset, DCAT.distribution)
    }
    names = ("atlaas.xlsx", "territoires.geojson", "actions.ndjson.gz", "atlaas.sqlite.zip")
    tables = [f"{table.name}.csv" for table in all_tables()]
    assert urls == {f"{SITE_URL}donnees/{n}" for n in (*tables, *names, "datapackage.json")}
    for url in (*urls, str(graph.value(service, DCAT.endpointDescription))):
        assert url.removeprefix(SITE_URL) in any_files


@pytest.mark.parametrize("kind", ["Catalog", "Dataset", "DataService", "Distribution"])
def test_what_dcat_ap_asks_of_each(sample_graph: rdflib.Graph, kind: str) -> None:
    asked = [DCT.title, DCT.description, DCT.license, DCT.issued, DCT.modified]
    more = {
        "Catalog": [DCT.publisher, DCT.language, DCT.spatial, DCAT.themeTaxonomy, FOAF.homepage],
        "Dataset": [
            *(DCT.publisher, DCT.temporal, DCT.spatial, DCT.accrualPeriodicity),
            *(DCAT.contactPoint, DCAT.keyword, DCAT.theme, DCAT.landingPage, DCAT.version),
        ],
        "DataService": [
            *(DCT.publisher, DCT.conformsTo, DCAT.contactPoint, DCAT.keyword, DCAT.theme),
            *(DCAT.endpointURL, DCAT.endpointDescription),
        ],
        "Distribution": [
            *(DCT["format"], DCAT.mediaType, DCAT.byteSize, DCAT.accessURL, SPDX.checksum),
            DCATAP.availability,
        ],
    }
    nodes = list(sample_graph.subjects(rdflib.RDF.type, DCAT[kind]))
    assert nodes
    for node in nodes:
        missing = [p for p in (*asked, *more[kind]) if sample_graph.value(node, p) is None]
        assert not missing, (node, missing)
        for date in (DCT.issued, DCT.modified):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(sample_graph.value(node, date)))


def test_what_is_named_says_of_which_class_it_is(graph: rdflib.Graph) -> None:
    seen = set()
    for kind, expected in CLASSES.items():
        for named in graph.objects(None, kind):
            assert (named, rdflib.RDF.type, expected) in graph, (kind, named)
            seen.add(kind)
    assert seen == CLASSES.keys()
    for concept in graph.subjects(rdflib.RDF.type, SKOS.Concept):
        assert graph.value(concept, SKOS.prefLabel)


def test_sizes_and_checksums_are_those_of_the_files(
    graph: rdflib.Graph, any_files: dict[str, bytes]
) -> None:
    for node in graph.subjects(rdflib.RDF.type, DCAT.Distribution):
        url = str(graph.value(node, DCAT.downloadURL))
        content = any_files[url.removeprefix(SITE_URL)]
        assert int(str(graph.value(node, DCAT.byteSize))) == len(content)
        checksum = graph.value(node, SPDX.checksum)
        value = graph.value(checksum, SPDX.checksumValue)
        assert isinstance(value, rdflib.Literal) and value.datatype == rdflib.XSD.hexBinary
        assert value.toPython() == sha256(content).digest()
        # By the name of SPDX 2, data.gouv.fr would take the value for bytes and refuse them.
        algorithm = str(graph.value(checksum, SPDX.algorithm))
        assert algorithm == "https://spdx.org/rdf/3.0.1/terms/Core/HashAlgorithm/sha256"


def test_a_compressed_file_says_so(graph: rdflib.Graph) -> None:
    packed = rdflib.URIRef("https://www.iana.org/assignments/media-types/application/gzip")
    [node] = graph.subjects(DCAT.compressFormat, packed)
    assert str(graph.value(node, DCAT.downloadURL)).endswith("actions.ndjson.gz")


def test_the_period_and_the_extent_are_those_of_the_data(
    sample_graph: rdflib.Graph, sample: Small
) -> None:
    period = sample_graph.value(None, rdflib.RDF.type, DCT.PeriodOfTime)
    assert isinstance(period, rdflib.BNode)  # an address would be fetched
    first = min(sample.directory.editions)
    assert str(sample_graph.value(period, DCAT.startDate)) == f"{first}-01-01"
    assert str(sample_graph.value(period, DCAT.endDate)) == "2026-11-21"
    place = sample_graph.value(None, rdflib.RDF.type, DCT.Location)
    corners = re.findall(r"(-?[\d.]+) (-?[\d.]+)", str(sample_graph.value(place, DCAT.bbox)))
    west, south = map(float, corners[0])
    east, north = map(float, corners[2])
    points = [t.point for t in sample.directory.territories.values() if t.point and t.region]
    assert all(south <= lat <= north and west <= lon <= east for lat, lon in points)
    assert corners[0] == corners[-1] and len(corners) == 5


@pytest.mark.parametrize(
    ("contact", "kind", "address"),
    [
        ("", VCARD.hasURL, f"{SITE_URL}mentions-legales/"),
        ("https://atlaas.example/ecrire", VCARD.hasURL, "https://atlaas.example/ecrire"),
        ("bonjour@atlaas.example", VCARD.hasEmail, "mailto:bonjour@atlaas.example"),
    ],
)
def test_how_to_write_is_as_the_site_says(
    tiny: Small, contact: str, kind: rdflib.URIRef, address: str
) -> None:
    site = Site(SITE_URL, owner=SiteOwner(contact=contact))
    document = catalog(tiny.directory, site, lambda name: Digest(1, "00"))
    found = document["dcat:dataset"]["dcat:contactPoint"]
    assert found["vcard:" + str(kind).rpartition("#")[2]] == {"@id": address}


def test_no_catalogue_without_an_address(tiny: Small) -> None:
    urls = [asset.url for asset in bulk.assets(tiny.directory, Site())]
    assert "donnees/SHA256SUMS" in urls and "donnees/catalog.jsonld" not in urls


def test_what_is_known_of_a_file_is_made_once() -> None:
    calls: list[str] = []

    def make(name: str, content: bytes) -> bytes:
        calls.append(name)
        return content

    made = MadeFiles({"b": lambda: make("b", b"two"), "a": lambda: make("a", b"")})
    assert made.content("b") == b"two"
    assert made.digest("b") == Digest(3, sha256(b"two").hexdigest())
    assert made.digest("a") == made.digest("a") == Digest(0, sha256(b"").hexdigest())
    assert calls == ["b", "a"]
    lines = made.sums().decode().splitlines()
    assert lines == [f"{sha256(b'').hexdigest()}  a", f"{sha256(b'two').hexdigest()}  b"]
