"""A page as Chromium prints it: the text of each sheet of paper, and which heads stand on it."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass

from playwright.sync_api import Page
from pypdf import PdfReader

HEADS = """() => [...document.querySelectorAll("h1, h2, h3, h4, caption, thead tr")]
  .filter((e) => e.getClientRects().length && !e.closest(".cards, .vh"))
  .map((e) => e.innerText)"""


def bare(text: str) -> str:
    """A text without spaces, hyphens of line ends or ligatures, which printing moves about."""
    kept = unicodedata.normalize("NFKC", text).lower()
    return "".join(letter for letter in kept if not letter.isspace() and letter != "\u00ad")


@dataclass(frozen=True)
class Printed:
    """What came out of the printer."""

    sheets: list[str]  # the text of each, without its number
    numbers: list[str]  # « 1 / 8 »
    sizes: set[tuple[int, int]]  # in millimetres
    heads: list[str]  # those of the page that are to be seen on paper

    def orphans(self) -> list[str]:
        """Heads that end a sheet, away from what they are the head of."""
        return [
            head
            for head in self.heads
            for sheet in self.sheets
            if bare(head) and bare(sheet).endswith(bare(head))
        ]


def height(page: Page, first: str, last: str) -> float:
    """How far down its first sheet some words stand below others, of the height of a sheet."""
    page.emulate_media(media="print")
    sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0]
    page.emulate_media(media="screen")
    lines: dict[float, str] = {}

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        at = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]  # from the foot of the sheet
        lines[round(at)] = lines.get(round(at), "") + text

    sheet.extract_text(visitor_text=note)
    tops = [max(at for at, text in lines.items() if bare(w) in bare(text)) for w in (first, last)]
    return (tops[0] - tops[1]) / float(sheet.mediabox.height)


def printed(page: Page) -> Printed:
    """Print the page that is open, as its style sheet asks."""
    page.emulate_media(media="print")
    heads: list[str] = page.evaluate(HEADS)
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="screen")
    sheets, numbers = [], []
    for sheet in reader.pages:
        number, _, text = sheet.extract_text().strip().partition("\n")
        numbers.append(number)
        sheets.append(text)
    sizes = {
        (round(float(s.mediabox.width) / 72 * 25.4), round(float(s.mediabox.height) / 72 * 25.4))
        for s in reader.pages
    }
    return Printed(sheets, numbers, sizes, heads)
