"""A real Chromium on the built site, at the root of one host and in a folder of another."""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright
from scripts.kinds import NOWHERE
from scripts.serving import served

from support import PROJECT, SAMPLE

AXE = PROJECT / "tests" / "vendor" / "axe-core"
SETTLED = 15_000  # milliseconds that a page may take

# Notes what the content policy refuses, before any script of the page runs.
WATCH = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: that of the environment, the system's, or playwright's own."""
    named = os.environ.get("CHROMIUM", "")
    if named and not Path(named).is_file():
        pytest.fail(f"CHROMIUM={named} : ce fichier n'existe pas", pytrace=False)
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            pytest.fail(
                "il manque un navigateur pour ces tests : installez Chromium (« apt-get install "
                "chromium », ou « .venv/bin/playwright install chromium »), ou donnez son chemin "
                f"dans la variable CHROMIUM.\nEssayé : {found or 'celui de playwright'}\n{error}",
                pytrace=False,
            )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def at_root(built_site: Path) -> Iterator[str]:
    """The site's address on a host of its own, ending in a slash."""
    with served(built_site, "/") as address:
        yield address


@pytest.fixture(scope="session")
def in_folder(built_site: Path) -> Iterator[str]:
    """The site's address in a folder of a host that holds nothing else."""
    with served(built_site, "/atlaas/") as address:
        yield address


class Visit:
    """A page in the browser, with all that went wrong while it was open."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.wrong: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"erreur : {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: Any) -> None:
        address = message.location.get("url", "")
        expected = "404" in message.text and address.endswith(f"/{NOWHERE}")
        if message.type in ("error", "warning") and not expected:
            self.wrong.append(f"console : {message.text} ({address})")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.wrong.append(f"demande ailleurs : {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and not response.url.endswith(f"/{NOWHERE}"):
            self.wrong.append(f"{response.status} : {response.url}")

    def go(self, url: str) -> Page:
        """Open an address of the site and wait until it is drawn; the map, until it has marks."""
        self.page.goto(self.home + url, wait_until="load", timeout=SETTLED)
        if url == "carte/" and self.page.evaluate("typeof L !== 'undefined'"):
            self.page.locator(".leaflet-marker-icon").first.wait_for()
        return self.page

    def refused(self) -> list[str]:
        """What the content policy refused on the page that is open."""
        found: list[str] = self.page.evaluate("window.__refused")
        return found


@pytest.fixture
def visit(browser: Browser, at_root: str) -> Callable[..., AbstractContextManager[Visit]]:
    """``with visit(width=390, scheme="dark") as visit: visit.go("carte/")``."""

    @contextmanager
    def open_(
        width: int = 1280,
        scheme: str = "light",
        home: str = at_root,
        height: int = 800,
        **settings: Any,
    ) -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="fr-FR",
            reduced_motion="reduce",
            **settings,
        )
        context.set_default_timeout(SETTLED)
        try:
            yield Visit(context.new_page(), home)
        finally:
            context.close()

    return open_


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, after its hash was checked."""
    hashes = tomllib.loads((AXE / "VENDOR.toml").read_text("utf-8"))["sha256"]
    for name, expected in hashes.items():
        assert hashlib.sha256((AXE / name).read_bytes()).hexdigest() == expected, name
    return (AXE / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the records, to write a proposed file into."""
    root = tmp_path_factory.mktemp("scratch")
    shutil.copytree(SAMPLE / "data", root / "data")
    return root
