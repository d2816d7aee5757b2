"""What the modules of ``publish`` share: addresses, JSON, and the words of the models."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic_core import to_json

from atlaas.model import Source
from atlaas.pages.page import Site

LICENCE_ID = "etalab-2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
LICENCE_NAME = "Licence Ouverte 2.0"
Json = dict[str, Any]
SEPARATOR = " | "  # between the values of a cell that holds several

# What the descriptions of the models say to those who write YAML, and no reader needs.
_YAML_ADVICE = re.compile(
    r" ?\(entre guillemets\)|,? entre guillemets(?=\.)| Toujours entre guillemets\."
)


def address(site: Site, url: str) -> str:
    """The full address of ``url``, which is relative to the root; itself without a site address."""
    return site.url + url


def as_json(value: object) -> bytes:
    """A value as compact JSON in UTF-8, by pydantic's writer: a sixth of the time of ``json``.

    It would write an exact decimal as a text: see ``number``.
    """
    return to_json(value)


def as_pretty_json(value: object) -> bytes:
    """The same for documents that people read: indented, with a line feed at the end."""
    return to_json(value, indent=2) + b"\n"


def number(value: Decimal) -> int | float:
    """A whole decimal as int, any other as float."""
    whole = int(value)
    return whole if whole == value else float(value)


def for_readers(description: str) -> str:
    """A field's description without what it says of YAML quotes."""
    return _YAML_ADVICE.sub("", description)


def sources_text(sources: Iterable[Source] | None) -> str | None:
    """Sources in one cell: addresses, or publisher, title and date where there is none."""
    found = []
    for source in sources or ():
        words = (source.publisher, source.title, source.date)
        found.append(source.url or ", ".join(word for word in words if word))
    return SEPARATOR.join(found) or None


def several(values: Iterable[str]) -> str | None:
    """Several ids or texts in one cell."""
    return SEPARATOR.join(values) or None


def example(value: Any) -> Any:
    """An example of a model without the quotes that it shows to writers of YAML."""
    return value.strip('"') if isinstance(value, str) else value
