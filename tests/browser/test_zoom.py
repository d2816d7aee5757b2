"""Letters made larger, wider apart, or a window of 320 pixels: nothing is cut or overlapped.

Zoom to 400 % of a window of 1280 by 1024 is a window of 320 by 256 (WCAG 1.4.10, reflow); the
spacing of text is that of WCAG 1.4.12.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from scripts.kinds import KINDS

from support import Open

SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
# Drawings, what is only for a screen reader, and the inside of native controls are left out.
FAULTS = """() => {
  const faults = new Set();
  const start = (e, most) => e.textContent.trim().slice(0, most);
  const say = (e, why) =>
    faults.add(`${why} : ${e.tagName.toLowerCase()}.${e.className} « ${start(e, 50)} »`);
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX)
    || ["auto", "scroll"].includes(style.overflowY);
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !e.closest("svg, .leaflet-container, select, script, noscript, .vh, .skip")
    && getComputedStyle(e).clipPath === "none";

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) faults.add(`la page fait ${wide} pixels`);
  const below = document.querySelector("main").getBoundingClientRect().top;
  const top = document.querySelector(".top").getBoundingClientRect().bottom;
  if (below + 1 < top) faults.add("l'en-tête couvre la page");

  for (const e of document.querySelectorAll("body *")) {
    if (!e.textContent.trim() || !e.clientWidth || !seen(e)) continue;
    const style = getComputedStyle(e);
    for (const [way, over] of [
      [style.overflowX, e.scrollWidth - e.clientWidth],
      [style.overflowY, e.scrollHeight - e.clientHeight],
    ]) {
      if (over <= 1 || way === "visible") continue;
      if (way === "hidden" || way === "clip") say(e, "coupé");
      else if (e.tabIndex < 0 && !e.querySelector("a[href], button, input")) {
        say(e, "hors du clavier");
      }
    }
  }

  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !seen(e)) continue;
    let region = e;
    while (region && !scrolls(getComputedStyle(region))) region = region.parentElement;
    const frame = region?.getBoundingClientRect();
    range.selectNodeContents(walk.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (frame && (box.bottom > frame.bottom || box.top < frame.top)) continue; // scrolled away
      // The spaces that end a line of <pre> hang out of it: nothing is lost.
      const out = box.left < -1 || box.right > innerWidth + 1;
      if (out && !region && !e.closest("pre")) say(e, "hors de la fenêtre");
      texts.push({ e, box });
    }
  }
  texts.sort((a, b) => a.box.top - b.box.top);
  texts.forEach((a, i) => {
    for (let j = i + 1; j < texts.length && texts[j].box.top < a.box.bottom; j += 1) {
      const b = texts[j];
      const high = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
      const long = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const most = Math.min(a.box.height, b.box.height);
      if (a.e !== b.e && long > 2 && high > .4 * most) say(b.e, `sur « ${start(a.e, 30)} »`);
    }
  });
  return [...faults].slice(0, 12);
}"""


def faults(page: Page) -> list[str]:
    """What is cut, out of the window or overlapped on the page as it stands."""
    found: list[str] = page.evaluate(FAULTS)
    return found


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_nothing_is_lost_at_400_percent(visit: Open, url: str) -> None:
    with visit(width=320, height=256) as visited:
        page = visited.go(url)
        page.wait_for_load_state("networkidle")
        assert faults(page) == []
        page.locator("button.burger").click()
        assert page.locator("#menu").is_visible()
        assert faults(page) == []


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_nothing_is_cut_when_text_is_spaced(visit: Open, url: str) -> None:
    with visit(width=320, bypass_csp=True) as visited:
        page = visited.go(url)
        page.wait_for_load_state("networkidle")
        page.add_style_tag(content=SPACED)
        found: dict[int, list[str]] = {}
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found[width] = faults(page)
        assert {width: reported for width, reported in found.items() if reported} == {}


def test_a_fault_is_seen(visit: Open) -> None:
    """The check itself: text that is cut, out of the window or overlapped is reported."""
    with visit(width=320, bypass_csp=True) as visited:
        page = visited.go("label/")
        for rule, reported in (
            ("h1 { width: 3rem; overflow: hidden; white-space: nowrap; }", "coupé : h1"),
            (
                "h1 { white-space: nowrap; transform: translateX(-200px); }",
                "hors de la fenêtre : h1",
            ),
            ("h1 + * { margin-top: -2.5rem; }", "sur « "),
            ("main { min-width: 40rem; }", "la page fait"),
        ):
            style = page.add_style_tag(content=rule)
            assert any(reported in fault for fault in faults(page)), rule
            style.evaluate("e => e.remove()")
        assert faults(page) == []
