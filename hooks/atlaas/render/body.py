"""A page's values -> the HTML of its body, in our own Jinja environment: autoescaping is ON.

What templates print goes through a memory of values already printed, and the small macros of
``macros/pieces.html`` remember what they answered: a page prints some hundred values, most of
which stand on other pages too. ``render.compiler`` has them compiled to fewer steps.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from atlaas import text
from atlaas.render.compiler import FastEnvironment, macros_of
from atlaas.render.markdown import to_html
from atlaas.text.typography import typeset, typeset_template

_TOUCHED = re.compile("[&<>\";:!?«»%€0-9']").search  # what is escaped or set has one of these
_REMEMBERING = ("pieces", "around")  # files of macros whose arguments are all hashable
_REMEMBERED = 10_000  # values, and answers of a macro; then they are forgotten
_printed: dict[str, str] = {}


def print_value(value: Any) -> str:
    """A value as a template prints it: escaped, and set in French typography.

    What is already HTML passes as it is. An apostrophe is never escaped: templates put every
    attribute between double quotes, which a test makes sure of.
    """
    if type(value) is str:
        shown = _printed.get(value)
        if shown is None:
            shown = value if not _TOUCHED(value) else safe(typeset(value))
            if len(_printed) >= _REMEMBERED:
                _printed.clear()
            _printed[value] = shown
        return shown
    if type(value) is Markup:
        return value
    return escape(value)


def safe(text: str) -> str:
    """A text made safe for an element or an attribute between double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;")


class _Loader(FileSystemLoader):
    """Templates whose fixed words are set in French typography once, as they are loaded."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, up_to_date = super().get_source(environment, template)
        return typeset_template(source), path, up_to_date


def make_environment(templates: Path) -> Environment:
    """The environment of bodies: templates below ``templates``.

    What they are compiled to is not kept between builds: it would be code that nobody reviewed.

    The macros of ``macros/pieces.html``, ``ui.html``, ``blocks.html``, ``local.html`` and
    ``around.html`` are known to every template by these names, each also to those after it.
    """
    environment = FastEnvironment(
        print_value,
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        number=text.number,
        date=text.date,
        plural=text.plural,
        first_of=text.first_of,
        markdown=to_html,
        as_written=escape,  # what is copied into a file: not set in French typography
    )
    environment.globals["plural"] = text.plural
    for name in ("pieces", "ui", "blocks", "local", "around"):
        if (templates / "macros" / f"{name}.html").is_file():
            macros = macros_of(environment.get_template(f"macros/{name}.html"))
            if name in _REMEMBERING:
                remember = lru_cache(_REMEMBERED, typed=True)
                macros = {n: remember(macro) for n, macro in macros.items()}
            environment.globals[name] = SimpleNamespace(**macros)
    return environment


def compile_pages(environment: Environment, templates: Path) -> None:
    """Compile the templates of all pages, which the environment holds from then on."""
    for path in sorted((templates / "pages").glob("*.html")):
        environment.get_template(f"pages/{path.name}")
