"""A page's values -> the HTML of its body, in our own Jinja environment: autoescaping is ON.

Templates are compiled to fewer steps than Jinja's own: what they print goes through a memory of
values already printed, ``thing.name`` is an attribute and nothing else (``Values`` is the dict
that has them), a call passes no context, and the small macros of ``macros/pieces.html`` remember
what they answered. A page prints some hundred values, most of which stand on other pages too.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.nodes import Call, Expr, Getattr
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from atlaas import text
from atlaas.render.markdown import to_html
from atlaas.text.typography import typeset, typeset_template
from atlaas.work.cache import cache_folder

_TOUCHED = re.compile('[&<>";:!?«»%€0-9]').search  # what is escaped or set has one of these
_REMEMBERED = 10_000  # values, and answers of a macro; then they are forgotten
_printed: dict[str, str] = {}


def print_value(value: Any) -> str:
    """A value as a template prints it: escaped, and set in French typography.

    What is already HTML passes as it is. An apostrophe, which French words are full of, stays one:
    templates put every attribute between double quotes, which a test makes sure of.
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


class _CodeGenerator(CodeGenerator):
    """Has templates print through ``print_value``, read attributes and call without detours."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("print_value = environment.print_value")

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            raise ValueError("a template of records must not turn autoescaping off")
        self.write("print_value(")

    @optimizeconst
    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:
        if keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


class _Environment(Environment):
    code_generator_class = _CodeGenerator
    print_value = staticmethod(print_value)


class _Loader(FileSystemLoader):
    """Templates whose fixed words are set in French typography once, as they are loaded."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, up_to_date = super().get_source(environment, template)
        return typeset_template(source), path, up_to_date


def make_environment(templates: Path, cache: Path | None = None) -> Environment:
    """The environment of bodies: templates below ``templates``, compiled ones kept in ``cache``.

    The macros of ``macros/pieces.html``, ``ui.html``, ``blocks.html`` and ``local.html`` are known
    to every template as ``pieces``, ``ui``, ``blocks`` and ``local``, each also to those after it.
    """
    compiled = cache_folder(cache, "templates") if cache else None
    environment = _Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        auto_reload=cache is None,
    )
    environment.filters.update(
        number=text.number, date=text.date, plural=text.plural, markdown=to_html
    )
    environment.globals["plural"] = text.plural
    for name in ("pieces", "ui", "blocks", "local"):
        if (templates / "macros" / f"{name}.html").is_file():
            module = environment.get_template(f"macros/{name}.html").module
            macros = {n: _direct(m) for n, m in vars(module).items() if isinstance(m, Macro)}
            if name == "pieces":  # they remember their answers: their arguments are all hashable
                remember = lru_cache(_REMEMBERED, typed=True)
                macros = {n: remember(macro) for n, macro in macros.items()}
            environment.globals[name] = SimpleNamespace(**macros)
    return environment


def _direct(macro: Macro) -> Callable[..., str]:
    """A macro called as the function that it is compiled to, where no argument is named."""
    if macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro
    function, count = macro._func, len(macro.arguments)

    def call(*given: Any, **named: Any) -> str:
        if named:
            return macro(*given, **named)
        if len(given) < count:
            given += (missing,) * (count - len(given))
        return Markup(function(*given))

    return call


def body(template: Template, values: Mapping[str, Any]) -> str:
    """The HTML of a page's body; what Jinja's ``render`` does, without copying the values."""
    environment = template.environment
    context = environment.context_class(
        environment, {**environment.globals, **values}, template.name, {}
    )
    try:
        return "".join(template.root_render_func(context))
    except Exception:
        environment.handle_exception()
