"""The Markdown of records -> HTML that can do no harm."""

import re

import nh3
from markupsafe import Markup

from atlaas.text import commonmark
from atlaas.text.typography import typeset_html

_TAGS = set(
    "p strong em del ul ol li blockquote code pre br a h3 h4 table thead tbody tr th td".split()
)
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https"}, url_relative="deny", link_rel=None
)
_HEADING = re.compile(r"<(/?)h([1-6])>")
# A link to a full https address, as cmark writes it, of which the sanitizer changes nothing.
_LINK = r'a href="https://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:/[\w/.~%#?=+-]*)?"'
_NEEDS_CLEANING = re.compile(
    f"<(?!/?(?:p|ul|ol|li|strong|em|br /|h[34]|blockquote)>|/a>|{_LINK}>)", re.ASCII
)


def _heading(match: re.Match[str]) -> str:
    """A record's headings stand under the page's: first and second level become third."""
    level = int(match[2])
    return f"<{match[1]}h{3 if level <= 3 else 4}>"


def to_html(markdown: str) -> Markup:
    """Render a CommonMark text (with tables) and keep only an allow-list of tags.

    Links are https only, to full addresses; images and raw HTML are dropped.
    """
    html = commonmark.to_html(markdown)
    if "<h" in html:
        html = _HEADING.sub(_heading, html)
    # Plain paragraphs, lists and links, which cmark itself wrote with every < escaped, need no
    # second look; anything else goes through the sanitizer.
    if _NEEDS_CLEANING.search(html):
        html = _CLEANER.clean(html)
    return Markup(typeset_html(html))
