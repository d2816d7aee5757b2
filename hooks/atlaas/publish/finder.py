"""Small static files from which a browser finds any commune or EPCI by name, postcode or code.

A territory is filed under the first letters of each telling word of its name and of those of the
communes that it took in, and under the first digits of its codes, former ones included. A file
that would grow large is split by one more letter; the list of split prefixes goes to the browser
in ``finder/index.json``.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from atlaas.diagnosis import membership
from atlaas.directory import Directory
from atlaas.geography.reference import Reference
from atlaas.pages.page import Asset, Site, export
from atlaas.text import slug
from atlaas.work.cache import cached

# Words that say little of a name; the browser drops the same ones (they are in index.json).
STOP_WORDS = frozenset(
    (
        "a au aux ca cc cu d de des du en et l la le les lez saint sainte st ste sur sous "
        "agglomeration communaute communes metropole"
    ).split()
)
LARGEST = 600  # entries of one file before it is split


def words_of(name: str) -> list[str]:
    """The telling words of a name, in ASCII: « Marcq-en-Barœul » gives marcq and baroeul."""
    words = slug(name).split("-")
    return [word for word in words if word not in STOP_WORDS] or words


# File name -> (code, the entry as JSON except its last values and the bracket).
Files = dict[str, list[tuple[str, str]]]


def _file(reference: Reference) -> Files:
    """Every commune and EPCI in the files that answer for it; depends on the reference alone."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    formers = _formers(reference)
    epci = {siren: number for number, (siren, _) in enumerate(_epci(reference), 1)}
    for place in reference.places.values():
        if place.kind not in ("commune", "epci", "ept"):
            continue
        former = formers.get(place.code, [])
        values = (
            place.code,
            place.name,
            place.departement,
            " ".join(place.postcodes),
            epci.get(place.epci, 0),
            "|".join(former),
        )
        entry = (place.code, json.dumps(values, ensure_ascii=False, separators=(",", ":"))[:-1])
        keys = {word[:3] for name in (place.name, *former) for word in words_of(name)}
        keys.add(place.code[:3].lower())
        keys.update(postcode[:3] for postcode in place.postcodes)
        for key in sorted(keys):  # a set has no order
            found[key].append(entry)
    sizes: dict[str, int] = defaultdict(int)
    for key, entries in found.items():
        sizes[key[:2]] += len(entries)
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for key, entries in found.items():
        files[key if sizes[key[:2]] > LARGEST else key[:2]].update(entries)
    return {name: list(files[name].items()) for name in sorted(files)}


def _formers(reference: Reference) -> dict[str, list[str]]:
    """Code -> the names that a commune took in or had, then the codes, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, _, code in reference.former_names:
        if name != reference.places[code].name:
            found[code][name] = None
    for old, codes in reference.former.items():
        for code in codes:
            found[code][old] = None
    return {code: list(names) for code, names in found.items()}


def _epci(reference: Reference) -> list[tuple[str, str]]:
    """(SIREN, name) of the intercommunalities, whose place, from 1, the entries hold."""
    return [(p.code, p.name) for p in reference.places.values() if p.kind == "epci"]


@export(order=10)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``finder/<prefix>.json``, each a list of entries, ``finder/index.json`` and ``epci.json``.

    An entry is code, name, département, postcodes, the place (from 1) of its EPCI in epci.json (0
    for none), its former names and codes parted by "|", whether it has a page (0 or 1), the level
    of its newest known label (0 where there is none or it is not known) and, for a member, the
    place (from 1) of its status in the index's list « members ».
    """
    reference = directory.reference
    names = ("communes.csv.gz", "epci.csv", "ept.csv", "mouvements.csv", "communes_filles.csv")
    inputs = [reference.folder / name for name in names]
    files = cached(directory.project.cache, "finder", lambda: _file(reference), *inputs)
    members, places = members_of(directory)
    ends = {code: f",0,0,{place}]" for code, place in places.items()}
    for code, t in directory.territories.items():
        place = f",{places[code]}" if code in places else ""
        ends[code] = f",1,{t.latest.level if t.latest and t.latest.level else 0}{place}]"
    index = {
        "split": sorted({name[:2] for name in files if len(name) == 3}),
        "stop": sorted(STOP_WORDS),
        "files": list(files),
        "members": members,
        "departements": {code: place.name for code, place in reference.departements.items()},
    }
    yield Asset("finder/index.json", partial(_dump, index))
    yield Asset("finder/epci.json", lambda: _dump([name for _, name in _epci(reference)]))
    for name, entries in files.items():
        yield Asset(f"finder/{name}.json", partial(_join, entries, ends))


def members_of(directory: Directory) -> tuple[list[str], dict[str, int]]:
    """The memberships in words, each once, and code of a member -> place (from 1) of its own.

    A group agreement makes members of communes that have neither file nor page.
    """
    words: dict[str, int] = {}
    places: dict[str, int] = {}

    def keep(code: str, status: membership.Status) -> None:
        places[code] = words.setdefault(membership.in_words(status), len(words) + 1)

    for t in directory.territories.values():
        offered = membership.offered(directory, t.code) if t.record.memberships else None
        if offered:
            for commune in directory.reference.members(t.code):
                keep(commune.code, offered)
    for t in directory.territories.values():
        if t.record.memberships:
            keep(t.code, membership.own(directory, t)[0])
    return list(words), places


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _join(entries: list[tuple[str, str]], ends: dict[str, str]) -> bytes:
    return ("[" + ",".join([e + ends.get(code, ",0,0]") for code, e in entries]) + "]").encode()
