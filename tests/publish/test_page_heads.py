"""What a page's head says to machines: its twin in the API, its feed, its structured data."""

from __future__ import annotations

import json

import pytest

from atlaas.pages.page import Site, root_of
from atlaas.publish.page_heads import markup
from support import SITE_URL, Html, Small

JSON, ATOM = "application/json", "application/atom+xml"


def head(tiny: Small, url: str, site: Site | None = None) -> Html:
    page = tiny.pages[url]
    return Html(markup(tiny.directory, site or Site(SITE_URL), page, root_of(url)))


def links(tiny: Small, url: str, site: Site | None = None) -> list[tuple[str, str]]:
    """(type, address) of each link of the head."""
    found = head(tiny, url, site).all("link")
    found = [tag for tag in found if tag.attributes["rel"] in ("alternate", "search")]
    return [(tag.attributes["type"], tag.attributes["href"]) for tag in found]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("actions/59378/la-bonne-appli/", [(JSON, "api/v1/actions/59378/la-bonne-appli.json")]),
        (
            "territoires/73008-aix-les-bains/",
            [(JSON, "api/v1/territories/73008.json"), (ATOM, "flux/territoires/73008.xml")],
        ),
        (  # has no file of its own, and an action
            "territoires/59350-lille/",
            [(JSON, "api/v1/territories/59350.json"), (ATOM, "flux/territoires/59350.xml")],
        ),
        ("label/2018/", [(JSON, "api/v1/editions/2018.json")]),
        ("acteurs/universite-de-lille/", [(JSON, "api/v1/actors/universite-de-lille.json")]),
        (
            "themes/numerique-educatif/",
            [
                (JSON, "api/v1/themes/numerique-educatif.json"),
                (ATOM, "flux/themes/numerique-educatif.xml"),
            ],
        ),
        ("enjeux/mediation/", [(JSON, "api/v1/enjeux/mediation.json")]),
        ("carte/", []),
    ],
)
def test_a_page_names_its_twin_and_its_feed(
    tiny: Small, url: str, expected: list[tuple[str, str]]
) -> None:
    up = "../" * url.count("/")
    assert links(tiny, url) == [(kind, up + address) for kind, address in expected]


def test_the_home_page_names_the_feed_of_everything_and_the_search(tiny: Small) -> None:
    found = {tag.attributes["rel"]: tag.attributes for tag in head(tiny, "").all("link")}
    assert found["alternate"] == {
        "rel": "alternate",
        "type": ATOM,
        "title": "Nouveautés de l'Atlaas",
        "href": "./flux/tout.xml",
    }
    assert found["search"]["href"] == "./opensearch.xml"
    assert links(tiny, "", Site()) == [(ATOM, "./flux/tout.xml")]  # no address, no OpenSearch


@pytest.mark.parametrize(
    "url",
    [
        "actions/59378/la-bonne-appli/",
        "label/2018/",
        "acteurs/universite-de-lille/",
        "enjeux/mediation/",
    ],
)
def test_without_an_api_no_page_names_a_twin(tiny: Small, url: str) -> None:
    assert links(tiny, url, Site(SITE_URL, api=False)) == []


def test_a_territory_keeps_its_feed_without_an_api(tiny: Small) -> None:
    url = "territoires/73008-aix-les-bains/"
    assert links(tiny, url, Site(SITE_URL, api=False)) == [
        (ATOM, "../../flux/territoires/73008.xml")
    ]


def test_structured_data_of_a_territory_and_an_action(tiny: Small) -> None:
    aix = json.loads(head(tiny, "territoires/73008-aix-les-bains/").one("script").text)
    assert aix["@context"] == "https://schema.org"
    assert aix["name"] == "Aix-les-Bains"
    assert aix["award"] == "label Territoires, Villes et Villages Internet 2018, 4 @"
    appli = json.loads(head(tiny, "actions/59378/la-bonne-appli/").one("script").text)
    assert appli["name"] == "Appel à projets « La bonne appli »"
    assert head(tiny, "label/2018/").all("script") == []


def test_the_picture_of_an_action_says_nothing_that_another_action_changes(tiny: Small) -> None:
    """The card of its territory counts actions: in words, each page would change with the count."""
    action = head(tiny, "actions/59378/la-bonne-appli/").all("meta")
    said = {tag.attributes["property"]: tag.attributes["content"] for tag in action}
    assert said == {
        "og:image": f"{SITE_URL}cartes/territoires/59378.png",
        "og:image:alt": "Marcq-en-Barœul dans l’Atlaas",
        "og:image:width": "800",
        "og:image:height": "420",
    }
    assert head(tiny, "actions/59378/la-bonne-appli/", Site()).all("meta") == []
