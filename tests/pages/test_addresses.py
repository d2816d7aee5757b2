"""Which addresses the tiny project has, and how pages lead to each other."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from atlaas.pages.page import Page, page_url, parts, root_of
from support import SITE_URL, Html, Small, many_actions, tiny_tree

CARD = re.compile("</h[234]>(?=<li>|</ul>)")  # what closes the card of an action


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project with 105 more actions in Lille, on one theme."""
    return Small(tiny_tree(tmp_path_factory.mktemp("many"), many_actions(105)))


def test_parts_of_a_listing() -> None:
    assert [len([*parts("", [0] * count)]) for count in (0, 1, 100, 101, 200, 201)] == [
        1,
        1,
        1,
        2,
        2,
        3,
    ]
    assert [*parts("themes/x/", "abcde", 2)] == [
        (1, 3, "themes/x/", "", "ab"),
        (2, 3, "themes/x/page/2/", " (page 2)", "cd"),
        (3, 3, "themes/x/page/3/", " (page 3)", "e"),
    ]
    assert [*parts("acteurs/", "")] == [(1, 1, "acteurs/", "", "")]


def test_page_url() -> None:
    assert page_url("themes/x/", 1) == "themes/x/"
    assert page_url("themes/x/", 2) == "themes/x/page/2/"


def test_root_of() -> None:
    assert root_of("") == "./"
    assert root_of("label/") == "../"
    assert root_of("actions/59378/la-bonne-appli/") == "../../../"


def test_every_record_has_its_page(tiny: Small) -> None:
    expected = {
        "",
        "territoires/",
        "actions/",
        "acteurs/",
        "themes/",
        "enjeux/",
        "usages/",
        "label/",
        "label/mentions/",
        "regions/",
        "departements/",
        "contexte/",
        "territoires/73008-aix-les-bains/",
        "territoires/59378-marcq-en-baroeul/",
        "territoires/59350-lille/",
        "territoires/59009-villeneuve-d-ascq/",
        "territoires/59512-roubaix/",
        "territoires/x-nord-numerique/",
        "territoires/200093201-metropole-europeenne-de-lille/",
        "actions/59378/la-bonne-appli/",
        "actions/59378/ecole-connectee/",
        "actions/59350/maison-du-numerique/",
        "actions/73008/tiers-lieu/",
        "acteurs/universite-de-lille/",
        "themes/numerique-educatif/",
        "themes/reseau-social/",
        "themes/mediation-numerique/",
        "enjeux/mediation/",
        "enjeux/emploi/",
        "usages/demarches-administratives/",
        "label/mentions/arobase-verte/",
        "label/mentions/numerique-educatif/",
        "label/2015/",
        "label/2016/",
        "label/2017/",
        "label/2018/",
        "regions/32-hauts-de-france/",
        "departements/59-nord/",
        "departements/73-savoie/",
        "departements/2A-corse-du-sud/",
    }
    assert expected <= set(tiny.pages)
    areas = ("regions/", "departements/")
    others = {
        url
        for url in set(tiny.pages) - expected
        if tiny.pages[url].listed and not url.startswith(areas) and not url.endswith("/diagnostic/")
    }
    assert not [
        url
        for url in others
        if re.match(r"territoires/|actions/|label/\d", url[:12]) and url != "label/5-arobases/"
    ]


def test_addresses_are_plain_and_end_with_a_slash(tiny: Small) -> None:
    for url in tiny.pages:
        assert url == "" or (url.endswith("/") and not url.startswith("/")), url
        assert url.isascii(), url
        assert "//" not in url, url


def test_links_of_every_page_lead_to_pages_and_anchors(many: Small) -> None:
    """Between the pages of records; those of content/ are looked at on the built site."""
    content = {"contribuer/", "donnees/", "a-propos/", "mots/"}
    parsed = {url: Html(many.html(url)) for url in many.pages if "departements/" not in url}
    for url, page in parsed.items():
        for tag in page.all("a"):
            address, _, anchor = urljoin(SITE_URL + url, tag.attributes["href"]).partition("#")
            if address.startswith(SITE_URL):
                target = address.removeprefix(SITE_URL).partition("?")[0]
                if "." in target.rpartition("/")[2]:
                    continue  # a file, not a page
                assert target in many.pages or target in content, (url, tag)
                if anchor and target in parsed:
                    ids = [t.attributes.get("id") for t in parsed[target].tags]
                    assert anchor in ids, (url, tag)


def test_titles_and_descriptions_are_written(many: Small) -> None:
    for page in many.pages.values():
        title, description = page.titled(page.values())
        assert title.strip() == title != ""
        assert description.strip() == description != ""
        assert "<" not in description
        assert "None" not in description


def test_no_two_pages_share_a_title(many: Small) -> None:
    seen: dict[str, Page] = {}
    for page in many.pages.values():
        title, _ = page.titled(page.values())
        assert title not in seen, f"{page.url} et {seen[title].url} : {title}"
        seen[title] = page


def test_values_are_made_only_when_asked_for(tiny: Small) -> None:
    page = tiny.pages["territoires/73008-aix-les-bains/"]
    assert page.values() == page.values()


def test_a_territory_with_many_actions_shows_the_first_sixty(many: Small) -> None:
    page = Html(many.html("territoires/59350-lille/"))
    assert len(CARD.findall(many.html("territoires/59350-lille/"))) == 60
    assert page.links()["Voir les 106 actions"] == "../../territoires/59350-lille/actions/"
    assert many.pages["territoires/59350-lille/actions/"].title == "Actions de Lille"


def test_its_listing_is_cut_into_pages_of_a_hundred(many: Small) -> None:
    assert "territoires/59350-lille/actions/page/3/" not in many.pages
    for url, count in (
        ("territoires/59350-lille/actions/", 100),
        ("territoires/59350-lille/actions/page/2/", 6),
        ("themes/reseau-social/", 100),
        ("themes/reseau-social/page/2/", 6),  # 105 and « La bonne appli »
        ("actions/", 100),
        ("actions/page/2/", 9),  # 105 and four
    ):
        assert len(CARD.findall(many.html(url))) == count, url


def test_no_action_is_lost_between_two_pages(many: Small) -> None:
    shown = [
        tag.text
        for url in ("actions/", "actions/page/2/")
        for tag in Html(many.html(url)).all("h2")
    ]
    assert sorted(shown) == sorted(a.record.title for a in many.directory.actions.values())


def test_the_pager(many: Small) -> None:
    first = Html(many.html("themes/reseau-social/"))
    assert first.one("a", rel="next").attributes["href"] == "../../themes/reseau-social/page/2/"
    assert [t for t in first.all("a") if t.attributes.get("rel") == "prev"] == []
    second = Html(many.html("themes/reseau-social/page/2/"))
    assert second.one("a", rel="prev").attributes["href"] == "../../../../themes/reseau-social/"
    assert [t for t in second.all("a") if t.attributes.get("rel") == "next"] == []
    current = [t.text for t in second.all("span") if t.attributes.get("aria-current") == "page"]
    assert "2" in current
    assert second.one("h1").text == "Réseau social page 2"


def test_a_short_listing_has_no_pager(tiny: Small) -> None:
    for url in ("themes/reseau-social/", "actions/", "territoires/"):
        assert not [
            t for t in Html(tiny.html(url)).all("nav") if t.attributes.get("class") == "pager"
        ]


def test_only_the_first_page_of_a_theme_has_its_definition(many: Small) -> None:
    assert "Actions connues par région" in many.text("themes/reseau-social/")
    assert "Actions connues par région" not in many.text("themes/reseau-social/page/2/")


def test_a_record_page_is_small(many: Small) -> None:
    """The body alone; the whole page is weighed on the built site."""
    assert len(many.html("actions/59378/la-bonne-appli/").encode()) < 6_000


def test_nothing_of_a_record_is_left_unescaped(tmp_path: Path) -> None:
    """A title cannot hold < by rule; an ampersand or quotes may, everywhere it is shown."""
    action = (
        "---\ntitle: 'R&D \"Ville & net\" d''ici'\nterritory: \"59350\"\nthemes: [reseau-social]\n"
        "sources:\n  - url: https://exemple.org/a?b=1&c=2\n    title: 'Le \"Journal\" & co'\n"
        "---\n\nTexte.\n"
    )
    path = "data/actions/59/59350-lille/r-d-ville-net-d-ici.md"
    small = Small(tiny_tree(tmp_path, {path: action}))
    made = small.html("actions/59350/r-d-ville-net-d-ici/")
    assert "R&amp;D" in made
    assert "R&D" not in made
    assert 'href="https://exemple.org/a?b=1&amp;c=2"' in made
    page = Html(made)
    assert page.one("h1").text == 'R&D "Ville & net" d\'ici'
    assert 'Le "Journal" & co' in small.text("actions/59350/r-d-ville-net-d-ici/")
