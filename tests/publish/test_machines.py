"""Small documents for machines: sitemap, catalogue, structured data, comparison, feeds' heads."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest

from atlaas import build
from atlaas.pages.page import Page, Site
from atlaas.publish import compare_data, feeds, jsonld, sitemap
from support import SITE_URL, Small, plain

LABEL = "label Territoires, Villes et Villages Internet"
ATOM = "{http://www.w3.org/2005/Atom}"


def site_of(small: Small) -> Site:
    """The site with what the sitemap is told of it: its pages, and one of content/."""
    pages = [p for p in build.pages_of(small.directory, small.site) if isinstance(p, Page)]
    return replace(small.site, pages=pages, content=["a-propos/?a&b"])


def test_the_sitemap_dates_every_page_that_a_file_gives(sample: Small) -> None:
    [asset] = sitemap.assets(sample.directory, site_of(sample))
    assert asset.url == "sitemap.xml"
    text = asset.content().decode()
    listed = dict(re.findall(r"<url><loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?</url>", text))
    # The sample's actions of the Nord came on 2026-11-21, all else on 2025-09-01.
    assert listed[f"{SITE_URL}territoires/73008-aix-les-bains/"] == "2025-09-01"
    for action in sample.directory.actions.values():
        nord = action.territory.departement == "59"
        assert listed[SITE_URL + action.url] == ("2026-11-21" if nord else "2025-09-01")
    assert listed[f"{SITE_URL}carte/"] == ""  # of no file
    assert set(listed) == {
        f"{SITE_URL}a-propos/?a&amp;b",
        *(SITE_URL + url for url, page in sample.pages.items() if page.listed),
    }


def test_a_large_sitemap_is_an_index_of_parts(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(tiny)
    [whole] = sitemap.assets(tiny.directory, site)
    addresses = re.findall("<loc>([^<]+)</loc>", whole.content().decode())
    monkeypatch.setattr(sitemap, "LARGEST", 100)
    index, *parts = sitemap.assets(tiny.directory, site)
    names = [f"sitemap-{number}.xml.gz" for number in range(1, len(addresses) // 100 + 2)]
    assert index.url == "sitemap.xml" and [part.url for part in parts] == names
    root = ElementTree.fromstring(index.content())
    assert root.tag.endswith("}sitemapindex")
    assert [place.text for place in root.iter() if place.tag.endswith("}loc")] == [
        SITE_URL + name for name in names
    ]
    found: list[str] = []
    for part in parts:
        document = gzip.decompress(part.content())
        assert ElementTree.fromstring(document).tag.endswith("}urlset")
        found += re.findall("<loc>([^<]+)</loc>", document.decode())
    assert found == addresses
    monkeypatch.setattr(sitemap, "LARGEST", len(addresses))
    assert len(list(sitemap.assets(tiny.directory, site))) == 1
    assert list(sitemap.assets(tiny.directory, replace(site, url=""))) == []


def test_the_catalogue_says_of_what_kind_files_are(sample_files: dict[str, bytes]) -> None:
    catalog = json.loads(sample_files["donnees/catalog.jsonld"])
    found = {
        file["@id"].removeprefix(f"{SITE_URL}donnees/").removesuffix("#fichier"): file
        for file in catalog["dcat:dataset"]["dcat:distribution"]
    }
    kinds = {
        name: (
            file["dcat:mediaType"]["@id"].removeprefix(
                "https://www.iana.org/assignments/media-types/"
            ),
            file["dct:format"]["@id"].rpartition("/")[2],
        )
        for name, file in found.items()
    }
    assert kinds["labels.csv"] == ("text/csv", "CSV")
    assert kinds["territoires.geojson"] == ("application/geo+json", "GEOJSON")
    assert kinds["actions.ndjson.gz"] == ("application/gzip", "GZIP")
    schema = found["labels.csv"]["dct:conformsTo"]["@id"]
    assert schema == f"{SITE_URL}donnees/schemas/labels.json"
    assert "dct:conformsTo" not in found["actions.ndjson.gz"]
    modified = {"@value": "2026-11-21", "@type": "xsd:date"}
    assert catalog["dct:modified"] == catalog["dcat:dataset"]["dct:modified"] == modified
    service = catalog["dcat:service"]
    assert service["dcat:endpointURL"]["@id"] == f"{SITE_URL}api/v1/"
    assert service["dcat:endpointDescription"]["@id"] == f"{SITE_URL}api/v1/openapi.json"


def test_a_catalogue_without_history_has_no_date(files: dict[str, bytes]) -> None:
    catalog = json.loads(files["donnees/catalog.jsonld"])
    assert "dct:modified" not in catalog and "dct:modified" not in catalog["dcat:dataset"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "73008",
            {
                "@type": ["GovernmentOrganization", "City"],
                "name": "Aix-les-Bains",
                "url": f"{SITE_URL}territoires/73008-aix-les-bains/",
                "identifier": [("INSEE", "73008"), ("SIREN", "217300086")],
                "iso6523Code": "0002:217300086",
                "containedInPlace": "Savoie",
                "geo": (45.68837, 5.91567),
                "award": f"{LABEL} 2018, 4 @",
                "sameAs": "https://aix.example.org/",
            },
        ),
        (  # a label whose level is not known; the official site, which no record names
            "59009",
            {
                "@type": ["GovernmentOrganization", "City"],
                "name": "Villeneuve-d'Ascq",
                "url": f"{SITE_URL}territoires/59009-villeneuve-d-ascq/",
                "identifier": [("INSEE", "59009"), ("SIREN", "215900093")],
                "iso6523Code": "0002:215900093",
                "containedInPlace": "Nord",
                "geo": (50.6189, 3.13077),
                "award": f"{LABEL} 2017",
                "sameAs": "https://www.villeneuvedascq.fr",
            },
        ),
        (
            "200093201",
            {
                "@type": ["GovernmentOrganization", "AdministrativeArea"],
                "name": "Métropole Européenne de Lille",
                "url": f"{SITE_URL}territoires/200093201-metropole-europeenne-de-lille/",
                "identifier": [("SIREN", "200093201")],
                "iso6523Code": "0002:200093201",
                "containedInPlace": "Nord",
                "geo": (50.6561, 3.0838),
            },
        ),
        (
            "dep-59",
            {
                "@type": ["GovernmentOrganization", "AdministrativeArea"],
                "name": "Nord",
                "url": f"{SITE_URL}departements/59-nord/",
                "identifier": [("INSEE", "59")],
                "containedInPlace": "Hauts-de-France",
                "geo": (50.5553, 3.1411),
            },
        ),
        (
            "reg-32",
            {
                "@type": ["GovernmentOrganization", "AdministrativeArea"],
                "name": "Hauts-de-France",
                "url": f"{SITE_URL}regions/32-hauts-de-france/",
                "identifier": [("INSEE", "32")],
                "geo": (50.2405, 2.8173),
            },
        ),
        (  # no official code, no point
            "x-nord-numerique",
            {
                "@type": ["GovernmentOrganization", "AdministrativeArea"],
                "name": "Nord numérique",
                "url": f"{SITE_URL}territoires/x-nord-numerique/",
                "containedInPlace": "Nord",
            },
        ),
    ],
)
def test_structured_data_of_every_kind_of_territory(
    tiny: Small, code: str, expected: dict[str, Any]
) -> None:
    found = jsonld.territory(tiny.directory, tiny.site, tiny.directory.territories[code])
    if named := found.get("identifier"):
        several = named if isinstance(named, list) else [named]
        assert {code["@type"] for code in several} == {"PropertyValue"}
        found["identifier"] = [(code["propertyID"], code["value"]) for code in several]
    if "containedInPlace" in found:
        assert found["containedInPlace"]["@type"] == "AdministrativeArea"
        found["containedInPlace"] = found["containedInPlace"]["name"]
    if "geo" in found:
        assert found["geo"]["@type"] == "GeoCoordinates"
        found["geo"] = (found["geo"]["latitude"], found["geo"]["longitude"])
    assert found == expected


def test_structured_data_gives_no_relative_address(tiny: Small) -> None:
    aix = tiny.directory.territories["73008"]
    assert "url" not in jsonld.territory(tiny.directory, Site(), aix)


def test_structured_data_of_actions(sample: Small, tiny: Small) -> None:
    assert jsonld.action(tiny.directory.actions["59378/la-bonne-appli"]) == {
        "@type": "GovernmentService",
        "name": "Appel à projets « La bonne appli »",
        "areaServed": "Marcq-en-Barœul",
    }
    for action in sample.directory.actions.values():
        found, title = jsonld.action(action), action.record.title
        assert len(found["name"]) <= 110
        assert found["name"] == title or (title.startswith(found["name"][:-1]) and len(title) > 110)
    assert {a.territory.kind for a in sample.directory.actions.values()} > {"commune"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "59378",  # two of its actions have one theme
            {
                "name": "Marcq-en-Barœul",
                "kind": "Commune",
                "url": "territoires/59378-marcq-en-baroeul/",
                "population": 40184,
                "departement": "Nord",
                "region": "Hauts-de-France",
                "epci": "Métropole Européenne de Lille",
                "labels": [[2018, 5, 0, ["Numérique éducatif"]]],
                "actions": 2,
                "themes": [["Numérique éducatif", 2], ["Réseau social", 1]],
                "services": ["Portail famille"],
                "membership": [
                    "peut devenir membre, par la Métropole européenne de Lille depuis 2016"
                ],
            },
        ),
        (
            "73008",
            {
                "name": "Aix-les-Bains",
                "kind": "Commune",
                "url": "territoires/73008-aix-les-bains/",
                "population": 32406,
                "departement": "Savoie",
                "region": "Auvergne-Rhône-Alpes",
                "epci": "CA Grand Lac",
                "labels": [[2018, 4, 1, ["Arobase verte"]], [2015, 5, 0, []]],
                "actions": 1,
                "themes": [["Médiation numérique", 1]],
            },
        ),
        (
            "200093201",  # is in no other, and offers membership to its own
            {
                "name": "Métropole Européenne de Lille",
                "kind": "métropole",
                "url": "territoires/200093201-metropole-europeenne-de-lille/",
                "population": 1195234,
                "departement": "Nord",
                "region": "Hauts-de-France",
                "actions": 0,
                "membership": ["membre praemium, depuis le 2 juillet 2016"],
            },
        ),
        (
            "reg-32",
            {
                "name": "Hauts-de-France",
                "kind": "Région",
                "url": "regions/32-hauts-de-france/",
                "population": 3011367,
                "actions": 0,
            },
        ),
    ],
)
def test_facts_that_are_compared(tiny: Small, code: str, expected: dict[str, Any]) -> None:
    found = compare_data.facts(tiny.directory, tiny.directory.territories[code])
    assert found == expected
    made = [json.loads(asset.content()) for asset in compare_data.assets(tiny.directory)]
    assert [facts for file in made for key, facts in file.items() if key == code] == [expected]


def test_a_feed_without_changes_says_whose_it_is(tiny: Small) -> None:
    """RFC 4287: who made it, under which licence, where it and its page are."""
    found = {asset.url: asset.content() for asset in feeds.feeds(tiny.directory, tiny.site, ())}
    for url, title, page in (
        ("flux/tout.xml", "toutes les nouveautés", ""),
        ("flux/themes/reseau-social.xml", "thème « Réseau social »", "themes/reseau-social/"),
        ("flux/territoires/dep-59.xml", "Nord", "departements/59-nord/"),
    ):
        root = ElementTree.fromstring(found[url])
        assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "fr"}
        assert plain(root.findtext(f"{ATOM}title") or "") == f"Atlaas : {title}"
        assert root.findtext(f"{ATOM}updated") == "2000-01-01T00:00:00Z"
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Contributeurs de l'Atlaas"
        assert root.findtext(f"{ATOM}rights") == "Licence Ouverte 2.0"
        itself = {"rel": "self", "type": "application/atom+xml", "href": SITE_URL + url}
        of_page = {
            "rel": "alternate",
            "type": "text/html",
            "hreflang": "fr",
            "href": SITE_URL + page,
        }
        assert [link.attrib for link in root.findall(f"{ATOM}link")] == [itself, of_page]


def test_a_feed_without_changes_has_the_date_of_its_newest_record(sample: Small) -> None:
    found = {a.url: a.content() for a in feeds.feeds(sample.directory, sample.site, ())}
    for url, day in (
        ("flux/tout.xml", "2026-11-21"),  # the newest of all files
        ("flux/territoires/73008.xml", "2025-09-01"),
        ("flux/territoires/dep-73.xml", "2025-09-01"),  # of what lies in it
        ("flux/territoires/dep-01.xml", "2000-01-01"),  # of which nothing is known
    ):
        root = ElementTree.fromstring(found[url])
        assert root.findtext(f"{ATOM}updated") == f"{day}T00:00:00Z", url
