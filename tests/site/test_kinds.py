"""The list of kinds of page that the browser goes through leaves none out."""

from __future__ import annotations

from pathlib import Path

from scripts import kinds

from support import PROJECT, Small

INCLUDED = {"contribute-fields"}  # stands in other templates, never a page by itself


def test_every_template_has_a_page_in_the_list(built_site: Path, sample: Small) -> None:
    urls = {url.partition("?")[0] for url in kinds.KINDS.values()} - {kinds.NOWHERE}
    assert [url for url in urls if not (built_site / url / "index.html").is_file()] == []
    templates = {path.stem for path in (PROJECT / "overrides" / "pages").glob("*.html")}
    pages = sample.pages
    shown = {pages[url].template for url in urls if url in pages}
    assert templates - INCLUDED - shown == set()
    assert urls - set(pages) == {"contribuer/", "outils/"}
