"""Pages as the validator of HTML and a reader of structured data see them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import extruct

from scripts.kinds import KINDS, NOWHERE
from scripts.validate.told import FOLDER, Validated, ask, run

JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
EACH = 40  # pages of each folder of the site that are read
PARTS = ("og:title", "og:type", "og:url", "og:description", "og:site_name", "og:image")


def _files(given: Validated) -> list[Path]:
    """A page of each kind, and some of each folder: also old addresses, which are pages too."""
    kinds = [urlsplit(url).path for name, url in KINDS.items() if url != NOWHERE]
    found = {given.site / path / "index.html" for path in kinds} | {given.site / "404.html"}
    for folder in sorted(path for path in given.site.iterdir() if path.is_dir()):
        found |= set(sorted(folder.rglob("index.html"))[:EACH])
    return sorted(path for path in found if path.exists())


def html(given: Validated) -> str:
    """Errors of the Nu Html Checker, of which there must be none.

    Its warnings are left: nearly all are of the content policy, which it judges as of ``file:``.
    """
    files = _files(given)
    run(["java", "-Xss8m", "-jar", JAR, "--skip-non-html", "--errors-only", *files])
    return f"aucune erreur dans {len(files)} pages"


def structured(given: Validated) -> str:
    """Every page that says something to machines says it so that extruct reads it."""
    kinds: Counter[str] = Counter()
    files = _files(given)
    for file in files:
        found = extruct.extract(
            file.read_text("utf-8"), syntaxes=["json-ld", "opengraph"], uniform=False
        )
        for item in _things(found["json-ld"]):
            ask(item.get("@type"), f"{file} : {json.dumps(item)[:200]}")
            kinds.update(item["@type"] if isinstance(item["@type"], list) else [item["@type"]])
        for graph in found["opengraph"]:
            told = {name for name, _ in graph["properties"]}
            missing = [part for part in PARTS if part not in told]
            # A page of a place without record has a picture alone: its bytes are counted.
            ask(not missing or told == {"og:image"}, f"{file} : il manque {', '.join(missing)}")
            kinds["Open Graph"] += not missing
    ask(kinds["Open Graph"] and len(kinds) > 2, kinds)
    return ", ".join(f"{name} {count}" for name, count in sorted(kinds.items()))


def _things(items: list[Any]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield from _things(item["@graph"]) if "@graph" in item else [item]
