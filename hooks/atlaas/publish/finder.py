"""Small static files from which a browser finds any commune or EPCI by name, postcode or code.

A territory is filed under the first letters of each telling word of its name and under the first
digits of its codes. A file that would grow large is split by one more letter; the list of split
prefixes goes to the browser in ``finder/index.json``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from atlaas.directory import Directory
from atlaas.pages.base import Asset
from atlaas.text import slug

# Words that say little of a name; the browser drops the same ones (they are in index.json).
STOP_WORDS = frozenset(
    "a au aux ca cc cu d de des du en et l la le les lez metropole "
    "communaute communes agglomeration saint sainte st ste sur sous".split()
)
LARGEST = 600  # entries of one file before it is split

Entry = tuple[str, str, str, str, int, int]


def words_of(name: str) -> list[str]:
    """The telling words of a name, in ASCII: « Marcq-en-Barœul » gives marcq and baroeul."""
    words = slug(name).split("-")
    return [word for word in words if word not in STOP_WORDS] or words


def _entries(directory: Directory) -> Iterator[tuple[set[str], Entry]]:
    """(keys, entry) of every commune and EPCI.

    An entry is code, name, département, postcodes, whether it has a page (0 or 1), and the level
    of its newest known label (0 where there is none or it is not known).
    """
    reference, territories = directory.reference, directory.territories
    for place in reference.places.values():
        if place.kind not in ("commune", "epci", "ept"):
            continue
        page = territories.get(place.code)
        level = page.latest.level if page and page.latest else None
        postcodes = " ".join(place.postcodes)
        entry = (place.code, place.name, place.departement, postcodes, int(bool(page)), level or 0)
        keys = {word[:3] for word in words_of(place.name)}
        keys.add(place.code[:3].lower())
        keys.update(postcode[:3] for postcode in place.postcodes)
        yield keys, entry


def assets(directory: Directory) -> Iterator[Asset]:
    """``finder/<prefix>.json``, each a list of entries, and ``finder/index.json``."""
    files: dict[str, list[Entry]] = defaultdict(list)
    for keys, entry in _entries(directory):
        for key in keys:
            files[key].append(entry)
    merged: dict[str, dict[str, Entry]] = defaultdict(dict)
    sizes: dict[str, int] = defaultdict(int)
    for key, entries in files.items():
        sizes[key[:2]] += len(entries)
    split = sorted(prefix for prefix, size in sizes.items() if size > LARGEST)
    for key, entries in files.items():
        name = key if key[:2] in split else key[:2]
        merged[name].update((entry[0], entry) for entry in entries)
    index = {"split": split, "stop": sorted(STOP_WORDS), "files": sorted(merged)}
    yield Asset("finder/index.json", partial(_dump, index))
    for name in sorted(merged):
        yield Asset(f"finder/{name}.json", partial(_dump, list(merged[name].values())))


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
