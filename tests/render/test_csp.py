"""The content policy of a page."""

from __future__ import annotations

import pytest

from atlaas.render.csp import add_policy, policy

# printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
HASH = "'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='"


def page(head: str = "", body: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )


def directive(html: str, name: str) -> list[str]:
    found = [part.split() for part in policy(html).split("; ")]
    return next(values for key, *values in found if key == name)


def test_the_policy_stands_right_after_the_charset() -> None:
    html = add_policy(page("<title>x</title>"))
    assert '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="' in html
    assert html.endswith("<title>x</title></head><body></body></html>")


def test_a_page_without_inline_code_names_no_hash() -> None:
    assert policy(page('<script src="a.js"></script>', "<p>let a = 1;</p>")) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_each_inline_script_and_style_has_its_hash_once() -> None:
    html = page("<style>let a = 1;</style>", "<script>let a = 1;</script>" * 2)
    assert directive(html, "script-src") == ["'self'", HASH]
    assert directive(html, "style-src") == ["'self'", HASH]


def test_a_script_keeps_its_characters() -> None:
    html = page(body="<script>if (a < b && c) d('<p>&amp;</p>')</script>")
    # printf %s "if (a < b && c) d('<p>&amp;</p>')" | openssl dgst -sha256 -binary | base64
    assert directive(html, "script-src")[1:] == [
        "'sha256-B/A3lxFBcgj7QCl/KHd1hOSPS85tb5Lh8OQ+fI2JDkI='"
    ]


def test_data_blocks_are_not_hashed() -> None:
    html = page('<script type="application/ld+json">{"a": 1}</script>')
    assert directive(html, "script-src") == ["'self'"]


def test_line_ends_are_hashed_as_browsers_see_them() -> None:
    assert policy(page("<style>a\r\nb</style>")) == policy(page("<style>a\nb</style>"))


def test_a_page_without_charset_is_refused() -> None:
    with pytest.raises(ValueError, match="meta charset"):
        add_policy("<html><head></head></html>")
