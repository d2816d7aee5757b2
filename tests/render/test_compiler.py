"""What is private in Jinja and used all the same; these fail where another version changed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from atlaas.pages.page import PageValues
from atlaas.render.body import make_environment, print_value
from atlaas.render.compiler import body
from support import write_tree


def test_printing_reading_and_calling_take_no_detour(tmp_path: Path) -> None:
    """The code of a template, as Jinja would run it."""
    code = make_environment(tmp_path).compile("{{ a.name }}{{ f(a.b, c=1) }}", raw=True)
    assert "yield print_value((undefined(name='a') if l_0_a is missing else l_0_a).name)" in code
    assert "l_0_f)((undefined(name='a') if l_0_a is missing else l_0_a).b, c=1, ))" in code
    for detour in ("environment.getattr(", "context.call(", "escape("):
        assert detour not in code.partition("def root(")[2]


@pytest.mark.parametrize(
    "source",
    [
        "{{ a.name }} {{ a.html }} {{ n }} {{ a['name'] }}",
        "{% for x in many if x %}{{ loop.index }}{{ x }}{% else %}rien{% endfor %}",
        "{% macro m(x, y=2) %}<b>{{ x }}{{ y }}</b>{% endmacro %}{{ m(n) }}{{ m(a.name, y=3) }}",
        "{% macro box() %}<div>{{ caller(n) }}</div>{% endmacro %}"
        "{% call(x) box() %}{{ x }}{% endcall %}",
        "{{ f(*many) }}{{ f(**{'sep': '<'}) }}{{ f('a', sep=a.name) }}",
        "{% set t = a.name %}{{ t ~ '<' }}{{ a.name | upper }}{{ a.name.upper() }}",
        '{{ ui.pair("&", n) }}{{ ui.pair(x="<") }}{{ ui.pair(a.html) }}',
    ],
)
def test_a_page_is_what_plain_jinja_makes_of_it(tmp_path: Path, source: str) -> None:
    pair = "{% macro pair(x, y='') %}<i>{{ x }}/{{ y }}</i>{% endmacro %}"
    write_tree(tmp_path, {"x.html": source, "macros/ui.html": pair})
    plain = Environment(
        loader=FileSystemLoader(tmp_path),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: Markup(print_value(value)),
    )
    plain.globals["ui"] = plain.get_template("macros/ui.html").module

    def joined(*parts: Any, sep: str = "-") -> str:
        return sep.join(map(str, parts)) + sep

    values = {
        "a": PageValues(name="« L'été » & <b>", html=Markup("<hr>")),
        "many": ["x", "", "<"],
        "n": 1600,
        "f": joined,
    }
    expected = plain.get_template("x.html").render(values)
    assert body(make_environment(tmp_path).get_template("x.html"), values) == expected
