"""Every address that the built site names inside itself is there, and nothing else is loaded."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from support import SITE_URL, Html

LOADING = {  # what a browser fetches without being asked
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("iframe", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("image", "href"),
    ("use", "href"),
    ("image", "xlink:href"),
    ("use", "xlink:href"),
    ("input", "src"),
    ("track", "src"),
    ("body", "background"),
}
DESCRIBING = {"canonical", "alternate", "license", "next", "prev", "search"}  # loads nothing
NO_RECORD = "Pas encore de fiche"  # heads a page that the sitemap leaves out: links lead to it
NAMING = {"href", "src", "action", "data", "poster", "srcset", "formaction", "xlink:href"}


def addresses(page: Html) -> list[tuple[str, str, str]]:
    """(tag, attribute, address) of everything that a page names."""
    found = []
    for tag in page.tags:
        for name in NAMING & tag.attributes.keys():
            if tag.name != "object" or name != "action":
                found.append((tag.name, name, tag.attributes[name]))
        if "data-base" in tag.attributes or "data-root" in tag.attributes:
            base = tag.attributes.get("data-base", tag.attributes.get("data-root", ""))
            found.append((tag.name, "data-base", base or "./"))
    return found


def test_every_internal_link_and_anchor_resolves(built_site: Path, parsed: dict[str, Html]) -> None:
    pages = parsed
    ids = {
        url: {t.attributes["id"] for t in page.tags if "id" in t.attributes}
        for url, page in pages.items()
    }
    files = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*")}
    broken = set()
    for url, page in pages.items():
        for tag, _, address in addresses(page):
            full = urljoin(SITE_URL + url, address)
            if not full.startswith(SITE_URL):
                continue
            parts = urlsplit(full)
            target, anchor = unquote(parts.path[1:]), unquote(parts.fragment)
            if (target not in pages and target not in files) or (
                anchor and anchor not in ids.get(target, ())
            ):
                broken.add((url, tag, address))
            elif target in files and (built_site / target).is_dir() and target not in pages:
                broken.add((url, tag, f"{address} : dossier sans page"))
    assert broken == set()


def test_a_link_to_a_page_ends_with_a_slash(built_site: Path, pages: dict[str, Html]) -> None:
    """A server would redirect the others, and some do not."""
    for url, page in pages.items():
        for tag in page.all("a"):
            full = urljoin(SITE_URL + url, tag.attributes.get("href", ""))
            if full.startswith(SITE_URL):
                target = built_site / unquote(urlsplit(full).path[1:])
                assert not target.is_dir() or urlsplit(full).path.endswith("/"), (url, tag)


def test_nothing_is_loaded_from_another_host(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        for tag in page.tags:
            for name in NAMING & tag.attributes.keys():
                address = tag.attributes[name]
                loads = (tag.name, name) in LOADING or (
                    tag.name == "link"
                    and not set(tag.attributes.get("rel", "").split()) <= DESCRIBING
                )
                if loads and not address.startswith("data:image/"):
                    full = urljoin(SITE_URL + url, address)
                    assert full.startswith(SITE_URL), (url, tag)


def test_no_address_of_any_kind_runs_code(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        for _, _, address in addresses(page):
            scheme = urlsplit(address.strip()).scheme.lower()
            assert scheme in ("", "https", "http", "data", "mailto"), (url, address)


def test_links_out_are_full_addresses(pages: dict[str, Html]) -> None:
    """Neither //host/ nor an address with a user name or a blank in it."""
    for url, page in pages.items():
        for tag in page.all("a"):
            address = tag.attributes.get("href", "")
            assert not address.startswith("//"), (url, address)
            assert address == address.strip() != "", (url, tag)
            assert "@" not in urlsplit(address).netloc, (url, address)
            if address.startswith("http"):
                assert "." in urlsplit(address).netloc, (url, address)


def test_styles_and_scripts_load_nothing_from_elsewhere(built_site: Path) -> None:
    for path in built_site.rglob("*.css"):
        text = path.read_text("utf-8")
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text):
            named = "".join(address)
            assert not named.startswith(("http:", "https:", "//")), (path.name, named)
            # Leaflet's own sheet names pictures of controls that the map does not have.
            if not named.startswith(("data:", "#")) and "vendor" not in path.parts:
                assert (path.parent / named.partition("?")[0]).resolve().is_file(), (path, named)
    for path in (built_site / "assets" / "js").rglob("*.js"):
        text = path.read_text("utf-8")
        assert not re.search(r"""(?:fetch|import)\(\s*["'`](?:https?:)?//""", text), path


def test_every_page_can_be_reached_from_the_home_page(
    pages: dict[str, Html], framed: set[str]
) -> None:
    reached, waiting = {""}, [""]
    while waiting:
        url = waiting.pop()
        for tag in pages[url].all("a"):
            full = urljoin(SITE_URL + url, tag.attributes.get("href", "")).partition("#")[0]
            full = full.partition("?")[0]
            target = full.removeprefix(SITE_URL)
            if full.startswith(SITE_URL) and target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert set(pages) - reached - {"404.html"} == set()
    assert framed and all(re.fullmatch("integrer/.+/", url) for url in framed)


def test_the_sitemap_names_every_page_but_those_without_a_record(
    built_site: Path, pages: dict[str, Html]
) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", (built_site / "sitemap.xml").read_text())
    assert len(listed) == len(set(listed))
    hidden = {
        url
        for url, page in pages.items()
        if any("noindex" in t.attributes.get("content", "") for t in page.all("meta"))
    }
    light = {url for url, page in pages.items() if NO_RECORD in (t.text for t in page.all("h2"))}
    assert {u.removeprefix(SITE_URL) for u in listed} == set(pages) - hidden - light
    assert "404.html" in hidden
    assert len(light) > 1_000


def test_an_address_of_before_leads_to_the_page_of_today(
    moved: dict[str, Html], pages: dict[str, Html]
) -> None:
    assert "territoires/73066/" in moved  # a code of before that led to Chambéry
    for url, page in moved.items():
        refresh = page.one("meta", **{"http-equiv": "refresh"}).attributes["content"]
        assert refresh.startswith("0; url="), url
        target = urljoin(SITE_URL + url, refresh.removeprefix("0; url="))
        assert re.split("[#?]", target.removeprefix(SITE_URL))[0] in pages, url
        assert urljoin(SITE_URL + url, page.one("a").attributes["href"]) == target, url
        assert page.one("link", rel="canonical").attributes["href"] == target, url
        assert page.one("meta", name="robots").attributes["content"] == "noindex", url
        assert page.one("html").attributes["lang"] == "fr", url
        policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes
        assert policy["content"].startswith("default-src 'none'"), url
