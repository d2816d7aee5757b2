"""How long a review is, counted in screens: ten records with every kind of change take two.

The report is golden.md (see tests/review/test_golden.py), in the measures of a comment on GitHub:
letters of 14 pixels on lines of 21, a column of 780 on a screen of 900 of height, folds closed.
"""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options
from playwright.sync_api import Browser

from support import PROJECT

SCREEN = 900
STYLE = """
body { width: 780px; margin: 0; font: 14px/1.5 sans-serif; }
p, ul, table, details { margin: 0 0 16px; } ul { padding-left: 2em; }
h4 { margin: 24px 0 16px; font-size: 14px; line-height: 1.25; }
"""


def test_ten_records_are_read_on_two_screens(browser: Browser) -> None:
    text = (PROJECT / "tests" / "review" / "golden.md").read_text("utf-8")
    counted = re.match(r"\*\*(\d+) .*?, (\d+) .*?, (\d+) ", text)
    assert counted and sum(map(int, counted.groups())) == 10
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    page = browser.new_page(viewport={"width": 1280, "height": SCREEN})
    page.set_content(f"<!doctype html><style>{STYLE}</style>{html}")
    height = page.evaluate("document.documentElement.getBoundingClientRect().height")
    page.close()
    assert SCREEN / 2 < height <= 2 * SCREEN
