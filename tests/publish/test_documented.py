"""The page /donnees/ tells of everything that is published, and of nothing else."""

from __future__ import annotations

import re

from atlaas.pages.page import Site, root_of
from atlaas.publish import alternates
from atlaas.publish.action_tables import all_tables
from support import PROJECT, Html, Small

PAGE = (PROJECT / "content" / "donnees.md").read_text(encoding="utf-8")


def test_every_bulk_file_is_on_the_page(sample_files: dict[str, bytes]) -> None:
    for url in sample_files:
        folder, _, name = url.partition("/")
        if folder == "donnees" and "/" not in name:
            assert f"{name}" in PAGE, name


def test_every_address_of_the_page_is_published(sample_files: dict[str, bytes]) -> None:
    found = re.findall(r'href="(?!https?:)([^"]+)"', PAGE)
    assert len(found) > 20
    for href in found:
        url = href.removeprefix("../") if href.startswith("../") else f"donnees/{href}"
        assert url in sample_files, href


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
    d, site = tiny.directory, Site()
    heads = [
        *(alternates.territory(site, t, root_of(t.url)) for t in d.territories.values()),
        *(alternates.action(site, a, root_of(a.url)) for a in d.actions.values()),
        *(alternates.actor(a, "../../") for a in d.actors.values()),
        *(alternates.edition(e, "../../") for e in d.editions.values()),
        *(
            alternates.term(name, term.id, term.label, "../../")
            for name in ("themes", "enjeux", "usages", "mentions")
            for term in d.vocabularies[name].values()
        ),
        alternates.everything("./"),
    ]
    for head in heads:
        links = Html(f"<head>{head}</head>").all("link")
        assert links
        for link in links:
            assert link.attributes["href"].replace("../", "").removeprefix("./") in files
    assert alternates.action(Site(api=False), next(iter(d.actions.values())), "") == ""
