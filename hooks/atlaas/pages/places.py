"""``lieux/<département>.json``: where every commune and EPCI is, for scripts that look around."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from pydantic_core import to_json

from atlaas.diagnosis.comparable import grid
from atlaas.directory import Directory
from atlaas.pages.page import Asset, Page, Site, page_kind
from atlaas.work.cache import cached

URL = "lieux/"


@page_kind(order=30, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """One file per département: code -> [latitude, longitude, population, kind, density, name].

    The density is the class of the grid, 0 where there is none.
    """
    folder = directory.reference.folder
    inputs = [folder / name for name in ("communes.csv.gz", "epci.csv", "ept.csv")]
    density = grid(directory, "densite")
    if density:
        inputs.append(directory.project.root / density.path)
    cache = directory.project.cache
    found = cached(dict[str, bytes], cache, "places", lambda: _by_departement(directory), *inputs)
    for code, content in found.items():
        yield Asset(f"{URL}{code}.json", partial(bytes, content))


def _by_departement(directory: Directory) -> dict[str, bytes]:
    density = grid(directory, "densite")
    found: dict[str, dict[str, tuple[object, ...]]] = defaultdict(dict)
    for place in directory.reference.places.values():
        if place.kind in ("commune", "epci", "ept") and place.lat is not None and place.lon:
            level = density.amount(place.code) if density else None
            found[place.departement][place.code] = (
                round(place.lat, 3),
                round(place.lon, 3),
                place.population,
                place.kind,
                int(level.part) if level else 0,
                place.name,
            )
    return {code: to_json(found[code]) for code in sorted(found)}
