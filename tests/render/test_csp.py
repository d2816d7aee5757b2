"""The content policy of a page."""

from __future__ import annotations

import pytest

from atlaas.render.csp import add_policy, inline, policy


def page(head: str = "", body: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )


def test_the_policy_stands_right_after_the_charset() -> None:
    html = add_policy(page("<title>x</title>"))
    assert '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="' in html
    assert html.endswith("<title>x</title></head><body></body></html>")


def test_the_policy_is_always_the_same() -> None:
    assert policy() == (
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;"
        "connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';"
        "require-trusted-types-for 'script';trusted-types atlaas default"
    )
    assert policy(wasm=True) == policy().replace(
        "-src 'self';", "-src 'self' 'wasm-unsafe-eval';", 1
    )
    html = page('<script src="a.js"></script>', "<p>let a = 1;</p>")
    assert f'content="{policy()}"' in add_policy(html)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("<script>let a = 1;</script>", "<script>"),
        ("<SCRIPT TYPE=Module>import 'x'</SCRIPT>", "<script>"),
        ('<script type="importmap">{}</script>', "<script>"),
        ("<style>p { color: red }</style>", "<style>"),
        ('<p style="color: red">x</p>', "<p style>"),
        ('<img src="a.png" onerror="x()">', "<img onerror>"),
        ("<svg onload=x() />", "<svg onload>"),
        ('<a href=" JavaScript:x()">x</a>', "<a href>"),
        ('<base href="https://x.org/">', "<base>"),
    ],
)
def test_what_is_written_into_a_page_stops_the_build(part: str, found: str) -> None:
    assert inline(page(body=part)) == [found]
    with pytest.raises(ValueError, match=found):
        add_policy(page(body=part))


def test_files_and_blocks_of_data_are_let_through() -> None:
    html = page(
        '<script src="a.js"></script><link rel="stylesheet" href="a.css">'
        '<script type="application/ld+json">{"a": "<style>"}</script>',
        "<pre>&lt;script&gt;</pre><p data-on='x' class='onclick'>style=</p>",
    )
    assert inline(html) == []


def test_a_page_without_charset_is_refused() -> None:
    with pytest.raises(ValueError, match="meta charset"):
        add_policy("<html><head></head></html>")
