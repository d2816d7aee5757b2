"""The API: documents worked out by hand, and every one held against its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from atlaas import build
from atlaas.pages.owner import SiteOwner
from atlaas.pages.page import Site
from atlaas.project import Project
from atlaas.publish import api, documents, openapi
from atlaas.publish.schemas import DOCUMENTS
from support import SITE_URL, Small, many_actions, tiny_tree

LILLE = "https://atlaas.example/territoires/59350-lille/"
BASE = "api/v1/"


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{BASE}{name}.json"])


def test_an_action_says_what_its_page_says(files: dict[str, bytes]) -> None:
    assert read(files, "actions/59378/la-bonne-appli") == {
        "id": "59378/la-bonne-appli",
        "title": "Appel à projets « La bonne appli »",
        "territory": "59378",
        "partners": ["200093201"],
        "actors": ["universite-de-lille"],
        "themes": ["reseau-social", "numerique-educatif"],
        "enjeux": ["mediation"],
        "usages": ["demarches-administratives"],
        "status": "en-cours",
        "started": "2016-03-01",
        "audience": [],
        "tools": [],
        "results": [],
        "website": "https://appli.example.org/",
        "sources": [{"url": "https://exemple.org/appli", "seen": "2026-11-21"}],
        "verified": "2026-11-21",
        "doubt": "thème déduit du contenu",
        "territory_name": "Marcq-en-Barœul",
        "departement": "59",
        "region": "32",
        "text": "Les habitants proposent **une application**.",
        "url": "https://atlaas.example/actions/59378/la-bonne-appli/",
        "file": "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md",
        "api_version": "1.1.0",
    }


def test_a_territory_has_its_place_its_labels_and_its_actions(files: dict[str, bytes]) -> None:
    found = read(files, "territories/73008")
    assert (found["name"], found["kind"], found["departement"]) == (
        "Aix-les-Bains",
        "commune",
        "73",
    )
    assert [label["edition"] for label in found["labels"]] == [2015, 2018]  # oldest first
    assert found["labels"][0] == {
        "edition": 2015,
        "level": 5,
        "mentions": [],
        "sources": [{"publisher": "Le Journal", "title": "Palmarès", "date": "2015-02"}],
    }
    assert (found["actions_count"], found["actions"]) == (1, ["73008/tiers-lieu"])
    assert found["actions_summary"] == [
        {
            "id": "73008/tiers-lieu",
            "title": "Tiers-lieu au casino",
            "territory": "73008",
            "territory_name": "Aix-les-Bains",
            "url": "https://atlaas.example/actions/73008/tiers-lieu/",
        }
    ]
    assert found["website"] == "https://aix.example.org/"
    assert found["postcodes"] == ["73100"]
    assert "next" not in found and "doubt" not in found


def test_figures_are_numbers_and_members_are_named(files: dict[str, bytes]) -> None:
    found = read(files, "territories/200093201")
    assert [figure["value"] for figure in found["indicators"]] == [210000, 0.5]
    assert found["inside"] == ["59009", "59350", "59378", "59512"]
    assert found["partner_in"] == ["59378/la-bonne-appli"]
    assert [a["territory_name"] for a in found["partner_in_summary"]] == ["Marcq-en-Barœul"]
    assert found["kind_label"] == "métropole"


def test_one_goes_down_from_the_index_to_every_action(files: dict[str, bytes]) -> None:
    index = read(files, "index")
    codes = [*index["regions"], *index["others"]]
    for region in index["regions"]:
        for departement in read(files, f"territories/{region}")["inside"]:
            codes.append(departement)
            codes.extend(read(files, f"territories/{departement}")["inside"])
    assert index["counts"]["territories"] == len(set(codes)) == len(codes)
    actions = [id_ for code in codes for id_ in read(files, f"territories/{code}")["actions"]]
    assert sorted(actions) == [
        "59350/maison-du-numerique",
        "59378/ecole-connectee",
        "59378/la-bonne-appli",
        "73008/tiers-lieu",
    ]
    for id_ in actions:
        assert read(files, f"actions/{id_}")["id"] == id_


def test_editions_and_mentions_list_their_labels(files: dict[str, bytes]) -> None:
    edition = read(files, "editions/2018")
    assert (edition["labels_count"], edition["labels_total"]) == (3, 3)
    assert [(label["name"], label["level"]) for label in edition["labels"]] == [
        ("Marcq-en-Barœul", 5),
        ("Roubaix", 5),
        ("Aix-les-Bains", 4),
    ]
    assert "level" not in read(files, "editions/2017")["labels"][0]
    assert read(files, "mentions/arobase-verte")["labels"][0]["territory"] == "73008"


def test_terms_and_actors_list_their_actions(files: dict[str, bytes]) -> None:
    theme = read(files, "themes/numerique-educatif")
    assert theme["url"] == "https://atlaas.example/themes/numerique-educatif/"
    assert theme["actions_count"] == len(theme["actions"]) == 3
    assert read(files, "enjeux/emploi")["actions"] == []
    assert read(files, "actors/universite-de-lille")["actions"] == ["59378/la-bonne-appli"]
    assert len(read(files, "vocabularies/statuses")["terms"]) == 2


def test_long_lists_go_on_in_further_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PER_DOCUMENT", 10)
    directory, _ = build.load(Project(tiny_tree(tmp_path, many_actions(24))))
    site = Site("https://atlaas.example/")
    found = {asset.url: json.loads(asset.content()) for asset in api.assets(directory, site)}
    first = found["api/v1/territories/59350.json"]
    assert (first["actions_count"], len(first["actions"])) == (25, 10)
    seen = first["actions"]
    document = first
    while "next" in document:
        document = found[document["next"].removeprefix(site.url)]
        seen += document["actions"]
        assert [item["id"] for item in document["actions_summary"]] == document["actions"]
    assert (document["page"], document["pages"], len(document["actions"])) == (3, 3, 5)
    back = [document]
    while "previous" in back[-1]:
        back.append(found[back[-1]["previous"].removeprefix(site.url)])
    assert [item.get("page") for item in back] == [3, 2, None] and back[-1] == first
    assert len(set(seen)) == 25


def test_a_term_names_its_actions_by_their_ids_alone(files: dict[str, bytes]) -> None:
    """What each is stands with its territory: a theme would say it again, and so would a usage."""
    assert read(files, "themes/mediation-numerique")["actions"] == ["73008/tiers-lieu"]
    holding = {
        name.removeprefix("api/v1/")
        for name, content in files.items()
        if name.startswith("api/v1/") and b"Tiers-lieu au casino" in content
    }
    assert not {name for name in holding if name.startswith(("themes", "enjeux", "usages"))}
    assert {"actions/73008/tiers-lieu.json", "territories/73008.json"} <= holding


def test_documents_of_records_can_be_left_out(tiny: Small) -> None:
    urls = [asset.url for asset in api.assets(tiny.directory, Site(api=False))]
    assert "api/v1/index.json" in urls and "api/v1/editions/2018.json" in urls
    assert not [url for url in urls if "/territories/" in url or "/actions/" in url]


def _schema_of(name: str) -> str:
    """The schema that a document of the API answers to."""
    kind, _, rest = name.removeprefix(BASE).removesuffix(".json").partition("/")
    if not rest:
        return kind
    if kind == "changes":
        return "changes" if rest == "index" else "day" if "/" not in rest else "part"
    if rest.count("/") == (2 if kind == "actions" else 1):
        return "part" if kind != "actions" else "action"
    singular = {
        "territories": "territory",
        "editions": "edition",
        "actors": "actor",
        "vocabularies": "vocabulary",
        "mentions": "mention",
        "actions": "action",
        "indicators": "indicator",
        "collections": "collection",
    }
    return singular.get(kind, "term")


def test_every_document_fits_its_published_schema_exactly(any_files: dict[str, bytes]) -> None:
    validators = {}
    for name in DOCUMENTS:
        schema = json.loads(any_files[f"schemas/api/{name}.json"])
        schema["additionalProperties"] = False  # nothing that the schema does not say
        validators[name] = Draft202012Validator(schema)
    checked = 0
    for url, content in any_files.items():
        if url.startswith(BASE) and url != f"{BASE}openapi.json":
            document = json.loads(content)
            name = "moved" if "moved" in document else _schema_of(url)
            problems = [
                f"{url} {e.json_path} {e.message}" for e in validators[name].iter_errors(document)
            ]
            assert not problems, problems
            checked += 1
    assert checked > 20


def test_schemas_are_valid_french_and_list_the_vocabularies(any_files: dict[str, bytes]) -> None:
    schemas = {url: json.loads(c) for url, c in any_files.items() if url.startswith("schemas/")}
    assert len(schemas) == 21
    for url, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"https://atlaas.example/{url}"
        assert '"""' not in schema["title"]
        for name, value in schema.get("properties", {}).items():
            for item in value.get("examples", ()):
                if "enum" not in json.dumps(value):  # lists are short here
                    whole = {**value, "$defs": schema.get("$defs", {})}
                    assert Draft202012Validator(whole).is_valid(item), (url, name, item)
    action = schemas["schemas/action.json"]["properties"]
    assert "numerique-educatif" in action["themes"]["items"]["enum"]
    assert action["title"]["title"] == "Titre"
    assert schemas["schemas/territory.json"]["additionalProperties"] is False


def test_schemas_of_files_accept_what_yaml_makes_of_records(files: dict[str, bytes]) -> None:
    schema = json.loads(files["schemas/action.json"])
    record = {
        "title": "École connectée",
        "territory": "59378",
        "themes": ["numerique-educatif"],
        "started": 2014,  # an editor's YAML reader gives a number
        "sources": [{"url": "https://exemple.org/ecole"}],
    }
    validator = Draft202012Validator(schema)
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, "themes": ["inconnu"]})
    assert not validator.is_valid({**record, "started": "mars"})


def test_openapi_document_is_valid_and_names_real_documents(sample_files: dict[str, bytes]) -> None:
    document = json.loads(sample_files[f"{BASE}openapi.json"])
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    identifiers = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(set(identifiers)) == len(identifiers)
    for path, item in document["paths"].items():
        for parameter in item["get"]["parameters"]:
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        if not path.endswith("/2.json"):
            assert f"api/v1{path}" in sample_files or "la-bonne-appli" in path, path


def test_a_generator_of_clients_finds_classes_and_no_word_that_it_trips_on(
    files: dict[str, bytes],
) -> None:
    """A title is a class, an operation has a tag that is described, nobody has to be known."""
    document = json.loads(files[f"{BASE}openapi.json"])
    for name, schema in document["components"]["schemas"].items():
        assert schema["title"] == name and name.isidentifier() and name.isascii()
        assert schema["description"].endswith(".")
        for value in schema["properties"].values():
            assert value["description"] and "title" not in value
    themes = document["components"]["schemas"]["ActionDocument"]["properties"]["themes"]
    assert "enum" not in themes["items"]  # a client goes on when the list grows
    assert document["security"] == []
    assert document["info"]["contact"] == {
        "name": "Contributeurs de l'Atlaas",
        "url": "https://atlaas.example/",
    }
    tags = {tag["name"] for tag in document["tags"]}
    types = {"page": "integer", "year": "integer"}
    for item in document["paths"].values():
        assert set(item["get"]["tags"]) <= tags and item["get"]["description"].endswith(".")
        for parameter in item["get"]["parameters"]:
            assert parameter["schema"]["type"] == types.get(parameter["name"], "string")


def test_the_contact_of_the_api_is_that_of_the_site() -> None:
    def contact(given: str) -> dict[str, str]:
        site = Site(SITE_URL, owner=SiteOwner(contact=given))
        found: dict[str, str] = openapi.document(site)["info"]["contact"]
        return found

    assert contact("bonjour@atlaas.example")["email"] == "bonjour@atlaas.example"
    assert contact("https://atlaas.example/contact")["url"] == "https://atlaas.example/contact"


def test_openapi_names_every_kind_of_address(files: dict[str, bytes]) -> None:
    lists = ("themes", "enjeux", "usages", "mentions", "actors")
    assert set(json.loads(files[f"{BASE}openapi.json"])["paths"]) == {
        "/index.json",
        "/changes/index.json",
        "/changes/{date}.json",
        "/changes/{date}/{page}.json",
        "/collections/{id}.json",
        "/territories/{code}.json",
        "/territories/{code}/{page}.json",
        "/actions/{code}/{slug}.json",
        "/editions/{year}.json",
        "/editions/{year}/{page}.json",
        "/indicators/{id}.json",
        "/vocabularies/{name}.json",
        *(f"/{name}/{{id}}.json" for name in lists),
        *(f"/{name}/{{id}}/{{page}}.json" for name in lists),
    }


def test_where_a_territory_lies(files: dict[str, bytes]) -> None:
    keys = ("departement", "region", "epci")
    marcq = read(files, "territories/59378")
    assert [marcq.get(key) for key in keys] == ["59", "32", "200093201"]
    metropole = read(files, "territories/200093201")
    assert [metropole.get(key) for key in keys] == ["59", "32", None]


def test_addresses_stay_inside_the_site_where_its_own_is_unknown(tiny: Small) -> None:
    action = tiny.directory.actions["59350/maison-du-numerique"]
    found = json.loads(api.action(tiny.directory, Site(), action))
    assert found["url"] == "actions/59350/maison-du-numerique/"


def test_an_imported_indicator(sample_files: dict[str, bytes]) -> None:
    """By hand: 900 + 150 + 400 of 1 600 premises in the MEL and the Nord; with 100 of 300, France.

    A place that a list of places does not name has none of them.
    """
    found = read(sample_files, "indicators/fibre")
    assert (found["kind"], found["date"]) == ("taux", "2026-03-31")
    nord = {"value": 1450, "whole": 1600, "known": 3, "of": 647}
    assert found["values"]["dep-59"] == nord
    assert found["values"]["france"] == {"value": 1550, "whole": 1900, "known": 4, "of": 1535}
    assert found["values_file"] == "https://atlaas.example/donnees/indicateurs_valeurs.csv"
    assert "fibre" in read(sample_files, "index")["indicators"]
    figures = read(sample_files, "territories/200093201")["figures"]
    assert {"indicator": "fibre", **nord, "of": 95} in figures
    assert {"indicator": "france-services-2024", "value": 4, "known": 95, "of": 95} in figures
    roubaix = read(sample_files, "territories/59512")["figures"]
    assert roubaix == [
        {"indicator": "france-services-2024", "value": 0, "known": 1, "of": 1},
        {"indicator": "milieu", "value": 1, "known": 1, "of": 1},
        {"indicator": "programme", "value": 0, "known": 1, "of": 1},
    ]
