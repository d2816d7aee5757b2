"""Makes the pictures of README.md and CONTRIBUTING.md: real screens, browser and records.

``make screens`` builds the site with an example of a forge's address, drives Chromium over it
and writes docs/images/*.png, in few colours so that each stays under 100 kB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from scripts.serving import served

if TYPE_CHECKING:  # playwright brings a browser's driver: it is imported when a browser is started
    from playwright.sync_api import Locator, Page

TARGET = Path("docs/images")
WIDTH = 1100
MOST = 100_000  # bytes of a picture
EXAMPLE = "https://github.com/exemple/atlaas"
CONTACT = "contact@exemple.fr"
# The pictures of README.md: name of the file, address, what is waited for.
PAGES = (
    ("accueil", "", "#finder-field"),
    ("carte", "carte/", ".leaflet-marker-icon"),
    ("territoire", "territoires/73008-aix-les-bains/", ".timeline"),
    ("palmares", "label/2018/", ".sign"),
    ("recherche", "recherche/?q=ecole+numerique", ".search-results li"),
)


@contextmanager
def built() -> Iterator[str]:
    """The address of the site, built for the occasion."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
            check=True,
            env={**os.environ, "ATLAAS_FORGE_URL": EXAMPLE, "ATLAAS_CONTACT": CONTACT},
        )
        with served(site) as home:
            yield home


def keep(name: str, what: Page | Locator) -> None:
    """Take a picture and reduce it until it is small enough."""
    file = TARGET / f"{name}.png"
    what.screenshot(path=str(file))
    picture = Image.open(file).convert("RGB")
    for colours in (64, 32, 16, 8):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= MOST:
            return
    raise SystemExit(f"{file} pèse plus de {MOST // 1000} ko")


def action(page: Page, home: str) -> None:
    """The form of an action: empty, then filled in, then with errors."""
    page.goto(f"{home}contribuer/action/")
    page.fill("#f-territory", "marcq")
    page.locator(".found button").first.wait_for()
    keep("formulaire-territoire", page)
    page.get_by_role("button", name="Marcq-en-Barœul").click()
    page.fill("#f-title", "Appel à projets « La bonne appli », deuxième édition")
    page.fill("#f-body", "La ville invite les habitants à proposer une application d'entraide.")
    page.fill("#f-themes .narrow", "Réseau social")
    page.locator("#f-themes").get_by_role("checkbox", name="Réseau social", exact=True).check()
    page.locator("#twins a").first.wait_for()
    page.locator("#f-title").scroll_into_view_if_needed()
    keep("formulaire-action", page)
    page.click("#propose")
    page.locator("#summary a").first.wait_for()
    page.evaluate("scrollTo(0, 250)")
    keep("formulaire-erreurs", page)
    page.fill("#f-sources-0-url", "https://www.exemple.fr/la-bonne-appli")
    page.evaluate("window.open = () => null")
    page.click("#propose")
    page.locator("#outcome li").first.wait_for()
    page.set_viewport_size({"width": WIDTH, "height": 1100})
    keep("formulaire-fiche", page.locator(".preview"))
    page.set_viewport_size({"width": WIDTH, "height": 720})


def correction(page: Page, home: str) -> None:
    """The foot of a page, and the form that it opens."""
    page.goto(f"{home}actions/59378/appel-a-projets-la-bonne-appli/")
    page.locator(".upkeep").scroll_into_view_if_needed()
    keep("corriger-lien", page.locator(".upkeep"))
    page.goto(f"{home}contribuer/territoire/?territoire=59378")
    page.locator("#draft").wait_for()
    page.get_by_role("heading", name="Labels").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 260)")
    keep("formulaire-label", page)


def pages(page: Page, home: str) -> None:
    """The first screen of the pages that README.md shows."""
    page.set_viewport_size({"width": 1280, "height": 960})
    for name, url, mark in PAGES:
        page.goto(home + url)
        page.locator(mark).first.wait_for()
        page.evaluate("document.fonts.ready")
        page.wait_for_load_state("networkidle")
        keep(name, page)


def main() -> None:
    """Write every picture."""
    from playwright.sync_api import sync_playwright

    TARGET.mkdir(parents=True, exist_ok=True)
    with built() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"]
        )
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 720},
            locale="fr-FR",
            color_scheme="light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        action(page, home)
        correction(page, home)
        pages(page, home)
        browser.close()


if __name__ == "__main__":
    main()
