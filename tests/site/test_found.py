"""What search engines and networks take from every built page, read as they read it: extruct."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import extruct
import pytest
from PIL import Image
from scripts.kinds import KINDS, NOWHERE

from atlaas.pages.page import Site
from atlaas.publish.dataset import dataset
from support import SITE_URL, Html, plain

# What schema.org's release 29 says may be said of the types that pages name: a type has its own
# properties and those of the types above it, of which only what is used stands here.
PLACE = {"geo", "containedInPlace"}
ORGANIZATION = {"award", "iso6523Code"}
THING = {"name", "url", "sameAs", "identifier", "description", "potentialAction", "image"}
WORK = {"license", "inLanguage", "keywords", "creator", "isAccessibleForFree", "dateModified"}
ALLOWED = {
    "City": PLACE,
    "AdministrativeArea": PLACE,
    "Country": PLACE,
    "Organization": ORGANIZATION,
    "GovernmentOrganization": ORGANIZATION,
    "GovernmentService": {"areaServed"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "item"},
    "PropertyValue": {"propertyID", "value"},
    "GeoCoordinates": {"latitude", "longitude"},
    "WebSite": WORK,
    "Dataset": WORK | {"distribution", "spatialCoverage"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
}
GRAPH = {
    *("og:title", "og:type", "og:url", "og:description", "og:site_name", "og:locale"),
    *("og:image", "og:image:alt", "og:image:width", "og:image:height"),
}
LIGHT = "territoires/59100-bousignies/"
AIX = "territoires/73008-aix-les-bains/"


def things(page: Html) -> list[dict[str, Any]]:
    """The things that the structured data of a page tell, as engines see them."""
    found = []
    for script in page.all("script"):
        if script.attributes.get("type") == "application/ld+json":
            said = json.loads(script.text)
            assert said.pop("@context") == "https://schema.org"
            found += said.get("@graph", [said])
    return found


def inside(value: Any) -> list[dict[str, Any]]:
    """Every thing within a value."""
    if isinstance(value, list):
        return [thing for item in value for thing in inside(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(thing for item in value.values() for thing in inside(item))]


def test_every_type_has_the_properties_that_schema_org_gives_it(pages: dict[str, Html]) -> None:
    seen = set()
    for url, page in pages.items():
        for thing in inside(things(page)):
            kinds = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
            allowed = THING.union(*(ALLOWED[kind] for kind in kinds))
            assert set(thing) - {"@type"} <= allowed, (url, thing)
            seen.update(kinds)
    assert seen == set(ALLOWED)


def test_every_page_says_how_one_comes_to_it(pages: dict[str, Html]) -> None:
    """All but the home page and that of no address: one trail, of pages that there are."""
    for url, page in pages.items():
        trails = [thing for thing in things(page) if thing["@type"] == "BreadcrumbList"]
        assert len(trails) == (url not in ("", "404.html")), url
        for trail in trails:
            items = trail["itemListElement"]
            assert [item["position"] for item in items] == [*range(1, len(items) + 1)], url
            for item in items:
                target = item.get("item", SITE_URL + url)
                assert target.removeprefix(SITE_URL) in pages, (url, item)


@pytest.mark.parametrize("kind", sorted(kind for kind, url in KINDS.items() if url != NOWHERE))
def test_each_kind_of_page_is_read_by_extruct(
    sources: dict[str, bytes], pages: dict[str, Html], kind: str
) -> None:
    url = re.split("[?#]", KINDS[kind])[0]
    read = extruct.extract(
        sources[url].decode(), base_url=SITE_URL + url, syntaxes=["json-ld", "opengraph"]
    )
    assert [thing for said in read["json-ld"] for thing in said.get("@graph", [said])] == [
        {"@context": "https://schema.org", **thing} if "@graph" not in said else thing
        for said in read["json-ld"]
        for thing in things(pages[url])
    ]
    [graph] = read["opengraph"]
    assert sorted(name for name, _ in graph["properties"]) == sorted(GRAPH)


def test_a_shared_link_shows_its_card(pages: dict[str, Html], built_site: Path) -> None:
    for url, page in pages.items():
        said = {
            tag.attributes["property"]: tag.attributes["content"]
            for tag in page.all("meta")
            if "property" in tag.attributes
        }
        assert set(said) == (set() if url == "404.html" else GRAPH), url
        if not said:
            continue
        file = built_site / said["og:image"].removeprefix(SITE_URL)
        assert file.is_file(), (url, said["og:image"])
        assert said["og:url"] == SITE_URL + url
        title = page.all("title")[0].text.removesuffix(" — Atlaas")
        assert title == plain(said["og:title"]), url
        description = page.one("meta", name="description").attributes
        assert description["content"] == said["og:description"] != "", url
        assert len(said["og:image:alt"]) > 5, url


def test_the_card_has_the_size_that_pages_tell(pages: dict[str, Html], built_site: Path) -> None:
    told = {
        tag.attributes["property"]: tag.attributes["content"]
        for tag in pages[AIX].all("meta")
        if "property" in tag.attributes
    }
    assert told["og:image"] == f"{SITE_URL}cartes/territoires/73008.png"
    with Image.open(built_site / "cartes/territoires/73008.png") as picture:
        size = (told["og:image:width"], told["og:image:height"])
        assert size == (str(picture.width), str(picture.height))


def test_the_data_are_found_as_a_data_set(pages: dict[str, Html], built_site: Path) -> None:
    [found] = [thing for thing in things(pages["donnees/"]) if thing["@type"] == "Dataset"]
    assert found["dateModified"] == "2026-11-21"  # of the newest records of the sample
    assert 50 <= len(found["description"]) <= 5000  # what engines for data sets ask for
    assert found["license"].startswith("https://")
    for file in found["distribution"]:
        assert (built_site / file["contentUrl"].removeprefix(SITE_URL)).is_file()
    assert "dateModified" not in dataset(Site(SITE_URL), "")


def test_the_site_says_how_it_is_searched(pages: dict[str, Html]) -> None:
    [site] = [thing for thing in things(pages[""]) if thing["@type"] == "WebSite"]
    template = site["potentialAction"]["target"]["urlTemplate"]
    assert template == f"{SITE_URL}recherche/?q={{search_term_string}}"
    assert pages["recherche/"].one("input", id="q").attributes["name"] == "q"


def test_a_place_that_no_record_names_says_little(sources: dict[str, bytes]) -> None:
    """There are 35 000 of them: the card of all, the end of the way there, and nothing else."""
    head = sources[LIGHT].decode().partition("</head>")[0]
    assert f"{SITE_URL}cartes/territoires.png" in head
    assert len(re.findall(r'<script type="application/ld\+json">.*?</script>', head)[0]) < 260
    body = sources[LIGHT].decode().partition("<main")[2].partition("</main>")[0]
    assert "\n\n" not in body and '"../../territoires/' not in body


def test_icons_are_where_pages_say(pages: dict[str, Html], built_site: Path) -> None:
    for tag in pages[""].all("link"):
        if tag.attributes["rel"] in ("icon", "apple-touch-icon", "manifest"):
            assert (built_site / tag.attributes["href"]).is_file(), tag
    assert (built_site / "favicon.ico").is_file()
