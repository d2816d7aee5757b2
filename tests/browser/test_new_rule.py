"""A rule that was just added works in the form by itself: nothing was written in JavaScript."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Route, expect

from new_rule import SENTENCE, Copy
from support import PROJECT


def test_the_form_warns_of_a_rule_that_was_just_added(browser: Browser, tmp_path: Path) -> None:
    html = Copy(tmp_path / "copy").form(tmp_path / "form")
    html += '<script src="../../assets/js/words.js"></script>'
    html += '<script type="module" src="../../assets/js/contribute-page.js"></script>'
    page = browser.new_page()

    def answer(route: Route) -> None:
        script = PROJECT / "overrides/assets/js" / Path(route.request.url).name
        if route.request.url.endswith("/contribuer/action/"):
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif script.suffix == ".js" and script.is_file():
            route.fulfill(body=script.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("https://vide.example/contribuer/action/")
    page.evaluate("document.querySelectorAll('details').forEach((more) => { more.open = true; })")
    page.fill("#f-started", "1989-11")
    page.click("#download")
    expect(page.locator("#f-started-error")).to_have_text(SENTENCE.replace("'", "’"))
    page.fill("#f-started", "1990")
    expect(page.locator("#f-started-error")).to_be_hidden()
    page.close()
