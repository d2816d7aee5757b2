"""The OpenAPI 3.1 description of the API, at /api/v1/openapi.json."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from atlaas.directory import Directory
from atlaas.pages.cite import AUTHOR
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.documents import BASE, VERSION
from atlaas.publish.formats import LICENCE_ID, LICENCE_NAME, Json, address, as_pretty_json
from atlaas.publish.schemas import DIALECT, DOCUMENTS, components

_TAGS = {
    "sommaire": "Par où commencer, et ce qui a changé.",
    "fiches": "Une fiche, en entier.",
    "listes": "Les listes, et les fiches qui portent leurs entrées.",
}
_DESCRIPTION = (
    "Chaque document est un fichier statique : ni clé d'accès, ni requête, ni limite. Une clé sans "
    "valeur est omise ; une liste est toujours là, même vide. Dans cette version, des clés et des "
    "documents peuvent s'ajouter : ignorez ce que vous ne connaissez pas."
)


class _Path(NamedTuple):
    """A path of the API: its document, what it is for, and its parameters."""

    document: str
    summary: str
    tag: str
    parameters: Mapping[str, "_Parameter"] = {}
    movable: bool = False


class _Parameter(NamedTuple):
    """A parameter of a path, with an example; ``type`` is one of JSON Schema."""

    description: str
    example: str | int
    type: str = "string"
    pattern: str = ""


_CODE = _Parameter("Code INSEE, SIREN, dep-59, reg-32 ou x-nom.", "59378")
_PAGE = _Parameter("Rang de la partie, à partir de 2.", 2, "integer")
_SLUG = _Parameter("Nom court de l'action.", "la-bonne-appli")
_YEAR = _Parameter("Année.", 2018, "integer")
_DAY = _Parameter("Jour, que donne la liste des jours.", "2026-11-21", pattern=r"^\d{4}-\d\d-\d\d$")
_LISTS = {
    "themes": ("term", "Un thème et ses actions", "Identifiant du thème.", "reseau-social"),
    "enjeux": ("term", "Un enjeu et ses actions", "Identifiant de l'enjeu.", "emploi"),
    "usages": (
        *("term", "Un usage et ses actions"),
        *("Identifiant de l'usage.", "demarches-administratives"),
    ),
    "mentions": ("mention", "Une mention et ses labels", "Identifiant.", "arobase-verte"),
    "actors": ("actor", "Un acteur et ses actions", "Identifiant de l'acteur.", "simplon"),
}


def _paths() -> dict[str, _Path]:
    collection = _Parameter("Identifiant de la collection.", "aller-vers-les-habitants")
    indicator = _Parameter("Identifiant de l'indicateur.", "france-services-2024")
    paths = {
        "/index.json": _Path("index", "Sommaire : par où commencer", "sommaire"),
        "/changes/index.json": _Path("changes", "Les jours où une fiche a changé", "sommaire"),
        "/changes/{date}.json": _Path("day", "Ce qui a changé un jour", "sommaire", {"date": _DAY}),
        "/changes/{date}/{page}.json": _suite("Ce qui a changé un jour", "sommaire", date=_DAY),
        "/territories/{code}.json": _Path(
            "territory", "Un territoire", "fiches", {"code": _CODE}, True
        ),
        "/territories/{code}/{page}.json": _suite(
            "Les actions d'un territoire", "fiches", code=_CODE
        ),
        "/actions/{code}/{slug}.json": _Path(
            "action", "Une action", "fiches", {"code": _CODE, "slug": _SLUG}, True
        ),
        "/editions/{year}.json": _Path(
            "edition", "Une édition et ses labels connus", "fiches", {"year": _YEAR}
        ),
        "/editions/{year}/{page}.json": _suite("Les labels d'une édition", "fiches", year=_YEAR),
        "/collections/{id}.json": _Path(
            "collection", "Une collection et ce qu'elle réunit", "fiches", {"id": collection}
        ),
        "/indicators/{id}.json": _Path(
            "indicator", "Un indicateur importé", "fiches", {"id": indicator}
        ),
        "/vocabularies/{name}.json": _Path(
            "vocabulary",
            "Une liste entière",
            "listes",
            {"name": _Parameter("Nom de la liste.", "themes")},
        ),
    }
    for name, (document, summary, description, example) in _LISTS.items():
        tag = "fiches" if name == "actors" else "listes"
        parameter = _Parameter(description, example)
        paths[f"/{name}/{{id}}.json"] = _Path(document, summary, tag, {"id": parameter})
        paths[f"/{name}/{{id}}/{{page}}.json"] = _suite(summary, tag, id=parameter)
    return paths


def _suite(summary: str, tag: str, **parameters: _Parameter) -> _Path:
    return _Path("part", f"{summary} (suite)", tag, {**parameters, "page": _PAGE})


@export(order=50)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``api/v1/openapi.json``."""
    yield Asset(f"{BASE}openapi.json", lambda: as_pretty_json(document(site)))


def document(site: Site) -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "API de l'Atlaas",
            "version": VERSION,
            "summary": "Territoires, actions numériques et labels, en lecture seule.",
            "description": _DESCRIPTION,
            "contact": _contact(site),
            "license": {"name": LICENCE_NAME, "identifier": LICENCE_ID},
        },
        # Without the site's address: relative to this very document.
        "servers": [{"url": (site.url + BASE).rstrip("/") if site.url else "."}],
        "externalDocs": {
            "description": "Les données ouvertes, et ce qui est promis de l'API",
            "url": address(site, "donnees/") if site.url else "../../donnees/",
        },
        "security": [],  # anybody may read
        "tags": [{"name": name, "description": words} for name, words in _TAGS.items()],
        "paths": {path: {"get": _operation(path, item)} for path, item in _paths().items()},
        "components": {"schemas": components()},
    }


def _contact(site: Site) -> Json:
    """Whom to write to, where the site says it."""
    contact, page = site.owner.contact, site.url or "../../"
    found = {"name": AUTHOR, "url": page}
    if contact.startswith("https://"):
        return found | {"url": contact}
    return found | ({"email": contact} if contact else {})


def _operation(path: str, item: _Path) -> Json:
    schema: Json = {"$ref": f"#/components/schemas/{DOCUMENTS[item.document].__name__}"}
    if item.movable:
        moved = {"$ref": f"#/components/schemas/{DOCUMENTS['moved'].__name__}"}
        schema = {"anyOf": [schema, moved]}
    words = [word.removesuffix(".json") for word in path.strip("/").split("/")]
    return {
        "operationId": "-".join(word.strip("{}") for word in words),
        "tags": [item.tag],
        "summary": item.summary,
        "description": _described(item),
        "parameters": [_parameter(name, given) for name, given in item.parameters.items()],
        "responses": {
            "200": {
                "description": item.summary,
                "content": {"application/json": {"schema": schema}},
            },
            "404": {"description": "Il n'y a pas de document à cette adresse."},
        },
    }


def _described(item: _Path) -> str:
    if item.document == "part":
        return "La suite d'une liste de plus de 1 000 éléments, à l'adresse que donne « next »."
    if item.movable:
        return f"{item.summary}. À une ancienne adresse, le document dit où est le nouveau."
    return f"{item.summary}."


def _parameter(name: str, given: _Parameter) -> Json:
    schema = {"type": given.type} | ({"pattern": given.pattern} if given.pattern else {})
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": given.description,
        "schema": schema,
        "example": given.example,
    }
