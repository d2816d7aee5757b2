"""The Markdown of records can do no harm, and says what it should."""

from __future__ import annotations

from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from atlaas.render.markdown import to_html
from atlaas.text import commonmark
from atlaas.text.typography import typeset_html

# What a record's text may hold: see « Rendering » in the design.
TAGS = frozenset(
    [
        "p",
        "strong",
        "em",
        "del",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "br",
        "a",
        "h3",
        "h4",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def html(markdown: str) -> str:
    return str(to_html(markdown)).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Un **mot** *fort*", "<p>Un <strong>mot</strong> <em>fort</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>"),
        ("Quoi ? `a : b`", "<p>Quoi\u202f? <code>a : b</code></p>"),
        (
            "[un lien](https://exemple.fr/a?b=1&c=2)",
            '<p><a href="https://exemple.fr/a?b=1&amp;c=2">un lien</a></p>',
        ),
    ],
)
def test_what_a_record_may_say(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Un", "<h3>Un</h3>"),
        ("## Deux", "<h3>Deux</h3>"),
        ("### Trois", "<h3>Trois</h3>"),
        ("#### Quatre", "<h4>Quatre</h4>"),
        ("###### Six", "<h4>Six</h4>"),
        ("Un\n===", "<h3>Un</h3>"),
    ],
)
def test_headings_stand_under_the_page_s(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/a",
        "/relatif",
        "relatif/",
        "../haut",
        "#ancre",
        "http://exemple.fr/",
        "mailto:quelqu.un@exemple.fr",
        "file:///etc/passwd",
        "\\\\evil.example",
    ],
)
def test_an_address_that_is_not_https_is_no_link(address: str) -> None:
    for markdown in (f"[mot]({address})", f"[mot](<{address}>)", f"[mot][1]\n\n[1]: {address}"):
        found = Tags(html(markdown)).found
        assert [attributes for tag, attributes in found if "href" in attributes] == []


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        '<img src=x onerror="alert(1)">',
        "<svg onload=alert(1)>",
        '<p onclick="x" style="color:red" id="__config" class="c">mot</p>',
        '<a href="https://exemple.fr" onclick="x">mot</a>',
        "<style>p{color:red}</style>",
        '<iframe src="https://exemple.fr"></iframe>',
        "<!-- commentaire -->",
        "<?php x ?>",
        "<h1>mot</h1>",
        "![image](https://exemple.fr/i.png)",
        "[![image](https://exemple.fr/i.png)](https://exemple.fr)",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ],
)
def test_raw_html_and_images_are_dropped(markdown: str) -> None:
    made = html(markdown)
    parsed = Tags(made)
    assert {tag for tag, _ in parsed.found} <= {"p", "a"}
    assert {key for _, attributes in parsed.found for key in attributes} <= {"href", "rel"}
    assert parsed.others == []
    assert "alert" not in made.replace("alert(1)", "") or "<script" not in made


def test_a_table_keeps_its_cells_and_no_attribute() -> None:
    made = html("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert [tag for tag, _ in Tags(made).found] == (
        ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    )
    assert "=" not in made


def test_it_is_markup() -> None:
    assert isinstance(to_html("mot"), Markup)


PIECES = st.sampled_from(
    [
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<p style='x'>",
        "<a href=javascript:x>",
        "</a>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<svg/onload=x>",
        "<b",
        ">",
        '"',
        "'",
        "`",
        "```\n",
        "    ",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "1. ",
        "7) ",
        "> ",
        "| a | b |\n",
        "|--|:-:|\n",
        "[x](",
        "[x][y]",
        "[y]: ",
        "![i](",
        ")",
        "https://a.example/",
        "http://a.fr ",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "&lt;script&gt;",
        "&#x3c;img ",
        "\\<",
        "**",
        "*",
        "~~",
        "<https://a.example>",
        "<javascript:x>",
        "www.a.example",
        "a@b.fr",
        "texte",
        " : ",
        " ? ",
        "« ",
        "\x00",
        "\u202e",
        "<code>",
        "</code>",
        "<pre ",
        "<h1 id=x>",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join))
def test_nothing_outside_the_allow_list_ever_comes_out(markdown: str) -> None:
    made = str(to_html(markdown))
    parsed = Tags(made)
    assert parsed.others == []
    for tag, attributes in parsed.found:
        assert tag in TAGS
        for key, value in attributes.items():
            match key:
                case "href":
                    assert tag == "a"
                    assert value is not None
                    assert value.startswith("https://")
                case "start":
                    assert tag == "ol"
                    assert value is not None
                    assert value.isdigit()
                case _:
                    raise AssertionError(f"<{tag} {key}={value!r}>")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.exemple.org",
        "https://www.exemple.org/",
        "https://www.ville-lille.fr/une/page.html?x=1&y=2#la",
        "https://exemple.org/une%20page",
        "https://xn--caf-dma.example/",
        "https://1.2.3.4.5/",
        "https://example..org/",
        "https://exemple.org:8080/",
        "https://exemple.fr/é",
        "http://exemple.org/",
        "//exemple.org/",
        "/relative/",
        "javascript:alert(1)",
        "https://exemple.org/'x",
    ],
)
def test_a_link_is_what_the_sanitizer_makes_of_it(address: str) -> None:
    """The shorter way for plain links gives the sanitizer's own result, byte for byte."""
    cleaner = nh3.Cleaner(
        tags={"p", "a"},
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"https"},
        url_relative="deny",
        link_rel=None,
    )
    for source in (f"[mots]({address})", f'[mots]({address} "titre")', f"<{address}>", address):
        raw = commonmark.to_html(source)
        assert to_html(source) == typeset_html(cleaner.clean(raw))
