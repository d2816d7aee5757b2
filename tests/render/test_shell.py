"""Shells: the theme's chrome cut at its tokens, joined with each page's bytes."""

from __future__ import annotations

import pytest

from atlaas.render.shell import FIELDS, TOKENS, Shell, Shells, attribute, nearer, shortened

TEMPLATE = f"""<html>
  <title>{TOKENS["title"]} — Atlaas</title>

  <meta content="{TOKENS["description"]}">
    {TOKENS["canonical"]}{TOKENS["head"]}
  <main>{TOKENS["body"]}</main>
</html>"""
VALUES = {field: field.upper().encode() for field in FIELDS}


def test_the_page_is_the_pieces_with_the_values_between_them() -> None:
    assert Shell.cut(TEMPLATE).join(VALUES).decode() == (
        "<html><title>TITLE — Atlaas</title>"
        '<meta content="DESCRIPTION">\nCANONICALHEAD\n<main>BODY</main>\n</html>'
    )


def test_a_token_in_a_value_is_only_text() -> None:
    """A record cannot reach into the shell by writing a token."""
    page = Shell.cut(TEMPLATE).join({**VALUES, "title": TOKENS["body"].encode()})
    assert page.count(b"BODY") == 1
    assert f"<title>{TOKENS['body']} — Atlaas</title>".encode() in page


def test_a_token_may_stand_twice_or_not_at_all() -> None:
    shell = Shell.cut(f"{TOKENS['title']}|{TOKENS['body']}|{TOKENS['title']}")
    assert shell.join(VALUES) == b"TITLE|BODY|TITLE"


@pytest.mark.parametrize("missing", ["body", "title"])
def test_a_template_without_a_place_for_them_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match=r"record\.html"):
        Shell.cut(TEMPLATE.replace(TOKENS[missing], ""))


def test_a_shell_is_made_once_for_its_section_and_depth() -> None:
    asked = []

    def render(section: str, depth: int) -> str:
        asked.append((section, depth))
        return f"{section} {depth} {TOKENS['title']}{TOKENS['body']}"

    shells = Shells(render)
    first = shells.get("label", 2)
    assert shells.get("label", 2) is first
    assert shells.get("label", 3).join(VALUES) == b"label 3 TITLEBODY"
    shells.get("themes", 2)
    assert asked == [("label", 2), ("label", 3), ("themes", 2)]


def test_words_are_safe_in_an_attribute_and_in_an_element() -> None:
    assert attribute("<a href=\"x\"> & 'é'") == ("&lt;a href=&#34;x&#34;&gt; &amp; 'é'".encode())


def test_links_within_a_folder_are_as_short_as_can_be() -> None:
    html = (
        '<a href="../../../actions/59350/x/">a</a><a href="../../../actions/59378/y/#z">b</a>'
        '<a href="../../../actions/">c</a><a href="../../../themes/a/">d</a> "../../../actions/"'
    )
    assert nearer(html, "actions/59350/w/") == (
        '<a href="../x/">a</a><a href="../../59378/y/#z">b</a>'
        '<a href="../../">c</a><a href="../../../themes/a/">d</a> "../../"'
    )
    light = '\n<a href="../../territoires/a/">a</a>\n \n\n<p>b</p>\n'
    assert shortened(light, "territoires/x/") == '<a href="../a/">a</a>\n<p>b</p>'
