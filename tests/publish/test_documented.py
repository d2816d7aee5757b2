"""The page /donnees/ speaks of everything that is published, and of nothing else."""

from __future__ import annotations

import re

from atlaas.pages.page import Site, root_of
from atlaas.publish.action_tables import all_tables
from atlaas.publish.page_heads import markup
from support import PROJECT, Html, Small

PAGE = (PROJECT / "content" / "donnees.md").read_text(encoding="utf-8")


def test_every_bulk_file_is_on_the_page(sample_files: dict[str, bytes]) -> None:
    for url in sample_files:
        folder, _, name = url.partition("/")
        if folder == "donnees" and "/" not in name:
            assert f"{name}" in PAGE, name


def test_every_address_of_the_page_is_published(
    sample_files: dict[str, bytes], sample: Small
) -> None:
    found = re.findall(r'href="(?!https?:|\{\{)([^"]+)"', PAGE)  # nor what a setting gives
    assert len(found) > 20
    for href in found:
        url = href.removeprefix("../") if href.startswith("../") else f"donnees/{href}"
        assert url in sample_files or url in sample.assets or url in sample.pages, href


def test_every_kind_of_document_is_on_the_page(sample_files: dict[str, bytes]) -> None:
    for url in sample_files:
        if url.startswith("api/v1/"):
            assert url.split("/")[2].removesuffix(".json") in PAGE, url


def test_tables_have_distinct_names_and_columns() -> None:
    assert len({table.name for table in all_tables()}) == len(all_tables())
    for table in all_tables():
        names = [field.name for field in table.columns]
        assert len(set(names)) == len(names)
        assert set(table.key) <= set(names)


def test_heads_name_documents_and_feeds_that_are_there(
    files: dict[str, bytes], tiny: Small
) -> None:
    about = [page for page in tiny.pages.values() if page.about]
    assert {type(page.about).__name__ for page in about} == {
        *("LinkedTerritory", "LinkedAction", "LinkedActor", "LinkedEdition", "tuple", "Site")
    }
    heads = [markup(tiny.directory, Site(), page, root_of(page.url)) for page in about]
    for head in heads:
        links = Html(f"<head>{head}</head>").all("link")
        assert links
        for link in links:
            assert link.attributes["href"].replace("../", "").removeprefix("./") in files
    action = next(page for page in about if page.template == "action")
    assert "<link" not in markup(tiny.directory, Site(api=False), action, "")
