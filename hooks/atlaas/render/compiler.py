"""Private parts of Jinja: templates compiled to fewer steps than its own, and run without detours.

What they print goes through a function of ours, ``thing.name`` is an attribute and nothing else
(``PageValues`` is the dict that has them), and a call passes no context. On a whole build this
saves a fifth of the CPU (benchmarks/README.md). Elsewhere only what Jinja documents is used.
"""

import keyword
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.nodes import Call, Expr, Getattr
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup


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
            super().visit_Call(node, frame, forward_caller=forward_caller)
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


class FastEnvironment(Environment):
    """An environment that prints through ``print_value``."""

    code_generator_class = _CodeGenerator

    def __init__(self, print_value: Callable[[Any], str], **settings: Any) -> None:
        super().__init__(**settings)
        self.print_value = print_value


def macros_of(template: Template) -> dict[str, Callable[..., str]]:
    """The macros of a template by name."""
    found = vars(template.module).items()
    return {name: _direct(macro) for name, macro in found if isinstance(macro, Macro)}


def _direct(macro: Macro) -> Callable[..., str]:
    """A macro called as the function that it is compiled to."""
    if macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro
    function, names = macro._func, macro.arguments
    count = len(names)

    def call(*given: Any, **named: Any) -> str:
        if len(given) < count:
            others = names[len(given) :]
            if not named:
                given += (missing,) * len(others)
            elif named.keys() <= {*others}:
                given += tuple([named.get(name, missing) for name in others])
            else:
                return macro(*given, **named)  # which says what is wrong
        elif named:
            return macro(*given, **named)
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
