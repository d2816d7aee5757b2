"""The OpenAPI 3.1 description of the API, at /api/v1/openapi.json."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.publish.api import BASE
from atlaas.publish.formats import LICENCE_ID, LICENCE_NAME, Json, as_pretty_json
from atlaas.publish.schemas import DIALECT, DOCUMENTS, components

VERSION = "1.0.0"


class _Path(NamedTuple):
    """A path of the API: its document, what it is for, and its parameters with an example each."""

    document: str
    summary: str
    parameters: Mapping[str, tuple[str, str]]
    movable: bool = False


_CODE = ("Code INSEE, SIREN, dep-59, reg-32 ou x-nom.", "59378")
_PAGE = ("Rang de la partie, à partir de 2.", "2")
_SLUG = ("Nom court de l'action.", "la-bonne-appli")
_LISTS = {
    "themes": ("term", "Un thème et ses actions", ("Identifiant du thème.", "reseau-social")),
    "enjeux": ("term", "Un enjeu et ses actions", ("Identifiant de l'enjeu.", "emploi")),
    "usages": (
        "term",
        "Un usage et ses actions",
        ("Identifiant de l'usage.", "demarches-administratives"),
    ),
    "mentions": ("mention", "Une mention et ses labels", ("Identifiant.", "arobase-verte")),
    "actors": ("actor", "Un acteur et ses actions", ("Identifiant de l'acteur.", "simplon")),
}


def _paths() -> dict[str, _Path]:
    action, year = {"code": _CODE, "slug": _SLUG}, {"year": ("Année.", "2018")}
    named = {"name": ("Nom de la liste.", "themes")}
    paths = {
        "/index.json": _Path("index", "Sommaire : par où commencer", {}),
        "/territories/{code}.json": _Path("territory", "Un territoire", {"code": _CODE}, True),
        "/territories/{code}/{page}.json": _Path(
            "part", "Suite des actions d'un territoire", {"code": _CODE, "page": _PAGE}
        ),
        "/actions/{code}/{slug}.json": _Path("action", "Une action", action, True),
        "/editions/{year}.json": _Path("edition", "Une édition et ses labels connus", year),
        "/editions/{year}/{page}.json": _Path(
            "part", "Suite des labels d'une édition", year | {"page": _PAGE}
        ),
        "/indicators/{id}.json": _Path(
            "indicator",
            "Un indicateur importé",
            {"id": ("Identifiant de l'indicateur.", "france-services-2024")},
        ),
        "/vocabularies/{name}.json": _Path("vocabulary", "Une liste entière", named),
    }
    for name, (document, summary, parameter) in _LISTS.items():
        paths[f"/{name}/{{id}}.json"] = _Path(document, summary, {"id": parameter})
        paths[f"/{name}/{{id}}/{{page}}.json"] = _Path(
            "part", f"{summary} (suite)", {"id": parameter, "page": _PAGE}
        )
    return paths


@export(order=50)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``api/v1/openapi.json``."""
    yield Asset(f"{BASE}openapi.json", lambda: as_pretty_json(document(directory, site)))


def document(directory: Directory, site: Site) -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "API de l'Atlaas",
            "version": VERSION,
            "summary": "Territoires, actions numériques et labels, en lecture seule.",
            "description": "Chaque document est un fichier statique : ni clé d'accès, ni requête, "
            "ni limite. Une clé sans valeur est omise ; une liste est toujours là, même vide.",
            "license": {"name": LICENCE_NAME, "identifier": LICENCE_ID},
        },
        # Without the site's address: relative to this very document.
        "servers": [{"url": (site.url + BASE).rstrip("/") if site.url else "."}],
        "paths": {path: {"get": _operation(path, item)} for path, item in _paths().items()},
        "components": {"schemas": components(directory)},
    }


def _operation(path: str, item: _Path) -> Json:
    schema: Json = {"$ref": f"#/components/schemas/{DOCUMENTS[item.document].__name__}"}
    if item.movable:
        moved = {"$ref": f"#/components/schemas/{DOCUMENTS['moved'].__name__}"}
        schema = {"anyOf": [schema, moved]}
    words = [word.removesuffix(".json") for word in path.strip("/").split("/")]
    return {
        "operationId": "-".join(word.strip("{}") for word in words),
        "summary": item.summary,
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": description,
                "schema": {"type": "string"},
                "example": example,
            }
            for name, (description, example) in item.parameters.items()
        ],
        "responses": {
            "200": {
                "description": item.summary,
                "content": {"application/json": {"schema": schema}},
            },
            "404": {"description": "Il n'y a pas de document à cette adresse."},
        },
    }
