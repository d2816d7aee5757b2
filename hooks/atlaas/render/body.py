"""A page's values -> the HTML of its body, in our own Jinja environment: autoescaping is ON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from atlaas import text
from atlaas.render.markdown import to_html
from atlaas.typography import typeset, typeset_template


class _Loader(FileSystemLoader):
    """Templates whose fixed words are set in French typography once, as they are loaded."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, up_to_date = super().get_source(environment, template)
        return typeset_template(source), path, up_to_date


def _finalize(value: Any) -> Any:
    """Set every text that a template prints; what is already HTML passes as it is."""
    return typeset(value) if type(value) is str else value


def make_environment(templates: Path, cache: Path | None = None) -> Environment:
    """The environment of bodies: templates below ``templates``, compiled ones kept in ``cache``."""
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        auto_reload=cache is None,
    )
    environment.filters.update(
        number=text.number, date=text.date, plural=text.plural, markdown=to_html
    )
    environment.globals["plural"] = text.plural
    return environment
