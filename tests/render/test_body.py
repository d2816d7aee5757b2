"""The environment of bodies: escaping on, nothing undefined passes, French typography."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup

from atlaas.pages.page import PageValues
from atlaas.render.body import compile_pages, make_environment
from atlaas.render.compiler import body
from support import PROJECT, write_tree

NB, THIN = "\u00a0", "\u202f"


def environment(folder: Path, source: str) -> Environment:
    return make_environment(write_tree(folder, {"pages/x.html": source}))


def render(folder: Path, source: str, **values: Any) -> str:
    return environment(folder, source).get_template("pages/x.html").render(values)


def test_what_a_record_says_is_escaped(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\"'&"
    made = render(tmp_path, '<p title="{{ a }}">{{ a }}</p>', a=hostile)
    safe = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;'&amp;"
    assert made == f'<p title="{safe}">{safe}</p>'


def test_every_attribute_stands_between_double_quotes() -> None:
    """An apostrophe is printed as it is, so no attribute may be closed by one."""
    templates = [p for p in (PROJECT / "overrides").rglob("*.html") if "assets" not in p.parts]
    assert len(templates) > 30
    for template in templates:
        tags = re.findall(r"<[a-z][^<>]*>", re.sub(r"{[{%#].*?[}%#]}", "", template.read_text()))
        assert [tag for tag in tags if re.search(r'\s[\w-]+=[^"]', tag)] == [], template


def test_escaping_also_holds_in_macros_and_loops(tmp_path: Path) -> None:
    source = "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{% for x in a %}{{ m(x) }}{% endfor %}"
    assert render(tmp_path, source, a=["<", "&"]) == "<b>&lt;</b><b>&amp;</b>"


@pytest.mark.parametrize(
    "source", ["{{ missing }}", "{{ a.missing }}", "{% if missing %}x{% endif %}"]
)
def test_what_is_not_defined_stops_the_build(tmp_path: Path, source: str) -> None:
    with pytest.raises((UndefinedError, AttributeError), match="missing"):
        render(tmp_path, source, a="x")


def test_items_of_values_are_read_as_attributes(tmp_path: Path) -> None:
    """In a template « thing.name » is an attribute; Values are dicts that have them."""
    assert render(tmp_path, "{{ a.name }}", a=PageValues(name="x")) == "x"
    with pytest.raises(AttributeError, match="no value 'name' here, only other"):
        render(tmp_path, "{{ a.name }}", a=PageValues(other="x"))


def test_what_is_remembered_is_reported_apart_by_type(tmp_path: Path) -> None:
    """A text and the same characters as HTML are equal, and must not be taken for each other."""
    files = {
        "macros/pieces.html": "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}",
        "pages/x.html": "{{ pieces.b(a) }}{{ pieces.b(c) }}{{ a }}{{ c }}{{ pieces.b(1) }}"
        "{{ pieces.b(true) }}",
    }
    template = make_environment(write_tree(tmp_path, files)).get_template("pages/x.html")
    made = body(template, {"a": "<i>", "c": Markup("<i>")})
    assert made == "<b>&lt;i&gt;</b><b><i></b>&lt;i&gt;<i><b>1</b><b>True</b>"


def test_words_and_values_are_set_in_french(tmp_path: Path) -> None:
    made = render(tmp_path, "<p>Quoi ? {{ a }}</p>", a="« oui » : 1 600 km")
    assert made == f"<p>Quoi{THIN}? «{NB}oui{NB}»{NB}: 1{THIN}600 km</p>"


def test_markdown_is_not_set_twice_nor_escaped(tmp_path: Path) -> None:
    made = render(tmp_path, "{{ a | markdown }}", a="**b** `c : d`")
    assert made.strip() == "<p><strong>b</strong> <code>c : d</code></p>"


def test_filters(tmp_path: Path) -> None:
    made = render(
        tmp_path,
        "{{ n | number }}|{{ '2016-07-02' | date }}|{{ 2 | plural('label') }}|{{ plural(1, 'a') }}",
        n=210000,
    )
    assert made == f"210{THIN}000|2 juillet 2016|2 labels|1 a"


def test_what_was_compiled_beforehand_is_not_read_again(tmp_path: Path) -> None:
    made = make_environment(write_tree(tmp_path, {"pages/a.html": "un", "pages/b.html": "deux"}))
    compile_pages(made, tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"pages/{name}.html").unlink()
    assert [made.get_template(f"pages/{name}.html").render() for name in "ab"] == ["un", "deux"]
