"""What other sites show of a territory: read back, with values worked out by hand."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from atlaas.pages.page import Site
from atlaas.publish import embeds
from support import SITE_URL, Html, Small, many_actions, plain, tiny_tree

TITLE = "{http://www.w3.org/2000/svg}title"


def content(small: Small, path: str) -> bytes:
    return small.assets[f"integrer/{path}"].content()


def test_only_territories_of_which_something_is_known(tiny: Small) -> None:
    """Those of the six files, Lille, which has an action, and the communes that joined them.

    No région and no département.
    """
    found = {url.split("/")[1] for url in tiny.assets if url.startswith("integrer/")}
    files = {"73008", "59378", "59009", "59512", "200093201", "x-nord-numerique"}
    joined = {"59298", "59355", "59235", "59020"}
    assert found == {*files, *joined, "59350"}


def test_the_badge_is_that_of_the_newest_known_level(tiny: Small) -> None:
    def title(code: str) -> str | None:
        return ElementTree.fromstring(content(tiny, f"{code}/badge.svg")).findtext(TITLE)

    label = "Territoires, Villes et Villages Internet, 2018 : {} arobases sur 5"
    assert title("73008") == label.format(4)  # five in 2015
    assert title("59512") == label.format(5)
    assert title("59009") == "0 action dans l’Atlaas"  # its level of 2017 is not known
    assert title("59350") == "1 action dans l’Atlaas"


def test_the_light_page_names_the_actions_newest_first(tiny: Small) -> None:
    page = Html(content(tiny, "59378/index.html").decode())
    assert [tag.text for tag in page.all("li")] == [
        "Appel à projets « La bonne appli » en cours · 2016",
        "École connectée arrêtée · 2014",
    ]
    links = [tag.attributes for tag in page.all("a")]
    assert {link["target"] for link in links} == {"_blank"}
    assert links[1]["href"] == "../../actions/59378/la-bonne-appli/"
    assert "5 arobases sur 5, 2018" in page.one("main").text
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"})
    assert "script-src 'self'" in policy.attributes["content"]


def test_a_light_page_stays_light(tmp_path: Path) -> None:
    """Lille has 121 actions: 30 are named, and the other 91 are a link away."""
    small = Small(tiny_tree(tmp_path, many_actions(120)))
    data = content(small, "59350/index.html")
    page = Html(data.decode())
    assert len(page.all("li")) == 30 and "Et 91 autres" in plain(page.one("main").text)
    assert len(data) < 10_000  # names of 200 characters would make it 15 000
    assert len(json.loads(content(small, "59350/actions.json"))["actions"]) == 121


def test_words_of_records_are_escaped(tmp_path: Path) -> None:
    action = next(iter(many_actions(1).values())).replace("Atelier numéro 001", "Lire & 1 < 2")
    path = "data/actions/59/59350-lille/lire-1-2.md"
    html = content(Small(tiny_tree(tmp_path, {path: action})), "59350/index.html").decode()
    assert ">Lire &amp; 1 &lt; 2</a>" in html


def test_one_request_gives_titles_and_addresses(tiny: Small) -> None:
    t = tiny.directory.territories["59378"]
    assert json.loads(embeds.actions_json(tiny.directory, Site(SITE_URL), t)) == {
        "code": "59378",
        "name": "Marcq-en-Barœul",
        "url": f"{SITE_URL}territoires/59378-marcq-en-baroeul/",
        "licence": "Licence Ouverte 2.0",
        "label": {"edition": 2018, "level": 5},
        "actions": [
            {
                "title": "Appel à projets « La bonne appli »",
                "url": f"{SITE_URL}actions/59378/la-bonne-appli/",
                "themes": ["Réseau social", "Numérique éducatif"],
                "status": "en-cours",
                "started": "2016-03-01",
            },
            {
                "title": "École connectée",
                "url": f"{SITE_URL}actions/59378/ecole-connectee/",
                "themes": ["Numérique éducatif"],
                "status": "arretee",
                "started": "2014",
            },
        ],
    }


def test_what_a_site_shows_of_a_commune_that_merged_goes_on(sample: Small) -> None:
    """73066 is Chambéry's since it merged: both addresses show the same; one has the list."""
    made = {asset.url: asset for asset in embeds.pages(sample.directory, Site(SITE_URL))}
    for name in ("badge.svg", "index.html"):
        [old, new] = [made[f"integrer/{code}/{name}"].content() for code in ("73066", "73065")]
        assert old == new
    assert json.loads(made["integrer/73066/actions.json"].content()) == {
        "code": "73065",
        "name": "Chambéry",
        "url": f"{SITE_URL}territoires/73065-chambery/",
        "licence": "Licence Ouverte 2.0",
        "moved": f"{SITE_URL}integrer/73065/actions.json",
    }
