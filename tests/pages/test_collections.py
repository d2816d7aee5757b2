"""Collections: their page, their place in the explorer, their feed, and what follows a rename."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from atlaas import build
from atlaas.edit import moves
from atlaas.edit.workspace import open_workspace
from atlaas.project import Project
from support import SITE_URL, Html, Small, plain, tiny_tree

PATH = "data/collections/apprendre.yml"
COLLECTION = """\
title: Apprendre
why: Des lieux « ouverts » à tous.
actions:
  - 59350/maison-du-numerique
  - 73008/tiers-lieu
territories:
  - "59512"
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return Small(tiny_tree(tmp_path_factory.mktemp("c"), {PATH: COLLECTION}))


def files(small: Small) -> dict[str, bytes]:
    made = build.published(small.directory, small.site, list(small.pages.values()), [])
    wanted = ("flux/", "actions/explorer/")
    return {asset.url: asset.content() for asset in made if asset.url.startswith(wanted)}


def test_a_collection_has_its_page(small: Small) -> None:
    page = Html(small.html("collections/apprendre/"))
    assert page.one("h1").text == "Apprendre"
    assert "Des lieux « ouverts » à tous." in page.one("p", **{"class": "intro"}).text
    links = page.links()
    # In the order of the file: Lille first.
    cards = [tag.text for tag in page.all("h3")]
    assert cards == ["Maison du numérique", "Tiers-lieu au casino"]
    assert links["Roubaix"] == "../../territoires/59512-roubaix/"
    assert links["Filtrer et télécharger ces actions"] == "../../actions/?collection=apprendre"
    assert links["Suivre cette collection (flux Atom)"] == "../../flux/collections/apprendre.xml"
    assert "2 actions, 1 territoire" in small.text("collections/")
    assert Html(small.html("actions/")).links()["les collections"] == "../collections/"


def test_without_a_collection_nothing_speaks_of_them(tiny: Small) -> None:
    assert not [url for url in tiny.pages if url.startswith("collections/")]
    assert "ollection" not in tiny.html("actions/")


def test_the_explorer_can_choose_it(small: Small) -> None:
    """« A » is the first choice; the ids of all actions stand in the same order."""
    found = files(small)
    ids = json.loads(found["actions/explorer/adresses.json"])
    letters = json.loads(found["actions/explorer/collection.json"]).split(".")
    assert dict(zip(ids, letters, strict=True)) == {
        "59350/maison-du-numerique": "A",
        "73008/tiers-lieu": "A",
        "59378/la-bonne-appli": "",
        "59378/ecole-connectee": "",
    }
    page = Html(small.html("actions/"))
    assert page.one("select", name="collection").text == "ToutesApprendre"
    assert page.one("div", id="explorer").attributes["data-on-demand"].endswith(",collection")


def test_its_feed_holds_its_members(small: Small) -> None:
    feed = feedparser.parse(files(small)["flux/collections/apprendre.xml"])
    assert plain(feed.feed.title) == "Atlaas : collection « Apprendre »"
    assert [entry.link for entry in feed.entries] == [
        f"{SITE_URL}actions/73008/tiers-lieu/",
        f"{SITE_URL}actions/59350/maison-du-numerique/",
        f"{SITE_URL}territoires/59512-roubaix/",
    ]


def test_a_collection_follows_what_is_renamed(tmp_path: Path) -> None:
    space = open_workspace(Project(tiny_tree(tmp_path, {PATH: COLLECTION})), "2026-11-21")
    path = "data/actions/73/73008-aix-les-bains/tiers-lieu.md"
    move = moves.rename_action(space, path, "tiers-lieu-au-casino")
    assert move.files[PATH] == COLLECTION.replace("73008/tiers-lieu", "73008/tiers-lieu-au-casino")
    merged = moves.take_over(space, ["59512"], "59350", True, "https://exemple.org/fusion")
    assert merged.files[PATH] == COLLECTION.replace('"59512"', '"59350"')
