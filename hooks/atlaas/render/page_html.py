"""A page of content/: what it says of this site is filled in, and its HTML is looked at.

Of Jinja it has values, conditions and the macros of ``macros/contact.html``: nothing of it runs.
What is no text, picture, table or link of a page is refused.

Records are cleaned without a word, as they are strangers' texts; a hand-written page is reviewed,
and whoever wrote what the site would not show is told.
"""

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nh3
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MACROS = "macros/contact.html"
_SAID = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Name, nodes.Const)
_TAGS = set(
    """p strong em b i del s sub sup small abbr kbd mark span div ul ol li dl dt dd blockquote code
    pre br hr a img figure figcaption h1 h2 h3 h4 h5 h6 table caption thead tbody tr th td details
    summary""".split()
)
_HEADINGS = {f"h{level}": {"id"} for level in range(1, 7)}
_ATTRIBUTES = {
    "*": {"class"},
    **_HEADINGS,
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {"https", "http", "mailto"}


def _address(tag: str, name: str, value: str) -> str | None:
    """Links lead anywhere by a full address, or inside the site; pictures are the site's own."""
    if name not in ("href", "src"):
        return value
    plain = "".join(value.split()).lower()
    outside = plain.startswith(("//", "\\", "/\\")) or ":" in plain.split("/", 1)[0].split("?")[0]
    if name == "src":
        return None if outside else value
    return None if plain.startswith(("//", "\\", "/\\")) else value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_address,
    url_schemes=_SCHEMES,
    link_rel=None,
)


class _Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes, each as often as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[tuple[str, str, str]] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, "", ""] += 1
        for name, value in attrs:
            self.found[tag, name, value or ""] += 1

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.found["!--", "", ""] += 1


def clean(html: str) -> tuple[str, list[str]]:
    """The HTML without what is refused, and what that was, as « <script> » or « <a onclick> »."""
    cleaned = _CLEANER.clean(html)
    refused = _Tags(html).found - _Tags(cleaned).found
    return cleaned, sorted({f"<{tag} {name}>" if name else f"<{tag}>" for tag, name, _ in refused})


def fill(markdown: str, values: Mapping[str, Any], templates: Path) -> str:
    """The Markdown of a page with its values in their places.

    Raises ValueError, its text beginning with « :line: », for anything else of Jinja.
    """
    if "{{" not in markdown and "{%" not in markdown and "{#" not in markdown:
        return markdown
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined
    )
    try:
        tree = environment.parse(markdown)
        for node in (tree, *tree.find_all(nodes.Node)):
            if not _is_said(node):
                raise ValueError(f":{node.lineno}: {_ONLY}")
        return environment.from_string(tree).render(values)
    except TemplateSyntaxError as error:
        raise ValueError(f":{error.lineno}: {_ONLY}") from None
    except RecursionError:
        raise ValueError(f":1: {_ONLY}") from None
    except TemplateError as error:
        raise ValueError(f":1: {_ONLY} ({error.message})") from None


_ONLY = "une page n'a de Jinja que des valeurs, des « if » et les liens de contact"


def _is_said(node: nodes.Node) -> bool:
    """Whether a page may have this: it reads a value, or calls a macro with values and texts."""
    if isinstance(node, nodes.FromImport):
        return isinstance(node.template, nodes.Const) and node.template.value == _MACROS
    if isinstance(node, nodes.Call):
        plain = isinstance(node.node, nodes.Name)
        return plain and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if isinstance(node, nodes.Getattr):
        return not node.attr.startswith("_")
    return isinstance(node, _SAID)
