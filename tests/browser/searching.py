"""What /recherche/ shows to who has asked."""

from __future__ import annotations

from playwright.sync_api import Page


def spaced(text: str) -> str:
    """Text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def found(page: Page) -> list[str]:
    """The titles of the answers that are shown."""
    return page.locator(".search-results li a").all_inner_texts()
