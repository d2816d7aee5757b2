"""The lines of /integrer/ on a page of another origin."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from scripts.serving import served

HOST = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mairie</title>
<a href="{home}"><img src="{home}integrer/73008/badge.svg" width="160" height="66" alt=""></a>
<iframe data-atlaas src="{home}integrer/73008/{query}" width="100%" height="40"></iframe>
<iframe data-atlaas src="{home}actions/?theme=mediation-numerique&integrer=oui" width="100%"
 height="40"></iframe>
<script src="{home}assets/js/embed-host.js" async></script></html>
"""


def test_another_site_shows_a_town(browser: Browser, at_root: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(HOST.format(home=at_root, query=""), encoding="utf-8")
    (tmp_path / "clair").mkdir()
    light = HOST.format(home=at_root, query="?couleurs=clair")
    (tmp_path / "clair" / "index.html").write_text(light, encoding="utf-8")
    with served(tmp_path) as mine:
        context = browser.new_context(color_scheme="dark")
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(mine)
        image = page.locator("img")
        assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 320
        town, filtered = (
            page.frame_locator("iframe >> nth=0"),
            page.frame_locator("iframe >> nth=1"),
        )
        assert town.locator("h1").inner_text() == "Aix-les-Bains"
        page.wait_for_function("document.querySelectorAll('iframe')[0].clientHeight > 100")
        high = page.locator("iframe").first.evaluate("one => one.clientHeight")
        inside = town.locator("body").evaluate("one => one.scrollHeight")
        assert inside <= high <= inside + 40
        dark = town.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
        assert dark == "rgb(15, 23, 24)"
        filtered.locator(".search-results li a").first.wait_for()
        assert not filtered.locator(".top").is_visible()
        page.wait_for_function("document.querySelectorAll('iframe')[1].clientHeight > 300")
        answer = page.evaluate(
            "home => fetch(`${home}integrer/73008/actions.json`).then((found) => found.json())",
            at_root,
        )
        assert answer["name"] == "Aix-les-Bains" and answer["actions"][0]["title"]
        page.goto(f"{mine}clair/")
        town = page.frame_locator("iframe >> nth=0")
        colour = town.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
        assert colour == "rgb(255, 255, 255)"
        with context.expect_page() as opened:
            town.locator("li a").first.click()
        assert "/actions/73008/" in opened.value.url
        assert wrong == []
        context.close()


def test_the_lines_are_those_of_the_town_that_is_chosen(browser: Browser, at_root: str) -> None:
    page = browser.new_page()
    page.goto(f"{at_root}integrer/?t=73008")
    page.wait_for_selector(".embed-preview:not([hidden])")
    lines = page.locator("code").all_inner_texts()
    assert any("integrer/73008/badge.svg" in line for line in lines)
    assert not any("CODE" in line or "PAGE" in line for line in lines[2:])
    page.goto(f"{at_root}integrer/?t=99999")
    page.get_by_text("Rien n’est encore connu de ce territoire").wait_for()
    page.close()
