from __future__ import annotations

import resource

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from atlaas.text import commonmark

TEXTS = [
    "",
    "Un **mot** et un [lien](https://ville.fr/a?b=1&c=2).",
    "- un\n- deux\n\n1. trois",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "~~barré~~ <script>x</script> https://ville.fr www.ville.fr",
    "~~~python\nx = 1\n~~~",
    "é œ « » \U0001f600",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_html_is_cmarkgfm_s_own(text: str) -> None:
    assert commonmark.to_html(text) == cmarkgfm.github_flavored_markdown_to_html(text)
    assert commonmark.to_html(text, unsafe=True) == cmarkgfm.github_flavored_markdown_to_html(
        text, Options.CMARK_OPT_UNSAFE
    )


def test_nothing_leaks() -> None:
    """cmarkgfm's own function keeps 10 kB per call: 20 MB here."""
    text = "Un paragraphe **gras** avec un [lien](https://ville.fr/).\n\n- un\n- deux\n" * 20
    for _ in range(200):
        commonmark.to_html(text)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2000):
        commonmark.to_html(text)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 4_000 * (1024 if after > 10**8 else 1)
