"""Whose site it is, and what a build says where nobody knows."""

from __future__ import annotations

import pytest

from atlaas.pages.owner import SiteOwner
from atlaas.pages.settings import WrongSetting, remarks, site_of


def test_a_contact_is_an_address_of_either_kind() -> None:
    mail, page = SiteOwner("bonjour@atlaas.example"), SiteOwner("https://atlaas.example/ecrire/")
    assert (mail.url, mail.words) == ("mailto:bonjour@atlaas.example", "bonjour@atlaas.example")
    assert (page.url, page.words) == ("https://atlaas.example/ecrire/", "la page de contact")
    assert SiteOwner().url == ""


@pytest.mark.parametrize("contact", ["Jeanne", "http://atlaas.example/", "a@b", "javascript:x"])
def test_another_contact_stops_the_build(contact: str) -> None:
    with pytest.raises(WrongSetting, match="ATLAAS_CONTACT"):
        list(remarks(site_of("", {"contact": contact})))


def test_a_published_site_says_who_publishes_it() -> None:
    known = {"contact": "bonjour@atlaas.example", "publisher": "Une association"}
    known |= {"director": "La présidence", "host": "Ici"}
    assert list(remarks(site_of("https://atlaas.example/", known))) == []
    assert list(remarks(site_of(None, {}))) == []  # a preview
    [remark] = remarks(site_of("https://atlaas.example/", {**known, "contact": None}))
    assert "ATLAAS_CONTACT (docs/forge.md)" in remark
    assert "ATLAAS_HOST" not in remark


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"url": 'https://a.example/"onload="x/'}, "ATLAAS_SITE_URL"),
        ({"url": "javascript:alert(1)//"}, "ATLAAS_SITE_URL"),
        ({"url": "https://a.example/ b/"}, "ATLAAS_SITE_URL"),
        ({"url": "//a.example/"}, "ATLAAS_SITE_URL"),
        ({"url": "https://a.example"}, "il manque « / » à la fin"),
        ({"url": "https://u:p@a.example/"}, "ATLAAS_SITE_URL"),
        ({"url": "https://a.example/?a=1/"}, "ATLAAS_SITE_URL"),
        ({"url": "https://a.example/\n/"}, "ATLAAS_SITE_URL"),
        ({"forge": "javascript:alert(1)"}, "ATLAAS_FORGE_URL"),
        ({"forge": "https://f.example/a'b"}, "ATLAAS_FORGE_URL"),
        ({"forge": "https://f.example/a", "branch": "x y"}, "ATLAAS_FORGE_BRANCH"),
        ({"forge": "https://f.example/a", "branch": "-x"}, "ATLAAS_FORGE_BRANCH"),
    ],
)
def test_addresses_are_checked_once_when_they_are_read(
    settings: dict[str, str], named: str
) -> None:
    forge = {"url": settings.get("forge"), "branch": settings.get("branch")}
    with pytest.raises(WrongSetting, match=named):
        list(remarks(site_of(settings.get("url"), {"forge": forge})))


@pytest.mark.parametrize("url", ["https://a.example/", "http://127.0.0.1:8000/atlaas/"])
def test_usual_addresses_pass(url: str) -> None:
    forge = {"url": "https://f.example/a/b_c.d", "branch": "release/1.x"}
    assert list(remarks(site_of(url, {"forge": forge}))) != []  # on its owner alone
