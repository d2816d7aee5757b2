"""Small static files from which a browser finds any territory by name, postcode or code.

They are those of :class:`atlaas.names.index.Index`, one file each; ``finder/index.json`` says which
there are, and gives the lists by which overrides/assets/js/names.js reads what is typed.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from atlaas.diagnosis import membership
from atlaas.directory import Directory
from atlaas.names.index import Index, NamedPlace, aliases_of, index_of
from atlaas.names.queries import word_lists
from atlaas.pages.page import Asset, Site, export
from atlaas.work.cache import cached


class _Filed(NamedTuple):
    """Every territory once, and in which files it stands."""

    codes: list[str]
    entries: list[str]  # as JSON, except the last values and the bracket
    files: dict[str, list[int]]  # name of a file -> the places of its territories in these lists


def index_for(directory: Directory) -> Index:
    """All names that lead to a territory of this directory."""
    others = [
        NamedPlace(t.code, t.name, "", "", (t.departement,) if t.departement else ())
        for t in directory.territories.values()
        if t.code.startswith("x-")
    ]
    aliases = aliases_of(directory.vocabularies.get("aliases", {}))
    return index_of(directory.reference, others, aliases, directory.territories)


def _filed(directory: Directory) -> _Filed:
    """Every territory in the files that answer for it."""
    index = index_for(directory)
    groups = {siren: place for place, (siren, _) in enumerate(_epci(directory), 1)}
    codes = list(index.known)
    at = {code: place for place, code in enumerate(codes)}
    return _Filed(
        codes,
        [_entry(place, groups) for place in index.known.values()],
        {name: [at[code] for code in found] for name, found in index.files.items()},
    )


def _entry(place: NamedPlace, groups: dict[str, int]) -> str:
    values = (
        place.code,
        place.name,
        " ".join(place.departements),
        place.population,
        " ".join(place.postcodes),
        groups.get(place.group, 0),
        "|".join(place.aliases),
        "|".join(place.formers),
        "|".join(place.parts),
        " ".join(place.old_codes),
    )
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))[:-1]


def _epci(directory: Directory) -> list[tuple[str, str]]:
    """(SIREN, name) of the intercommunalités, whose place, from 1, the entries hold."""
    places = directory.reference.places.except_communes()
    return [(p.code, p.name) for p in places if p.kind == "epci"]


@export(order=10)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """``finder/<name>.json``, each a list of entries, ``finder/index.json`` and ``epci.json``.

    An entry is code, name, départements, population, postcodes, the place (from 1) of its EPCI in
    epci.json (0 for none), names in use, those of former communes and of parts (parted by "|"),
    former codes, whether it has a page (0 or 1), the level of its newest known label (0 where there
    is none or it is not known) and, for a member, the place (from 1) of its status in the index's
    list « members ».
    """
    reference = directory.reference
    names = "communes.csv.gz epci.csv ept.csv departements.csv regions.csv mouvements.csv"
    inputs = [reference.folder / name for name in (*names.split(), "communes_filles.csv")]
    inputs.append(directory.project.data / "vocabulary" / "aliases.yml")
    own = (t.path for t in directory.territories.values() if t.code.startswith("x-") and t.path)
    inputs += [directory.project.root / path for path in own]
    present = [path for path in inputs if path.exists()]
    cache = directory.project.cache
    filed = cached(_Filed, cache, "finder", lambda: _filed(directory), *present)
    members, places = members_of(directory)
    ends = {code: f",0,0,{place}]" for code, place in places.items()}
    for code, t in directory.territories.items():
        place = f",{places[code]}" if code in places else ""
        ends[code] = f",1,{t.latest.level if t.latest and t.latest.level else 0}{place}]"
    stems: dict[str, list[str]] = defaultdict(list)
    for name in filed.files:
        stems[name[0]].append(name[2:])
    index = {
        "files": {kind: " ".join(sorted(found)) for kind, found in sorted(stems.items())},
        "members": members,
        "departements": {code: place.name for code, place in reference.departements.items()},
        "ept": [p.code for p in reference.places.except_communes() if p.kind == "ept"],
        "words": word_lists(),
    }
    yield Asset("finder/index.json", partial(_dump, index))
    yield Asset("finder/epci.json", lambda: _dump([name for _, name in _epci(directory)]))
    last = [ends.get(code, ",0,0]") for code in filed.codes]
    for name, places_in in filed.files.items():
        yield Asset(f"finder/{name}.json", partial(_join, filed.entries, last, places_in))


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
        found = membership.status(directory, t) if t.record.memberships else None
        if found:
            keep(t.code, found)
    return list(words), places


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _join(entries: list[str], last: list[str], places: list[int]) -> bytes:
    return ("[" + ",".join([entries[at] + last[at] for at in places]) + "]").encode()
