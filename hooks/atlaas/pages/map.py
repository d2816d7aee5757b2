"""The map of labelled territories at /carte/: its page, with the whole list, and its data."""

import functools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from atlaas import text
from atlaas.directory import Directory, LinkedTerritory
from atlaas.pages import indicator_map, views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of
from atlaas.render.drawing import bounds
from atlaas.render.map import areas_json, frame, territories_json
from atlaas.render.outline import Area, Outlines
from atlaas.work.cache import cached

URL = "carte/"
METROPOLIS = (41.3, -5.2, 51.1, 9.6)  # south, west, north, east
_NATIONAL = ("departement", "region")  # kinds that lie in no single département


class MapRow(NamedTuple):
    """A territory of the list, with its latest known label."""

    code: str
    name: str
    url: str
    place: str  # « Nord », « métropole, Nord »
    edition: int
    level: int | None
    green: bool
    later: str  # « puis labellisée en 2022 », or empty


class MapView(NamedTuple):
    """A place to which a button moves the map."""

    name: str
    area: str  # the Atlaas code of its outline, or empty
    bounds: str  # south, west, north, east


@page_kind(order=20)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, the script that starts its map, and the three files that this one fetches."""
    territories = directory.labelled
    outlines = Outlines(directory.project)
    cache = directory.project.cache

    def values() -> dict[str, Any]:
        years = sorted({label.edition for t in territories for label in t.labels}, reverse=True)
        carried = {id_ for t in territories for a in t.actions for id_ in a.record.themes}
        present = {t.kind for t in territories}
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Carte", None)],
            "count": len(territories),
            "years": years,
            "themes": _options(directory, "themes", carried),
            "kinds": _options(directory, "kinds", present),
            "views": _views(territories, outlines),
            "rows": [_row(directory, territory) for territory in territories],
            "frame": frame(cache).html,
            "indicators": [*indicator_map.Layers(directory).heads.values()],
        }

    yield Page(
        URL,
        "map",
        "carte",
        "Carte des territoires labellisés",
        "Les territoires dont un label « Territoires, Villes et Villages Internet » est connu, "
        "sur une carte et en liste, par niveau, édition et thème.",
        values,
        scripts=(
            "assets/js/embed.js",
            "assets/js/trusted.js",
            "assets/vendor/leaflet/leaflet.js",
            "assets/vendor/markercluster/leaflet.markercluster.js",
            "assets/js/carte.js",
            "assets/js/carte-liste.js",
            *(("assets/js/carte-indicateurs.js",) if directory.indicators else ()),
            f"{URL}cadre.js",
        ),
    )
    yield from indicator_map.pages(directory)
    yield Asset(f"{URL}cadre.js", lambda: frame(cache).script.encode())
    yield Asset(f"{URL}territoires.json", lambda: territories_json(directory, territories))
    files = sorted(directory.reference.folder.glob("*.geojson"))
    for name, areas in (("regions", _base), ("departements", _departements)):
        make = partial(lambda areas: areas_json(areas(outlines)), areas)
        yield Asset(f"{URL}{name}.json", partial(cached, bytes, cache, f"map-{name}", make, *files))
    yield from _epci_assets(directory)


def _epci_assets(directory: Directory) -> Iterator[Asset]:
    """``carte/epci/<département>.json``: the EPCI of a département, which the map fetches close up.

    An EPCI that lies in several départements is listed with the one where it is counted.
    """
    reference = directory.reference
    files = [*sorted(reference.folder.glob("*.geojson")), reference.folder / "epci.csv"]

    @functools.cache
    def made() -> dict[str, bytes]:
        make = partial(_epci, directory)
        return cached(dict[str, bytes], directory.project.cache, "map-epci", make, *files)

    codes = {p.departement for p in reference.places.except_communes() if p.kind == "epci"}
    for code in sorted(codes):
        yield Asset(f"{URL}epci/{code}.json", partial(lambda code: made()[code], code))


def _epci(directory: Directory) -> dict[str, bytes]:
    """Bare code of a département -> the outlines of its EPCI."""
    reference, outlines = directory.reference, Outlines(directory.project).epci
    by_departement: dict[str, dict[str, Area]] = {}
    for place in reference.places.except_communes():
        if place.kind == "epci":
            inside = by_departement.setdefault(place.departement, {})
            if place.code in outlines:
                inside[place.code] = outlines[place.code]
    return {code: areas_json(areas) for code, areas in by_departement.items()}


def _departements(outlines: Outlines) -> dict[str, Area]:
    """The départements: the map uses them to know which EPCI are in view.

    Overseas the région has drawn the same outline already: a box says where it is.
    """
    areas = {code: area for code, area in outlines.departements.items() if area.zone != "com"}
    for code, area in areas.items():
        if area.zone != "metro":
            west, south, east, north = bounds(area.rings)
            box = [(west, south), (east, south), (east, north), (west, north), (west, south)]
            areas[code] = area._replace(rings=[box])
    return areas


def _base(outlines: Outlines) -> dict[str, Area]:
    """The régions, and the overseas collectivities, which belong to none."""
    collectivities = {c: a for c, a in outlines.departements.items() if a.zone == "com"}
    return {**outlines.regions, **collectivities}


def _options(directory: Directory, vocabulary: str, present: set[str]) -> list[tuple[str, str]]:
    """(id, label) of the entries that some territory carries, in the vocabulary's order."""
    terms = directory.vocabularies[vocabulary].items()
    return [(id_, term.label) for id_, term in terms if id_ in present]


def _row(directory: Directory, territory: LinkedTerritory) -> MapRow:
    latest = territory.latest
    assert latest  # of a labelled territory
    above = directory.reference.departements.get(territory.departement)
    words = [
        "" if territory.kind == "commune" else territory.kind_label,
        above.name if above and territory.kind not in _NATIONAL else territory.record.country or "",
        *(f"dernier label {said}" for said in views.won(directory, [latest]).values()),
    ]
    return MapRow(
        territory.code,
        territory.name,
        territory.url,
        ", ".join(word for word in words if word),
        latest.edition,
        latest.level,
        views.GREEN in latest.mentions,
        views.later(territory),
    )


def _views(territories: Sequence[LinkedTerritory], outlines: Outlines) -> list[MapView]:
    """Metropolitan France, the overseas régions, and the collectivities that have a label."""
    labelled = {t.region for t in territories}
    shown = [
        (area.name, code, bounds(area.rings))
        for code, area in _base(outlines).items()
        if area.zone == "drom" or (area.zone == "com" and code in labelled)
    ]
    shown.sort(key=lambda view: text.sort_key(view[0]))
    return [
        MapView("Métropole", "", ",".join(map(str, METROPOLIS))),
        *(
            MapView(name, f"reg-{code}", f"{south},{west},{north},{east}")
            for name, code, (west, south, east, north) in shown
        ),
    ]
