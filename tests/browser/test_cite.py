"""« Citer cette page », from the page to its three forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest

from atlaas.pages.cite import Citation
from browser.conftest import Visit
from support import SITE_URL

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
ACTION = "actions/94033/projet-vocabulons-apprendre-le-francais-avec-le-numerique/"


def test_a_page_is_cited_by_its_title_address_and_date(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(ACTION)
        title = page.title().removesuffix(" — Atlaas")
        page.get_by_role("link", name="Citer cette page").click()
        page.wait_for_url("**/citer/?**")
        shown = page.locator("code").all_inner_texts()
        expected = Citation(title, SITE_URL + ACTION, "2026-11-21")
        # What a build writes of the page itself, but for the name and kind of the entry.
        assert shown[0] == expected.text
        key = "atlaas-" + ACTION.strip("/").replace("/", "-")
        assert shown[1] == expected.bibtex.replace("{atlaas,", f"{{{key},")
        [item] = json.loads(shown[2])
        [plain] = json.loads(expected.csl)
        assert item == plain | {"id": key, "type": "webpage", "container-title": "Atlaas"}
        assert visited.wrong == [] and visited.refused() == []


@pytest.mark.parametrize(
    "asked",
    [
        {"p": "https://ailleurs.example/", "t": "Piège"},
        {"p": "//ailleurs.example/", "t": "x"},
        {"p": "carte/"},
    ],
)
def test_another_site_is_not_cited(visit: Open, asked: dict[str, str]) -> None:
    with visit() as visited:
        page = visited.go(f"citer/?{urlencode(asked)}")
        assert "les données dans leur ensemble" in page.get_by_role("status").inner_text()
        assert "ailleurs" not in page.locator("main").inner_text()


def test_a_title_is_written_as_text(visit: Open) -> None:
    with visit() as visited:
        page = visited.go(f"citer/?{urlencode({'p': 'carte/', 't': '<img src=x> $& {a}_b'})}")
        line, bibtex, csl = page.locator("code").all_inner_texts()
        assert ", <img src=x> $& {a}_b, données" in line
        assert 'title = "{<img src=x> \\$\\& \\{a\\}\\_b}"' in bibtex
        assert json.loads(csl)[0]["title"] == "<img src=x> $& {a}_b"
        assert page.locator("main img").count() == 0 and visited.wrong == []
