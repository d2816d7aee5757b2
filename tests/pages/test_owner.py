"""Whose site it is, and what a build says where nobody knows."""

from __future__ import annotations

import pytest

from atlaas.build import BuildError, remarks, site_of
from atlaas.pages.owner import SiteOwner


def test_a_contact_is_an_address_of_either_kind() -> None:
    mail, page = SiteOwner("bonjour@atlaas.example"), SiteOwner("https://atlaas.example/ecrire/")
    assert (mail.url, mail.words) == ("mailto:bonjour@atlaas.example", "bonjour@atlaas.example")
    assert (page.url, page.words) == ("https://atlaas.example/ecrire/", "la page de contact")
    assert SiteOwner().url == ""


@pytest.mark.parametrize("contact", ["Jeanne", "http://atlaas.example/", "a@b", "javascript:x"])
def test_another_contact_stops_the_build(contact: str) -> None:
    with pytest.raises(BuildError, match="ATLAAS_CONTACT"):
        list(remarks(site_of("", {"contact": contact})))


def test_a_published_site_says_who_publishes_it() -> None:
    known = {"contact": "bonjour@atlaas.example", "publisher": "Une association", "host": "Ici"}
    assert list(remarks(site_of("https://atlaas.example/", known))) == []
    assert list(remarks(site_of(None, {}))) == []  # a preview
    [remark] = remarks(site_of("https://atlaas.example/", {**known, "contact": None}))
    assert "ATLAAS_CONTACT (docs/forge.md)" in remark
    assert "ATLAAS_HOST" not in remark
