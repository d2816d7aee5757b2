"""The tables and the catalogue as those who take them read them."""

from __future__ import annotations

import json

import frictionless
import rdflib

from scripts.validate.told import Complaint, Validated, ask

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


def frictionless_files(given: Validated) -> str:
    """Each CSV by its own schema, alone; then all by the package, foreign keys included."""
    files = rows = 0
    for schema in sorted((given.data / "schemas").glob("*.json")):
        descriptor = json.loads(schema.read_text("utf-8"))
        resource = frictionless.Resource(
            path=f"{schema.stem}.csv",
            basepath=str(given.data),
            schema=frictionless.Schema.from_descriptor(descriptor),
        )
        rows += _valid(resource.validate())
        files += 1
    _valid(frictionless.Package(str(given.data / "datapackage.json")).validate())
    return f"{files} tables valides, chacune seule puis ensemble ({rows} lignes)"


def _valid(report: frictionless.Report) -> int:
    """The rows of a valid report."""
    if not report.valid:
        raise Complaint(str(report.flatten(["name", "rowNumber", "fieldName", "message"])[:20]))
    return sum(task.stats.get("rows") or 0 for task in report.tasks)


def harvested(given: Validated) -> str:
    """What data.gouv.fr's harvester takes: what has an identifier, a title, and an address.

    Source: opendatateam/udata, harvest/backends/dcat.py: it skips what has no dct:identifier, and
    a distribution without address.
    """
    graph = rdflib.Graph().parse(given.data / "catalog.jsonld", format="json-ld")
    taken: dict[str, list[str]] = {"Dataset": [], "DataService": []}
    for kind, ids in taken.items():
        for node in graph.subjects(rdflib.RDF.type, DCAT[kind]):
            identifier, title = graph.value(node, DCT.identifier), graph.value(node, DCT.title)
            ask(identifier and title, f"{node} : ni identifiant ni titre, donc passé")
            ids.append(str(identifier))
    every = [*taken["Dataset"], *taken["DataService"]]
    ask(len({*every}) == len(every) and all(taken.values()), taken)
    count = 0
    for node in graph.objects(None, DCAT.distribution):
        url = str(graph.value(node, DCAT.downloadURL) or "")
        file = given.data / url.rpartition("/")[2]
        ask(url and file.is_file(), f"{node} : pas de fichier")
        size = int(str(graph.value(node, DCAT.byteSize) or -1))
        ask(size == file.stat().st_size, f"{url} : {size} octets annoncés")
        count += 1
    services = len(taken["DataService"])
    return f"{len(taken['Dataset'])} jeu, {count} ressources, {services} service pris, aucun passé"
