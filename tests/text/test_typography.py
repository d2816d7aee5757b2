"""Spaces that must not break: only where a plain space was written, never in code or addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.text.typography import typeset, typeset_html, typeset_template

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thème : culture", f"Thème{NB}: culture"),
        ("Quoi ?", f"Quoi{THIN}?"),
        ("Bravo !", f"Bravo{THIN}!"),
        ("oui ; non", f"oui{THIN}; non"),
        ("« La bonne appli »", f"«{NB}La bonne appli{NB}»"),
        ("« quoi ? »", f"«{NB}quoi{THIN}?{NB}»"),
        ("70 %", f"70{THIN}%"),
        ("12 €", f"12{THIN}€"),
        ("1 600 km", f"1{THIN}600 km"),
        ("12 345 678 euros", f"12{THIN}345{THIN}678 euros"),
        ("l'eau d'ici, aujourd'hui", "l’eau d’ici, aujourd’hui"),
        ("d'1 an, l'« agglo »", f"d’1 an, l’«{NB}agglo{NB}»"),
    ],
)
def test_bound_spaces(text: str, expected: str) -> None:
    assert typeset(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "http://exemple.fr/a:b?c=1;d!",
        "à 10:30",
        "std::vector",
        "pourquoi?",
        "12 1600",  # four digits are no group
        "en 59 ou 62",
        "un mot",
        "'mot', 30' et 5'2",
        "",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert typeset(text) == text


@given(st.text(alphabet=st.sampled_from("a1 '«»:;!?%€\u00a0\u202f")))
def test_only_spaces_and_apostrophes_change_and_twice_is_once(text: str) -> None:
    once = typeset(text)
    assert len(once) == len(text)
    assert all(
        new == old or (old == " " and new in (NB, THIN)) or (old, new) == ("'", "’")
        for old, new in zip(text, once, strict=True)
    )
    assert typeset(once) == once


def test_code_is_left_alone() -> None:
    html = "<p>Voir : <code>a ? b : c</code> puis « d »</p><pre><code>1 000 ;\n2 ;</code></pre>"
    assert typeset_html(html) == (
        f"<p>Voir{NB}: <code>a ? b : c</code> puis «{NB}d{NB}»</p>"
        "<pre><code>1 000 ;\n2 ;</code></pre>"
    )


def test_attributes_scripts_and_comments_are_left_alone() -> None:
    html = """<!-- l'a ? --><a href="x?l'a : b" title="l'a">l'a ?</a><script>a ? b : c</script>"""
    assert typeset_html(html) == html.replace(">l'a ?<", f">l’a{THIN}?<")


def test_an_apostrophe_before_a_tag() -> None:
    assert typeset_html("<p>l'<b>eau</b> d'</p>") == "<p>l’<b>eau</b> d’</p>"
    assert typeset_template("l'<b>eau</b> d'{{ x }}") == "l’<b>eau</b> d’{{ x }}"


def test_texts_on_both_sides_of_a_tag_are_apart() -> None:
    """They are set in one go: no space or number of one is bound to what the next begins with."""
    for html in ("<p>1 <b>234</b></p>", "<p>a <b>?</b></p>", "<p>1 23<b>4</b> 567</p>"):
        assert typeset_html(html) == html
    assert typeset_html("<p>a\0 ?</p><p>b ?</p>") == f"<p>a{THIN}?</p><p>b{THIN}?</p>"


def test_only_the_fixed_words_of_a_template_are_set() -> None:
    source = (
        '{# a : b #}<p title="x : y">Quoi ? {{ "a : b" if c else d }} :</p>'
        "{% if a ? %} « e »{% endif %}"
    )
    assert typeset_template(source) == (
        '{# a : b #}<p title="x : y">'
        f'Quoi{THIN}? {{{{ "a : b" if c else d }}}}{NB}:</p>{{% if a ? %}} «{NB}e{NB}»{{% endif %}}'
    )
