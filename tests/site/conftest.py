"""The built site, parsed once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import Html


@pytest.fixture(scope="session")
def sources(built_site: Path) -> dict[str, bytes]:
    """Address relative to the site's root -> bytes of its page; 404.html under its own name."""
    found = {}
    for path in sorted(built_site.rglob("*.html")):
        relative = path.relative_to(built_site).as_posix()
        found[relative.removesuffix("index.html")] = path.read_bytes()
    return found


@pytest.fixture(scope="session")
def parsed(sources: dict[str, bytes]) -> dict[str, Html]:
    """The same, parsed."""
    return {url: Html(source.decode()) for url, source in sources.items()}


@pytest.fixture(scope="session")
def pages(parsed: dict[str, Html]) -> dict[str, Html]:
    """The pages that people read."""
    return {
        url: page
        for url, page in parsed.items()
        if not _leads_elsewhere(page) and not _stands_in_another(page)
    }


@pytest.fixture(scope="session")
def moved(parsed: dict[str, Html]) -> dict[str, Html]:
    """The addresses of before, which lead to the pages of today."""
    return {url: page for url, page in parsed.items() if _leads_elsewhere(page)}


@pytest.fixture(scope="session")
def framed(parsed: dict[str, Html]) -> set[str]:
    """The addresses of pages that only other sites show, in a frame."""
    return {url for url, page in parsed.items() if _stands_in_another(page)}


def _stands_in_another(page: Html) -> bool:
    """Whether it is made for a frame of another site."""
    return "data-embed" in page.one("html").attributes


def _leads_elsewhere(page: Html) -> bool:
    return any(tag.attributes.get("http-equiv") == "refresh" for tag in page.all("meta"))
