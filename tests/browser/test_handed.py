"""Without an account on a forge: a link that carries the draft, a message, and a receipt."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from atlaas.contribute.handed import draft_in
from browser.test_contribute import checked, fill_in, further
from browser.test_drafts import ready, titles, typed
from support import CONTACT, Open

ACTION = "contribuer/action/"
RECORD = "actions/59378/appel-a-projets-la-bonne-appli"
CHANGED = "Ce lien a été modifié ou coupé : rien n’en est repris. Demandez-le à nouveau."


def link_of(page: Page) -> str:
    page.click("#link")
    return page.get_by_label("Le lien du brouillon").input_value()


def test_a_link_carries_the_draft_to_another_browser(visit: Open, scratch: Path) -> None:
    """Everything is in the fragment: the server is asked for the page, and for nothing else."""
    with visit() as one, visit() as other:
        page = ready(one.go(ACTION))
        fill_in(page, "Éco-gestes : l'appli « Ça coule » 🎉", "Un récit.\n\n- d'été")
        further(page)
        page.fill("#f-started", "septembre 2021")
        page.locator("#f-started").blur()
        expect(page.locator("#preview")).to_have_value(re.compile("started: 2021-09"))
        text = page.input_value("#preview")
        link = link_of(page)
        assert one.wrong == [] and one.refused() == []
        assert link.startswith(f"{one.home}{ACTION}#brouillon=")
        asked: list[str] = []
        other.page.on("request", lambda request: asked.append(request.url + str(request.post_data)))
        there = ready(other.go(link.removeprefix(other.home)))
        expect(there.locator("#preview")).to_have_value(text)
        expect(there.locator("#draft")).to_contain_text("vous a été confié par un lien")
        assert not [
            url for url in asked if link.partition("#brouillon=")[2][:20] in url.split("#")[0]
        ]
        assert there.url == f"{other.home}{ACTION}"  # a reload goes on with what was done since
        there.locator("#f-website").fill("https://exemple.fr/appli")
        expect(there.locator("#preview")).to_have_value(re.compile("website"))
        there.wait_for_timeout(300)
        there.reload()
        expect(there.locator("#preview")).to_have_value(re.compile("website"))
        assert (
            checked(scratch, (there.text_content("#path") or ""), there.input_value("#preview"))
            == []
        )
        assert other.wrong == [] and other.refused() == []
    given = draft_in(link)  # the maintainers' side reads the same link
    assert given and given.record["started"] == "2021-09" and given.story == "Un récit.\n\n- d'été"


def test_a_link_of_a_correction_opens_the_record(visit: Open) -> None:
    with visit() as one, visit() as other:
        page = ready(one.go(f"{ACTION}?fiche={RECORD}"))
        typed(page, "La bonne appli, mon titre")
        link = link_of(page)
        there = ready(other.go(link.removeprefix(other.home)))
        expect(there.locator("#title")).to_have_text("Corriger une action")
        expect(there.locator("#f-title")).to_have_value("La bonne appli, mon titre")
        assert "comments" not in link and other.wrong == []


def test_a_link_puts_no_draft_aside(visit: Open) -> None:
    """Opened in the tab where somebody writes, it begins another draft."""
    with visit() as one, visit() as other:
        page = ready(one.go(ACTION))
        typed(page, "Confié par un lien")
        link = link_of(page)
        there = ready(other.go(ACTION))
        typed(there, "Le mien")
        there.evaluate("(hash) => { location.hash = hash; }", f"#{link.partition('#')[2]}")
        expect(there.locator("#f-title")).to_have_value("Confié par un lien")
        expect(there.locator("#drafts")).to_contain_text("« Le mien »")
        assert titles(there) == ["Confié par un lien", "Le mien"]


def packed(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(deflate.compress(raw) + deflate.flush()).decode().rstrip("=")


GOOD = packed({"kind": "action", "record": {"title": "Un titre"}, "body": ""})


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "x",
        GOOD[:-4],
        f"{GOOD}AAAA",
        GOOD.swapcase(),
        "A" * 200_000,
        "<img src=x onerror=alert(1)>",
        packed(b"{"),
        packed(b"null"),
        packed(b"\xff\xfe"),
        packed(b"0" * 20_000_000),  # 20 MB in 20 kB
        packed({"kind": "territory", "record": {"code": "59378"}}),
        packed({"kind": "action", "record": []}),
        packed({"kind": "action", "record": {"title": ["a"]}}),
        packed({"kind": "action", "record": {"sources": [{"url": {"toString": 1}}]}}),
        packed({"kind": "action", "record": {"sources": [{}] * 5000}}),
        packed({"kind": "action", "record": {"title": "a"}, "body": {}}),
        packed({"kind": "action", "record": {"title": "a"}, "of": "actions/59378/autre"}),
        packed({"kind": "action", "record": {"title": "a"}, "base": {"record": 1}}),
    ],
)
def test_a_poisoned_link_fills_nothing(visit: Open, fragment: str) -> None:
    with visit() as visited:
        page = ready(visited.go(f"{ACTION}#brouillon={fragment}"))
        expect(page.locator("#draft")).to_have_text(CHANGED)
        expect(page.locator("#f-title")).to_have_value("")
        assert page.evaluate("localStorage.length") == 0
        assert visited.refused() == [] and visited.wrong == []


def test_what_a_link_says_stays_text(visit: Open) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    record = {"title": hostile, "territory": hostile, "themes": ["constructor"], "partners": ["x"]}
    text = json.dumps({"kind": "action", "record": record, "body": hostile})
    text = text.replace('"themes"', '"__proto__": {"title": "x"}, "constructor": "y", "themes"')
    with visit() as visited:
        said: list[str] = []
        visited.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page = ready(visited.go(f"{ACTION}#brouillon={packed(text.encode())}"))
        expect(page.locator("#f-title")).to_have_value(hostile)
        assert said == [] and visited.refused() == []
        assert page.locator("img[src=x]").count() == 0 and page.evaluate("({}).title") is None
        assert [line for line in visited.wrong if "404" not in line] == []


def test_a_message_carries_the_link_and_the_file(visit: Open) -> None:
    with visit() as visited:
        page = ready(visited.go(ACTION))
        page.click("#mail")
        expect(page.locator("#summary")).to_be_visible()  # nothing unfinished is sent
        fill_in(page, "Le fablab & co", "Chaque mardi.")
        page.click("#mail")
        box = page.locator("#outcome")
        expect(box).to_contain_text("Le message est prêt")
        expect(box).to_contain_text("Reçu : data/actions/59/59378-marcq-en-baroeul/le-fablab-co.md")
        address = urlsplit(box.get_by_role("link", name="Le message").get_attribute("href") or "")
        query = parse_qs(address.query, strict_parsing=True)
        assert (address.scheme, address.path) == ("mailto", CONTACT)
        assert query["subject"] == ["Fiche : « Le fablab & co », Marcq-en-Barœul"]
        body = query["body"][0]
        assert page.input_value("#preview") in body.replace("\r\n", "\n")
        given = draft_in(body)
        assert given and given.record["title"] == "Le fablab & co"
        expect(page.locator("#receipts summary")).to_have_text("Ce que vous avez proposé (1)")
        page.reload()
        page.locator("#receipts summary").click()
        expect(page.locator("#receipts")).to_contain_text("envoyé par courriel")
        expect(page.locator("#f-title")).to_have_value("")
        assert [line for line in visited.wrong if "mailto" not in line] == []


def test_a_long_message_is_pasted(visit: Open) -> None:
    with visit(permissions=["clipboard-read", "clipboard-write"]) as visited:
        page = ready(visited.go(ACTION))
        story = " ".join(f"Étape {number} : {number * 7919}." for number in range(400))
        fill_in(page, "Une longue histoire", story)
        page.click("#mail")
        box = page.locator("#outcome")
        expect(box).to_contain_text("Collez-y la fiche")
        href = box.get_by_role("link", name="Le message").get_attribute("href") or ""
        assert len(href) <= 2000 and "brouillon" not in href
        pasted = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
        given = draft_in(pasted)
        assert given and given.story == story and page.input_value("#preview") in pasted


OLD = """
delete window.CompressionStream;
delete AbortSignal.timeout;
window.open = (url) => { window.__opened = url; };
"""


def test_an_older_browser_proposes_without_a_link(visit: Open) -> None:
    with visit() as visited:
        visited.page.add_init_script(OLD)
        page = ready(visited.go(ACTION))
        fill_in(page, "Le fablab", "Chaque mardi.")
        page.click("#link")
        expect(page.locator("#outcome")).to_contain_text("ce navigateur trop ancien")
        page.click("#mail")
        expect(page.locator("#outcome")).to_contain_text("Le message")
        page.reload()
        ready(page)
        expect(page.locator("#receipts summary")).to_have_text("Ce que vous avez proposé (1)")
        fill_in(page, "Un autre", "Chaque jeudi.")
        page.click("#propose")
        expect(page.locator("#receipts summary")).to_have_text("Ce que vous avez proposé (2)")
        assert "filename=" in page.evaluate("window.__opened")
        assert [line for line in visited.wrong if "mailto" not in line] == []
