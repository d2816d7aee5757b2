"""The published files of the tiny project and of the sample, made once per run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlaas import build
from atlaas.pages.page import Page, Site
from atlaas.project import Project
from support import SITE_URL, Small


def publish(root: Path, site: Site) -> dict[str, bytes]:
    """Every file for machines of a project, by address."""
    directory, _ = build.load(Project(root))
    pages = [page for page in build.pages_of(directory, site) if isinstance(page, Page)]
    found = list(build.published(directory, site, pages, ["donnees/"]))
    files = {asset.url: asset.content() for asset in found}
    assert len(files) == len(found), "deux fichiers à la même adresse"
    assert not {url.removesuffix("index.html") for url in files} & {page.url for page in pages}
    return files


@pytest.fixture(scope="session")
def published() -> Callable[[Path, Site], dict[str, bytes]]:
    """The function above, for tests that have a project of their own."""
    return publish


@pytest.fixture(scope="session")
def files(tiny: Small) -> dict[str, bytes]:
    """Those of the tiny project."""
    return publish(tiny.root, Site(SITE_URL))


@pytest.fixture(scope="session")
def sample_files(sample_root: Path) -> dict[str, bytes]:
    """Those of the sample."""
    return publish(sample_root, Site(SITE_URL))


@pytest.fixture(params=["files", "sample_files"])
def any_files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Those of both, one after the other."""
    found: dict[str, bytes] = request.getfixturevalue(request.param)
    return found
