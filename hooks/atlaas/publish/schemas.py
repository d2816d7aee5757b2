"""JSON Schemas (2020-12) below /schemas/, derived from the models, with the vocabularies' entries.

Two families: those of the files that people write (for editors), and those of the API.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from atlaas import model
from atlaas.directory import Directory
from atlaas.model.fields import shown_of
from atlaas.pages.page import Asset, Site, export
from atlaas.publish import api_models
from atlaas.publish.formats import Json, address, as_pretty_json, example, for_readers
from atlaas.publish.tables import DATE

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# file name -> (model of a record, whether the file is a list of them)
RECORDS: Mapping[str, tuple[type[BaseModel], bool]] = {
    "territory": (model.Territory, False),
    "action": (model.Action, False),
    "actor": (model.Actor, False),
    "edition": (model.Edition, False),
    "collection": (model.Collection, False),
    "vocabulary": (model.Term, True),
    "context": (model.ContextFigure, True),
}
DOCUMENTS: Mapping[str, type[BaseModel]] = {
    "index": api_models.IndexDocument,
    "territory": api_models.TerritoryDocument,
    "action": api_models.ActionDocument,
    "actor": api_models.ActorDocument,
    "edition": api_models.EditionDocument,
    "collection": api_models.CollectionDocument,
    "changes": api_models.ChangesDocument,
    "day": api_models.DayDocument,
    "term": api_models.TermDocument,
    "mention": api_models.MentionDocument,
    "indicator": api_models.IndicatorDocument,
    "vocabulary": api_models.VocabularyDocument,
    "part": api_models.PartDocument,
    "moved": api_models.Moved,
}
# A list that names another does not repeat its entries: each is a file of its own.
_OF_TERMS = (model.Term, api_models.TermDocument, api_models.MentionDocument)
_TITLES = {
    "Source": "Source",
    "Label": "Label d'un territoire dans une édition",
    "Membership": "Adhésion",
    "Service": "Service en ligne",
    "Programme": "Programme",
    "Indicator": "Indicateur",
    "NumberIndicator": "Indicateur",
    "Territory": "Territoire",
    "Action": "Action",
    "Cost": "Coût d'une action",
    "Result": "Résultat d'une action",
    "Actor": "Acteur",
    "Ceremony": "Remise des labels",
    "Count": "Chiffre publié sur une édition",
    "Edition": "Édition du label",
    "Collection": "Collection",
    "Term": "Entrée d'une liste",
    "ContextFigure": "Chiffre national",
    "IndexDocument": "Sommaire de l'API",
    "TerritoryDocument": "Territoire",
    "ActionDocument": "Action",
    "ActorDocument": "Acteur",
    "ActionSummary": "Action en bref",
    "CollectionDocument": "Collection",
    "ChangesDocument": "Jours de changements",
    "DayOfChanges": "Jour de changements",
    "DayDocument": "Ce qui a changé un jour",
    "ChangedRecord": "Fiche changée",
    "LabelOfEdition": "Label",
    "EditionDocument": "Édition du label",
    "ImportedFigure": "Valeur d'un indicateur",
    "FigureOfTerritory": "Chiffre importé d'un territoire",
    "IndicatorClass": "Classe d'un indicateur",
    "IndicatorDocument": "Indicateur importé",
    "TermDocument": "Thème, enjeu ou usage",
    "MentionDocument": "Mention",
    "VocabularyDocument": "Liste",
    "PartDocument": "Suite d'une liste",
    "Moved": "Document déplacé",
}


@export(order=60)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``schemas/<record>.json`` for files, ``schemas/api/<document>.json`` for the API."""

    def content(*given: Any) -> bytes:
        return as_pretty_json(_document(directory, site, *given))

    for name, (record, listed) in RECORDS.items():
        url = f"schemas/{name}.json"
        yield Asset(url, partial(content, url, record, listed, True))
    for name, shape in DOCUMENTS.items():
        url = f"schemas/api/{name}.json"
        yield Asset(url, partial(content, url, shape))


def components(template: str = "#/components/schemas/{model}") -> Json:
    """The schemas of all documents of the API, by model name, for those who generate a client.

    They make a class of each title: it is the model's name, and French titles begin descriptions.
    A value of a vocabulary may be any text: a class with all its entries would refuse a new one.
    """
    pairs: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (shape, "validation") for shape in DOCUMENTS.values()
    ]
    _, top = models_json_schema(pairs, ref_template=template)
    found = _finish({}, top["$defs"])
    for name, definition in found.items():
        definition["description"] = f"{definition['title']}."
        definition["title"] = name
        for value in definition["properties"].values():
            words = [value.pop("title", ""), value.get("description", "")]
            value["description"] = " : ".join(filter(None, words))
    return found


def _document(
    directory: Directory,
    site: Site,
    url: str,
    shape: type[BaseModel],
    listed: bool = False,
    as_written: bool = False,
) -> Json:
    _, top = models_json_schema([(shape, "validation")], ref_template="#/$defs/{model}")
    definitions = _finish(directory.vocabularies, top["$defs"], as_written)
    own = definitions[shape.__name__] if listed else definitions.pop(shape.__name__)
    head: Json = {"$schema": DIALECT}
    if site.url:
        head["$id"] = address(site, url)
    if listed:
        items = {"$ref": f"#/$defs/{shape.__name__}"}
        own = {"title": f"Liste : {own['title']}", "type": "array", "items": items}
    return {**head, **own, "$defs": definitions} if definitions else {**head, **own}


def _finish(
    vocabularies: Mapping[str, Mapping[str, object]], definitions: Json, as_written: bool = False
) -> Json:
    """French titles, vocabularies' entries and the form of dates, which pydantic does not know."""
    shapes = {shape.__name__: shape for shape in _shapes(model) | _shapes(api_models)}
    for name, definition in definitions.items():
        shape = shapes[name]
        definition["title"] = _TITLES[name]
        definition.pop("description", None)
        if not as_written:  # a later version of the API may add keys
            definition.pop("additionalProperties", None)
        for key, value in definition.get("properties", {}).items():
            if "description" in value and not as_written:
                value["description"] = for_readers(value["description"])
            if "examples" in value:
                value["examples"] = [_typed(value, item) for item in value["examples"]]
            shown = shown_of(shape.model_fields[key])
            if shown.control == "date":
                _set_date(value, as_written)
            if shape not in _OF_TERMS:
                _set_terms(list(vocabularies.get(shown.words, {})), value)
    return definitions


def _typed(value: Json, given: Any) -> Any:
    """An example as JSON has it: models show one line of YAML, of a list one item."""
    types = {branch.get("type") for branch in value.get("anyOf", [value])}
    found = example(given)
    if isinstance(found, str) and types & {"integer", "number"} and "string" not in types:
        found = int(found)
    return [found] if "array" in types and not isinstance(found, list) else found


def _shapes(module: Any) -> set[type[BaseModel]]:
    found = vars(module).values()
    return {item for item in found if isinstance(item, type) and issubclass(item, BaseModel)}


def _set_date(value: Json, as_written: bool) -> None:
    """Give a date its pattern; in YAML a bare year reads as an integer."""
    for branch in value.get("anyOf", [value]):
        if branch.get("type") == "string":
            branch["pattern"] = DATE
    if as_written:
        value.get("anyOf", []).append({"type": "integer", "minimum": 1000, "maximum": 9999})


def _set_terms(ids: list[str], value: Json) -> None:
    """Say which entries of its vocabulary a value may have."""
    target = value.get("items", value)
    for branch in target.get("anyOf", [target]):
        if ids and branch.get("type") == "string":
            branch["enum"] = ids
