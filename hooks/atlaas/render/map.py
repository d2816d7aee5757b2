"""The map of labelled territories: its frame, made by folium, and the data it fetches.

Next to the other renderers, near the end of the way. folium writes the map's element and
the few lines of script that start it, and nothing that comes from a record: folium's markers,
popups and tooltips would run what they are given. Points travel as JSON, and
overrides/assets/js/carte.js shows them.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from atlaas.directory import Directory, LinkedTerritory
from atlaas.render.drawing import bounds
from atlaas.render.outline import Area
from atlaas.work.cache import cached

CENTER = (46.6, 2.4)  # of metropolitan France
ZOOM = 5
MIN_ZOOM, MAX_ZOOM = 3, 11  # clusters stay empty without a maximum; nothing to see beyond 11
PRECISION = 3  # decimals of a degree in outlines: about 100 m
FIELDS = ("code", "name", "url", "lat", "lon", "kind", "labels", "themes", "actions", "member")

_START = (
    "{% macro script(this, kwargs) %}"
    "atlaasMap.start({{ this.chart.get_name() }}, {{ this.cluster.get_name() }});"
    "{% endmacro %}"
)


class MapFrame(NamedTuple):
    """The parts of folium's page that are kept."""

    html: str  # the element
    script: str  # the file that starts the map in it


def frame(cache: Path) -> MapFrame:
    """The frame, made once: it takes an import of 0.3 s."""
    return cached(MapFrame, cache, "map-frame", build_frame)


def build_frame() -> MapFrame:
    """Have folium make the frame: an empty map, an empty group of clusters, one call.

    Its ids are random: they are renumbered, so that the output is always the same.
    """
    import folium
    from folium.plugins import MarkerCluster
    from folium.template import Template

    clusters: Any = MarkerCluster  # folium is typed in part only
    macro: Any = folium.MacroElement
    chart: Any = folium.Map(
        location=CENTER,
        zoom_start=ZOOM,
        tiles=None,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        zoomSnap=0.5,
        attributionControl=False,
        scrollWheelZoom=False,
    )
    cluster = clusters(
        control=False,
        icon_create_function="atlaasMap.clusterIcon",
        options={"showCoverageOnHover": False, "maxClusterRadius": 52},
    ).add_to(chart)
    start = macro()
    start._template = Template(_START)
    start.chart, start.cluster = chart, cluster
    start.add_to(chart)
    for element in (chart, cluster):
        element.default_js = element.default_css = []
    root = chart.get_root()
    root.render()
    html, script = root.html.render(), root.script.render()
    for number, element in enumerate((chart, cluster), 1):
        name = element.get_name()
        counted = f"{name.rpartition('_')[0]}_{number}"
        html, script = html.replace(name, counted), script.replace(name, counted)
    return MapFrame(html.strip(), "\n".join(filter(str.strip, script.splitlines())) + "\n")


def territories_json(directory: Directory, territories: Iterable[LinkedTerritory]) -> bytes:
    """Labelled territories for the map, one row each in the order of ``FIELDS``.

    ``labels`` holds [edition, level or null, indexes of mentions], newest first; ``kind``,
    ``themes`` and mentions are indexes into the lists of the same names; coordinates are null
    where not known; ``member`` is 1 where a membership of its own is known.
    """
    kinds: dict[str, int] = {}
    themes = {id_: index for index, id_ in enumerate(directory.vocabularies["themes"])}
    mentions = {id_: index for index, id_ in enumerate(directory.vocabularies["mentions"])}
    rows = []
    for territory in territories:
        lat, lon = territory.point or (None, None)
        labels = [
            [label.edition, label.level, [mentions[id_] for id_ in label.mentions]]
            for label in reversed(territory.by_edition.values())
        ]
        carried = {themes[id_] for action in territory.actions for id_ in action.record.themes}
        rows.append(
            [
                territory.code,
                territory.name,
                territory.url,
                lat,
                lon,
                kinds.setdefault(territory.kind, len(kinds)),
                labels,
                sorted(carried),
                len(territory.actions),
                int(bool(territory.record.memberships)),
            ]
        )
    names = directory.vocabularies["kinds"]
    return _json(
        {
            "fields": FIELDS,
            "kinds": [[id_, names[id_].label if id_ in names else id_] for id_ in kinds],
            "themes": list(themes),
            "mentions": [
                [id_, term.label] for id_, term in directory.vocabularies["mentions"].items()
            ],
            "territories": rows,
        }
    )


def areas_json(areas: Mapping[str, Area]) -> bytes:
    """Outlines for the map's base, whole numbers of thousandths of a degree.

    An area is [code, name, [latitude, longitude] of its middle, rings]; a ring is one flat list:
    longitude and latitude of its first point, then the step from each point to the next.
    """
    rows = []
    for code, area in areas.items():
        west, south, east, north = bounds([max(area.rings, key=len)])
        middle = [round((south + north) / 2, 2), round((west + east) / 2, 2)]
        rows.append([code, area.name, middle, [_flat(ring) for ring in area.rings]])
    return _json({"scale": 10**PRECISION, "areas": rows})


def _flat(ring: Iterable[tuple[float, float]]) -> list[int]:
    points = [(round(lon * 10**PRECISION), round(lat * 10**PRECISION)) for lon, lat in ring]
    steps = list(points[0])
    for (x1, y1), (x2, y2) in pairwise(points[:-1]):  # a polygon closes itself
        steps += (x2 - x1, y2 - y1)
    return steps


def _json(value: Any) -> bytes:
    """Compact JSON that stays harmless if it is ever put inside a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026").encode() + b"\n"
