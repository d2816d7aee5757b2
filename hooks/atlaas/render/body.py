"""A page's values -> the HTML of its body, in our own Jinja environment: autoescaping is ON."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from atlaas import text
from atlaas.render.markdown import to_html
from atlaas.typography import CANDIDATE, typeset, typeset_template

_TOUCHED = re.compile(f"[&<>\"']|{CANDIDATE.pattern}").search


def print_value(value: Any) -> str:
    """A value as a template prints it: escaped, and set in French typography.

    What is already HTML passes as it is. One search finds out whether anything must be done,
    which for most values is not the case: it runs some sixty times a page.
    """
    if type(value) is str:
        return value if not _TOUCHED(value) else escape(typeset(value))
    if type(value) is Markup:
        return value
    return escape(value)


class _CodeGenerator(CodeGenerator):
    """Has templates print through ``print_value`` where they would call ``escape``."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            raise ValueError("a template of records must not turn autoescaping off")
        self.write("environment.print_value(")


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

    The macros of ``macros/ui.html``, ``blocks.html`` and ``local.html`` are known to every
    template as ``ui``, ``blocks`` and ``local``.
    """
    if cache:
        # Compiled templates depend on this module too: another one keeps its own.
        cache = cache / sha256(Path(__file__).read_bytes()).hexdigest()[:12]
        cache.mkdir(parents=True, exist_ok=True)
    environment = _Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        auto_reload=cache is None,
    )
    environment.filters.update(
        number=text.number, date=text.date, plural=text.plural, markdown=to_html
    )
    environment.globals["plural"] = text.plural
    for name in ("ui", "blocks", "local"):
        if (templates / "macros" / f"{name}.html").is_file():
            environment.globals[name] = environment.get_template(f"macros/{name}.html").module
    return environment
