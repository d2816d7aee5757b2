"""A hand-written page: what its HTML may hold, and how the rest is named."""

from __future__ import annotations

import pytest

from atlaas.render.page_html import clean, fill
from support import PROJECT


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="lire">Lire</h2>\n<p>Un <strong>texte</strong>, <a href="../carte/">lié</a>.</p>',
        '<p><a href="https://a.org/?a=1&amp;b=2#c">x</a> <a href="mailto:a@a.org">y</a></p>',
        '<div class="admonition note"><p class="admonition-title">Note</p></div>',
        '<p><img src="images/ecran.png" alt="Un écran" width="40" height="20"></p>',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<details><summary>Plus</summary><p><kbd>/</kbd></p></details>",
        '<ol start="3"><li>a</li></ol><hr><pre><code class="language-sh">a &lt; b</code></pre>',
    ],
)
def test_texts_pictures_tables_and_links_pass(html: str) -> None:
    assert clean(html) == (html, [])


@pytest.mark.parametrize(
    ("html", "kept", "refused"),
    [
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>", ["<script>"]),
        ('<p onclick="x()">a</p>', "<p>a</p>", ["<p onclick>"]),
        ('<p style="position:fixed">a</p>', "<p>a</p>", ["<p style>"]),
        ('<p id="settings">a</p>', "<p>a</p>", ["<p id>"]),
        ("<svg onload=x()></svg>", "", ["<svg onload>", "<svg>"]),
        ('<iframe src="x"></iframe>', "", ["<iframe src>", "<iframe>"]),
        ('<a href="javascript:x()">a</a>', "<a>a</a>", ["<a href>"]),
        ('<a href="//evil.example/">a</a>', "<a>a</a>", ["<a href>"]),
        ('<a href="/\\evil.example/">a</a>', "<a>a</a>", ["<a href>"]),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>", ["<a href>"]),
        ('<img src="https://evil.example/p.png">', "<img>", ["<img src>"]),
        ('<img src="data:image/svg+xml,x">', "<img>", ["<img src>"]),
        ('<form action="https://evil.example/"><input name="a"></form>', "",
         ["<form action>", "<form>", "<input name>", "<input>"]),
        ('<meta http-equiv="refresh" content="0">', "",
         ["<meta content>", "<meta http-equiv>", "<meta>"]),
        ("<!-- x --><p>a</p>", "<p>a</p>", ["<!-->"]),
    ],
)  # fmt: skip
def test_the_rest_is_left_out_and_named(html: str, kept: str, refused: list[str]) -> None:
    assert clean(html) == (kept, refused)


class Owner:
    """Who publishes a site, as far as these pages ask."""

    url = "mailto:a@exemple.fr"
    publisher = "Une association"


def filled(text: str, **values: object) -> str:
    return fill(text, {"owner": Owner, "issue": "", **values}, PROJECT / "overrides")


def test_what_a_page_says_of_its_site_is_filled_in() -> None:
    assert filled("Sans rien, avec des { accolades }.") == "Sans rien, avec des { accolades }."
    assert filled("{% if owner.publisher %}Par {{ owner.publisher }}{% endif %}.") == (
        "Par Une association."
    )
    assert filled("{% if issue %}a{% elif owner.url %}b{% else %}c{% endif %}") == "b"
    text = '{% from "macros/contact.html" import write %}{{ write("écrivez", owner, issue) }}'
    assert filled(text) == '<a href="mailto:a@exemple.fr">écrivez</a>'


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ owner.__init__.__globals__ }}",
        "{{ owner.url.format }}{{ owner.url.upper() }}",
        "{{ 'x' * 999999999 }}",
        "{{ range(9) }}{% for a in 'x' %}{% endfor %}",
        "{% for a in 'abc' %}{{ a }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{% include "pages/home.html" %}',
        '{% extends "base.html" %}',
        '{% import "macros/contact.html" as x %}',
        '{% from "macros/pieces.html" import sources %}',
        "{% set x = 1 %}",
        "{{ owner['url'] }}",
        "{{ owner.url | attr('__class__') }}",
        "{% if 9 ** 9 ** 9 %}x{% endif %}",
        "{{ owner.nothing }}",
        "{{ nothing }}",
        "{{ owner.url ",
        "{% if %}",
    ],
)
def test_nothing_else_of_jinja_is_there(text: str) -> None:
    with pytest.raises(ValueError, match=r"^:2: une page n'a de Jinja|^:1: une page n'a de Jinja"):
        filled(f"Bonjour.\n{text}")
