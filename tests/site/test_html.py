"""Every page of the built site: valid, named, described, and within its bytes."""

from __future__ import annotations

import multiprocessing
import re
import statistics
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from atlaas.render.csp import inline
from atlaas.text.file_names import held_everywhere
from support import PROJECT, SITE_URL, Html, parse_errors

# Bytes, where benchmarks/budgets.toml does not say otherwise.
BUDGETS = {"action_page": 9_000, "recipe_page": 11_000, "median_page": 10_000}


def test_the_html_is_valid(sources: dict[str, bytes]) -> None:
    """No error of the standard's own parsing algorithm, on any page."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        errors = dict(zip(sources, pool.map(parse_errors, sources.values(), 50), strict=True))
    assert {url: found for url, found in errors.items() if found} == {}


def test_the_parser_would_see_an_error() -> None:
    assert parse_errors(b"<!doctype html><title>x</title><p><b>x</p>") != []
    assert parse_errors(b"<!doctype html><title>x</title><p><b>x</b></p>") == []


def test_no_id_stands_twice_and_no_attribute_either(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        ids = Counter(t.attributes["id"] for t in page.tags if "id" in t.attributes)
        assert [id_ for id_, count in ids.items() if count > 1 or not id_ or " " in id_] == [], url
        assert page.duplicated == [], url


def test_ids_that_are_referred_to_exist(pages: dict[str, Html]) -> None:
    referring = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
    for url, page in pages.items():
        ids = {t.attributes.get("id") for t in page.tags}
        for tag in page.tags:
            for name in referring:
                for id_ in tag.attributes.get(name, "").split():
                    assert id_ in ids, (url, tag.name, name, id_)


def test_headings_are_in_order(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        levels = [int(t.name[1]) for t in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[:1] == [1], url
        assert levels.count(1) == 1, url
        skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert skipped == [], url
        assert all(t.text for t in page.all("h1", "h2", "h3", "h4", "h5", "h6")), url


def test_images_have_a_name_or_say_that_they_need_none(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        for index, tag in enumerate(page.tags):
            named = tag.attributes.get("aria-label") or tag.attributes.get("aria-labelledby")
            if tag.name == "img":
                assert "alt" in tag.attributes, (url, tag)
            elif tag.name == "svg" and tag.attributes.get("aria-hidden") != "true":
                assert tag.attributes.get("role") == "img", (url, tag)
                following = page.tags[index + 1 : index + 2]
                titled = following and following[0].name == "title" and following[0].text
                assert named or titled, (url, tag)
            elif tag.attributes.get("role") == "img":
                assert named, (url, tag)


def test_links_and_buttons_have_a_name(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        for index, tag in enumerate(page.tags):
            if tag.name in ("a", "button") and not (tag.text or tag.attributes.get("aria-label")):
                inside = page.tags[index + 1 : index + 3]
                named = any(
                    t.attributes.get("alt") or t.attributes.get("aria-label") or t.name == "title"
                    for t in inside
                )
                assert named, (url, tag)


def test_tables_have_a_caption_and_headed_columns(pages: dict[str, Html]) -> None:
    """Those made from records; Markdown, in which content/ is written, knows no caption."""
    written_by_hand = {f"{path.stem}/" for path in (PROJECT / "content").glob("*.md")}
    assert "contribuer/" in written_by_hand
    for url, page in pages.items():
        if url in written_by_hand:
            continue
        assert len(page.all("table")) == len(page.all("caption")), url
        for tag in page.all("th"):
            assert tag.attributes.get("scope") in ("col", "row"), (url, tag)


def test_no_inline_style_or_handler(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        for tag in page.tags:
            for name in tag.attributes:
                assert name != "style", (url, tag)
                assert not name.startswith("on"), (url, tag)


def test_every_page_says_what_it_is(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        assert page.doctype.lower() == "doctype html", url
        assert page.one("html").attributes["lang"] == "fr", url
        assert page.one("meta", charset="utf-8"), url
        assert "width=device-width" in page.one("meta", name="viewport").attributes["content"], url
        assert "user-scalable" not in page.one("meta", name="viewport").attributes["content"], url
        title = [t for t in page.all("title") if t.text.endswith("Atlaas")]
        assert len(title) == 1, url
        description = page.one("meta", name="description").attributes["content"]
        assert len(description) >= 20, (url, description)
        assert page.one("main"), url
        if url != "404.html" and "data-embed" not in page.one("html").attributes:
            canonical = page.one("link", rel="canonical").attributes["href"]
            assert canonical == SITE_URL + url, url


def test_titles_are_unique(pages: dict[str, Html]) -> None:
    titles: dict[str, list[str]] = {}
    for url, page in pages.items():
        titles.setdefault(page.all("title")[0].text, []).append(url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}


def test_the_content_policy_is_on_every_page(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
        directives = dict(part.split(" ", 1) for part in policy.split(";"))
        assert directives["default-src"] == "'none'", url
        assert directives.get("object-src", "'none'") == "'none'", url
        assert directives["base-uri"] == "'none'", url
        assert "script-src" in directives, url
        # the search engine is WebAssembly, on its own page
        allowed = policy.replace("'wasm-unsafe-eval'", "") if url == "recherche/" else policy
        assert "unsafe" not in allowed, url
        assert "http" not in policy, url
        first = [t for t in page.tags if t.name in ("meta", "link", "script")][:2]
        assert "http-equiv" in first[1].attributes, f"{url} : la règle vient après autre chose"


def test_no_page_holds_a_script_or_a_style(built_site: Path) -> None:
    """Everything that runs is a file: what is written into a page would have to be allowed."""
    found = {
        path.relative_to(built_site).as_posix(): inline(path.read_text("utf-8"))
        for path in built_site.rglob("*.html")
    }
    assert len(found) > 100
    assert {path: parts for path, parts in found.items() if parts} == {}


def test_every_system_can_hold_every_file(built_site: Path) -> None:
    names = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*")]
    assert [name for name in names if not held_everywhere(name)] == []


@pytest.mark.parametrize(
    "slip",
    [
        r"\bundefined\b",
        r"(?<!-)\bNone\b",
        r"Markup\(",
        r"\{\{|\{%",
        "xATLAASx",
        r"<built-in",
        r"\bnan\b",
    ],
)
def test_no_slip_of_a_template_is_visible(pages: dict[str, Html], slip: str) -> None:
    pattern = re.compile(slip)
    found = {}
    for url, page in pages.items():
        shown = [page.tags[0].text]
        for tag in page.tags:
            shown.extend(
                value
                for name, value in tag.attributes.items()
                if name in ("content", "aria-label", "alt", "title", "href", "id", "class", "value")
            )
        match = pattern.search(" ".join(shown))
        if match:
            found[url] = match.group()
    assert found == {}


def test_spaces_that_must_not_break_do_not(sources: dict[str, bytes]) -> None:
    """In the words of record pages: before ; ! ? % and inside « », never a plain space."""
    breaking = re.compile(r"« | »| [;!?%](?=[\s<])")
    outside = re.compile(r"<(code|pre|title)\b.*?</\1>|<[^>]*>", re.DOTALL)
    found = {}
    for url, source in sources.items():
        if url.startswith(("actions/", "territoires/", "label/", "themes/")):
            main = source.decode().partition("<main")[2].partition("</main>")[0]
            match = breaking.search(outside.sub("", main))
            if match:
                found[url] = match.string[max(0, match.start() - 20) : match.end() + 10]
    assert found == {}


def budgets() -> dict[str, int]:
    path = PROJECT / "benchmarks" / "budgets.toml"
    given = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {**BUDGETS, **{key: given[key] for key in BUDGETS if key in given}}


def test_pages_are_light(sources: dict[str, bytes]) -> None:
    sizes = {url: len(source) for url, source in sources.items()}
    limits = budgets()
    assert statistics.median(sizes.values()) <= limits["median_page"]
    actions = {
        u: size for u, size in sizes.items() if re.fullmatch(r"actions/(?!page/)[^/]+/[^/]+/", u)
    }
    assert len(actions) >= 114
    told = {url for url in actions if b'id="refaire"' in sources[url]}
    assert told and len(told) < len(actions)
    heavy = {
        url: size
        for url, size in actions.items()
        if size > limits["recipe_page" if url in told else "action_page"]
    }
    assert heavy == {}


def test_the_frame_of_every_page_is_light(built_site: Path) -> None:
    """Style and script that every page loads."""
    frame = (built_site / "assets/css/atlaas.css", built_site / "assets/js/atlaas.js")
    assert sum(path.stat().st_size for path in frame) < 40_000


def test_the_theme_s_own_style_and_script_are_left_out(built_site: Path) -> None:
    assert not (built_site / "assets/javascripts").exists()
    assert not (built_site / "assets/stylesheets").exists()
