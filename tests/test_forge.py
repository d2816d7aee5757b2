"""Addresses on the forge, as the documentation of each kind has them."""

from __future__ import annotations

import pytest

from atlaas.forge import KINDS, Forge, kind_of_address
from atlaas.pages.settings import WrongSetting, remarks, site_of

ROOT = "https://forge.example/atlaas/atlaas"
FORGES = {kind: Forge(ROOT, "main", kind) for kind in KINDS}
PATH = "data/territories/73/73008-aix-les-bains.yml"


@pytest.mark.parametrize(
    ("kind", "file", "edit", "history", "folder"),
    [
        ("github", "blob/main", "edit/main", "commits/main", "new/main"),
        ("gitlab", "-/blob/main", "-/edit/main", "-/commits/main", "-/new/main"),
        ("forgejo", "src/branch/main", "_edit/main", "commits/branch/main", "_new/main"),
    ],
)
def test_addresses_of_files(kind: str, file: str, edit: str, history: str, folder: str) -> None:
    forge = FORGES[kind]
    assert forge.file(PATH) == f"{ROOT}/{file}/{PATH}"
    assert forge.edit(PATH) == f"{ROOT}/{edit}/{PATH}"
    assert forge.history(PATH) == f"{ROOT}/{history}/{PATH}"
    assert forge.new("data/actions/73") == f"{ROOT}/{folder}/data/actions/73"


@pytest.mark.parametrize(
    ("kind", "new", "blank", "edit", "follow"),
    [
        (
            "github",
            "new/main?filename={path}&value={value}",
            "new/main?filename={path}",
            "edit/main/{path}",
            "pulls",
        ),
        # Its editor takes no text from an address: the form copies it, and says to paste it.
        ("gitlab", None, "-/new/main?file_name={path}", "-/edit/main/{path}", "-/merge_requests"),
        (
            "forgejo",
            "_new/main/?filename={path}&value={value}",
            "_new/main/?filename={path}",
            "_edit/main/{path}",
            "pulls",
        ),
    ],
)
def test_addresses_of_the_forms(
    kind: str, new: str | None, blank: str, edit: str, follow: str
) -> None:
    wanted = {"new": new, "blank": blank, "edit": edit, "follow": follow}
    given = FORGES[kind].form_addresses()
    words = {"name": FORGES[kind].name, "last": FORGES[kind].last}
    assert given == words | {name: f"{ROOT}/{url}" for name, url in wanted.items() if url}


@pytest.mark.parametrize(
    ("kind", "issues", "issue"),
    [
        ("github", "issues", "issues/new?template=action.yml"),
        ("gitlab", "-/issues", "-/issues/new?issuable_template=action"),
        ("forgejo", "issues", "issues/new?template=.github%2FISSUE_TEMPLATE%2Faction.yml"),
    ],
)
def test_addresses_of_requests(kind: str, issues: str, issue: str) -> None:
    assert FORGES[kind].issue() == f"{ROOT}/{issues}"
    assert FORGES[kind].requests == {
        "action": f"{ROOT}/{issue}",
        "territory": f"{ROOT}/{issue.replace('action', 'territoire')}",
    }


def test_what_an_address_can_not_hold_is_encoded() -> None:
    forge = Forge("https://forge.example/a/b", "ma branche#1")
    assert forge.file("data/é ?.yml") == (
        "https://forge.example/a/b/blob/ma%20branche%231/data/%C3%A9%20%3F.yml"
    )
    forge = Forge("https://forge.example/a/b", "ma branche#1", "forgejo")
    assert forge.form_addresses()["blank"] == (
        "https://forge.example/a/b/_new/ma%20branche%231/?filename={path}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_address_or_a_file_there_is_no_link(kind: str) -> None:
    none = Forge(kind=kind)
    assert none.file(PATH) == none.edit(PATH) == none.new("data") == none.history(PATH) == ""
    assert none.form_addresses() == {} and none.issue() == none.issue("action") == ""
    assert FORGES[kind].edit("") == ""


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/atlaas/atlaas", "github"),
        ("https://gitlab.com/atlaas/atlaas", "gitlab"),
        ("https://gitlab.ville.fr/atlaas", "gitlab"),
        ("https://codeberg.org/atlaas/atlaas", "forgejo"),
        ("https://forgejo.ville.fr/a/gitlab", "forgejo"),
        ("https://depot.ville.fr/atlaas", "github"),
        ("", "github"),
    ],
)
def test_the_kind_is_guessed_from_the_address(url: str, kind: str) -> None:
    assert kind_of_address(url) == kind
    assert site_of("", {"forge": {"url": url}}).forge.kind == kind


def test_one_setting_says_the_kind() -> None:
    forge = {"url": "https://depot.ville.fr/a/", "kind": "forgejo"}
    assert site_of("", {"forge": forge}).forge == Forge(
        "https://depot.ville.fr/a", "main", "forgejo"
    )
    with pytest.raises(WrongSetting, match="ATLAAS_FORGE_KIND=svn : genre de forge inconnu"):
        list(remarks(site_of("", {"forge": forge | {"kind": "svn"}})))


def test_settings_that_are_empty_are_settings_left_out() -> None:
    """« ATLAAS_FORGE_URL= » in the environment: mkdocs.yml then holds null."""
    site = site_of(None, {"forge": {"url": None, "branch": None, "kind": None}})
    assert (site.url, site.forge, site.api) == ("", Forge("", "main"), True)
    named = site_of("https://a.example/", {"forge": {"url": "https://f.example/a/"}, "api": False})
    assert named.forge == Forge("https://f.example/a", "main")
    assert (named.url, named.api) == ("https://a.example/", False)
