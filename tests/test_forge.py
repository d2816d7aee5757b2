"""Addresses on the forge."""

from __future__ import annotations

from atlaas.build import site_of
from atlaas.forge import Forge

FORGE = Forge("https://forge.example/atlaas/atlaas", "main")
PATH = "data/territories/73/73008-aix-les-bains.yml"


def test_addresses() -> None:
    root = "https://forge.example/atlaas/atlaas"
    assert FORGE.file(PATH) == f"{root}/blob/main/{PATH}"
    assert FORGE.edit(PATH) == f"{root}/edit/main/{PATH}"
    assert FORGE.history(PATH) == f"{root}/commits/main/{PATH}"
    assert FORGE.new("data/actions/73") == f"{root}/new/main/data/actions/73"


def test_what_an_address_can_not_hold_is_encoded() -> None:
    forge = Forge("https://forge.example/a/b", "ma branche#1")
    assert forge.file("data/é ?.yml") == (
        "https://forge.example/a/b/blob/ma%20branche%231/data/%C3%A9%20%3F.yml"
    )


def test_without_an_address_or_a_file_there_is_no_link() -> None:
    assert Forge().file(PATH) == Forge().edit(PATH) == Forge().new("data") == ""
    assert FORGE.edit("") == ""


def test_addresses_of_the_forms() -> None:
    root = "https://forge.example/atlaas/atlaas"
    assert FORGE.form_addresses() == {
        "new": f"{root}/new/main?filename={{path}}&value={{value}}",
        "blank": f"{root}/new/main?filename={{path}}",
        "edit": f"{root}/edit/main/{{path}}",
        "follow": f"{root}/pulls",
    }
    assert FORGE.issue() == f"{root}/issues"
    assert FORGE.issue("action.yml") == f"{root}/issues/new?template=action.yml"
    assert Forge().form_addresses() == {} and Forge().issue("action.yml") == ""


def test_settings_that_are_empty_are_settings_left_out() -> None:
    """« ATLAAS_FORGE_URL= » in the environment: mkdocs.yml then holds null."""
    site = site_of(None, {"forge": {"url": None, "branch": None}})
    assert (site.url, site.forge, site.api) == ("", Forge("", "main"), True)
    named = site_of("https://a.example/", {"forge": {"url": "https://f.example/a/"}, "api": False})
    assert named.forge == Forge("https://f.example/a", "main")
    assert (named.url, named.api) == ("https://a.example/", False)
