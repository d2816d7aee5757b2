"""Feeds, calendar, old addresses and structured data, read back by their own parsers."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest

from atlaas.history.changes import RecordChange
from atlaas.history.news import PER_FEED, by_day, news
from atlaas.pages.page import Site
from atlaas.project import Project
from atlaas.publish import calendar, discovery, feeds, jsonld, redirects
from support import SITE_URL, Html, Small, many_actions, plain, tiny_tree

Publish = Callable[[Path, Path, Site], dict[str, bytes]]
CHANGES = [
    RecordChange(
        "2026-02-02T10:00:00Z",
        "c" * 12,
        "territory",
        "59512",
        False,
        ("label 2018 : passe de 4 à 5 @", "doute levé"),
    ),
    RecordChange("2026-02-01T10:00:00Z", "b" * 12, "action", "59378/la-bonne-appli", True, ()),
    RecordChange("2026-02-01T10:00:00Z", "b" * 12, "action", "59378/disparue", True, ()),
    RecordChange(
        "2026-01-01T10:00:00Z",
        "a" * 12,
        "group",
        "",
        True,
        ("520 actions ajoutées",),
        (
            "data/actions/73/73008-aix-les-bains/tiers-lieu.md",
            "data/actions/73/73008-aix-les-bains/disparue.md",
            "data/territories/59/59512-roubaix.yml",
        ),
    ),
]


@pytest.fixture(scope="module")
def atom(tiny: Small) -> dict[str, bytes]:
    """The feeds of the tiny project with the changes above."""
    assets = feeds.feeds(tiny.directory, tiny.site, CHANGES)
    return {asset.url: asset.content() for asset in assets}


def titles(content: bytes) -> list[str]:
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.bozo_exception
    return [plain(entry.title) for entry in feed.entries]


def test_the_feed_of_everything(atom: dict[str, bytes]) -> None:
    feed = feedparser.parse(atom["flux/tout.xml"])
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.id == "tag:atlaas,2026:flux/tout"
    assert feed.feed.updated == "2026-02-02T10:00:00Z"
    assert [link.href for link in feed.feed.links] == [f"{SITE_URL}flux/tout.xml", SITE_URL]
    assert [(plain(entry.title), entry.link, plain(entry.summary)) for entry in feed.entries] == [
        (
            "Roubaix : label 2018 : passe de 4 à 5 @ ; doute levé",
            f"{SITE_URL}territoires/59512-roubaix/",
            "label 2018 : passe de 4 à 5 @ ; doute levé",
        ),
        (
            "Marcq-en-Barœul : Appel à projets « La bonne appli » (nouvelle action)",
            f"{SITE_URL}actions/59378/la-bonne-appli/",
            "nouvelle action",
        ),
        ("Ajout en nombre : 520 actions ajoutées", SITE_URL, "520 actions ajoutées"),
        *(
            (f"{name} : {title}", f"{SITE_URL}actions/{url}/", "fiche de l'Atlaas")
            for name, title, url in (
                ("Aix-les-Bains", "Tiers-lieu au casino", "73008/tiers-lieu"),
                ("Lille", "Maison du numérique", "59350/maison-du-numerique"),
                ("Marcq-en-Barœul", "École connectée", "59378/ecole-connectee"),
            )
        ),
        *(
            (f"{name} : fiche de l'Atlaas", f"{SITE_URL}territoires/{url}/", "fiche de l'Atlaas")
            for name, url in (
                ("Aix-les-Bains", "73008-aix-les-bains"),
                ("Marcq-en-Barœul", "59378-marcq-en-baroeul"),
                ("Métropole Européenne de Lille", "200093201-metropole-europeenne-de-lille"),
                ("Nord numérique", "x-nord-numerique"),
            )
        ),
    ]
    assert feed.entries[1].id == f"tag:atlaas,2026:changement/{'b' * 12}/59378/la-bonne-appli"


def test_feeds_hold_what_lies_inside_them(atom: dict[str, bytes]) -> None:
    roubaix = "Roubaix : label 2018 : passe de 4 à 5 @ ; doute levé"
    appli = "Marcq-en-Barœul : Appel à projets « La bonne appli » (nouvelle action)"
    new = "Roubaix : nouvelle fiche"  # one of the group
    for code in ("200093201", "dep-59", "reg-32"):
        assert titles(atom[f"flux/territoires/{code}.xml"])[:3] == [roubaix, appli, new], code
    assert titles(atom["flux/themes/reseau-social.xml"]) == [appli]


def test_what_came_with_many_others_is_news_where_it_belongs(atom: dict[str, bytes]) -> None:
    casino = "Aix-les-Bains : Tiers-lieu au casino (nouvelle action)"
    assert titles(atom["flux/themes/mediation-numerique.xml"]) == [casino]
    entry = feedparser.parse(atom["flux/territoires/dep-73.xml"]).entries[0]
    assert (plain(entry.title), entry.updated) == (casino, "2026-01-01T10:00:00Z")
    assert entry.id == f"tag:atlaas,2026:changement/{'a' * 12}/73008/tiers-lieu"
    assert casino not in titles(atom["flux/tout.xml"])


def test_a_feed_starts_with_what_is_known_and_is_never_empty(atom: dict[str, bytes]) -> None:
    known = "Marcq-en-Barœul : {}".format
    assert titles(atom["flux/territoires/59378.xml"]) == [
        known("Appel à projets « La bonne appli » (nouvelle action)"),
        known("École connectée"),
        known("fiche de l'Atlaas"),
    ]
    assert titles(atom["flux/territoires/dep-01.xml"]) == ["Rien pour l'instant"]
    assert all(titles(content) for content in atom.values())


def test_a_feed_is_filled_with_ten_records_and_no_more(tmp_path: Path) -> None:
    small = Small(tiny_tree(tmp_path, many_actions(12)))
    found = {a.url: a.content() for a in feeds.feeds(small.directory, small.site, ())}
    assert titles(found["flux/territoires/59350.xml"]) == [
        f"Lille : Atelier numéro {number:03}" for number in range(1, 11)
    ]


def test_a_large_import_is_one_line_that_opens(
    tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlaas.pages.news.load", lambda _: CHANGES)
    page = Html(tiny.html("nouveautes/"))
    (opened,) = page.all("details")
    assert page.one("summary").text == "Ajout en nombre : 520 actions ajoutées"
    assert "Aix-les-Bains : Tiers-lieu au casino" in opened.text and "Roubaix" in opened.text
    assert page.links()["Aix-les-Bains : Tiers-lieu au casino"].endswith("73008/tiers-lieu/")
    monkeypatch.setattr("atlaas.pages.news.NAMED", 1)
    assert "Et 1 autre, parmi" in Html(tiny.html("nouveautes/")).one("details").text


def test_every_feed_is_valid(any_files: dict[str, bytes]) -> None:
    """RFC 4287: what each feed and each entry must have, and ids that are never met twice."""
    space = "{http://www.w3.org/2005/Atom}"
    ids = set()
    for url, content in any_files.items():
        if url.startswith("flux/"):
            root = ElementTree.fromstring(content)
            for element in (root, *root.iter(f"{space}entry")):
                for name in ("id", "title", "updated"):
                    assert len(element.findall(space + name)) == 1, url
                assert element.findtext(f"{space}title")
            assert root.find(f"{space}author/{space}name") is not None
            entries = [entry.findtext(f"{space}id") for entry in root.iter(f"{space}entry")]
            assert len(set(entries)) == len(entries) <= PER_FEED
            ids.add(root.findtext(f"{space}id"))
    assert len(ids) > 10


def test_the_feed_that_a_page_names_is_there(tiny: Small, atom: dict[str, bytes]) -> None:
    for territory in tiny.directory.territories.values():
        url = feeds.territory_feed(territory)
        assert url is None or url in atom


def test_feeds_work_without_the_address_of_the_site(tiny: Small) -> None:
    assets = {a.url: a for a in feeds.feeds(tiny.directory, Site(), CHANGES)}
    feed = feedparser.parse(assets["flux/themes/reseau-social.xml"].content())
    assert feed.entries[0].link == "../../actions/59378/la-bonne-appli/"


def test_news_stand_under_their_days(tiny: Small) -> None:
    days = by_day(news(tiny.directory, CHANGES), 10)
    assert [
        (day.date, [[item.subject for item in line] for line in day.lines]) for day in days
    ] == [
        ("2 février 2026", [["Roubaix"]]),
        ("1er février 2026", [["Appel à projets « La bonne appli »"]]),
        ("1er janvier 2026", [[""]]),
    ]
    assert [day.date for day in by_day(news(tiny.directory, CHANGES), 2)] == [
        "2 février 2026",
        "1er février 2026",
    ]


def test_many_changes_of_one_commit_are_one_line_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirteen records corrected at once, then one of them again."""
    small = Small(tiny_tree(tmp_path, many_actions(13)))
    when, ids = "2026-03-01T10:00:00Z", [f"59350/atelier-numero-{n:03}" for n in range(1, 14)]
    at_once = [RecordChange(when, "d" * 12, "action", id_, False, ("doute levé",)) for id_ in ids]
    after = at_once[0]._replace(when="2026-03-02T10:00:00Z", commit="e" * 12)
    days = by_day(news(small.directory, [after, *at_once]), 10)
    assert [[len(line) for line in day.lines] for day in days] == [[1], [13]]
    monkeypatch.setattr("atlaas.pages.news.load", lambda _: [after, *at_once])
    page = Html(small.html("nouveautes/"))
    assert page.one("summary").text == "Changement en nombre : 13 fiches"
    assert "Atelier numéro 013 (doute levé)" in page.one("details").text


def test_the_calendar_holds_the_ceremonies_whose_day_is_known(files: dict[str, bytes]) -> None:
    content = files["label/editions.ics"]
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event["UID"] == "edition-2017@atlaas"
    assert event.decoded("DTSTART") == date(2017, 2, 1)
    assert event.decoded("DTEND") == date(2017, 2, 2)
    assert event["SUMMARY"] == "Label 2017 : remise des labels"
    assert event["DESCRIPTION"] == "Dans l'Atlaas : 1 label connu sur 331 villes labellisées."
    assert event["LOCATION"] == "Paris"


def test_calendar_lines_are_short_and_end_as_they_must(any_files: dict[str, bytes]) -> None:
    content = any_files["label/editions.ics"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= calendar.WIDTH
    assert not icalendar.Calendar.from_ical(content).errors


def test_long_lines_are_folded_between_characters() -> None:
    line = "SUMMARY:" + "é" * 60
    folded = calendar.fold(line)
    assert [len(part) for part in folded.split(b"\r\n")] == [74, 55, 0]
    assert folded.replace(b"\r\n ", b"").decode() == f"{line}\r\n"
    lengths = {75: [75, 0], 76: [75, 2, 0], 149: [75, 75, 0], 150: [75, 75, 2, 0]}
    for count, expected in lengths.items():  # the space that starts a further line counts
        assert [len(part) for part in calendar.fold("x" * count).split(b"\r\n")] == expected
    assert calendar.escape("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"


def test_a_former_code_leads_to_the_commune_it_joined(files: dict[str, bytes]) -> None:
    """Lomme (59355) joined Lille (59350) in 2000."""
    page = Html(files["territoires/59355-lomme/index.html"].decode())
    refresh = page.one("meta", **{"http-equiv": "refresh"})
    assert refresh.attributes["content"] == "0; url=../../territoires/59350-lille/"
    canonical = page.one("link", rel="canonical").attributes["href"]
    assert canonical == f"{SITE_URL}territoires/59350-lille/"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.one("meta", **{"http-equiv": "Content-Security-Policy"})
    assert json.loads(files["api/v1/territories/59355.json"]) == {
        "moved": f"{SITE_URL}api/v1/territories/59350.json",
        "url": f"{SITE_URL}territoires/59350-lille/",
    }
    assert files["flux/territoires/59355.xml"] == files["flux/territoires/59350.xml"]


def test_written_redirects_are_followed_to_their_end(tmp_path: Path, published: Publish) -> None:
    moved = """\
- from: actions/59350/vieille/
  to: actions/59350/moins-vieille/
- from: actions/59350/moins-vieille/
  to: actions/59350/maison-du-numerique/
- from: territoires/59378-marcq/
  to: territoires/59378-marcq-en-baroeul/
- from: territoires/x-ancien/
  to: territoires/73008-aix-les-bains/
- from: territoires/59512-roubaix/
  to: territoires/59350-lille/
"""  # of which ``build`` and ``check`` refuse the last one
    root = tiny_tree(tmp_path / "tree", {"data/redirects.yml": moved})
    files = published(root, Site(SITE_URL))
    for old in ("vieille", "moins-vieille"):
        html = files[f"actions/59350/{old}/index.html"].decode()
        assert 'content="0; url=../../../actions/59350/maison-du-numerique/"' in html
        assert json.loads(files[f"api/v1/actions/59350/{old}.json"])["moved"] == (
            f"{SITE_URL}api/v1/actions/59350/maison-du-numerique.json"
        )
    assert "territoires/59378-marcq/index.html" in files
    # Who followed a territory that another one took over still gets its news.
    taken = files["flux/territoires/x-ancien.xml"]
    assert taken == files["flux/territoires/73008.xml"]
    # A page that exists is never replaced.
    assert "territoires/59512-roubaix/index.html" not in files
    assert json.loads(files["api/v1/territories/59512.json"])["name"] == "Roubaix"
    assert files["flux/territoires/59512.xml"] != files["flux/territoires/59350.xml"]


def test_redirects_that_turn_in_a_circle_are_left_out(tmp_path: Path) -> None:
    text = "- from: a/\n  to: b/\n- from: b/\n  to: a/\n"
    assert redirects.written(Project(tiny_tree(tmp_path, {"data/redirects.yml": text}))) == {}


def test_structured_data_is_small_and_can_not_close_its_element(tiny: Small) -> None:
    found = jsonld.action(tiny.directory.actions["59378/la-bonne-appli"])
    evil: dict[str, Any] = {**found, "name": "</script><script>alert(1)</script>"}
    written = jsonld.script([jsonld.as_text(evil)])
    assert written.count("<") == 2
    said = json.loads(written.partition(">")[2].rpartition("<")[0])
    assert said == {"@context": "https://schema.org", **evil}
    assert jsonld.script([]) == ""
    for each in tiny.directory.actions.values():
        assert len(jsonld.as_text(jsonld.action(each))) <= 300


def test_the_doors_name_the_sitemap_and_the_search(files: dict[str, bytes], tiny: Small) -> None:
    assert files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {SITE_URL}sitemap.xml"
    root = ElementTree.fromstring(files["opensearch.xml"])
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    template = root.findall(f"{space}Url")[0].attrib["template"]
    assert template == f"{SITE_URL}recherche/?q={{searchTerms}}"
    assert [asset.url for asset in discovery.assets(tiny.directory, Site())] == ["robots.txt"]
